package import DTXExecution
package import DTXLedger
import DTXStore
import GRDB

/// What is in a sandbox, in numbers.
package struct SandboxSummary: Hashable, Sendable {
  /// How many transactions have something in common.
  package struct Count<Key: Hashable & Sendable>: Hashable, Sendable {
    package let key: Key
    package let transactions: Int
  }

  package let path: String
  package let account: Account
  package let transactions: Int
  package let events: Int
  /// Requests that were accepted and are not completed.
  package let pendingRequests: Int
  /// In the order of `Status`, those that occur.
  package let statuses: [Count<Status>]
  /// In the order of the codes, those that occur.
  package let currencies: [Count<Currency>]
}

extension Sandbox {
  /// Returns what is in the sandbox.
  ///
  /// - Throws: `.storage`.
  package func summary() async throws(ProviderError) -> SandboxSummary {
    let store = store
    return try await store.translating {
      try await store.file.read { database in
        let statuses = try Self.counts(by: "status", in: database)
        let currencies = try Self.counts(by: "currency", in: database)
        return SandboxSummary(
          path: store.file.path,
          account: store.account,
          transactions: statuses.values.reduce(0, +),
          events: try Int.fetchOne(database, sql: "SELECT count(*) FROM events") ?? 0,
          pendingRequests: try Int.fetchOne(database, sql: "SELECT count(*) FROM pending") ?? 0,
          statuses: Status.allCases.compactMap { status in
            statuses[status.rawValue].map { SandboxSummary.Count(key: status, transactions: $0) }
          },
          currencies: currencies.keys.sorted().compactMap { code in
            guard let currency = Currency(code: code), let count = currencies[code] else {
              return nil
            }
            return SandboxSummary.Count(key: currency, transactions: count)
          }
        )
      }
    }
  }

  /// Returns another account than the sandbox's whose transactions are in the file; nil for none.
  ///
  /// - Throws: `.storage`.
  package func foreignAccount() async throws(ProviderError) -> String? {
    let store = store
    return try await store.translating {
      try await store.file.read { database in
        try String.fetchOne(
          database,
          sql: "SELECT substr(id, 1, ?) FROM transactions WHERE substr(id, 1, ?) <> ?",
          arguments: [Account.length, Account.length, store.account.text]
        )
      }
    }
  }

  private static func counts(by column: String, in database: Database) throws -> [String: Int] {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT \(column), count(*) FROM transactions GROUP BY \(column)"
    )
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as Int) })
  }
}
