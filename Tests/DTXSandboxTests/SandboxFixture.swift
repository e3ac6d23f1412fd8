import DTXExecution
import DTXLedger
import DTXSandbox
import DTXTestSupport
import GRDB
import Synchronization
import Testing

/// A sandbox in a folder of its own, whose clock stands still until it is moved.
final class SandboxFixture: Sendable {
  static let account = Account("T12345678") ?? preconditionedAccount()
  static let start: Int64 = 1_800_000_000_000
  static let day: Int64 = 86_400_000

  let folder = TemporaryFolder()
  private let time = Mutex(SandboxFixture.start)
  private let count = Mutex(0)

  var path: String { folder.file("sandbox.db") }

  var environment: SandboxEnvironment {
    SandboxEnvironment(
      now: { self.time.withLock { $0 } },
      nextID: {
        let number = self.count.withLock { count in
          count += 1
          return String(count, radix: 16)
        }
        return String(repeating: "0", count: 32 - number.count) + number
      }
    )
  }

  func sandbox(_ rules: SandboxRules = .standard) -> Sandbox {
    Sandbox(path: path, account: Self.account, environment: environment, rules: rules)
  }

  func move(days: Int64) { time.withLock { $0 += days * Self.day } }

  private static func preconditionedAccount() -> Account {
    preconditionFailure("the account in the fixture is malformed")
  }

  /// Returns what a query yields in the file, behind the sandbox's back.
  func values(_ sql: String) throws -> [String] {
    // The sandbox that wrote to the file may still be closing it.
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    return try queue.read { try String.fetchAll($0, sql: sql) }
  }
}

extension TransactionID {
  /// The id of a demonstration transaction.
  init(short name: String) { self.init("\(SandboxFixture.account).\(name)") }
}

extension Sandbox {
  /// Returns one transaction.
  func transaction(_ name: String) async throws -> Transaction {
    let found = try await reader.transactions(withIDs: [TransactionID(short: name)])
    return try #require(found.first)
  }

  /// Sends an operation.
  func send(
    _ operation: DTXLedger.Operation,
    to name: String,
    reference: String? = nil,
    extras: StepExtras? = nil
  ) async -> Answer {
    await writer.send(
      OperationRequest(
        id: OperationID(run: RunID("test"), step: 0),
        transaction: TransactionID(short: name),
        operation: operation,
        reference: reference,
        extras: extras
      )
    )
  }
}

extension DTXLedger.Operation {
  static func capture(_ amount: Int64, _ lines: [LinePortion] = [], final: Bool = false) -> Self {
    var operation = Self(.capture, amount: MinorUnits(amount))
    operation.lines = lines
    operation.isFinal = final
    return operation
  }

  static func refund(_ amount: Int64, _ lines: [LinePortion] = []) -> Self {
    var operation = Self(.refund, amount: MinorUnits(amount))
    operation.lines = lines
    return operation
  }

  static func void(_ amount: Int64, remaining: Bool = false) -> Self {
    var operation = Self(.void, amount: MinorUnits(amount))
    operation.isRemainder = remaining
    return operation
  }

  static func adjust(_ amount: Int64, _ items: [LineItem] = [], final: Bool = false) -> Self {
    var operation = Self(.adjust, amount: MinorUnits(amount))
    operation.items = items
    operation.isFinal = final
    return operation
  }

  static func tag(_ text: String) -> Self {
    var operation = Self(.tag)
    operation.text = text
    return operation
  }
}

extension LinePortion {
  static func line(_ line: Int32, _ amount: Int64, quantity: Int64? = nil) -> Self {
    LinePortion(
      line: line,
      amount: MinorUnits(amount),
      quantity: quantity.map { Quantity(millionths: $0 * Quantity.scale) }
    )
  }
}

extension Answer {
  /// The transaction that came back, if the answer is a success.
  var transaction: Transaction? {
    switch self {
    case .completed(let transaction, _), .accepted(let transaction, _): transaction
    case .refused, .unauthorized, .throttled, .notSent, .unknown: nil
    }
  }

  var refusal: ProviderRefusal? {
    if case .refused(let refusal) = self { refusal } else { nil }
  }
}
