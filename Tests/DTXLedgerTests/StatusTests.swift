import DTXLedger
import Testing

/// Every status with every kind of operation.
@Suite("Statuses")
struct StatusTests {
  /// The kinds that a status lets pass; all that is not here is refused.
  static let allowed: [(Status, Set<Operation.Kind>)] = [
    (.initiated, []),
    (.onHold, [.authorize, .tag]),
    (.authorized, [.capture, .void, .adjust, .extend, .tag]),
    (.authorizationVoided, [.tag]),
    (.partiallyCaptured, [.capture, .refund, .void, .adjust, .extend, .tag]),
    (.partiallyCapturedRefunded, [.capture, .refund, .void, .tag]),
    (.captured, [.refund, .tag]),
    (.partiallyRefunded, [.refund, .tag]),
    (.refunded, [.tag]),
    (.declined, []),
    (.failed, []),
    (.unknown, []),
  ]

  /// A product that allows every kind, so that the status alone decides.
  static let anything = makeProduct(
    [
      .partialCapture, .multipleCaptures, .voidAuthorization, .voidRemainder, .refund, .extension,
      .holdRelease, .updateAfterCapture,
    ],
    update: .klarna
  )

  /// Totals that fit a status.
  static func fitting(_ status: Status) -> Transaction.State {
    switch status {
    case .partiallyCaptured: makeState(status, 1000, captured: 400)
    case .partiallyCapturedRefunded: makeState(status, 1000, captured: 400, refunded: 100)
    case .captured: makeState(status, 1000, captured: 1000)
    case .partiallyRefunded: makeState(status, 1000, captured: 1000, refunded: 100)
    case .refunded: makeState(status, 1000, captured: 1000, refunded: 1000)
    case .authorizationVoided: makeState(status, 1000, voided: 1000)
    default: makeState(status, 1000)
    }
  }

  /// An operation that holds wherever its kind is allowed.
  static func operation(_ kind: Operation.Kind, on state: Transaction.State) -> Operation {
    switch kind {
    case .capture: .capture(1)
    case .refund: .refund(1)
    case .void: state.captured > .zero ? .voidRemaining : .void
    case .adjust: .adjust(to: 1500)
    case .tag: .tag("order-7")
    case .extend, .authorize: Operation(kind)
    }
  }

  @Test("are all in the table")
  func complete() { #expect(Self.allowed.map(\.0) == Status.allCases.sorted(like: Self.allowed)) }

  @Test("let pass what they should", arguments: allowed, Operation.Kind.allCases)
  func permission(row: (Status, Set<Operation.Kind>), kind: Operation.Kind) {
    let (status, kinds) = row
    let start = Self.fitting(status)
    let violation = start.violation(of: Self.operation(kind, on: start), Self.anything)
    #expect(violation == (kinds.contains(kind) ? nil : .statusForbids(kind, status)))
    let available = start.availableOperations(of: Self.anything).map(\.kind)
    #expect(available.contains(kind) == kinds.contains(kind))
  }

  @Test("of a voided rest let the captured part be refunded")
  func voidedRest() {
    let part = makeState(.authorizationVoided, 1000, captured: 400, voided: 600)
    #expect(part.violation(of: .refund(400)) == nil)
    #expect(part.violation(of: .capture(1)) == .statusForbids(.capture, .authorizationVoided))
    let done = makeState(.authorizationVoided, 1000, captured: 400, refunded: 400, voided: 600)
    #expect(done.violation(of: .refund(1)) == .statusForbids(.refund, .authorizationVoided))
  }
}

extension [Status] {
  /// The statuses in the order of a table, followed by those that it lacks.
  fileprivate func sorted(like table: [(Status, Set<Operation.Kind>)]) -> [Status] {
    table.map(\.0).filter(contains) + filter { status in !table.contains { $0.0 == status } }
  }
}
