import DTXLedger
import Testing

/// The transactions that every golden script is planned against.
///
/// Each is there for something that a rule turns on: its currency, its product, its lines, or what
/// was done to it before and by whom.
enum Fixtures {
  static let account = Self.account("T12345678")

  /// 2026-11-23T12:00Z.
  static let now: Int64 = 1_795_435_200_000

  private static let millisecondsPerDay: Int64 = 86_400_000

  static let transactions: [Transaction] =
    untouched + captured + refunded + released + updated + namesakes

  static func account(_ text: String) -> Account {
    guard let account = Account(text) else { preconditionFailure("\(text) is no account") }
    return account
  }

  static func currency(_ code: String) -> Currency {
    guard let currency = Currency(code: code) else { preconditionFailure("\(code) is no currency") }
    return currency
  }

  /// The moment so many days before planning.
  static func moment(daysAgo days: Int64) -> Int64 { now - days * millisecondsPerDay }
}

// MARK: - Parts

extension Fixtures {
  /// A transaction whose state is what its events add up to.
  static func transaction(
    _ id: String,
    _ product: String,
    _ currency: String,
    _ amount: Int64,
    lines: [LineItem] = [],
    events: [Event] = [],
    status: Status? = nil,
    daysAgo: Int64 = 1
  ) -> Transaction {
    let authorization = event("\(id)-1", .authorize, nil, after: .authorized, daysAgo: daysAgo)
    let all = (events.first?.kind == .initialize ? [] : [authorization]) + events
    var details = Transaction.Details()
    details.createdAt = moment(daysAgo: daysAgo)
    details.updatedAt = moment(daysAgo: 0)
    return Transaction(
      id: TransactionID("T12345678.\(id)"),
      product: PaymentProduct(product),
      currency: Self.currency(currency),
      state: Transaction.State(
        replaying: all,
        authorized: MinorUnits(amount),
        lines: lines,
        reportedStatus: status
      ),
      events: all,
      details: details
    )
  }

  static func line(
    _ id: String,
    _ description: String,
    _ amount: Int64,
    quantity: Int64 = 1,
    vat: Int32? = nil,
    kind: LineItem.Kind? = nil
  ) -> LineItem {
    LineItem(
      id: id,
      description: description,
      quantity: Quantity(millionths: quantity * Quantity.scale),
      amount: MinorUnits(amount),
      vatBasisPoints: vat,
      kind: kind
    )
  }

  static func event(
    _ id: String,
    _ kind: Event.Kind,
    _ amount: Int64?,
    after status: Status,
    lines: [(String, Int64)] = [],
    ref reference: String? = nil,
    by person: String? = nil,
    daysAgo: Int64 = 1
  ) -> Event {
    var event = Event(
      id: id,
      kind: kind,
      statusAfter: status,
      createdAt: moment(daysAgo: daysAgo)
    )
    event.amount = amount.map { MinorUnits($0) }
    event.lines = lines.map { Event.Line(id: $0.0, amount: MinorUnits($0.1)) }
    event.reference = reference
    event.createdBy = person
    return event
  }

  private static func with<Value>(_ value: Value, _ change: (inout Value) -> Void) -> Value {
    var value = value
    change(&value)
    return value
  }
}

// MARK: - Transactions

extension Fixtures {
  private static let furniture = [
    line("chair", "Chair", 29990), line("lamp", "Lamp", 20000, quantity: 2),
    line("shipping", "Post", 4900, kind: .shipping),
  ]

  /// Authorized, and nothing done since.
  private static let untouched = [
    with(transaction("card", "payex.creditcard", "NOK", 54890, lines: furniture)) {
      $0.details.merchantReference = "order-1001"
      $0.details.sessionID = "T12345678.session1"
      $0.details.customer = "Kari Nordmann"
      $0.details.expiresAt = now + 5 * millisecondsPerDay
    },
    transaction("psp", "dintero_psp.creditcard", "NOK", 40000, daysAgo: 2),
    with(transaction("preauth", "dintero_psp.creditcard", "NOK", 30000, daysAgo: 3)) {
      $0.state.isPreauthorization = true
    },
    transaction(
      "klarna",
      "klarna.klarna",
      "NOK",
      100_000,
      lines: [line("1", "Sofa", 60000, vat: 2500), line("2", "Table", 40000, quantity: 2)],
      daysAgo: 4
    ),
    transaction(
      "collector",
      "collector.invoice",
      "SEK",
      30000,
      lines: [line("1", "Coat", 20000), line("2", "Hat", 10000)],
      daysAgo: 5
    ),
    transaction(
      "instabank",
      "instabank.invoice",
      "NOK",
      30000,
      lines: [line("1", "Plate", 30000, quantity: 3)],
      daysAgo: 6
    ),
    transaction("yen", "payex.creditcard", "JPY", 29990, lines: [line("1", "Fan", 29990)]),
    transaction("dinar", "payex.creditcard", "KWD", 29990, daysAgo: 7),
    transaction(
      "gift",
      "payex.creditcard",
      "NOK",
      45000,
      lines: [line("1", "Radio", 50000), line("card", "Gift card", -5000, kind: .giftCard)],
      daysAgo: 8
    ),
    transaction("large", "payex.creditcard", "NOK", 9_007_199_254_740_991, daysAgo: 9),
    transaction("order/7", "payex.creditcard", "NOK", 12345, daysAgo: 10),
  ]

