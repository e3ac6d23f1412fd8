package import DTXExecution
package import DTXLedger
import DTXStore
import GRDB

/// The embedded provider as integrations other than dtx see it: everything that it keeps, and
/// calls whose meaning depends on what they are about.
///
/// Time passes for the provider whenever it is asked: what is due by then is completed first.
package struct SandboxService: Sendable {
  let store: SandboxStore

  package var account: Account { store.account }

  /// Returns a new name for a request: 32 hexadecimal digits.
  package func nextRequestID() -> String { store.environment.nextID() }

  /// Milliseconds since 1970-01-01T00:00Z, by the sandbox's clock.
  package func now() -> Int64 { store.environment.now() }

  /// Returns a transaction; nil where there is none of that id.
  ///
  /// - Throws: `.storage`.
  package func transaction(
    _ id: TransactionID
  ) async throws(ProviderError) -> StoredTransaction? {
    try await store.reading { database in
      try loader(database).stored("WHERE id = ?", [id.text]).first
    }
  }

  /// Returns the transactions that a filter lets through; nil where its cursor names none.
  ///
  /// - Throws: `.storage`.
  package func transactions(
    matching filter: TransactionFilter
  ) async throws(ProviderError) -> [StoredTransaction]? {
    try await store.reading { database in
      if let cursor = filter.cursor {
        let statement = try database.cachedStatement(
          sql: "SELECT EXISTS (SELECT 1 FROM transactions WHERE id = ?)"
        )
        guard try Bool.fetchOne(statement, arguments: [cursor.text]) == true else { return nil }
      }
      let (clause, arguments) = filter.clause
      return try loader(database).stored(clause, arguments)
    }
  }

  /// Carries a call out if every rule allows it, and says what a provider would answer.
  ///
  /// - Throws: `.storage`.
  package func perform(_ call: SandboxCall) async throws(ProviderError) -> SandboxReply {
    let store = store
    return try await store.translating {
      do {
        return try await store.file.write { database in
          try SandboxRequest(origin: .call(call), store: store, database: database).reply()
        }
      } catch let error as Refused {
        return .refused(error.refusal)
      }
    }
  }

  private func loader(_ database: Database) -> TransactionLoader {
    TransactionLoader(database: database, wantsDocuments: true)
  }
}

extension Sandbox {
  /// The view for serving it to integrations.
  package var service: SandboxService { SandboxService(store: store) }
}

// MARK: - Sessions

extension SandboxService {
  /// Cancels a session: what its customer has authorized, or begun to pay, is voided.
  ///
  /// - Returns: What came of the void.
  /// - Throws: `.storage`.
  package func cancelSession(
    _ id: String,
    by client: String
  ) async throws(ProviderError) -> SandboxReply {
    let store = store
    return try await store.translating {
      do {
        return try await store.file.write { database in
          try SessionRequest(id: id, client: client, store: store, database: database).cancel()
        }
      } catch let error as Refused {
        return .refused(error.refusal)
      }
    }
  }
}

/// The cancellation of a session within one access to the store.
private struct SessionRequest {
  let id: String
  let client: String
  let store: SandboxStore
  let database: Database

  func cancel() throws -> SandboxReply {
    let requestID = store.environment.nextID()
    let loader = TransactionLoader(database: database, wantsDocuments: true)
    guard
      let row = try Row.fetchOne(
        database,
        sql: "SELECT number, id FROM transactions WHERE session_id = ?",
        arguments: [id]
      ), let before = try loader.stored(number: row[0])?.transaction
    else { throw Refused(404, code: "NOT FOUND", "Session not found", requestID) }
    let number: Int64 = row[0]
    switch before.state.status {
    case .initiated: try voidUnpaid(before, number, requestID)
    case .authorized:
      var call = SandboxCall(before.id, .void)
      call.client = client
      return try SandboxRequest(origin: .call(call), store: store, database: database).reply()
    default:
      throw Refused(
        400,
        code: "INVALID_STATUS",
        "session with a transaction of status \(before.state.status.rawValue) can not be cancelled",
        requestID
      )
    }
    guard let after = try loader.stored(number: number) else {
      throw Refused(404, code: "NOT FOUND", "Session not found", requestID)
    }
    return .completed(after, requestID: requestID)
  }

  /// Ends a payment that its customer has only begun.
  private func voidUnpaid(
    _ transaction: Transaction,
    _ number: Int64,
    _ requestID: String
  ) throws {
    let now = store.environment.now()
    var event = Event(
      id: store.environment.nextEventID(),
      kind: .void,
      statusAfter: .authorizationVoided,
      createdAt: now
    )
    event.requestID = requestID
    event.createdBy = client
    let storage = TransactionStorage(database: database)
    try storage.append(event, to: number)
    var state = transaction.state
    state.status = .authorizationVoided
    try storage.update(state, expiresAt: nil, of: number, at: now)
  }
}
