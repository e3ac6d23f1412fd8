import DTXLedger
import DTXPlanning
import Testing

@Suite("The numbers by which a plan is confirmed")
struct ControlTotalsTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: String
    var first: Int?
    let moved: [String]
    let inTest: String
    let inProduction: [String]
    let answers: [String]
  }

  private static let account = PlannedAccount.account("P12345678")

  static let rows: [Row] = [
    Row(
      testDescription: "one operation",
      script: "capture card 29990",
      moved: ["299.90 NOK"],
      inTest: "Carry out 1 operation (capture 299.90 NOK) in shop, account T12345678? [y/N] ",
      inProduction: ["Type 299.90 to capture once on P12345678 (PRODUCTION): "],
      answers: ["299.90"]
    ),
    Row(
      testDescription: "several of a kind",
      script: "capture card 29990\ncapture psp 1000",
      moved: ["309.90 NOK"],
      inTest: "Carry out 2 operations (capture 309.90 NOK) in shop, account T12345678? [y/N] ",
      inProduction: ["Type 309.90 to capture 2 times on P12345678 (PRODUCTION): "],
      answers: [" 309.90 NOK "]
    ),
    Row(
      testDescription: "several kinds, one of which moves nothing",
      script: "capture psp 1000 final\nvoid partial remaining\ntag yen \"x\"",
      moved: ["440.00 NOK"],
      inTest: "Carry out 3 operations (capture 10.00 NOK, release 430.00 NOK) in shop, account"
        + " T12345678? [y/N] ",
      inProduction: [
        "Type 440.00 to carry out 3 operations (capture 10.00 NOK, release 430.00 NOK) on P12345678"
          + " (PRODUCTION): "
      ],
      answers: ["440.00"]
    ),
    Row(
      testDescription: "a tag among captures is not a capture",
      script: "capture card 29990\ntag yen \"x\"",
      moved: ["299.90 NOK"],
      inTest: "Carry out 2 operations (capture 299.90 NOK) in shop, account T12345678? [y/N] ",
      inProduction: [
        "Type 299.90 to carry out 2 operations (capture 299.90 NOK) on P12345678 (PRODUCTION): "
      ],
      answers: ["299.90"]
    ),
    Row(
      testDescription: "several currencies",
      script: "capture card 29990\nrefund returned 700 reason \"r\"",
      moved: ["299.90 NOK", "7.00 EUR"],
      inTest: "Carry out 2 operations (capture 299.90 NOK, refund 7.00 EUR) in shop, account"
        + " T12345678? [y/N] ",
      inProduction: [
        "Type 299.90 to carry out the NOK of 2 operations (capture 299.90 NOK, refund 7.00 EUR) on"
          + " P12345678 (PRODUCTION): ",
        "Type 7.00 to carry out the EUR of 2 operations (capture 299.90 NOK, refund 7.00 EUR) on"
          + " P12345678 (PRODUCTION): ",
      ],
      answers: ["299.90", "7.00 eur"]
    ),
    Row(
      testDescription: "nothing that moves money",
      script: "tag yen \"x\"",
      moved: [],
      inTest: "Carry out 1 operation in shop, account T12345678? [y/N] ",
      inProduction: [
        "Type 1 to carry out 1 operation, moving no money, on P12345678 (PRODUCTION): "
      ],
      answers: ["1"]
    ),
    Row(
      testDescription: "a trial",
      script: "capture card 29990\ncapture psp 1000",
      first: 1,
      moved: ["299.90 NOK"],
      inTest:
        "Carry out the first 1 of 2 operations (capture 299.90 NOK) in shop, account T12345678?"
        + " [y/N] ",
      inProduction: [
        "Type 299.90 to carry out the first 1 of 2 operations (capture 299.90 NOK) on P12345678"
          + " (PRODUCTION): "
      ],
      answers: ["299.90"]
    ),
  ]

  private func totals(_ row: Row) async throws -> (totals: ControlTotals, all: Int?) {
    let plan = try await PlannedAccount.plan(row.script).plan
    guard let first = row.first else { return (ControlTotals(of: plan), nil) }
    return (ControlTotals(of: plan, steps: 0..<first), plan.steps.count)
  }

  @Test("are asked for in words and, in production, in figures", arguments: rows)
  func questions(row: Row) async throws {
    let (totals, all) = try await totals(row)
    #expect(totals.moved.map(\.description) == row.moved)
    let test = totals.questions(ofTotal: all, profile: "shop", account: PlannedAccount.account)
    #expect(test.map(\.text) == [row.inTest])
    #expect(test.allSatisfy { $0.isConfirmed(by: "y") && $0.isConfirmed(by: " YES ") })
    let production = totals.questions(ofTotal: all, profile: "shop", account: Self.account)
    #expect(production.map(\.text) == row.inProduction)
    #expect(zip(production, row.answers).allSatisfy { $0.isConfirmed(by: $1) })
    let wrong = [nil, "", "y", "yes", "299,90", "29990", "0", "299.90 SEK"]
    for question in production { #expect(!wrong.contains { question.isConfirmed(by: $0) }) }
    for question in test {
      #expect(![nil, "", "n", "299.90"].contains { question.isConfirmed(by: $0) })
    }
  }

  struct Expectation: Sendable, CustomTestStringConvertible {
    var operations: Int?
    var sums: [String] = []
    let difference: String?

    var testDescription: String { difference ?? "as expected: \(operations ?? 0) \(sums)" }
  }

  /// Of a plan that captures 299.90 NOK and refunds 7.00 EUR.
  static let expectations: [Expectation] = [
    Expectation(difference: nil),
    Expectation(operations: 2, difference: nil),
    Expectation(operations: 2, sums: ["7.00 EUR", "299.90 NOK"], difference: nil),
    Expectation(operations: 3, difference: "the plan has 2 operations, and 3 were expected"),
    Expectation(
      sums: ["299.91 NOK", "7.00 EUR"],
      difference: "the plan moves 299.90 NOK, and 299.91 NOK was expected"
    ),
    Expectation(
      sums: ["299.90 NOK"],
      difference: "the plan moves 7.00 EUR, and no EUR was expected"
    ),
    Expectation(
      sums: ["299.90 NOK", "7.00 EUR", "1.00 SEK"],
      difference: "the plan moves 0.00 SEK, and 1.00 SEK was expected"
    ),
  ]

  @Test("are compared with what was expected", arguments: expectations)
  func compared(row: Expectation) async throws {
    let plan =
      try await PlannedAccount
      .plan("capture card 29990\nrefund returned 700 reason \"r\"").plan
    let sums = try row.sums.map { try #require(Money($0)) }
    do throws(ControlTotals.Difference) {
      try ControlTotals(of: plan).check(operations: row.operations, moved: sums)
      #expect(row.difference == nil)
    } catch { #expect(error.message == row.difference) }
  }
}
