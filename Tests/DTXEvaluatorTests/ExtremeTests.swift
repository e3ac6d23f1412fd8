import DTXEvaluator
import DTXLedger
import DTXSyntax
import Testing

/// Input at the ends of what 64 bits hold: an error with a code, never a trap.
@Suite("Input at its limits")
struct ExtremeTests {
  static let scripts: [(script: String, codes: [String])] = [
    (
      "capture card"
        + String(repeating: " line chair 9007199254740991", count: 1_025),
      ["DTX2007"]
    ),
    ("print -((0 - 1) * 9007199254740991 JPY * 1024 - 1024 JPY)", ["DTX2034"]),
    ("print -(9223372036854775807 * -1 - 1)", ["DTX2034"]),
    ("print (9223372036854775807 * -1 - 1) / -1", ["DTX2034"]),
    ("print \(doubled(15)) - now", ["DTX2034"]),
    ("print 100% * 90071992547409.91 NOK", []),
    ("print 92233720368547758.07% of 90071992547409.91 NOK", ["DTX2034"]),
    ("print 0.\(String(repeating: "0", count: 60))1 < 1", ["DTX2031"]),
    ("print \(String(repeating: "9", count: 40))", ["DTX2034"]),
    ("expect 9999999999999999.9 = $plan.operations", ["DTX3301"]),
    ("list limit 9223372036854775807", []),
    ("capture card line chair qty 9223372036854.775808 100", ["DTX2034"]),
  ]

  /// A moment 2^n times ten thousand years from now: each turn doubles the distance.
  private static func doubled(_ turns: Int) -> String {
    (0..<turns).reduce("(now + 3650000d)") { moment, _ in
      "(now + (\(moment) - now) + (\(moment) - now))"
    }
  }

  @Test("is compared with many names only so often")
  func names() {
    let set = (0..<2_000).map { "let $name\($0) = 1\n" }.joined()
    let used = (0..<100).map { "print $nama\($0)\n" }.joined()
    let undefined = PlannedScript(set + used).diagnostics.filter { $0.code.number == 2020 }
    #expect(undefined.count == 100)
    #expect(undefined.first?.fixIts.isEmpty == false)
    #expect(undefined.last?.fixIts.isEmpty == true)
  }

  @Test("is refused with a code", arguments: scripts.indices)
  func code(index: Int) {
    #expect(PlannedScript(Self.scripts[index].script).codes == Self.scripts[index].codes)
  }

  @Test(
    "is compared without overflow where it comes from the provider",
    arguments: [Int64.max, .min, .max / 100 + 1, 0, -1]
  )
  func lines(amount: Int64) {
    var transaction = Fixtures.transactions[0]
    transaction.state.lines[0].amount = MinorUnits(amount)
    transaction.state.lineBalances[0].captured = MinorUnits(amount == .min ? .max : .min)
    let planned = PlannedScript(
      """
      capture card line chair 100
      capture card line chair
      capture card all
      refund card line chair
      print (transaction card).lines
      """,
      against: [transaction]
    )
    #expect(planned.evaluation != nil)
  }

  @Test("more warnings than are told stop nothing, and hide no error")
  func warnings() {
    let limit = Evaluator.diagnosticLimit
    let planned = PlannedScript(
      """
      for $row in csv "rows.csv" { refund swish 1 ref $row.n }
      refund nosuch 1
      """,
      files: ["rows.csv": "n\n" + (0..<limit + 5).map { "\($0)\n" }.joined()]
    )
    #expect(planned.errors.map(\.code.number) == [3101])
    #expect(planned.diagnostics.count { $0.severity == .warning } == limit + 1)
    #expect(planned.codes.contains("DTX1015"))
  }

  @Test("says once what is wrong with an item of an adjustment")
  func itemOnce() {
    #expect(
      PlannedScript("adjust klarna { set line 1 (1.00 NOK + 1.00 EUR) }").codes == ["DTX2037"]
    )
  }

  @Test("tells totals that contradict themselves from an amount below zero")
  func contradiction() {
    var transaction = Fixtures.transactions[0]
    transaction.state.captured = MinorUnits(60_000)
    #expect(PlannedScript("void card remaining", against: [transaction]).codes == ["DTX3021"])
  }
}
