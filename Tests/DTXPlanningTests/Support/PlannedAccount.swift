import DTXEvaluator
import DTXExecution
import DTXLedger
import DTXPlanning
import DTXSyntax
import DTXTestSupport
import Testing

/// An account with a transaction for every kind of operation, and plans made of it.
enum PlannedAccount {
  static let account = Self.account("T12345678")
  /// 2026-11-23T12:00Z.
  static let now: Int64 = 1_795_435_200_000

  static func account(_ text: String) -> Account {
    guard let account = Account(text) else { preconditionFailure("\(text) is no account") }
    return account
  }

  private static func currency(_ code: String) -> Currency {
    guard let currency = Currency(code: code) else { preconditionFailure("\(code) is no currency") }
    return currency
  }

  /// A script in which every kind of operation and every clause appears, and two that were done.
  static let script = """
    # Everything at once.
    capture card line chair qty 1 29990 ref "ship/1" meta parcel "P-\\u{1F600}" meta note "æøå \\"x\\""

    capture card 5000 again "the \\"second\\" one"
    capture psp 1000 final
    refund returned 700 reason "broken\\tleg" ref "return-2"
    refund returned line 1 500 ref "return-1"
    void partial remaining
    adjust klarna { add line 3 "Cushion" qty 0.5 200.00 NOK vat 25% } reason "r" describe "d"
    capture klarna line 3
    extend klarna ref "more"
    authorize hold 9900
    tag yen "order/7"
    tag yen "order/7"
    """

  static func transaction(
    _ id: String,
    _ product: String = "payex.creditcard",
    _ currency: String = "NOK",
    _ amount: Int64 = 50000,
    lines: [LineItem] = [],
    events: [Event] = [],
    status: Status? = nil
  ) -> Transaction {
    var transaction = Transaction(
      id: TransactionID("\(account).\(id)"),
      product: PaymentProduct(product),
      currency: Self.currency(currency),
      state: Transaction.State(
        replaying: events,
        authorized: MinorUnits(amount),
        lines: lines,
        reportedStatus: status ?? events.last?.statusAfter ?? .authorized
      ),
      events: events
    )
    transaction.details.customer = "Kari Nordmann"
    return transaction
  }

  static func event(
    _ id: String,
    _ kind: Event.Kind,
    _ amount: Int64?,
    after status: Status,
    ref reference: String? = nil
  ) -> Event {
    var event = Event(id: id, kind: kind, statusAfter: status, createdAt: now - 1_000)
    event.amount = amount.map { MinorUnits($0) }
    event.reference = reference
    event.createdBy = "ola@example.com"
    return event
  }

  static let transactions: [Transaction] = {
    var refund = event("e-3", .refund, 500, after: .partiallyRefunded, ref: "return-1")
    refund.correctedBy = ["e-9"]
    refund.requestID = "r-1"
    refund.lines = [Event.Line(id: "1", amount: MinorUnits(500), quantity: .one)]
    var longer = event("e-6", .authorize, nil, after: .authorized)
    longer.metadata = ["klarna:authorization_expiration_reference": "earlier", "name": "Kari"]
    return [
      transaction(
        "card",
        lines: [
          LineItem(id: "chair", description: "Chair \"A\"", amount: MinorUnits(29990)),
          LineItem(
            id: "lamp",
            description: "Lamp",
            amount: MinorUnits(25010),
            vatBasisPoints: 2500
          ),
          LineItem(id: "card", description: "Card", amount: MinorUnits(-5000), kind: .giftCard),
        ]
      ),
      transaction("psp", "dintero_psp.creditcard", "NOK", 4000),
      transaction(
        "returned",
        "vipps",
        "EUR",
        8000,
        lines: [LineItem(id: "1", description: "Plate", amount: MinorUnits(8000))],
        events: [event("e-2", .capture, 8000, after: .captured, ref: "ship-7"), refund]
      ),
      transaction(
        "partial",
        events: [event("e-4", .capture, 10000, after: .partiallyCaptured)]
      ),
      transaction(
        "klarna",
        "klarna.klarna",
        "NOK",
        100_000,
        lines: [
          LineItem(id: "1", description: "Sofa", amount: MinorUnits(60000)),
          LineItem(id: "2", description: "Table", amount: MinorUnits(40000)),
        ],
        events: [longer]
      ),
      transaction(
        "hold",
        "dintero.external",
        "NOK",
        9900,
        events: [event("e-8", .initialize, nil, after: .onHold)]
      ),
      transaction("yen", "payex.creditcard", "JPY", 29990),
    ]
  }()

  /// A reader of these transactions, or of others.
  static func reader(_ transactions: [Transaction] = Self.transactions) -> FakeProvider {
    FakeProvider(account: account, FakeProviderModel(transactions))
  }

  static func planner(_ reader: any TransactionReader) -> Planner {
    var options = Evaluator.Options()
    options.now = now
    return Planner(reader: reader, options: options)
  }

  /// Plans a script that has to hold.
  static func plan(
    _ script: String = Self.script,
    against transactions: [Transaction] = Self.transactions
  ) async throws -> (plan: Plan, script: Script) {
    let result = try await planner(reader(transactions)).plan(Array(script.utf8))
    #expect(result.diagnostics.filter { $0.severity == .error }.map(\.message.text) == [])
    return (try #require(result.evaluation).plan, result.script)
  }

  static let header = PlanHeader(
    script: "fix.dtx",
    scriptDigest: Digest.hexadecimal(of: Array(script.utf8)),
    profile: "shop-test",
    account: account,
    plannedBy: "kari",
    plannedAt: now,
    onError: .skip
  )
}
