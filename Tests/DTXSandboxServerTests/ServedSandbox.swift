import DTXExecution
import DTXLedger
import DTXSandbox
import DTXSandboxServer
import DTXTestSupport
import Synchronization

/// A sandbox in a folder of its own, served on a port of its own while a test asks it.
final class ServedSandbox: Sendable {
  static let start: Int64 = 1_800_000_000_000

  let folder = TemporaryFolder()
  private let time = Mutex(ServedSandbox.start)

  /// Lets time pass for the sandbox, whose clock stands still otherwise.
  func move(seconds: Int64) { time.withLock { $0 += seconds * 1_000 } }

  /// Serves the sandbox until the body has come to its end; the caller has a token.
  ///
  /// - Parameters:
  ///   - switches: Those that stand elsewhere than at first, such as `list-order=oldest`.
  ///   - change: What else is different.
  ///   - body: What asks.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws, or why the server can't begin.
  func serving<Value: Sendable>(
    _ switches: [String] = [],
    _ change: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (Caller) async throws -> Value
  ) async throws -> Value {
    var rules = SandboxRules()
    rules.completion = .after(milliseconds: 2_000)
    var configuration = ServerConfiguration()
    configuration.behaviour.silenceMilliseconds = 20
    for text in switches {
      try ServerSwitch.set(text, in: &rules, &configuration.behaviour)
    }
    change(&configuration)
    let server = SandboxServer(
      path: folder.file("sandbox.db"),
      account: try Self.account,
      rules: rules,
      environment: SandboxEnvironment(
        now: { [self] in time.withLock { $0 } },
        nextID: SandboxEnvironment.live.nextID
      ),
      configuration: configuration
    )
    let (ports, continuation) = AsyncStream<Int>.makeStream()
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { continuation.finish() }
        try await server.run(listensToSignals: false) { continuation.yield($0) }
      }
      var iterator = ports.makeAsyncIterator()
      guard let port = await iterator.next() else {
        try await group.waitForAll()
        throw ServerError("the server ended before it had begun")
      }
      let value = try await body(Caller(port: port).authorized())
      group.cancelAll()
      return value
    }
  }

  private static var account: Account {
    get throws {
      guard let account = Account(Caller.account) else { throw ServerError("no account") }
      return account
    }
  }
}
