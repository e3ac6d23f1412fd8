import DTXExecution
import DTXLedger
import DTXPlanning
import DTXSyntax
import Testing

@Suite("Taking back what a run has done")
struct RevertScriptTests {
  private let run = RunRecord(
    id: RunID("1abc"),
    startedAt: 0,
    person: "kari",
    profile: "shop",
    account: PlannedAccount.account,
    script: "fix.dtx",
    scriptDigest: "",
    planDigest: "",
    operationCount: 0
  )

  private func revert(
    _ script: String,
    isDone: @escaping (Int) -> Bool = { _ in true }
  ) async throws -> RevertScript {
    let plan = try await PlannedAccount.plan(script).plan
    return RevertScript(of: run, plan: plan, isDone: isDone)
  }

  /// The statements and remarks, without what every script begins with.
  private func body(_ script: RevertScript) -> [String] {
    let head = ["# Takes back what run 1abc has done.", "account T12345678", ""]
    var lines = script.text.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init
    )
    #expect(Array(lines.prefix(3)) == head)
    #expect(lines.removeLast() == "")
    return Array(lines.dropFirst(3))
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: String
    let expected: [String]
  }

  private static let why = #"reason "takes back run 1abc""#
  private static func again(_ number: Int) -> String {
    #"again "takes back operation \#(number) of run 1abc""#
  }

  static let rows: [Row] = [
    Row(
      testDescription: "a capture without lines",
      script: "capture card 5000",
      expected: ["refund T12345678.card 50.00 NOK \(why) \(again(1))"]
    ),
    Row(
      testDescription: "a capture of lines",
      script: "capture card line chair qty 1 29990 line lamp 10",
      expected: [
        #"refund T12345678.card line "chair" qty 1 299.90 NOK line "lamp" 0.10 NOK "#
          + "\(why) \(again(1))"
      ]
    ),
    Row(
      testDescription: "two equal captures, the last first",
      script: "capture card 5000\ncapture card 5000 again \"meant\"",
      expected: [2, 1].map { "refund T12345678.card 50.00 NOK \(why) \(again($0))" }
    ),
    Row(
      testDescription: "a final capture leaves what it released",
      script: "capture psp 1000 final",
      expected: [
        "refund T12345678.psp 10.00 NOK \(why) \(again(1))",
        "# operation 1, capture of T12345678.psp: what it released stays released",
      ]
    ),
    Row(
      testDescription: "an adjustment, to the lines that were there",
      script: #"adjust klarna { add line 3 "Cushion" 200.00 NOK }"#,
      expected: [
        #"adjust T12345678.klarna to 1000.00 NOK { line 1 "Sofa" 600.00 NOK line 2 "Table" "#
          + "400.00 NOK } \(why)"
      ]
    ),
    Row(
      testDescription: "a tag over a tag",
      script: "tag yen \"one \\{1}\"\ntag yen \"two\"",
      expected: [
        #"tag T12345678.yen "one \{1}""#,
        "# operation 1, tag of T12345678.yen: there was no second reference before",
      ]
    ),
    Row(
      testDescription: "what can't be taken back",
      script: """
        refund returned 700 reason "r"
        void partial remaining
        extend klarna
        authorize hold
        """,
      expected: [
        "# operation 4, authorize of T12345678.hold: a release from hold can't be taken back",
        "# operation 3, extend of T12345678.klarna: an extension can't be taken back",
        "# operation 2, void of T12345678.partial: what was released can't be reserved again",
        "# operation 1, refund of T12345678.returned: a refund can't be taken back",
      ]
    ),
  ]

  @Test("is a script that says so", arguments: rows)
  func script(row: Row) async throws {
    let script = try await revert(row.script)
    #expect(body(script) == row.expected)
    #expect(script.statementCount == row.expected.count { !$0.hasPrefix("#") })
    // It is a script like any other.
    let diagnostics = Planner.check(
      Array(script.text.utf8),
      account: PlannedAccount.account
    ).diagnostics
    #expect(diagnostics.map(\.message.text) == [])
  }

  @Test("leaves out what was not done")
  func partial() async throws {
    let script = try await revert("capture card 5000\ncapture psp 1000\ntag yen \"x\"") { $0 == 1 }
    #expect(body(script).count == 1)
    #expect(body(script)[0].hasPrefix("refund T12345678.psp 10.00 NOK"))
    let tags = try await revert("tag yen \"one\"\ntag yen \"two\"") { $0 == 1 }
    #expect(tags.statementCount == 0 && tags.finalCount == 1)
  }

  @Test("of everything at once is planned after the run without a mistake")
  func everything() async throws {
    let script = try await revert(PlannedAccount.script)
    let diagnostics = Planner.check(
      Array(script.text.utf8),
      account: PlannedAccount.account
    ).diagnostics
    #expect(diagnostics.map(\.message.text) == [])
    #expect(script.statementCount > 3 && script.finalCount > 3)
  }
}
