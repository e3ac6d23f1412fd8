import DTXLedger
import Testing

@testable import DTXExecution

@Suite("What a history tells about an operation")
struct FindingTests {
  /// An operation of 40.00 with reference `ref-0`, and the events that are new since it was sent.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var kind = Operation.Kind.capture
    var amount: Int64 = 4_000
    let events: [Event]
    var accepted: String?
    var isConfirmed = false
    var state: @Sendable (inout Transaction.State) -> Void = { _ in }
    let expected: String
  }

  static func event(
    _ id: String,
    _ kind: Event.Kind = .capture,
    amount: Int64? = 4_000,
    reference: String? = "ref-0",
    change: (inout Event) -> Void = { _ in }
  ) -> Event {
    var event = Event(id: id, kind: kind, statusAfter: .partiallyCaptured, createdAt: 0)
    event.amount = amount.map { MinorUnits($0) }
    event.reference = reference
    change(&event)
    return event
  }

  static func failed(_ event: Event, correctedBy ids: [String] = []) -> Event {
    var failed = event
    failed.isSuccessful = false
    failed.correctedBy = ids
    return failed
  }

  @Test("is what the table says", arguments: movements + requests + repairs + updates)
  func finding(row: Row) throws {
    var transaction = try Plans.transaction(0)
    let before = Balance(transaction.state)
    let known = transaction.events.map(\.id)
    transaction.events += row.events
    row.state(&transaction.state)
    var operation = Operation(row.kind, amount: MinorUnits(row.amount))
    operation.text = "order-1"
    let isReferenced = row.kind == .capture || row.kind == .refund
    let request = OperationRequest(
      id: OperationID(run: Plans.run, step: 0),
      transaction: transaction.id,
      operation: operation,
      reference: isReferenced ? "ref-0" : nil,
      extras: nil
    )
    let evidence = Evidence(
      request: request,
      knownEvents: known,
      acceptedRequestID: row.accepted,
      before: before
    )
    let finding = evidence.finding(in: transaction, isConfirmed: row.isConfirmed)
    #expect(Self.text(of: finding) == row.expected)

    // The order of the known events says nothing.
    transaction.events.reverse()
    transaction.events.swapAt(0, transaction.events.count - 1)
    let shuffled = Evidence(
      request: request,
      knownEvents: known + ["gone"],
      acceptedRequestID: row.accepted,
      before: before
    )
    if row.events.count < 2 {
      let again = shuffled.finding(in: transaction, isConfirmed: row.isConfirmed)
      #expect(Self.text(of: again) == row.expected)
    }
  }

  static func text(of finding: Finding) -> String {
    switch finding {
    case .done(let event): "done \(event?.id ?? "-")"
    case .pending(let requestID): "pending \(requestID ?? "-")"
    case .failed(let event): "failed \(event.id)"
    case .nothing: "nothing"
    }
  }
}

// MARK: - Rows

extension FindingTests {
  static let movements: [Row] = [
    Row(testDescription: "no new event", events: [], expected: "nothing"),
    Row(testDescription: "a 200 alone", events: [], isConfirmed: true, expected: "nothing"),
    Row(testDescription: "the capture", events: [event("a")], expected: "done a"),
    Row(
      testDescription: "another amount",
      events: [event("a", amount: 3_999)],
      expected: "nothing"
    ),
    Row(
      testDescription: "another reference",
      events: [event("a", reference: "ref-1")],
      expected: "nothing"
    ),
    Row(
      testDescription: "no reference",
      events: [event("a", reference: nil)],
      expected: "nothing"
    ),
    Row(testDescription: "another kind", events: [event("a", .refund)], expected: "nothing"),
    Row(
      testDescription: "no amount at all",
      events: [event("a", amount: nil)],
      expected: "nothing"
    ),
    Row(
      testDescription: "the amount in the lines",
      events: [
        event("a", amount: nil) {
          $0.lines = [
            Event.Line(id: "1", amount: MinorUnits(3_000)),
            Event.Line(id: "2", amount: MinorUnits(1_000)),
          ]
        }
      ],
      expected: "done a"
    ),
    Row(
      testDescription: "another amount in the lines",
      events: [
        event("a", amount: nil) { $0.lines = [Event.Line(id: "1", amount: MinorUnits(3_000))] }
      ],
      expected: "nothing"
    ),
    Row(
      testDescription: "a refund",
      kind: .refund,
      events: [event("a", .refund)],
      expected: "done a"
    ),
    Row(
      testDescription: "a void, which has neither amount nor reference",
      kind: .void,
      events: [event("a", .void, amount: nil, reference: nil)],
      expected: "done a"
    ),
    Row(testDescription: "a failed capture", events: [failed(event("a"))], expected: "failed a"),
    Row(
      testDescription: "somebody else's failed capture",
      events: [failed(event("a", reference: "ref-1"))],
      expected: "nothing"
    ),
    Row(
      testDescription: "a failure and a success",
      events: [failed(event("a")), event("b")],
      expected: "done b"
    ),
    Row(
      testDescription: "a success and a failure",
      events: [event("a"), failed(event("b"))],
      expected: "done a"
    ),
    Row(
      testDescription: "the settlement of something else",
      events: [event("a", .settlement)],
      expected: "nothing"
    ),
  ]

