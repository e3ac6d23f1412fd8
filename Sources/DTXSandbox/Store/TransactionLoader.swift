import DTXExecution
import DTXJSON
import DTXLedger
import DTXStore
import GRDB

/// Reads transactions within one access to the store.
///
/// Many at a time: three statements for each `batchSize` transactions, whatever their number.
struct TransactionLoader {
  /// How many transactions' lines and events are asked for in one statement.
  static let batchSize = 5000

  let database: Database
  /// Whether what only integrations ask for is read, too.
  var wantsDocuments = false

  /// Returns the transactions with these ids, in the order of the ids.
  func transactions(withIDs ids: [TransactionID]) throws -> [Transaction] {
    var found: [TransactionID: Transaction] = [:]
    found.reserveCapacity(ids.count)
    for start in stride(from: 0, to: ids.count, by: Self.batchSize) {
      let batch = ids[start..<min(start + Self.batchSize, ids.count)]
      let list = Self.list(batch) { writer, id in writer.value(id.text) }
      let loaded = try load("WHERE id IN (SELECT value FROM json_each(?))", [list])
      for transaction in loaded { found[transaction.id] = transaction }
    }
    return ids.compactMap { found.removeValue(forKey: $0) }
  }

  /// Returns the transactions that a query finds, newest first.
  func transactions(matching query: TransactionQuery) throws -> [Transaction] {
    var conditions: [String] = []
    var arguments: StatementArguments = []
    for (column, value) in [
      ("merchant_reference", query.merchantReference),
      ("second_reference", query.secondReference),
      ("session_id", query.sessionID),
    ] {
      guard let value else { continue }
      conditions.append("\(column) = ?")
      arguments += [value]
    }
    for (column, values) in [
      ("status", query.statuses?.map(\.rawValue)),
      ("product", query.products),
      ("currency", query.currencies?.map(\.code)),
      ("store", query.stores),
    ] {
      guard let values else { continue }
      conditions.append("\(column) IN (SELECT value FROM json_each(?))")
      arguments += [Self.list(values) { writer, value in writer.value(value) }]
    }
    for (bound, value) in [
      ("created_at >=", query.createdFrom), ("created_at <=", query.createdTo),
      ("amount >=", query.authorizedFrom?.count), ("amount <=", query.authorizedTo?.count),
    ] {
      guard let value else { continue }
      conditions.append("\(bound) ?")
      arguments += [value]
    }
    let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    // A negative limit is none.
    arguments += [query.limit ?? -1]
    return try load("\(filter) ORDER BY created_at DESC, number DESC LIMIT ?", arguments)
  }

  /// Returns a transaction by its number in the store, if it is there.
  func transaction(number: Int64) throws -> Transaction? {
    try load("WHERE number = ?", [number]).first
  }

  /// Returns a transaction by its number in the store, with everything that is kept of it.
  func stored(number: Int64) throws -> StoredTransaction? {
    try stored("WHERE number = ?", [number]).first
  }

  /// Returns transactions by a clause of SQL, with everything that is kept of them.
  func stored(
    _ clause: String,
    _ arguments: StatementArguments
  ) throws -> [StoredTransaction] {
    try filledHeads(clause, arguments).map { head in
      StoredTransaction(
        transaction: Self.transaction(head),
        document: head.document ?? "{}",
        itemDocuments: head.itemDocuments,
        corrections: head.corrections,
        requestHeaders: head.requestHeaders
      )
    }
  }

