import DTXExecution
import DTXLedger
import Testing

/// Plans to carry out, made by the ledger as any other plan is.
enum Plans {
  /// One wish of a plan: an operation on the transaction of a number.
  struct Wish {
    let transaction: Int
    let operation: Operation
    var reference: String?
    var extras: StepExtras?

    static func capture(_ transaction: Int, _ amount: Int64) -> Wish {
      Wish(transaction: transaction, operation: Operation(.capture, amount: MinorUnits(amount)))
    }

    static func refund(_ transaction: Int, _ amount: Int64) -> Wish {
      Wish(transaction: transaction, operation: Operation(.refund, amount: MinorUnits(amount)))
    }

    static func void(_ transaction: Int) -> Wish {
      Wish(transaction: transaction, operation: Operation(.void))
    }

    static func extend(_ transaction: Int) -> Wish {
      Wish(transaction: transaction, operation: Operation(.extend))
    }
  }

  static let run = RunID("run-1")
  static let account = "T12345678"

  /// A card payment of 100.00 NOK with two lines, authorized and nothing more.
  static func transaction(
    _ number: Int,
    product: String = "payex.creditcard",
    authorized: Int64 = 10_000
  ) throws -> Transaction {
    let currency = try #require(Currency(code: "NOK"))
    let lines = [
      LineItem(id: "1", description: "Chair", amount: MinorUnits(authorized - 1_000)),
      LineItem(id: "2", description: "Shipping", amount: MinorUnits(1_000)),
    ]
    var event = Event(
      id: "authorized-\(number)",
      kind: .authorize,
      statusAfter: .authorized,
      createdAt: 0
    )
    event.amount = MinorUnits(authorized)
    return Transaction(
      id: TransactionID("\(account).payment\(number)"),
      product: PaymentProduct(product),
      currency: currency,
      state: Transaction.State(
        status: .authorized,
        authorized: MinorUnits(authorized),
        lines: lines
      ),
      events: [event]
    )
  }

  /// Plans the wishes; each reference is the step's number, unless a wish has its own.
  static func plan(_ wishes: [Wish], on transactions: [Transaction]) throws -> Plan {
    var builder = PlanBuilder(transactions: transactions)
    for (index, wish) in wishes.enumerated() {
      let isReferenced = wish.operation.kind == .capture || wish.operation.kind == .refund
      let reference = Array((wish.reference ?? (isReferenced ? "ref-\(index)" : "")).utf8)
      _ = try builder.add(
        wish.operation,
        to: Int32(wish.transaction),
        reference: reference.span,
        isReferenceWritten: true,
        isAgain: true,
        extras: wish.extras,
        statement: Int32(index)
      )
    }
    return builder.finish()
  }

  /// Plans the wishes on as many fresh transactions as they name.
  static func plan(_ wishes: [Wish], product: String = "payex.creditcard") throws -> Plan {
    let count = (wishes.map(\.transaction).max() ?? -1) + 1
    return try plan(wishes, on: (0..<count).map { try transaction($0, product: product) })
  }
}
