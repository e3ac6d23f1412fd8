import DTXExecution
import DTXJSON
import DTXLedger
import DTXStore
import GRDB

/// The sandbox's file and what its parts share.
struct SandboxStore: Sendable {
  let file: StoreFile
  let account: Account
  let environment: SandboxEnvironment
  let rules: SandboxRules

  init(path: String, account: Account, environment: SandboxEnvironment, rules: SandboxRules) {
    self.account = account
    self.environment = environment
    self.rules = rules
    file = StoreFile(path: path, schema: .sandbox(of: account, in: environment))
  }

  /// Reads, after what is due was completed.
  func reading<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(ProviderError) -> Value {
    try await translating {
      let read: Value? = try await file.read { database in
        let isDue = try PendingRequests.exist(in: database, at: environment.now())
        return isDue && rules.completion != .onDemand ? nil : try body(database)
      }
      if let read { return read }
      return try await file.write { database in
        try PendingRequests.complete(in: database, of: self)
        return try body(database)
      }
    }
  }

  /// Runs what touches the file and says in a provider's words what went wrong.
  func translating<Value>(
    _ body: () async throws -> Value
  ) async throws(ProviderError) -> Value {
    do {
      return try await body()
    } catch let error as ProviderError {
      throw error
    } catch let error as StoreError {
      throw ProviderError(.storage, error.message)
    } catch let error as JSONError {
      throw ProviderError(.storage, "\(file.subject) can't be read: \(error.message)")
    } catch {
      throw ProviderError(.storage, "\(file.subject) can't be used: \(error)")
    }
  }
}
