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

  /// Runs what touches the file and says in a provider's words what went wrong.
  func translating<Value>(
    _ body: () async throws -> Value
  ) async throws(ProviderError) -> Value {
    do {
      return try await body()
    } catch let error as StoreError {
      throw ProviderError(.storage, error.message)
    } catch let error as JSONError {
      throw ProviderError(.storage, "\(file.subject) can't be read: \(error.message)")
    } catch {
      throw ProviderError(.storage, "\(file.subject) can't be used: \(error)")
    }
  }
}
