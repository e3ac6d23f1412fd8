package import DTXExecution
import DTXJSON
package import DTXLedger
import DTXStore
import GRDB

/// A provider of one's own in one SQLite file: it answers as Dintero does, and moves no money.
///
/// The file is created and filled with demonstration transactions at the first use. Statuses and
/// totals are computed from the appended events by the ledger, which also decides what a request
/// may do, so that the rules exist once.
package struct Sandbox: Sendable {
  let store: SandboxStore

  /// Names the sandbox's file; nothing is opened or created yet.
  package init(
    path: String,
    account: Account,
    environment: SandboxEnvironment = .live,
    rules: SandboxRules = .standard
  ) {
    store = SandboxStore(path: path, account: account, environment: environment, rules: rules)
  }

  package var path: String { store.file.path }
  package var account: Account { store.account }

  /// The view for planning and looking.
  package var reader: SandboxReader { SandboxReader(store: store) }
  /// The view for carrying out.
  package var writer: SandboxWriter { SandboxWriter(store: store) }

  /// Throws away everything in the file and fills it with the demonstration again.
  ///
  /// - Throws: `.storage`; the file is then as it was.
  package func reset() async throws(ProviderError) {
    let store = store
    try await store.translating {
      try await store.file.write { database in
        try SandboxTables.drop(from: database)
        try SandboxTables.create(in: database)
        try SeedInsertion(database: database, environment: store.environment)
          .insert(Demonstration.transactions(of: store.account, in: store.environment))
      }
    }
  }

  /// Adds the transactions of a file, all of them or, when one is wrong, none.
  ///
  /// - Parameter bytes: The file; its form is that of `SeedFile`.
  /// - Returns: How many there were, and what was not taken as it stands.
  /// - Throws: `SeedError` with the place of the mistake, or of a transaction that is there
  ///   already.
  package func seed(_ bytes: [UInt8]) async throws(SeedError) -> SeedReport {
    let store = store
    let file = try SeedFile(account: account, environment: store.environment).read(bytes)
    do {
      return try await store.file.write { database in
        let insertion = SeedInsertion(
          database: database,
          environment: store.environment,
          completion: store.rules.completion
        )
        try insertion.insert(file.transactions)
        return file.report
      }
    } catch let error as SeedInsertion.Duplicate {
      let message = "the sandbox has a transaction \(error.id) already"
      throw SeedError(.duplicate, JSONError(message, at: error.offset), in: bytes)
    } catch let error as StoreError {
      throw SeedError(.storage, error.message)
    } catch {
      throw SeedError(.storage, "\(store.file.subject) can't be used: \(error)")
    }
  }

  /// Completes the requests that were accepted, and returns how many there were.
  ///
  /// - Throws: `.storage`.
  @discardableResult
  package func completePendingRequests() async throws(ProviderError) -> Int {
    let store = store
    return try await store.translating {
      try await store.file.write {
        try PendingRequests.complete(in: $0, of: store, isForced: true)
      }
    }
  }
}
