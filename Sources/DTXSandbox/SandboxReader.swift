package import DTXExecution
package import DTXLedger

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
    try await store.reading { try TransactionLoader(database: $0).transactions(withIDs: ids) }
  }

  /// Returns the transactions that a query finds, newest first.
  ///
  /// - Throws: `.storage`.
  package func transactions(
    matching query: TransactionQuery
  ) async throws(ProviderError) -> [Transaction] {
    try await store.reading { try TransactionLoader(database: $0).transactions(matching: query) }
  }
}
