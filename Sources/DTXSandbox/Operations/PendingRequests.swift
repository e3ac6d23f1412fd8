import DTXLedger
import DTXStore
import GRDB

/// Requests that were accepted and are not completed yet, within one access to the store.
enum PendingRequests {
  static func add(_ event: Int64, of transaction: Int64, in database: Database) throws {
    try database.execute(sql: "INSERT INTO pending VALUES (?, ?)", arguments: [event, transaction])
  }

  static func exist(in database: Database) throws -> Bool {
    let statement = try database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM pending)")
    return try Bool.fetchOne(statement) ?? false
  }

  /// Completes all of them, oldest first, and returns how many there were.
  @discardableResult
  static func complete(in database: Database, of store: SandboxStore) throws -> Int {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT pending.event, pending.transaction_number, events.id FROM pending
        JOIN events ON events.sequence = pending.event ORDER BY pending.event
        """
    )
    for row in rows {
      try complete(eventID: row[2], of: row[1], in: database, of: store)
      try database.execute(sql: "DELETE FROM pending WHERE event = ?", arguments: [row[0] as Int64])
    }
    return rows.count
  }

  private static func complete(
    eventID: String,
    of number: Int64,
    in database: Database,
    of store: SandboxStore
  ) throws {
    guard let transaction = try TransactionLoader(database: database).transaction(number: number),
      let accepted = transaction.events.first(where: { $0.id == eventID })
    else { throw StoreError(.damaged, "the sandbox has lost a request that it accepted") }
    guard let kind = CompletedKind(accepted.kind) else { return }
    let now = store.environment.now()
    var event = Event(
      id: store.environment.nextEventID(),
      kind: kind.event,
      statusAfter: transaction.state.status,
      createdAt: now
    )
    event.amount = accepted.amount
    event.lines = accepted.lines
    event.reference = accepted.reference
    event.createdBy = accepted.createdBy
    event.requestID = store.environment.nextID()
    event.correlationRequestID = accepted.requestID
    event.metadata = accepted.metadata

    var state = transaction.state
    do throws(Violation) {
      try settle(accepted, kind.operation, in: &state, of: transaction.product, store.rules.ledger)
      event.statusAfter = state.status
    } catch {
      // What was accepted by other rules than now hold can't be completed; the history says so.
      event.isSuccessful = false
      event.failure = Event.Failure(code: error.code, message: "the request was refused")
    }
    let storage = TransactionStorage(database: database)
    try storage.append(event, to: number)
    try storage.update(state, expiresAt: transaction.details.expiresAt, of: number, at: now)
  }

  /// Turns what is pending into what has happened.
  private static func settle(
    _ accepted: Event,
    _ kind: Operation.Kind,
    in state: inout Transaction.State,
    of product: PaymentProduct,
    _ rules: LedgerRules
  ) throws(Violation) {
    let amount = accepted.amount ?? .zero
    switch kind {
    case .capture: state.pendingCapture = max(.zero, state.pendingCapture - amount)
    case .refund: state.pendingRefund = max(.zero, state.pendingRefund - amount)
    default: state.isVoidPending = false
    }
    var operation = Operation(kind, amount: kind == .void ? state.capturable : amount)
    operation.isRemainder = kind == .void && state.captured > .zero
    operation.lines = accepted.lines.compactMap { line in
      state.lines.firstIndex { $0.id == line.id }.map {
        LinePortion(line: Int32($0), amount: line.amount, quantity: line.quantity)
      }
    }
    try apply(operation, to: &state, of: product, under: rules)
  }

  /// What an accepted request becomes.
  private struct CompletedKind {
    let event: Event.Kind
    let operation: Operation.Kind

    init?(_ accepted: Event.Kind) {
      switch accepted {
      case .initiateCapture: (event, operation) = (.capture, .capture)
      case .initiateRefund: (event, operation) = (.refund, .refund)
      case .initiateVoid: (event, operation) = (.void, .void)
      case .initialize, .authorize, .capture, .refund, .void, .settlement, .other: return nil
      }
    }
  }
}
