import DTXEvaluator
import DTXExecution
import DTXLedger
import DTXPlanning
import DTXReport
import DTXSession
import DTXTestSupport
import Testing

/// A session on a provider in memory, and the transactions that it has.
enum SessionFixture {
  static let account = "T12345678"

  /// A session at a provider with the transactions `tx1` and `tx2`.
  static func session() throws -> Session {
    let account = try #require(Account(account))
    let transactions = try [authorized("tx1"), captured("tx2")]
    return session(FakeProvider(account: account, FakeProviderModel(transactions)))
  }

  static func session(_ reader: any TransactionReader) -> Session {
    Session(
      planner: Planner(reader: reader, options: Evaluator.Options(), isWhole: false),
      profile: "shop-test",
      person: "kari",
      options: OutputOptions()
    )
  }

  /// 399.90 NOK on a card, authorized and nothing more: a chair (1), pads (2) and a parcel.
  static func authorized(_ id: String) throws -> Transaction {
    try transaction(id, .authorized)
  }

  /// The same, captured whole on the day it was made.
  static func captured(_ id: String) throws -> Transaction {
    var transaction = try transaction(id, .captured)
    transaction.state.captured = transaction.state.authorized
    for (index, line) in transaction.state.lines.enumerated() {
      transaction.state.lineBalances[index] = LineBalance(captured: line.amount)
    }
    var event = Event(id: "captured", kind: .capture, statusAfter: .captured, createdAt: 1_000)
    event.amount = transaction.state.authorized
    event.reference = "parcel-1"
    transaction.events.append(event)
    return transaction
  }

  private static func transaction(_ id: String, _ status: Status) throws -> Transaction {
    let lines = [
      LineItem(id: "1", description: "Oak chair", amount: MinorUnits(29_990)),
      LineItem(id: "2", description: "Felt pads", amount: MinorUnits(5_100)),
      LineItem(id: "ship-1", description: "Parcel", amount: MinorUnits(4_900)),
    ]
    let amount = MinorUnits(39_990)
    var event = Event(id: "authorized", kind: .authorize, statusAfter: .authorized, createdAt: 0)
    event.amount = amount
    var details = Transaction.Details()
    details.merchantReference = "WEB-\(id)"
    details.customer = "Kari Nordmann"
    return Transaction(
      id: TransactionID("\(account).\(id)"),
      product: PaymentProduct("dintero_psp.creditcard"),
      currency: try #require(Currency(code: "NOK")),
      state: Transaction.State(status: status, authorized: amount, lines: lines),
      events: [event],
      details: details
    )
  }
}

/// A provider that no question reaches.
struct UnreachableReader: TransactionReader {
  let account: Account

  func transactions(withIDs ids: [TransactionID]) async throws(ProviderError) -> [Transaction] {
    throw ProviderError(.unreachable, "no answer")
  }

  func transactions(
    matching query: TransactionQuery
  ) async throws(ProviderError) -> [Transaction] {
    throw ProviderError(.unreachable, "no answer")
  }
}

extension Session.Reply {
  var outputText: String { String(decoding: output, as: UTF8.self) }
  var errorText: String { String(decoding: errors, as: UTF8.self) }

  /// Whether nothing is asked of the terminal's owner.
  var isAnsweredAlone: Bool { if case .none = request { true } else { false } }
}
