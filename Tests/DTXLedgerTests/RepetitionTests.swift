import DTXLedger
import Testing

/// Whether an operation was there before: every way it can turn out.
@Suite("Repetitions")
struct RepetitionTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var transaction: Transaction
    let requests: [Request]
    /// What became of the last request.
    let expected: Result

    init(
      _ description: String,
      on transaction: Transaction = plain,
      _ requests: [Request],
      _ expected: Result
    ) {
      testDescription = description
      self.transaction = transaction
      self.requests = requests
      self.expected = expected
    }
  }

  static func transaction(
    _ state: Transaction.State = makeState(.authorized, 1000, lines: makeLines(600, 400)),
    product: String = "klarna.klarna",
    events: [Event] = []
  ) -> Transaction {
    Transaction(
      id: TransactionID("T12345678.1"),
      product: PaymentProduct(product),
      currency: Currency.all[0],
      state: state,
      events: events
    )
  }

  /// A transaction whose state is what its history adds up to.
  static func replayed(
    _ events: Event...,
    product: String = "klarna.klarna",
    lines: [LineItem] = makeLines(600, 400)
  ) -> Transaction {
    let state = Transaction.State(replaying: events, authorized: 1000, lines: lines)
    return transaction(state, product: product, events: events)
  }

  static func event(
    _ kind: Event.Kind,
    _ amount: MinorUnits?,
    _ reference: String?,
    _ status: Status = .partiallyCaptured,
    lines: KeyValuePairs<String, MinorUnits> = [:],
    request: String? = nil,
    completing: String? = nil,
    failed: Bool = false
  ) -> Event {
    var event = ReplayTests.event(
      kind,
      amount,
      status,
      lines: lines,
      request: request,
      completing: completing,
      failed: failed
    )
    event.reference = reference
    return event
  }

  static let plain = transaction()
  static let captured = replayed(event(.capture, 300, "ship-1", lines: ["1": 200, "2": 100]))
  static let derived = replayed(event(.capture, 300, "dtx-abc"))
  static let same: KeyValuePairs<Int32, MinorUnits> = [0: 200, 1: 100]

  static let inPlan = [
    Row(
      "same reference and content",
      [Request(.capture(300), "a"), Request(.capture(300), "a")],
      .alreadyApplied(.step(0))
    ),
    Row(
      "same reference and content, again",
      [Request(.capture(300), "a"), Request(.capture(300), "a").again],
      .alreadyApplied(.step(0))
    ),
    Row(
      "same reference, other amount",
      [Request(.capture(300), "a"), Request(.capture(301), "a")],
      .refused(.referenceReused(.step(0)))
    ),
    Row(
      "same reference, other amount, again",
      [Request(.capture(300), "a"), Request(.capture(301), "a").again],
      .refused(.referenceReused(.step(0)))
    ),
    Row(
      "same reference, other lines",
      [Request(.capture(300, [0: 300]), "a"), Request(.capture(300, [1: 300]), "a")],
      .refused(.referenceReused(.step(0)))
    ),
    Row(
      "same reference, other parts of the same lines",
      [Request(.capture(300, same), "a"), Request(.capture(300, [0: 100, 1: 200]), "a")],
      .refused(.referenceReused(.step(0)))
    ),
    Row(
      "same reference, lines now named",
      [Request(.capture(300), "a"), Request(.capture(300, [0: 300]), "a")],
      .refused(.referenceReused(.step(0)))
    ),
    Row(
      "same reference, other order of lines",
      [Request(.capture(300, same), "a"), Request(.capture(300, [1: 100, 0: 200]), "a")],
      .alreadyApplied(.step(0))
    ),
    Row(
      "same reference, other kind",
      [Request(.capture(300), "a"), Request(.refund(300), "a")],
      .step(1)
    ),
    Row(
      "two written references",
      [Request(.capture(300), "a"), Request(.capture(300), "b")],
      .repeated(1, .step(0))
    ),
    Row(
      "two written references, again",
      [Request(.capture(300), "a"), Request(.capture(300), "b").again],
      .step(1)
    ),
    Row(
      "a derived and a written one",
      [Request(.capture(300), "dtx-1"), Request(.capture(300), "b")],
      .refused(.repetition(.step(0)))
    ),
    Row(
      "a written and a derived one",
      [Request(.capture(300), "a"), Request(.capture(300), "dtx-2")],
      .refused(.repetition(.step(0)))
    ),
    Row(
      "two derived ones",
      [Request(.capture(300), "dtx-1"), Request(.capture(300), "dtx-2")],
      .refused(.repetition(.step(0)))
    ),
    Row(
      "two derived ones, again",
      [Request(.capture(300), "dtx-1"), Request(.capture(300), "dtx-2").again],
      .step(1)
    ),
    Row(
      "no references",
      [Request(.capture(300)), Request(.capture(300))],
      .refused(.repetition(.step(0)))
    ),
    Row(
      "other order of lines",
      [Request(.capture(300, same), "dtx-1"), Request(.capture(300, [1: 100, 0: 200]), "dtx-2")],
      .refused(.repetition(.step(0)))
    ),
    Row(
      "other quantities",
      [
        Request(.capture(300, [0: 300]).quantity(1), "dtx-1"),
        Request(.capture(300, [0: 300]), "dtx-2"),
      ],
      .refused(.repetition(.step(0)))
    ),
    Row(
      "other amounts",
      [Request(.capture(300), "dtx-1"), Request(.capture(301), "dtx-2")],
      .step(1)
    ),
    Row(
      "other lines",
      [Request(.capture(300, [0: 300]), "dtx-1"), Request(.capture(300, [1: 300]), "dtx-2")],
      .step(1)
    ),
    Row(
      "written, after a derived one that was meant",
      [
        Request(.capture(100), "a"), Request(.capture(100), "dtx-2").again,
        Request(.capture(100), "c"),
      ],
      .refused(.repetition(.step(1)))
    ),
    Row(
      "the reference of the third of equal ones",
      [
        Request(.capture(100), "a"), Request(.capture(100), "b").again,
        Request(.capture(100), "c").again, Request(.capture(100), "c"),
      ],
      .alreadyApplied(.step(2))
    ),
    Row(
      "before the rules: all of it twice",
      [Request(.capture(1000), "a"), Request(.capture(1000), "a")],
      .alreadyApplied(.step(0))
    ),
    Row(
      "before the rules: repetition of all of it",
      [Request(.capture(1000), "a"), Request(.capture(1000), "dtx-1")],
      .refused(.repetition(.step(0)))
    ),
    Row(
      "meant, but against the rules",
      [Request(.capture(600), "a"), Request(.capture(600), "b").again],
      .refused(.violation(.exceedsCapturable(left: 400)))
    ),
    Row(
      "a refused operation leaves its reference free",
      [Request(.capture(1001), "a"), Request(.capture(1000), "a")],
      .step(0)
    ),
  ]

  @Test(
    "turn out as they should",
    arguments: [inPlan, inHistory, effects, movedLines].flatMap(\.self)
  )
  func outcome(row: Row) {
    var builder = PlanBuilder(transactions: [row.transaction])
    var last = Result.step(-1)
    for request in row.requests { last = builder.add(request) }
    #expect(last == row.expected)
  }

  @Test("on another transaction are none")
  func otherTransaction() {
    var builder = PlanBuilder(transactions: [Self.captured, Self.plain])
    #expect(builder.add(Request(.capture(300, Self.same), "ship-1", on: 1)) == .step(0))
  }

  @Test("that were left out are listed with the statement and what was there")
  func listed() {
    var builder = PlanBuilder(transactions: [Self.captured])
    builder.add(Request(.capture(300, Self.same), "ship-1"), statement: 7)
    let plan = builder.finish()
    #expect(plan.alreadyApplied.map(\.statement) == [7])
    #expect(plan.alreadyApplied.map(\.transaction) == [0])
    #expect(plan.alreadyApplied.map(\.kind) == [.capture])
    #expect(plan.alreadyApplied.map(\.amount) == [300])
    #expect(plan.alreadyApplied.map(\.precedent) == [.event(0)])
    #expect(plan.steps.isEmpty)
    #expect(plan.totals.map(\.operations) == [0])
  }
}
