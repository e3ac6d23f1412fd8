import DTXLedger
import Testing

/// What histories add up to, by the provider's reading rules.
@Suite("Replaying histories")
struct ReplayTests {
  static func event(
    _ kind: Event.Kind,
    _ amount: MinorUnits? = nil,
    _ status: Status = .authorized,
    lines: KeyValuePairs<String, MinorUnits> = [:],
    request: String? = nil,
    completing: String? = nil,
    failed: Bool = false
  ) -> Event {
    var event = Event(id: "", kind: kind, statusAfter: status, createdAt: 0)
    event.amount = amount
    event.lines = lines.map { Event.Line(id: $0.key, amount: $0.value) }
    event.requestID = request
    event.correlationRequestID = completing
    event.isSuccessful = !failed
    if failed { event.failure = Event.Failure(message: "refused") }
    return event
  }

  static func replay(
    _ events: [Event],
    authorized: MinorUnits = 1000,
    lines: [LineItem] = [],
    status: Status? = nil
  ) -> Transaction.State {
    Transaction.State(
      replaying: events,
      authorized: authorized,
      lines: lines,
      reportedStatus: status
    )
  }

  static let opening = [event(.initialize, nil, .initiated), event(.authorize, 1000)]

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let events: [Event]
    let expected: Transaction.State

