import DTXEvaluator
import DTXLedger
import DTXSyntax
import DTXTestSupport
import Testing

/// A loop is the same as what it stands for, written out.
@Suite("Loops and what they stand for")
struct LoopPropertyTests {
  /// One row of a file, and one statement.
  private struct Row {
    let verb: String
    let id: String
    let amount: String
    let reference: String
  }

  private static func rows(seed: UInt64) -> [Row] {
    var random = SplitMix64(seed: seed)
    let ids = ["card", "psp", "klarna", "partial", "returned", "yen", "nosuch"]
    return (0..<16).map { number in
      let id = ids[Int.random(in: ids.indices, using: &random)]
      let amount = Int.random(in: 100...4_000, using: &random)
      let currency = id == "yen" ? "JPY" : id == "returned" ? "EUR" : "NOK"
      let decimals = currency == "JPY" ? "" : ".\(10 + amount % 90)"
      return Row(
        verb: Bool.random(using: &random) ? "capture" : "refund",
        id: id,
        amount: Bool.random(using: &random)
          ? "\(amount)" : "\(amount / 100)\(decimals) \(currency)",
        reference: "r-\(number / 2)"
      )
    }
  }

  /// What can be compared between two scripts: everything but the places.
  private static func facts(_ planned: PlannedScript) throws -> [String] {
    let plan = try #require(planned.evaluation).plan
    let steps = plan.steps.map { step in
      "\(step.kind) \(plan.transactions[Int(step.transaction)].id) \(step.amount) \(step.after)"
        + " \(plan.reference(of: step) ?? "")"
    }
    let applied = plan.alreadyApplied.map {
      "\($0.kind) \(plan.transactions[Int($0.transaction)].id) \($0.amount) \($0.precedent)"
    }
    // What is wrong in the same way at one place of a procedure is told once.
    let wrong = Set(planned.diagnostics.map { "\($0.code) \($0.message.text)" })
    return steps + applied + wrong.sorted()
  }

  @Test("over rows of a file", arguments: UInt64(0)..<60, [true, false])
  func file(seed: UInt64, hasReference: Bool) throws {
    let rows = Self.rows(seed: seed)
    let flat = rows.map { row in
      let reference = hasReference ? " ref \"\(row.reference)\"" : ""
      return "\(row.verb) \(row.id) \(row.amount)\(reference)\n"
    }
    let table = rows.map { "\($0.verb),\($0.id),\($0.amount),\($0.reference)\n" }
    let reference = hasReference ? " ref $row.reference" : ""
    let loop = """
      for $row in csv "rows.csv" {
        if $row.verb = "capture" { capture $row.id $row.amount\(reference) }
        else { refund $row.id $row.amount\(reference) }
      }
      """
    let planned = PlannedScript(
      loop,
      files: ["rows.csv": "verb,id,amount,reference\n" + table.joined()]
    )
    #expect(planned.furtherRounds == 1)
    #expect(try Self.facts(planned) == Self.facts(PlannedScript(flat.joined())))
  }

  @Test("over a list, and through a procedure", arguments: UInt64(0)..<40)
  func list(seed: UInt64) throws {
    let ids = Self.rows(seed: seed).map(\.id)
    let flat = ids.map { "capture \($0) 25% of ((transaction \($0)).remaining) ref \"\($0)\"\n" }
    let list = "[\(ids.joined(separator: ", "))]"
    let loop = "for $id in \(list) { capture $id 25% of ((transaction $id).remaining) ref $id }"
    let procedure = """
      define take($id) { capture $id 25% of ((transaction $id).remaining) ref $id }
      for $id in \(list) { call take($id) }
      """
    let expected = try Self.facts(PlannedScript(flat.joined()))
    #expect(try Self.facts(PlannedScript(loop)) == expected)
    #expect(try Self.facts(PlannedScript(procedure)) == expected)
  }

  @Test("over a query and what it finds", arguments: ["NOK", "SEK", "JPY", "EUR"])
  func query(currency: String) throws {
    let found = Fixtures.transactions
      .filter { $0.currency.code == currency && $0.state.status == .authorized }
      .sorted { $0.details.createdAt > $1.details.createdAt }
    let flat = found.map { "capture \"\($0.id.text)\" all\n" }.joined()
    let loop = """
      for $t in transactions where status = AUTHORIZED and currency = \(currency) {
        capture $t all
      }
      """
    #expect(try Self.facts(PlannedScript(loop)) == Self.facts(PlannedScript(flat)))
  }

  @Test("take as many rounds of reading as their reads depend on one another")
  func rounds() {
    #expect(PlannedScript("capture card 100").furtherRounds == 0)
    #expect(PlannedScript("for $id in [card, psp] { capture $id 100 }").furtherRounds == 1)
    let chain = """
      let $a = order "order-{1000 + 1}"
      for $b in transactions where session = $a.session { let $c = order $b.reference; print $c }
      """
    #expect(PlannedScript(chain).furtherRounds == 2)
    #expect(PlannedScript(chain).texts == ["T12345678.card"])
  }

  private static func loops(_ depth: Int, around body: String) -> String {
    let elements = (0..<10).map(String.init).joined(separator: ", ")
    let lists = (0..<depth).map { "for $i\($0) in $list {" }.joined(separator: " ")
    return "let $list = [\(elements)]\n\(lists) \(body) \(String(repeating: "}", count: depth))"
  }

  @Test("end where they would run for too long")
  func work() {
    // What a turn may run is counted, and none of it is run.
    let body = "if 1 > $i0 + 100 {\n\(String(repeating: "print 1\n", count: 20_000))}"
    #expect(PlannedScript(Self.loops(3, around: body)).codes.contains("DTX2053"))
  }

  @Test("end where they would show too much")
  func outputs() {
    #expect(PlannedScript(Self.loops(9, around: "print 1")).codes.contains("DTX2055"))
  }
}
