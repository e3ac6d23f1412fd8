import DTXJSON
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
  ///
  /// - Parameters:
  ///   - items: The lines.
  ///   - number: The transaction.
  ///   - documents: By the line's id everything that was said of it, in JSON; a line that stays
  ///     and of which nothing is said now keeps what was said before.
  /// - Throws: What keeps the store from being written.
  func setItems(_ items: [LineItem], of number: Int64, documents: [String: String] = [:]) throws {
    let known = try Row.fetchAll(
      try database.cachedStatement(
        sql: "SELECT line_id, document FROM items WHERE transaction_number = ?"
      ),
      arguments: [number]
    )
    let kept = Dictionary(
      known.map { ($0[0] as String, $0[1] as String?) },
      uniquingKeysWith: { first, _ in first }
    )
    try database.cachedStatement(sql: "DELETE FROM items WHERE transaction_number = ?")
      .execute(arguments: [number])
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO items (transaction_number, position, line_id, description, quantity, amount,
          vat, kind, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    for (position, item) in items.enumerated() {
      try statement.execute(arguments: [
        number, position, item.id, item.description, item.quantity.millionths,
        item.amount.count, item.vatBasisPoints, item.kind?.rawValue,
        documents[item.id] ?? kept[item.id] ?? nil,
      ])
    }
  }

  /// Keeps the headers of the request that led to an event.
  func addHeaders(_ headers: [(name: String, value: String)], of event: Int64) throws {
    guard !headers.isEmpty else { return }
    var writer = JSONWriter()
    writer.object { writer in
      for header in headers {
        writer.name(text: header.name)
        writer.value(header.value)
      }
    }
    try database.execute(
      sql: "INSERT INTO event_headers VALUES (?, ?)",
      arguments: [event, String(decoding: writer.bytes, as: UTF8.self)]
    )
  }

  /// Says of a failed event that it was put right.
  func addCorrection(
    of event: Int64,
    by ids: [String],
    leaving state: Transaction.State
  ) throws {
    var writer = JSONWriter()
    writer.object { writer in
      writer.name("event_ids")
      writer.array { writer in
        for id in ids { writer.value(id) }
      }
      writer.member("status", state.status.rawValue)
      writer.member("remaining_capture_amount", state.capturable.count)
      writer.member("remaining_refund_amount", state.refundable.count)
      writer.member("remaining_void_amount", state.capturable.count)
    }
    try database.execute(
      sql: "INSERT INTO corrections VALUES (?, ?)",
      arguments: [event, String(decoding: writer.bytes, as: UTF8.self)]
    )
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