  /// Returns a JSON array for `json_each`, which makes one statement of any number of values.
  private static func list<Values: Collection>(
    _ values: Values,
    write: (inout JSONWriter, Values.Element) -> Void
  ) -> String {
    var writer = JSONWriter(reserving: values.count * 36)
    writer.array { writer in
      for value in values { write(&writer, value) }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

// MARK: - From rows to values

extension TransactionLoader {
  /// The first half of a transaction, before its lines and events are known.
  private struct Head {
    let number: Int64
    let id: TransactionID
    let product: PaymentProduct
    let currency: Currency
    let amount: MinorUnits
    let isPreauthorization: Bool
    let secondReference: String?
    let details: Transaction.Details
    let document: String?
    var items: [LineItem] = []
    var itemDocuments: [String?] = []
    var events: [Event] = []
    var corrections: [String: String] = [:]
    var requestHeaders: [String: String] = [:]
  }

  private func load(_ clause: String, _ arguments: StatementArguments) throws -> [Transaction] {
    try filledHeads(clause, arguments).map(Self.transaction)
  }

  private func filledHeads(_ clause: String, _ arguments: StatementArguments) throws -> [Head] {
    var heads = try heads(clause, arguments)
    for start in stride(from: 0, to: heads.count, by: Self.batchSize) {
      let end = min(start + Self.batchSize, heads.count)
      try fill(&heads[start..<end])
    }
    return heads
  }

  private static func transaction(_ head: Head) -> Transaction {
    var state = Transaction.State(
      replaying: head.events,
      authorized: head.amount,
      lines: head.items
    )
    state.isPreauthorization = head.isPreauthorization
    state.secondReference = head.secondReference
    var details = head.details
    if details.settlement == .settled, hasCaptureAfterSettlement(head.events) {
      details.settlement = .partiallySettled
    }
    return Transaction(
      id: head.id,
      product: head.product,
      currency: head.currency,
      state: state,
      events: head.events,
      details: details
    )
  }

  /// Tells whether something was captured that the last payout did not hold.
  private static func hasCaptureAfterSettlement(_ events: [Event]) -> Bool {
    guard let last = events.lastIndex(where: { $0.kind == .settlement }) else { return false }
    return events[last...].contains { $0.kind == .capture && $0.isSuccessful }
  }

  private func heads(_ clause: String, _ arguments: StatementArguments) throws -> [Head] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT number, id, product, currency, amount, is_preauthorization, second_reference,
          merchant_reference, session_id, settlement, created_at, updated_at, expires_at,
          customer, store, \(wantsDocuments ? "document" : "NULL")
        FROM transactions \(clause)
        """
    )
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    var products: [String: PaymentProduct] = [:]
    var heads: [Head] = []
    while let row = try rows.next() {
      let name: String = row[2]
      let product = products[name] ?? PaymentProduct(name)
      products[name] = product
      guard let currency = Currency(code: row[3]) else {
        throw StoreError(.damaged, "the sandbox holds a transaction in an unknown currency")
      }
      heads.append(
        Head(
          number: row[0],
          id: TransactionID(row[1]),
          product: product,
          currency: currency,
          amount: MinorUnits(row[4]),
          isPreauthorization: row[5],
          secondReference: row[6],
          details: Self.details(row),
          document: row[15]
        )
      )
    }
    return heads
  }

  private static func details(_ row: Row) -> Transaction.Details {
    var details = Transaction.Details()
    details.merchantReference = row[7]
    details.sessionID = row[8]
    details.settlement = SettlementStatus(rawValue: row[9]) ?? .notSettled
    details.createdAt = row[10]
    details.updatedAt = row[11]
    details.expiresAt = row[12]
    details.customer = row[13]
    details.store = row[14]
    return details
  }

  /// Reads the lines and events of some transactions.
  private func fill(_ heads: inout ArraySlice<Head>) throws {
    var positions: [Int64: Int] = [:]
    positions.reserveCapacity(heads.count)
    for index in heads.indices { positions[heads[index].number] = index }
    let numbers = Self.list(heads) { writer, head in writer.value(head.number) }
    try fillItems(&heads, positions, numbers)
    try fillEvents(&heads, positions, numbers)
  }

  private func fillItems(
    _ heads: inout ArraySlice<Head>,
    _ positions: [Int64: Int],
    _ numbers: String
  ) throws {
    let statement = try database.cachedStatement(
      sql: """
        SELECT transaction_number, line_id, description, quantity, amount, vat, kind,
          \(wantsDocuments ? "document" : "NULL") FROM items
        WHERE transaction_number IN (SELECT value FROM json_each(?))
        ORDER BY transaction_number, position
        """
    )
    let rows = try Row.fetchCursor(statement, arguments: [numbers])
    while let row = try rows.next() {
      guard let index = positions[row[0]] else { continue }
      heads[index].items.append(
        LineItem(
          id: row[1],
          description: row[2],
          quantity: Quantity(millionths: row[3]),
          amount: MinorUnits(row[4]),
          vatBasisPoints: row[5],
          kind: (row[6] as String?).flatMap(LineItem.Kind.init)
        )
      )
      heads[index].itemDocuments.append(row[7])
    }
  }

  private func fillEvents(
    _ heads: inout ArraySlice<Head>,
    _ positions: [Int64: Int],
    _ numbers: String
  ) throws {
    let statement = try database.cachedStatement(
      sql: """
        SELECT transaction_number, id, kind, is_successful, amount, reference, status_after,
          created_at, created_by, request_id, correlation_request_id, lines, events.document,
          corrections.document, \(wantsDocuments ? "event_headers.document" : "NULL")
        FROM events LEFT JOIN corrections ON corrections.event = sequence
        \(wantsDocuments ? "LEFT JOIN event_headers ON event_headers.event = sequence" : "")
        WHERE transaction_number IN (SELECT value FROM json_each(?))
        ORDER BY transaction_number, sequence
        """
    )
    let rows = try Row.fetchCursor(statement, arguments: [numbers])
    while let row = try rows.next() {
      guard let index = positions[row[0]] else { continue }
      var event = try Self.event(row)
      if let correction: String = row[13] {
        let ids = try JSONParser.parse(Array(correction.utf8)).required("event_ids").elements()
        event.correctedBy += try ids.map { (node) throws(JSONError) in try node.text() }
        heads[index].corrections[event.id] = correction
      }
      heads[index].requestHeaders[event.id] = row[14]
      heads[index].events.append(event)
    }
  }

  private static func event(_ row: Row) throws -> Event {
    var event = Event(
      id: row[1],
      kind: Event.Kind(name: row[2]),
      statusAfter: Status(rawValue: row[6]) ?? .unknown,
      createdAt: row[7]
    )
    event.isSuccessful = row[3]
    event.amount = (row[4] as Int64?).map { MinorUnits($0) }
    event.reference = row[5]
    event.createdBy = row[8]
    event.requestID = row[9]
    event.correlationRequestID = row[10]
    if let lines: String = row[11] {
      event.lines = try EventCoding.lines(JSONParser.parse(Array(lines.utf8)))
    }
    if let document: String = row[12] {
      try EventCoding.readDocument(JSONParser.parse(Array(document.utf8)), into: &event)
    }
    return event
  }
}
