import DTXLedger
import Testing

/// Planning takes work in proportion to the operations, wherever they fall.
///
/// Counted in looks at the tables of what was there before, which is the only part of adding a
/// step whose work could depend on how many there are; time would tell less and fail more.
@Suite("Growth")
struct GrowthTests {
  enum Shape: CaseIterable, Sendable {
    /// Different amounts, all on one transaction.
    case oneTransaction
    /// The same amount over and over, each meant.
    case equalOperations
    /// The same reference over and over, each on another transaction.
    case equalReferences
    /// Five on each transaction, in turn.
    case manyTransactions
  }

  static func probes(_ shape: Shape, count: Int) -> Int {
    let big = makeState(.authorized, .largestAmount, lines: makeLines(.largestAmount))
    let transaction = Transaction(
      id: TransactionID("T12345678.1"),
      product: PaymentProduct("vipps"),
      currency: Currency.all[0],
      state: big
    )
    let transactionCount =
      switch shape {
      case .oneTransaction, .equalOperations: 1
      case .equalReferences: count
      case .manyTransactions: max(count / 5, 1)
      }
    var builder = PlanBuilder(
      transactions: Array(repeating: transaction, count: transactionCount)
    )
    for number in 0..<count {
      let isEqual = shape == .equalOperations
      let amount = isEqual ? 1 : MinorUnits(Int64(number) + 1)
      let reference = shape == .equalReferences ? "same" : "reference-\(number)"
      let request = Request(
        .capture(amount, [0: amount]),
        reference,
        on: Int32(number % transactionCount)
      )
      _ = builder.add(isEqual ? request.again : request)
    }
    #expect(builder.steps.count == count)
    return builder.probeCount
  }

  @Test("is linear", arguments: Shape.allCases)
  func linear(shape: Shape) {
    let few = Self.probes(shape, count: 1_000)
    let many = Self.probes(shape, count: 16_000)
    // Sixteen times the operations; a third more allows for how full the tables happen to be.
    #expect(many < few * 16 * 4 / 3)
    #expect(many < 16_000 * 16)
  }

  @Test("is linear in the events of a history")
  func history() {
    func probes(_ count: Int) -> Int {
      let events = (0..<count).map { number in
        var event = Event(
          id: "\(number)",
          kind: .capture,
          statusAfter: .partiallyCaptured,
          createdAt: 0
        )
        event.amount = MinorUnits(Int64(number % 7) + 1)
        event.reference = "reference-\(number)"
        return event
      }
      let transaction = Transaction(
        id: TransactionID("T12345678.1"),
        product: PaymentProduct("vipps"),
        currency: Currency.all[0],
        state: Transaction.State(replaying: events, authorized: .largestAmount, lines: []),
        events: events
      )
      var builder = PlanBuilder(transactions: [transaction])
      for number in 0..<count {
        let operation = Operation.capture(MinorUnits(Int64(number % 7) + 1))
        let result = builder.add(Request(operation, "reference-\(number)"))
        #expect(result == .alreadyApplied(.event(Int32(number))))
      }
      return builder.probeCount
    }
    #expect(probes(4_000) < probes(500) * 8 * 4 / 3)
  }
}
