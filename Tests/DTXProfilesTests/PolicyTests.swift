import DTXLedger
import DTXProfiles
import Testing

@Suite("What a policy allows")
struct PolicyTests {
  /// A plan that captures 100.00 and refunds 30.00 NOK, captures 20.00 EUR and tags.
  private func plan() throws -> Plan {
    func transaction(_ id: String, _ currency: String) throws -> Transaction {
      Transaction(
        id: TransactionID("T12345678.\(id)"),
        product: PaymentProduct("payex.creditcard"),
        currency: try #require(Currency(code: currency)),
        state: Transaction.State(status: .authorized, authorized: MinorUnits(50_000))
      )
    }
    var builder = PlanBuilder(transactions: [
      try transaction("a", "NOK"), try transaction("b", "EUR"),
    ])
    let operations: [(Operation.Kind, Int64, Int32)] = [
      (.capture, 10_000, 0), (.refund, 3_000, 0), (.capture, 2_000, 1), (.tag, 0, 1),
      (.capture, 9_000, 0),
    ]
    for (number, (kind, amount, target)) in operations.enumerated() {
      var operation = Operation(kind, amount: MinorUnits(amount))
      if kind == .tag { operation.text = "x" }
      _ = try builder.add(
        operation,
        to: target,
        reference: Array((kind == .tag ? "" : "r\(number)").utf8).span,
        isReferenceWritten: true,
        isAgain: true,
        extras: nil,
        statement: Int32(number)
      )
    }
    return builder.finish()
  }

  private func money(_ text: String) throws -> Money { try #require(Money(text)) }

  private func violations(_ change: (inout Policy) throws -> Void) throws -> [String] {
    var policy = Policy()
    try change(&policy)
    return policy.violations(of: try plan()).map(\.sentence)
  }

  @Test("nothing is forbidden by none")
  func none() throws { #expect(try violations { _ in } == []) }

  @Test("kinds of operations")
  func forbidden() throws {
    #expect(
      try violations { $0.forbidden = [.tag, .capture] } == [
        "operation 1 and 2 more: capture is forbidden", "operation 4: tag is forbidden",
      ]
    )
    #expect(try violations { $0.forbidden = [.void] } == [])
  }

  @Test("how many operations")
  func count() throws {
    #expect(try violations { $0.operationCount = 5 } == [])
    #expect(
      try violations { $0.operationCount = 4 } == ["the plan has 5 operations, and may have 4"]
    )
  }

  @Test("how much one operation moves, and in which currencies")
  func operations() throws {
    let limits = ["100.00 NOK", "20.00 EUR"]
    #expect(try violations { $0.largestOperation = try limits.map(money) } == [])
    #expect(
      try violations { $0.largestOperation = try ["89.99 NOK", "19.99 EUR"].map(money) } == [
        "operation 1 moves 100.00 NOK, and may move 89.99 NOK, and 1 more move too much",
        "operation 3 moves 20.00 EUR, and may move 19.99 EUR",
      ]
    )
    #expect(
      try violations { $0.largestOperation = [try money("500.00 NOK")] } == [
        "the plan moves EUR, for which max_operation names no limit"
      ]
    )
  }

  @Test("how much a plan moves, in whatever direction")
  func plans() throws {
    #expect(try violations { $0.largestPlan = try ["220.00 NOK", "20.00 EUR"].map(money) } == [])
    #expect(
      try violations { $0.largestPlan = try ["219.99 NOK"].map(money) } == [
        "the plan moves 220.00 NOK, and may move 219.99 NOK",
        "the plan moves EUR, for which max_plan names no limit",
      ]
    )
  }
}