    init(_ description: String, _ events: [Event], _ expected: Transaction.State) {
      testDescription = description
      self.events = opening + events
      self.expected = expected
    }
  }

  static func pending(
    _ status: Status,
    capture: MinorUnits = 0,
    refund: MinorUnits = 0,
    captured: MinorUnits = 0
  ) -> Transaction.State {
    var state = makeState(status, 1000, captured: captured)
    state.pendingCapture = capture
    state.pendingRefund = refund
    return state
  }

  static let rows = [
    Row("nothing yet", [], makeState(.authorized, 1000)),
    Row(
      "a capture",
      [event(.capture, 400, .partiallyCaptured)],
      makeState(.partiallyCaptured, 1000, captured: 400)
    ),
    Row(
      "a failed capture",
      [event(.capture, 400, .authorized, failed: true)],
      makeState(.authorized, 1000)
    ),
    Row(
      "a failed capture that was corrected",
      [event(.capture, 400, failed: true), event(.capture, 400, .partiallyCaptured)],
      makeState(.partiallyCaptured, 1000, captured: 400)
    ),
    Row(
      "refunds",
      [
        event(.capture, 1000, .captured), event(.refund, 300, .partiallyRefunded),
        event(.refund, 200, .partiallyRefunded),
      ],
      makeState(.partiallyRefunded, 1000, captured: 1000, refunded: 500)
    ),
    Row(
      "a void",
      [event(.void, 1000, .authorizationVoided)],
      makeState(.authorizationVoided, 1000, voided: 1000)
    ),
    Row(
      "a void without an amount",
      [event(.capture, 400, .partiallyCaptured), event(.void, nil, .captured)],
      makeState(.captured, 1000, captured: 400, voided: 600)
    ),
    Row(
      "a final capture that left no event of the release",
      [event(.capture, 400, .captured)],
      makeState(.captured, 1000, captured: 400, voided: 600)
    ),
    Row(
      "a void of which only the status tells",
      [event(.other("CANCEL"), nil, .authorizationVoided)],
      makeState(.authorizationVoided, 1000, voided: 1000)
    ),
    Row(
      "settlement moves nothing",
      [event(.capture, 1000, .captured), event(.settlement, 990, .captured)],
      makeState(.captured, 1000, captured: 1000)
    ),
    Row(
      "a pending capture",
      [event(.initiateCapture, 400, request: "9D40-0001")],
      pending(.authorized, capture: 400)
    ),
    Row(
      "a pending capture that was refused at once",
      [event(.initiateCapture, 400, request: "1", failed: true)],
      makeState(.authorized, 1000)
    ),
    Row(
      "a completed capture, its id in the other spelling",
      [
        event(.initiateCapture, 400, request: "9D40-00AB"),
        event(.capture, 400, .partiallyCaptured, request: "7", completing: "9d4000ab"),
      ],
      makeState(.partiallyCaptured, 1000, captured: 400)
    ),
    Row(
      "a pending capture that failed",
      [
        event(.initiateCapture, 400, request: "1"),
        event(.capture, 400, request: "2", completing: "1", failed: true),
      ],
      makeState(.authorized, 1000)
    ),
    Row(
      "a capture that completes no request",
      [
        event(.initiateCapture, 400, request: "1"),
        event(.capture, 300, .partiallyCaptured, completing: "2"),
        event(.capture, 100, .partiallyCaptured),
      ],
      pending(.partiallyCaptured, capture: 400, captured: 400)
    ),
    Row(
      "a refund that completes no capture",
      [
        event(.capture, 1000, .captured), event(.initiateRefund, 400, .captured, request: "1"),
        event(.capture, nil, .captured, completing: "1", failed: true),
      ],
      pending(.captured, refund: 400, captured: 1000)
    ),
    Row(
      "a request that comes after what might complete it",
      [
        event(.capture, 400, .partiallyCaptured, completing: "1"),
        event(.initiateCapture, 400, .partiallyCaptured, request: "1"),
      ],
      pending(.partiallyCaptured, capture: 400, captured: 400)
    ),
    Row(
      "two pending refunds of which one completes",
      [
        event(.capture, 1000, .captured), event(.initiateRefund, 100, .captured, request: "a"),
        event(.initiateRefund, 200, .captured, request: "b"),
        event(.refund, 100, .captured, completing: "A"),
      ],
      {
        var state = pending(.captured, refund: 200, captured: 1000)
        state.refunded = 100
        return state
      }()
    ),
  ]

  @Test("gives totals and status", arguments: rows)
  func totals(row: Row) { #expect(Self.replay(row.events) == row.expected) }

  @Test("knows a pending void")
  func pendingVoid() {
    let events = Self.opening + [Self.event(.initiateVoid, request: "1")]
    #expect(Self.replay(events).isVoidPending)
    let completed = events + [Self.event(.void, nil, .authorizationVoided, completing: "1")]
    #expect(!Self.replay(completed).isVoidPending)
    #expect(Self.replay(completed).voided == 1000)
  }

  @Test("prefers the status that was reported")
  func reported() {
    #expect(Self.replay(Self.opening, status: .failed).status == .failed)
    #expect(Self.replay([], status: .authorized).status == .authorized)
    #expect(Self.replay([]).status == .unknown)
  }

  @Test("attributes what adds up to lines")
  func attribution() {
    let lines = makeLines(600, 400)
    func balances(_ lines: KeyValuePairs<String, MinorUnits>, _ amount: MinorUnits?) -> [MinorUnits]
    {
      let event = Self.event(.capture, amount, .partiallyCaptured, lines: lines)
      let state = Self.replay([event], lines: makeLines(600, 400))
      return state.lineBalances.map(\.captured) + [state.captured]
    }
    #expect(balances(["1": 300, "2": 100], 400) == [300, 100, 400])
    #expect(balances(["1": 300, "2": 100], nil) == [300, 100, 400])
    #expect(balances(["1": 300, "rounding": 1], 301) == [300, 0, 301])
    #expect(balances(["1": 300, "2": 100], 401) == [0, 0, 401])
    #expect(balances(["1": 300, "1": 100], 400) == [400, 0, 400])
    #expect(balances(["1": MinorUnits(.max), "2": MinorUnits(.max)], 5) == [0, 0, 5])
    let refund = Self.event(.refund, 100, .partiallyCapturedRefunded, lines: ["2": 100])
    let capture = Self.event(.capture, 400, .partiallyCaptured, lines: ["2": 400])
    let state = Self.replay([capture, refund], lines: lines)
    #expect(state.lineBalances[1] == LineBalance(captured: 400, refunded: 100))
    #expect(state.isConsistent)
  }

  static let odd: [(String, [Event])] = [
    ("captured more than authorized", [event(.capture, 1001, .captured)]),
    ("refunded more than captured", [event(.refund, 1, .partiallyRefunded)]),
    ("voided more than was left", [event(.capture, 400), event(.void, 601, .captured)]),
    ("a capture without an amount", [event(.capture, nil, .partiallyCaptured)]),
    ("a negative capture", [event(.capture, -5, .partiallyCaptured)]),
    ("a capture of nothing", [event(.capture, 0, .authorized)]),
    ("a capture beyond all limits", [event(.capture, MinorUnits(.max), .captured)]),
    (
      "captures beyond all limits together",
      Array(repeating: event(.capture, .largestAmount, .captured), count: 2000)
    ),
    ("pending beyond what is left", [event(.initiateCapture, 1001, request: "1")]),
    ("captured by its status, but by no event", [event(.authorize, 1000, .captured)]),
    (
      "partly captured by its status, but by no event",
      [event(.other("X"), nil, .partiallyCaptured)]
    ),
    ("authorized by its status, but captured", [event(.capture, 5, .authorized)]),
    (
      "lines whose sum does not fit",
      [event(.capture, nil, .captured, lines: ["1": MinorUnits(.max), "2": 1])]
    ),
  ]

  @Test("marks what contradicts itself", arguments: odd)
  func contradicts(description: String, events: [Event]) {
    var state = Self.replay(Self.opening + events, lines: makeLines(600, 400))
    #expect(!state.isConsistent)
    #expect(!state.totalsHold)
    #expect(throws: Violation.totalsContradict) {
      try apply(.capture(1), to: &state, of: makeProduct())
    }
  }

  @Test("cuts off an impossible authorization", arguments: [Int64.min, -1, 1 << 53, .max])
  func impossible(authorized: Int64) {
    let state = Self.replay(Self.opening, authorized: MinorUnits(authorized))
    #expect(!state.isConsistent)
    #expect((.zero ... .largestAmount).contains(state.authorized))
  }
}
