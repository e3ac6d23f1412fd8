import DTXEvaluator
import DTXLedger
import DTXReport
import Testing

/// Transactions and plans that every kind of operation appears in.
enum Fixtures {
  /// 2026-08-04T07:00:00Z.
  static let plannedAt: Int64 = 1_785_826_800_000

  static let heading = PlanPreview.Heading(
    script: "fix.dtx",
    profile: "shop",
    account: account("P12345678"),
    plannedAt: plannedAt,
    plannedBy: "kari",
    warningCount: 1
  )

  static func account(_ text: String) -> Account {
    guard let account = Account(text) else { preconditionFailure("\(text) is no account") }
    return account
  }

  static func currency(_ code: String) -> Currency {
    guard let currency = Currency(code: code) else { preconditionFailure("\(code) is no currency") }
    return currency
  }

  static func transaction(
    _ id: String,
    _ product: String,
    _ currency: String,
    _ amount: Int64,
    status: Status = .authorized,
    lines: [LineItem] = []
  ) -> Transaction {
    Transaction(
      id: TransactionID(id),
      product: PaymentProduct(product),
      currency: Self.currency(currency),
      state: Transaction.State(status: status, authorized: MinorUnits(amount), lines: lines)
    )
  }

  static func line(_ id: String, _ description: String, _ amount: Int64) -> LineItem {
    LineItem(id: id, description: description, amount: MinorUnits(amount))
  }
}

extension PlanBuilder {
  /// Adds an operation of a test, which has to hold, on the statement of the same number.
  mutating func plan(
    _ operation: Operation,
    on transaction: Int32,
    ref reference: String = "",
    isWritten: Bool = true,
    extras: StepExtras? = nil
  ) {
    let statement = Int32(steps.count + alreadyApplied.count)
    let bytes = Array(reference.utf8)
    do {
      _ = try add(
        operation,
        to: transaction,
        reference: bytes.span,
        isReferenceWritten: isWritten,
        isAgain: extras?.again != nil,
        extras: extras,
        statement: statement
      )
    } catch {
      Issue.record("the operation is refused: \(error)")
    }
  }
}

extension Fixtures {
  /// A capture of some lines, each by its number and amount.
  static func capture(_ portions: [(Int32, Int64)], isFinal: Bool = false) -> Operation {
    var operation = Operation(.capture, amount: MinorUnits(portions.reduce(0) { $0 + $1.1 }))
    operation.lines = portions.map { LinePortion(line: $0, amount: MinorUnits($1)) }
    operation.isFinal = isFinal
    return operation
  }

  /// A plan with every kind of operation, two currencies besides the usual one, and two operations
  /// that were done before.
  static func mixedPlan(ids: [String]) -> Plan {
    var builder = PlanBuilder(transactions: mixedTransactions(ids: ids))
    builder.plan(capture([(0, 29990)]), on: 0, ref: "ship-1")
    builder.plan(capture([(1, 10000), (2, 4900)], isFinal: true), on: 0, ref: "ship-2")
    builder.plan(adjustment, on: 1, ref: "order 7/B", extras: extras(describe: "one chair less"))
    builder.plan(capture([(1, 15000)]), on: 1, ref: "dtx-7f3a9c", isWritten: false)
    builder.plan(Operation(.extend), on: 1, extras: extras(reason: "late delivery"))
    var refund = Operation(.refund, amount: MinorUnits(1250))
    refund.lines = [
      LinePortion(line: 0, amount: MinorUnits(1250), quantity: Quantity(millionths: 500_000))
    ]
    builder.plan(refund, on: 2, ref: "return-9", extras: extras(reason: "broken \"leg\""))
    builder.plan(Operation(.void), on: 3)
    builder.plan(Operation(.authorize), on: 4)
    var tag = Operation(.tag)
    tag.text = "SHOP-2026-000123"
    builder.plan(tag, on: 4)
    builder.plan(capture([(0, 29990)]), on: 0, ref: "ship-1")
    builder.plan(Operation(.refund, amount: MinorUnits(700)), on: 2, ref: "return-8")
    return builder.finish()
  }

  private static func mixedTransactions(ids: [String]) -> [Transaction] {
    var returned = transaction("", "vipps", "EUR", 5000)
    let event = capturedAndRefunded()
    returned = Transaction(
      id: TransactionID(ids[2]),
      product: PaymentProduct("vipps"),
      currency: currency("EUR"),
      state: event.state,
      events: event.events
    )
    return [
      transaction(
        ids[0],
        "dintero_psp.creditcard",
        "NOK",
        54890,
        lines: [
          line("1", "Chair", 29990), line("2", "Lamp", 20000), line("shipping", "Post", 4900),
        ]
      ),
      transaction(
        ids[1],
        "klarna.klarna",
        "NOK",
        40000,
        lines: [line("1", "Chair", 25000), line("order/7", "Cushion", 15000)]
      ),
      returned,
      transaction(ids[3], "vipps", "JPY", 29990),
      transaction(ids[4], "dintero.external", "NOK", 9900, status: .onHold),
    ]
  }

  private static var adjustment: Operation {
    var operation = Operation(.adjust, amount: MinorUnits(30000))
    operation.items = [line("1", "Chair", 15000), line("order/7", "Cushion", 15000)]
    return operation
  }

  private static func extras(reason: String? = nil, describe: String? = nil) -> StepExtras {
    var extras = StepExtras()
    extras.reason = reason
    extras.description = describe
    return extras
  }

  private static func capturedAndRefunded() -> (state: Transaction.State, events: [Event]) {
    var state = Transaction.State(
      status: .partiallyRefunded,
      authorized: MinorUnits(5000),
      lines: [line("1", "Plate", 5000)]
    )
    state.captured = MinorUnits(5000)
    state.refunded = MinorUnits(700)
    state.lineBalances = [LineBalance(captured: MinorUnits(5000))]
    var refund = Event(
      id: "e-2",
      kind: .refund,
      statusAfter: .partiallyRefunded,
      createdAt: plannedAt - 86_400_000
    )
    refund.amount = MinorUnits(700)
    refund.reference = "return-8"
    refund.createdBy = "ola"
    return (state, [refund])
  }

  static let shortIDs = ["tx1", "tx2", "tx3", "tx4", "tx5"]
  static let longIDs = [
    "P12345678.465UfBENeLpkBvwmqfTC4k", "P12345678.5fWkPqXeLpkBvwmqfTC4kA",
    "P12345678.7gYnRsZfMqlCwxnrgUD5mB", "P12345678.8hZpStAgNrmDxyoshVE6nC",
    "P12345678.9iAqTuBhPsnEyzptiWF7pD",
  ]

  /// Statements that stand on every second line of one script.
  static func places(count: Int) -> StatementPlaces {
    StatementPlaces(
      sourceNames: ["fix.dtx"],
      places: (0..<count).map { StatementPlaces.Place(line: UInt32($0 * 2 + 1)) }
    )
  }
}
