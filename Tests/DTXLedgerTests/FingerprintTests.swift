import DTXLedger
import Testing

/// What tells a transaction that has changed since it was planned.
@Suite("Fingerprints")
struct FingerprintTests {
  static let transaction: Transaction = {
    var state = makeState(.partiallyCaptured, 1000, captured: 400, refunded: 100, voided: 50)
    state.secondReference = "order-1"
    let events = ["e1", "e2"].map {
      Event(id: $0, kind: .capture, statusAfter: .authorized, createdAt: 0)
    }
    return Transaction(
      id: TransactionID("T12345678.1"),
      product: PaymentProduct("vipps"),
      currency: Currency.all[0],
      state: state,
      events: events
    )
  }()

  static let changes: [(String, @Sendable (inout Transaction) -> Void)] = [
    ("authorized", { $0.state.authorized += 1 }),
    ("captured", { $0.state.captured += 1 }),
    ("refunded", { $0.state.refunded += 1 }),
    ("voided", { $0.state.voided += 1 }),
    ("pendingCapture", { $0.state.pendingCapture += 1 }),
    ("pendingRefund", { $0.state.pendingRefund += 1 }),
    ("isVoidPending", { $0.state.isVoidPending = true }),
    ("isPreauthorization", { $0.state.isPreauthorization = true }),
    ("isConsistent", { $0.state.isConsistent = false }),
    ("status", { $0.state.status = .captured }),
    ("secondReference", { $0.state.secondReference = "order-2" }),
    ("no secondReference", { $0.state.secondReference = nil }),
    ("empty secondReference", { $0.state.secondReference = "" }),
    ("an event more", { $0.events.append($0.events[0]) }),
    ("an event less", { $0.events.removeLast() }),
    ("another event", { $0.events[1].id = "e3" }),
    ("another order of events", { $0.events.swapAt(0, 1) }),
    (
      "ids that read the same together",
      {
        $0.events[0].id = "e1e"
        $0.events[1].id = "2"
      }
    ),
  ]

  @Test("change with every fact", arguments: changes)
  func changed(name: String, change: @Sendable (inout Transaction) -> Void) {
    var other = Self.transaction
    change(&other)
    #expect(other.fingerprint != Self.transaction.fingerprint)
    #expect(other.fingerprintFields != Self.transaction.fingerprintFields)
  }

  @Test("differ from one another")
  func distinct() {
    let prints = Self.changes.map { change in
      var other = Self.transaction
      change.1(&other)
      return other.fingerprint
    }
    #expect(Set(prints).count == prints.count)
  }

  @Test("stay the same for what no plan relies on")
  func unchanged() {
    var other = Self.transaction
    other.details.customer = "someone"
    other.details.settlement = .settled
    other.events[0].createdBy = "someone"
    #expect(other.fingerprint == Self.transaction.fingerprint)
  }

  @Test("are the same in every version")
  func stable() {
    // Worked out from the documented shape with another implementation of FNV-1a.
    #expect(Self.transaction.fingerprint == 5_037_727_511_500_614_165)
  }
}