  static let requests: [Row] = [
    Row(
      testDescription: "accepted",
      events: [event("a", .initiateCapture) { $0.requestID = "R1" }],
      expected: "pending R1"
    ),
    Row(
      testDescription: "accepted under another reference",
      events: [event("a", .initiateCapture, reference: "ref-1") { $0.requestID = "R1" }],
      expected: "nothing"
    ),
    Row(
      testDescription: "accepted without an amount",
      events: [event("a", .initiateCapture, amount: nil) { $0.requestID = "R1" }],
      expected: "pending R1"
    ),
    Row(
      testDescription: "not even accepted",
      events: [failed(event("a", .initiateCapture) { $0.requestID = "R1" })],
      expected: "failed a"
    ),
    Row(
      testDescription: "accepted, as the answer said, and no event yet",
      events: [],
      accepted: "R1",
      expected: "pending R1"
    ),
    Row(
      testDescription: "accepted and completed, without reference or amount",
      events: [
        event("a", .initiateCapture) { $0.requestID = "R1" },
        event("b", amount: nil, reference: nil) { $0.correlationRequestID = "R1" },
      ],
      expected: "done b"
    ),
    Row(
      testDescription: "accepted and failed",
      events: [
        event("a", .initiateCapture) { $0.requestID = "R1" },
        failed(event("b") { $0.correlationRequestID = "R1" }),
      ],
      expected: "failed b"
    ),
    Row(
      testDescription: "a failure that does not belong to the accepted request",
      events: [
        event("a", .initiateCapture) { $0.requestID = "R1" }, failed(event("b")),
      ],
      expected: "pending R1"
    ),
    Row(
      testDescription: "the completion of somebody else's request",
      kind: .void,
      events: [event("a", .void) { $0.correlationRequestID = "R2" }],
      accepted: "R1",
      expected: "pending R1"
    ),
    Row(
      testDescription: "request ids with dashes and in capitals",
      events: [event("a") { $0.correlationRequestID = "0f-1a" }],
      accepted: "0F1A",
      expected: "done a"
    ),
  ]

  static let repairs: [Row] = [
    Row(
      testDescription: "corrected by a capture without our reference",
      events: [failed(event("a"), correctedBy: ["b"]), event("b", reference: nil)],
      expected: "done b"
    ),
    Row(
      testDescription: "corrected by something else",
      events: [
        failed(event("a"), correctedBy: ["b"]), event("b", .void, reference: nil),
      ],
      expected: "failed a"
    ),
    Row(
      testDescription: "corrected by a failed capture",
      events: [
        failed(event("a"), correctedBy: ["b"]), failed(event("b", reference: nil)),
      ],
      expected: "failed a"
    ),
    Row(
      testDescription: "corrected by an event that can't be seen yet",
      events: [failed(event("a"), correctedBy: ["b"])],
      expected: "nothing"
    ),
    Row(
      testDescription: "refused to be accepted, and corrected",
      events: [
        failed(event("a", .initiateCapture), correctedBy: ["b"]), event("b", reference: nil),
      ],
      expected: "done b"
    ),
    Row(
      testDescription: "refused to be accepted",
      events: [failed(event("a", .initiateCapture))],
      expected: "failed a"
    ),
  ]

  static let updates: [Row] = [
    Row(
      testDescription: "an adjustment by its event",
      kind: .adjust,
      amount: 12_000,
      events: [event("a", .authorize, amount: 12_000, reference: nil)],
      expected: "done a"
    ),
    Row(
      testDescription: "an adjustment to another total",
      kind: .adjust,
      amount: 12_000,
      events: [event("a", .authorize, amount: 11_000, reference: nil)],
      expected: "nothing"
    ),
    Row(
      testDescription: "an adjustment by the total alone",
      kind: .adjust,
      amount: 12_000,
      events: [],
      state: { $0.authorized = MinorUnits(12_000) },
      expected: "done -"
    ),
    Row(
      testDescription: "an adjustment to the total that was there before",
      kind: .adjust,
      amount: 10_000,
      events: [],
      expected: "nothing"
    ),
    Row(
      testDescription: "the same, confirmed",
      kind: .adjust,
      amount: 10_000,
      events: [],
      isConfirmed: true,
      expected: "done -"
    ),
    Row(
      testDescription: "an adjustment that failed inside its event",
      kind: .adjust,
      amount: 12_000,
      events: [
        event("a", .authorize, amount: 12_000, reference: nil) {
          $0.metadata = ["klarna:order_amount_update_error": "NOT_ALLOWED"]
        }
      ],
      isConfirmed: true,
      expected: "failed a"
    ),
    Row(
      testDescription: "an extension that failed inside its event",
      kind: .extend,
      amount: 0,
      events: [
        event("a", .authorize, amount: nil, reference: nil) {
          $0.metadata = ["klarna:authorization_expiration_error_reason": "TOO_LATE"]
        }
      ],
      expected: "failed a"
    ),
    Row(
      testDescription: "an extension without an event",
      kind: .extend,
      amount: 0,
      events: [],
      expected: "nothing"
    ),
    Row(
      testDescription: "an extension that was confirmed",
      kind: .extend,
      amount: 0,
      events: [],
      isConfirmed: true,
      expected: "done -"
    ),
    Row(
      testDescription: "a release from hold by the status",
      kind: .authorize,
      amount: 0,
      events: [],
      state: { $0.status = .authorized },
      expected: "done -"
    ),
    Row(
      testDescription: "a release from hold that did not happen",
      kind: .authorize,
      amount: 0,
      events: [],
      isConfirmed: true,
      state: { $0.status = .onHold },
      expected: "nothing"
    ),
    Row(
      testDescription: "a tag",
      kind: .tag,
      amount: 0,
      events: [],
      state: { $0.secondReference = "order-1" },
      expected: "done -"
    ),
    Row(
      testDescription: "another tag",
      kind: .tag,
      amount: 0,
      events: [],
      isConfirmed: true,
      state: { $0.secondReference = "order-2" },
      expected: "nothing"
    ),
  ]
}
