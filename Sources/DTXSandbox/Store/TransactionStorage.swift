import DTXLedger
import DTXStore
import GRDB

/// Writes items and events within one access to the store.
struct TransactionStorage {
  let database: Database

  /// Appends an event and returns its sequence number.
  @discardableResult
  func append(_ event: Event, to number: Int64) throws -> Int64 {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO events
          (transaction_number, id, kind, is_successful, amount, reference, status_after,
           created_at, created_by, request_id, correlation_request_id, lines, document)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    try statement.execute(arguments: [
      number, event.id, event.kind.name, event.isSuccessful, event.amount?.count,
      event.reference, event.statusAfter.rawValue, event.createdAt, event.createdBy,
      event.requestID, event.correlationRequestID, EventCoding.json(of: event.lines),
      EventCoding.document(of: event),
    ])
    return database.lastInsertedRowID
  }

  /// Sets the lines of a transaction, in place of those it has.
  func setItems(_ items: [LineItem], of number: Int64) throws {
    try database.cachedStatement(sql: "DELETE FROM items WHERE transaction_number = ?")
      .execute(arguments: [number])
    let statement = try database.cachedStatement(
      sql: "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    for (position, item) in items.enumerated() {
      try statement.execute(arguments: [
        number, position, item.id, item.description, item.quantity.millionths,
        item.amount.count, item.vatBasisPoints, item.kind?.rawValue,
      ])
    }
  }

  /// Keeps what an operation left behind, so that the transaction can be found by it.
  func update(_ state: Transaction.State, expiresAt: Int64?, of number: Int64, at time: Int64)
    throws
  {
    let statement = try database.cachedStatement(
      sql: """
        UPDATE transactions SET amount = ?, status = ?, is_preauthorization = ?,
          second_reference = ?, expires_at = ?, updated_at = ? WHERE number = ?
        """
    )
    try statement.execute(arguments: [
      state.authorized.count, state.status.rawValue, state.isPreauthorization,
      state.secondReference, expiresAt, time, number,
    ])
  }
}
