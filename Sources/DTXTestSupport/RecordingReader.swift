package import DTXExecution
package import DTXLedger

/// A reader that passes every question on and remembers it.
package actor RecordingReader: TransactionReader {
  package nonisolated let account: Account
  private let reader: any TransactionReader
  /// The ids asked for, one list for each question.
  package private(set) var readIDs: [[TransactionID]] = []
  package private(set) var queries: [TransactionQuery] = []

  package init(_ reader: any TransactionReader) {
    self.reader = reader
    account = reader.account
  }

  /// Asks the reader for these transactions.
  ///
  /// - Throws: What the reader throws.
  package func transactions(
    withIDs ids: [TransactionID]
  ) async throws(ProviderError) -> [Transaction] {
    readIDs.append(ids)
    return try await reader.transactions(withIDs: ids)
  }

  /// Asks the reader for the transactions that a query finds.
  ///
  /// - Throws: What the reader throws.
  package func transactions(
    matching query: TransactionQuery
  ) async throws(ProviderError) -> [Transaction] {
    queries.append(query)
    return try await reader.transactions(matching: query)
  }
}
