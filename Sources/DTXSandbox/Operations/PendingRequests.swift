import DTXExecution
import DTXJSON
import DTXLedger
import DTXStore
import GRDB

/// Requests that were accepted and are not completed yet, within one access to the store.
///
/// What becomes of each, and when, was decided when it was accepted, and stands in the file: so it
/// happens whether or not the sandbox has run in the meantime.
enum PendingRequests {
  /// What becomes of a request.
  enum Outcome: String, Hashable, Sendable {
    case done
    case failed
    /// It was recorded as failed, and turns out to be done.
    case corrected
  }

  /// One request, by the event that accepted it or recorded that it failed.
  struct Pending {
    let event: Int64
    let transaction: Int64
    /// Milliseconds since 1970-01-01T00:00Z; zero for as soon as anybody looks.
    var dueAt: Int64 = 0
    var outcome = Outcome.done
    var isFinal = false

    func add(to database: Database) throws {
      try database.execute(
        sql: """
          INSERT INTO pending (event, transaction_number, due_at, outcome, is_final)
          VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [event, transaction, dueAt, outcome.rawValue, isFinal]
      )
    }
  }

  /// Tells whether a request is due.
  static func exist(in database: Database, at now: Int64) throws -> Bool {
    let statement = try database.cachedStatement(
      sql: "SELECT EXISTS (SELECT 1 FROM pending WHERE due_at <= ?)"
    )
    return try Bool.fetchOne(statement, arguments: [now]) ?? false
  }

  /// Completes those that are due, oldest first, and returns how many there were.
  ///
  /// - Parameters:
  ///   - database: The store, within one access.
  ///   - store: What the sandbox's parts share.
  ///   - isForced: Whether all are taken for due.
  /// - Returns: How many there were.
  /// - Throws: What keeps the store from being written.
  @discardableResult
  static func complete(
    in database: Database,
    of store: SandboxStore,
    isForced: Bool = false
  ) throws -> Int {
    let now = store.environment.now()
    let statement = try database.cachedStatement(
      sql: """
        SELECT pending.event, pending.transaction_number, events.id, due_at, outcome, is_final
        FROM pending JOIN events ON events.sequence = pending.event
        WHERE due_at <= ? ORDER BY due_at, pending.event
        """
    )
    let rows = try Row.fetchAll(statement, arguments: [isForced ? Int64.max : now])
    for row in rows {
      let name: String = row[4]
      guard let outcome = Outcome(rawValue: name) else {
        throw StoreError(.damaged, "the sandbox has a request whose outcome is to be `\(name)`")
      }
      let pending = Pending(
        event: row[0],
        transaction: row[1],
        dueAt: row[3],
        outcome: outcome,
        isFinal: row[5]
      )
      let completion = RequestCompletion(pending: pending, store: store, database: database)
      try completion.carryOut(
        eventID: row[2],
        at: pending.dueAt > 0 ? min(pending.dueAt, now) : now
      )
      try database.execute(sql: "DELETE FROM pending WHERE event = ?", arguments: [pending.event])
    }
    return rows.count
  }
}

/// Carries out one request that was accepted before, or corrects one that had failed.
struct RequestCompletion {
  let pending: PendingRequests.Pending
  let store: SandboxStore
  let database: Database

  func carryOut(eventID: String, at time: Int64) throws {
    let loader = TransactionLoader(database: database)
    guard var transaction = try loader.transaction(number: pending.transaction),
      let first = transaction.events.first(where: { $0.id == eventID })
    else { throw StoreError(.damaged, "the sandbox has lost a request that it accepted") }
    guard let kind = Self.operation(of: first.kind) else { return }
    if pending.outcome != .corrected { Self.forget(first, kind, in: &transaction.state) }
    let request = request(kind, as: first, on: transaction)
    let builder = OperationEffectBuilder(
      request: request,
      requestID: store.environment.nextID(),
      client: first.createdBy ?? SandboxRequest.client,
      transaction: transaction,
      environment: store.environment,
      rules: store.rules,
      now: time,
      isCompletion: true
    )
    let effect: OperationEffect
    do throws(Violation) {
      effect = try builder.effect()
    } catch {
      // What was accepted by other rules than now hold, or has been overtaken since, can't be
      // completed; the history says so. What had failed stays failed.
      guard pending.outcome != .corrected else { return }
      return try fail(first, kind, on: transaction, code: error.code, at: time)
    }
    if pending.outcome == .failed {
      return try fail(first, kind, on: transaction, code: nil, at: time)
    }
    try write(effect, after: first, at: time)
  }

  /// Takes what was pending out of the totals.
  private static func forget(
    _ accepted: Event,
    _ kind: Operation.Kind,
    in state: inout Transaction.State
  ) {
    let amount = accepted.amount ?? .zero
    switch kind {
    case .capture: state.pendingCapture = max(.zero, state.pendingCapture - amount)
    case .refund: state.pendingRefund = max(.zero, state.pendingRefund - amount)
    default: state.isVoidPending = false
    }
  }

  private func request(
    _ kind: Operation.Kind,
    as event: Event,
    on transaction: Transaction
  ) -> OperationRequest {
    let state = transaction.state
    var operation = Operation(kind, amount: kind == .void ? .zero : event.amount ?? .zero)
    operation.isFinal = pending.isFinal
    operation.isRemainder = kind == .void && state.captured > .zero
    operation.lines = event.lines.compactMap { line in
      state.lines.firstIndex { $0.id == line.id }.map {
        LinePortion(line: Int32($0), amount: line.amount, quantity: line.quantity)
      }
    }
    var extras = StepExtras()
    extras.metadata = event.metadata.sorted { $0.key < $1.key }.compactMap { name, value in
      name.hasPrefix("ext_")
        ? StepExtras.Metadata(name: String(name.dropFirst("ext_".count)), value: value) : nil
    }
    return OperationRequest(
      id: OperationID(run: RunID("completion"), step: 0),
      transaction: transaction.id,
      operation: operation,
      reference: event.reference,
      extras: extras
    )
  }

  private func write(_ effect: OperationEffect, after first: Event, at time: Int64) throws {
    let storage = TransactionStorage(database: database)
    var ids: [String] = []
    for var event in effect.events {
      if pending.outcome == .done, ids.isEmpty { event.correlationRequestID = first.requestID }
      ids.append(event.id)
      try storage.append(event, to: pending.transaction)
    }
    if pending.outcome == .corrected {
      try storage.addCorrection(of: pending.event, by: ids, leaving: effect.state)
    }
    try storage.update(
      effect.state,
      expiresAt: effect.expiresAt,
      of: pending.transaction,
      at: time
    )
  }

  private func fail(
    _ accepted: Event,
    _ kind: Operation.Kind,
    on transaction: Transaction,
    code: String?,
    at time: Int64
  ) throws {
    var event = Event(
      id: store.environment.nextEventID(),
      kind: Self.result(of: kind),
      statusAfter: transaction.state.status,
      createdAt: time + store.rules.eventClockSkewMilliseconds
    )
    event.isSuccessful = false
    event.failure =
      code.map { Event.Failure(code: $0, message: "the request was refused") } ?? .declined
    event.amount = accepted.amount
    event.lines = accepted.lines
    event.reference = accepted.reference
    event.createdBy = accepted.createdBy
    event.requestID = store.environment.nextID()
    event.correlationRequestID = accepted.requestID
    event.metadata = accepted.metadata
    let storage = TransactionStorage(database: database)
    try storage.append(event, to: pending.transaction)
    try storage.update(
      transaction.state,
      expiresAt: transaction.details.expiresAt,
      of: pending.transaction,
      at: time
    )
  }

  private static func operation(of kind: Event.Kind) -> Operation.Kind? {
    switch kind {
    case .initiateCapture, .capture: .capture
    case .initiateRefund, .refund: .refund
    case .initiateVoid, .void: .void
    case .initialize, .authorize, .settlement, .other: nil
    }
  }

  private static func result(of kind: Operation.Kind) -> Event.Kind {
    switch kind {
    case .refund: .refund
    case .void: .void
    case .capture, .adjust, .extend, .authorize, .tag: .capture
    }
  }
}