  /// Captured in part or in full, by others or by an earlier run.
  private static let captured = [
    transaction(
      "partial",
      "payex.creditcard",
      "NOK",
      50000,
      lines: [line("1", "Jacket", 30000), line("2", "Boots", 20000)],
      events: [
        event(
          "partial-2",
          .capture,
          10000,
          after: .partiallyCaptured,
          lines: [("1", 10000)],
          ref: "ship-old",
          by: "ola"
        )
      ],
      daysAgo: 11
    ),
    transaction(
      "amount-only",
      "payex.creditcard",
      "NOK",
      50000,
      lines: [line("1", "Jacket", 30000), line("2", "Boots", 20000)],
      events: [event("amount-only-2", .capture, 15000, after: .partiallyCaptured, by: "ola")],
      daysAgo: 12
    ),
    transaction(
      "swish",
      "swish.swish",
      "SEK",
      12000,
      events: [event("swish-2", .capture, 12000, after: .captured)],
      daysAgo: 13
    ),
    transaction(
      "pending",
      "payex.creditcard",
      "NOK",
      30000,
      events: [
        with(event("pending-2", .initiateCapture, 10000, after: .authorized, ref: "ship-p")) {
          $0.requestID = "0F-1"
        }
      ],
      daysAgo: 14
    ),
    transaction(
      "earlier",
      "payex.creditcard",
      "NOK",
      40000,
      events: [
        event(
          "earlier-2",
          .capture,
          10000,
          after: .partiallyCaptured,
          ref: "dtx-000000000000",
          by: "kari",
          daysAgo: 3
        )
      ],
      daysAgo: 15
    ),
  ]

  /// Money given back before.
  private static let refunded = [
    transaction(
      "returned",
      "vipps",
      "EUR",
      80000,
      lines: [line("1", "Bicycle", 50000), line("2", "Helmet", 15000), line("3", "Pump", 15000)],
      events: [
        event(
          "returned-2",
          .capture,
          80000,
          after: .captured,
          lines: [("1", 50000), ("2", 15000), ("3", 15000)],
          ref: "ship-7",
          daysAgo: 9
        ),
        with(
          event(
            "returned-3",
            .refund,
            15000,
            after: .partiallyRefunded,
            lines: [("2", 15000)],
            ref: "return-1",
            by: "ola",
            daysAgo: 2
          )
        ) { $0.metadata["reason"] = "too small" },
      ],
      daysAgo: 16
    ),
    transaction(
      "one-yen",
      "payex.creditcard",
      "JPY",
      5,
      events: [event("one-yen-2", .capture, 5, after: .captured)],
      daysAgo: 17
    ),
  ]

  /// Released, on hold, declined.
  private static let released = [
    transaction(
      "voided",
      "payex.creditcard",
      "NOK",
      10000,
      events: [event("voided-2", .void, nil, after: .authorizationVoided, by: "ola")],
      daysAgo: 18
    ),
    transaction(
      "hold",
      "dintero.external",
      "NOK",
      9900,
      events: [event("hold-1", .initialize, nil, after: .onHold, daysAgo: 19)],
      daysAgo: 19
    ),
    transaction(
      "unheld",
      "dintero.external",
      "NOK",
      9900,
      events: [
        event("unheld-1", .initialize, nil, after: .onHold, daysAgo: 20),
        event("unheld-2", .authorize, nil, after: .authorized, by: "ola"),
      ],
      daysAgo: 20
    ),
    transaction("declined", "payex.creditcard", "NOK", 7700, status: .declined, daysAgo: 21),
  ]

  /// Totals, lives and references changed before.
  private static let updated = [
    transaction(
      "adjusted",
      "klarna.klarna",
      "NOK",
      90000,
      lines: [line("1", "Sofa", 60000), line("2", "Table", 30000)],
      events: [
        event(
          "adjusted-2",
          .authorize,
          90000,
          after: .authorized,
          lines: [("1", 60000), ("2", 30000)],
          ref: "update-1"
        )
      ],
      daysAgo: 22
    ),
    transaction(
      "extended",
      "klarna.klarna",
      "NOK",
      20000,
      events: [
        with(event("extended-2", .authorize, nil, after: .authorized, by: "ola")) {
          $0.metadata["klarna:authorization_expiration_reference"] = "more-time"
        }
      ],
      daysAgo: 23
    ),
    with(transaction("tagged", "payex.creditcard", "NOK", 6600, daysAgo: 24)) {
      $0.state.secondReference = "order-3003"
    },
  ]

  /// Two transactions of one order, and of one session.
  private static let namesakes = ["twin-a", "twin-b"].map { id in
    with(transaction(id, "payex.creditcard", "NOK", 5000, daysAgo: 25)) {
      $0.details.merchantReference = "order-2002"
      $0.details.sessionID = "T12345678.session2"
    }
  }
}
