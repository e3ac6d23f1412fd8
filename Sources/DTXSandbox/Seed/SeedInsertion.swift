import DTXLedger
import GRDB

/// Adds transactions with their history within one access to the store.
struct SeedInsertion {
  /// A transaction whose id is taken.
  struct Duplicate: Error {
    let id: TransactionID
    let offset: Int
  }

  let database: Database
  let environment: SandboxEnvironment
  /// When what had been accepted before is completed.
  var completion = SandboxRules.Completion.onNextRead

  /// Adds all of them.
  ///
  /// - Throws: `Duplicate`, or what keeps the store from being written; the caller's transaction
  ///   then takes back those that were added before.
  func insert(_ transactions: [SeedTransaction]) throws {
    for transaction in transactions {
      let number = try insertHead(of: transaction)
      let storage = TransactionStorage(database: database)
      try storage.setItems(transaction.items, of: number, documents: transaction.itemDocuments)
      for event in transaction.events {
        let sequence = try storage.append(event, to: number)
        if isPending(event, in: transaction.events) {
          let pending = PendingRequests.Pending(
            event: sequence,
            transaction: number,
            dueAt: completion.dueTime(after: environment.now())
          )
          try pending.add(to: database)
        }
      }
    }
  }

  private func insertHead(of transaction: SeedTransaction) throws -> Int64 {
    let state = transaction.state
    let details = transaction.details
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO transactions
          (id, product, currency, amount, status, is_preauthorization, merchant_reference,
           second_reference, session_id, settlement, created_at, updated_at, expires_at, customer,
           store, masked_card_number, document)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """
    )
    try statement.execute(arguments: [
      transaction.id.text, transaction.product.name, transaction.currency.code,
      transaction.amount.count, state.status.rawValue, transaction.isPreauthorization,
      details.merchantReference, transaction.secondReference, details.sessionID,
      details.settlement.rawValue, details.createdAt, details.updatedAt, details.expiresAt,
      details.customer, details.store, transaction.maskedCardNumber,
      String(decoding: transaction.document, as: UTF8.self),
    ])
    guard database.changesCount == 1 else {
      throw Duplicate(id: transaction.id, offset: transaction.offset)
    }
    return database.lastInsertedRowID
  }

  /// Tells whether an event accepts a request that no later event completes.
  private func isPending(_ event: Event, in events: [Event]) -> Bool {
    switch event.kind {
    case .initiateCapture, .initiateRefund, .initiateVoid: break
    case .initialize, .authorize, .capture, .refund, .void, .settlement, .other: return false
    }
    guard event.isSuccessful, let requestID = event.requestID.map(canonical) else { return false }
    return !events.contains { $0.correlationRequestID.map(canonical) == requestID }
  }

  /// Returns a request id without dashes and in lower case, since both spellings occur.
  private func canonical(_ requestID: String) -> String {
    requestID.lowercased().filter { $0 != "-" }
  }
}
