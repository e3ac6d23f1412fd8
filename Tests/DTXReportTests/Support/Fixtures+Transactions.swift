import DTXLedger

extension Fixtures {
  private static let day: Int64 = 86_400_000

  /// A partly captured transaction with a failed capture, a refund that is pending, and texts that
  /// a terminal must not obey.
  static var rich: Transaction {
    var state = Transaction.State(
      status: .partiallyCaptured,
      authorized: MinorUnits(89970),
      lines: [
        line("1", "Blå stol, 椅子", 29990),
        line("2", "Lamp\u{1B}[2J", 55080),
        line("shipping", "Post", 4900),
      ]
    )
    state.lines[1].quantity = Quantity(millionths: 2_500_000)
    state.captured = MinorUnits(29990)
    state.lineBalances[0] = LineBalance(captured: MinorUnits(29990))
    state.pendingRefund = MinorUnits(5000)
    state.secondReference = "SHOP-2026-7"
    var details = Transaction.Details()
    details.merchantReference = "ORDER-123"
    details.sessionID = "T12345678.5fWkPqXeLpkBvwmqfTC4kA"
    details.createdAt = plannedAt - 3 * day
    details.updatedAt = plannedAt
    details.expiresAt = plannedAt + 25 * day
    details.customer = "Kari Nordmann"
    details.store = "Torggata 4"
    return Transaction(
      id: TransactionID("T12345678.465UfBENeLpkBvwmqfTC4k"),
      product: PaymentProduct("vipps"),
      currency: currency("NOK"),
      state: state,
      events: richEvents,
      details: details
    )
  }

  private static var richEvents: [Event] {
    let start = plannedAt - 3 * day
    var authorization = event(.authorize, .authorized, start + 60_000, 89970)
    authorization.createdBy = "checkout"
    var failed = event(.capture, .authorized, plannedAt - day, 29990)
    failed.isSuccessful = false
    failed.failure = Event.Failure(code: "EXPIRED_CARD", message: "The card has expired")
    failed.reference = "ship-1"
    failed.createdBy = "ola"
    var capture = event(.capture, .partiallyCaptured, plannedAt - day / 2, 29990)
    capture.lines = [Event.Line(id: "1", amount: MinorUnits(29990))]
    capture.reference = "ship-1"
    capture.createdBy = "ola"
    var refund = event(.initiateRefund, .partiallyCaptured, plannedAt, 5000)
    refund.reference = "return-1"
    refund.requestID = "r-1"
    return [
      event(.initialize, .initiated, start, nil), authorization, failed, capture, refund,
      event(.other("REVIEW"), .partiallyCaptured, plannedAt, nil),
    ]
  }

  private static func event(
    _ kind: Event.Kind,
    _ status: Status,
    _ time: Int64,
    _ amount: Int64?
  ) -> Event {
    var event = Event(id: "e-\(time)", kind: kind, statusAfter: status, createdAt: time)
    event.amount = amount.map { MinorUnits($0) }
    return event
  }

  /// A transaction on which nothing happened yet, and that nothing can be done with.
  static var declined: Transaction {
    transaction("T12345678.7gYnRsZfMqlCwxnrgUD5mB", "swish.swish", "SEK", 12345, status: .declined)
  }

  /// Transactions in several currencies and of several products.
  static var several: [Transaction] {
    var captured = transaction(
      "T12345678.8hZpStAgNrmDxyoshVE6nC",
      "dintero_psp.creditcard",
      "NOK",
      1_248_050,
      status: .partiallyRefunded
    )
    captured.state.captured = MinorUnits(1_248_050)
    captured.state.refunded = MinorUnits(120_450)
    captured.details.merchantReference = "ORDER-2026-08-0007"
    captured.details.createdAt = plannedAt - day
    return [rich, declined, captured]
  }
}
