package import DTXExecution
package import DTXLedger
import DTXStore
import GRDB

/// The embedded provider as planning and sessions see it.
///
/// A read is when time passes for the provider: what it has accepted before is completed then,
/// unless the rules say otherwise.
package struct SandboxReader: TransactionReader {
  let store: SandboxStore

  package var account: Account { store.account }

  /// Returns the transactions with these ids, in their order; those that do not exist are absent.
  ///
  /// - Throws: `.storage`.
  package func transactions(
    withIDs ids: [TransactionID]
  ) async throws(ProviderError) -> [Transaction] {
    try await reading { try TransactionLoader(database: $0).transactions(withIDs: ids) }
  }

  /// Returns the transactions that a query finds, newest first.
  ///
  /// - Throws: `.storage`.
  package func transactions(
    matching query: TransactionQuery
  ) async throws(ProviderError) -> [Transaction] {
    try await reading { try TransactionLoader(database: $0).transactions(matching: query) }
  }

  private func reading(
    _ body: @escaping @Sendable (Database) throws -> [Transaction]
  ) async throws(ProviderError) -> [Transaction] {
    let store = store
    return try await store.translating {
      let read: [Transaction]? = try await store.file.read { database in
        let isDue = try PendingRequests.exist(in: database, at: store.environment.now())
        if isDue, store.rules.completion != .onDemand { return nil }
        return try body(database)
      }
      if let read { return read }
      return try await store.file.write { database in
        try PendingRequests.complete(in: database, of: store)
        return try body(database)
      }
    }
  }
}
