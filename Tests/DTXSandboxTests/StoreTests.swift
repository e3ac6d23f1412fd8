import DTXExecution
import DTXLedger
@testable import DTXSandbox
import DTXStore
import DTXTestSupport
import GRDB
import Glibc
import Synchronization
import Testing

@Suite("The sandbox's store")
struct StoreTests {
  let fixture = SandboxFixture()

  @Test("fills itself once, and sums up what it holds")
  func summary() async throws {
    let sandbox = fixture.sandbox()
    let summary = try await sandbox.summary()
    let all = try await sandbox.reader.transactions(matching: TransactionQuery())
    #expect(summary.path == fixture.path)
    #expect(summary.account == SandboxFixture.account)
    #expect(summary.transactions == all.count)
    #expect(summary.events == all.map(\.events.count).reduce(0, +))
    #expect(summary.pendingRequests == 0)
    #expect(summary.statuses.map(\.key) == Status.allCases)
    for count in summary.statuses {
      #expect(count.transactions == all.filter { $0.state.status == count.key }.count)
    }
    #expect(summary.currencies.map(\.key.code) == summary.currencies.map(\.key.code).sorted())
    #expect(summary.currencies.map(\.transactions).reduce(0, +) == all.count)
    #expect(try await fixture.sandbox().summary() == summary)
  }

  @Test("is as new after a reset")
  func reset() async throws {
    let sandbox = fixture.sandbox()
    let before = try await sandbox.summary()
    _ = await sandbox.send(.capture(1), to: "tx123")
    _ = try await sandbox.seed(
      Array(SeedFileTests.changed("merchant_reference", "\"mine\"").utf8)
    )
    #expect(try await sandbox.summary() != before)
    try await sandbox.reset()
    #expect(try await sandbox.summary() == before)
    #expect(try await sandbox.transaction("tx123").state.captured == .zero)
    #expect(await sandbox.send(.capture(1), to: "tx123").transaction != nil)
  }

  @Test(
    "keeps events for ever",
    arguments: [
      "UPDATE events SET amount = 1", "DELETE FROM events WHERE sequence = 1",
      "INSERT OR REPLACE INTO events SELECT * FROM events WHERE sequence = 1",
    ]
  )
  func triggers(sql: String) async throws {
    let before = try await fixture.sandbox().transaction("tx124")
    var configuration = Configuration()
    // The sandbox's own connection may still be closing.
    configuration.busyMode = .timeout(5)
    let queue = try DatabaseQueue(path: fixture.path, configuration: configuration)
    let error = try await #require(throws: DatabaseError.self) {
      try await queue.write { try $0.execute(sql: sql) }
    }
    #expect(error.resultCode == .SQLITE_CONSTRAINT)
    #expect(try await fixture.sandbox().transaction("tx124") == before)
  }

  // MARK: Reading

  @Test("returns what is asked for, in that order, and leaves out what is not there")
  func order() async throws {
    let ids = ["tx131", "none", "tx123", "tx130", "tx123"].map { TransactionID(short: $0) }
    let found = try await fixture.sandbox().reader.transactions(withIDs: ids)
    #expect(found.map(\.id) == [ids[0], ids[2], ids[3]])
    #expect(try await fixture.sandbox().reader.transactions(withIDs: []) == [])
  }

  @Test("returns more than a batch")
  func many() async throws {
    let sandbox = fixture.sandbox()
    let count = TransactionLoader.batchSize * 2 + 1
    let items = (0..<count).map { index in
      """
      {"id": "m\(index)", "payment_product_type": "vipps", "currency": "NOK", "amount": \(index),
       "status": "AUTHORIZED", "items": [{"line_id": "\(index)", "amount": \(index)}]}
      """
    }
    let json = "[\(items.joined(separator: ","))]"
    #expect(try await sandbox.seed(Array(json.utf8)).transactions == count)
    let ids = (0..<count).reversed().map { TransactionID(short: "m\($0)") }
    let found = try await sandbox.reader.transactions(withIDs: ids)
    #expect(found.map(\.id) == ids)
    #expect(found.allSatisfy { $0.events.count == 2 })
    for (index, transaction) in found.reversed().enumerated() {
      guard transaction.state.authorized == MinorUnits(Int64(index)),
        transaction.state.lines.map(\.id) == ["\(index)"]
      else {
        Issue.record("\(transaction)")
        return
      }
    }
    let all = try await sandbox.reader.transactions(matching: TransactionQuery())
    #expect(all.count > count)
  }

  @Test("finds by each condition and by all of them, newest first")
  func query() async throws {
    let reader = fixture.sandbox().reader
    func ids(_ change: (inout TransactionQuery) -> Void) async throws -> [String] {
      var query = TransactionQuery()
      change(&query)
      return try await reader.transactions(matching: query).map { String($0.id.text.dropFirst(10)) }
    }
    #expect(try await ids { $0.merchantReference = "ORDER-123" } == ["tx123"])
    #expect(try await ids { $0.secondReference = "10123" } == ["tx123"])
    #expect(
      try await ids { $0.sessionID = "T12345678.5Qw8Zo1uGfJp3AyDmWqR9t" } == ["tx123"]
    )
    #expect(
      try await ids { $0.statuses = [.declined, .failed, .unknown] } == ["tx154", "tx153", "tx152"]
    )
    #expect(
      try await ids {
        $0.statuses = [.onHold]; $0.limit = 1
      } == ["tx150"]
    )
    #expect(try await ids { $0.limit = 0 } == [])
    #expect(
      try await ids {
        $0.merchantReference = "ORDER-123"; $0.statuses = [.captured]
      } == []
    )
    #expect(try await ids { $0.merchantReference = "order-123" } == [])
    #expect(try await ids { $0.merchantReference = "' OR 1=1 --" } == [])
    let all = try await reader.transactions(matching: TransactionQuery())
    #expect(all.map(\.details.createdAt) == all.map(\.details.createdAt).sorted(by: >))
  }

  @Test("finds what a script asks for exactly as a provider in memory does")
  func bounds() async throws {
    let reader = fixture.sandbox().reader
    let all = try await reader.transactions(matching: TransactionQuery())
    let middle = all[all.count / 2]
    let changes: [(inout TransactionQuery) -> Void] = [
      { $0.products = [middle.product.name, "vipps"] }, { $0.products = [] },
      { $0.currencies = [middle.currency] }, { $0.stores = ["oslo"] },
      { $0.createdFrom = middle.details.createdAt }, { $0.createdTo = middle.details.createdAt },
      { $0.createdTo = middle.details.createdAt - 1 },
      { $0.authorizedFrom = middle.state.authorized },
      { $0.authorizedTo = middle.state.authorized },
      { query in
        query.currencies = [middle.currency]
        query.statuses = [middle.state.status]
        query.createdFrom = middle.details.createdAt
      },
    ]
    for (number, change) in changes.enumerated() {
      var query = TransactionQuery()
      change(&query)
      let found = try await reader.transactions(matching: query).map(\.id)
      #expect(found == all.filter { query.isMetOtherwise(by: $0) }.map(\.id), "\(number)")
    }
  }

  // MARK: Trouble

  @Test("says what is wrong with its file")
  func broken() async throws {
    let folder = Sandbox(path: fixture.folder.path, account: SandboxFixture.account)
    let error = await #expect(throws: ProviderError.self) { try await folder.summary() }
    #expect(error?.code == .storage)
    #expect(error?.message == "can't open the sandbox \(fixture.folder.path): it is a folder")
    #expect(
      await folder.send(.capture(1), to: "tx123").refusal?.message == error?.message
    )
    let seedError = await #expect(throws: SeedError.self) {
      try await folder.seed(Array("[]".utf8))
    }
    #expect(seedError?.code == .storage)
  }

  @Test("refuses what it has no space for, and keeps what it has")
  func full() async throws {
    let sandbox = fixture.sandbox()
    let before = try await sandbox.summary()
    try await sandbox.store.file.read { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(sql: "PRAGMA max_page_count = \(pages)")
    }
    var extras = StepExtras()
    extras.metadata = (0..<100).map { _ in
      StepExtras.Metadata(name: "n", value: String(repeating: "v", count: 250))
    }
    let long = String(repeating: "r", count: 100_000)
    let answer = await sandbox.send(.capture(1), to: "tx123", reference: long, extras: extras)
    #expect(answer.refusal?.status == 503)
    #expect(try await sandbox.summary() == before)
    #expect(
      await fixture.sandbox().send(.capture(1), to: "tx123", reference: long).transaction != nil
    )
  }

  @Test("is whole after a process was killed while it seeded or wrote")
  func kill() async throws {
    let path = fixture.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let count = Counter()
      let environment = SandboxEnvironment(
        now: { SandboxFixture.start },
        nextID: {
          // The events of the demonstration have some two hundred ids.
          if count.next() == 150 { Glibc.kill(getpid(), SIGKILL) }
          return SandboxEnvironment.live.nextID()
        }
      )
      let sandbox = Sandbox(path: path, account: SandboxFixture.account, environment: environment)
      _ = try await sandbox.summary()
    }
    let sandbox = fixture.sandbox()
    let fresh = try await sandbox.summary()
    #expect(fresh.statuses.map(\.key) == Status.allCases)

    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let sandbox = Sandbox(path: path, account: SandboxFixture.account)
      for _ in 0..<50 { _ = await sandbox.send(.capture(10), to: "tx123") }
      Task { Glibc.kill(getpid(), SIGKILL) }
      while true { _ = await sandbox.send(.capture(10), to: "tx123") }
    }
    let after = try await sandbox.transaction("tx123")
    let count = after.state.captured.count / 10
    #expect(count >= 50)
    #expect(after.events.filter { $0.kind == .capture }.count == Int(count))
    #expect(after.state.totalsHold)
    #expect(try fixture.values("PRAGMA integrity_check") == ["ok"])
    #expect(try fixture.values("SELECT count(*) FROM transactions") == ["\(fresh.transactions)"])
  }

  @Test("lets two connections capture no more than there is")
  func concurrency() async throws {
    let sandboxes = [fixture.sandbox(), fixture.sandbox()]
    _ = try await sandboxes[0].summary()
    let successes = await withTaskGroup(of: Int.self) { group in
      for sandbox in sandboxes {
        group.addTask {
          var count = 0
          for _ in 0..<30 {
            let answer = await sandbox.send(.capture(1_000), to: "tx123")
            if answer.transaction != nil { count += 1 }
          }
          return count
        }
      }
      return await group.reduce(0, +)
    }
    #expect(successes == 39)
    #expect(try await sandboxes[0].transaction("tx123").state.captured == MinorUnits(39_000))
  }

  @Test(
    "computes the same state from the events as the rules do",
    arguments: 0..<20 as Range<UInt64>
  )
  func replay(seed: UInt64) async throws {
    let sandbox = fixture.sandbox()
    var generator = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
    let all = try await sandbox.reader.transactions(matching: TransactionQuery())
    var accepted = 0
    for _ in 0..<60 {
      let name = all[Int(generator.next() % UInt64(all.count))].id.text.dropFirst(10)
      let before = try await sandbox.transaction(String(name))
      let operation = generator.operation(on: before)
      var expected = before.state
      do throws(Violation) {
        try apply(operation, to: &expected, of: before.product)
      } catch {
        #expect(await sandbox.send(operation, to: String(name)).transaction == nil)
        continue
      }
      guard case .completed(let after, _) = await sandbox.send(operation, to: String(name)) else {
        continue
      }
      accepted += 1
      #expect(after.state == expected)
    }
    #expect(accepted > 0)
  }
}

private final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

/// Random operations, the same for the same seed.
private struct Generator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func operation(on transaction: Transaction) -> DTXLedger.Operation {
    let state = transaction.state
    switch next() % 6 {
    case 0: return .capture(part(of: state.capturable), final: next() % 4 == 0)
    case 1:
      let scope = state.scope(for: .capture)
      return .capture(scope.amount.count, scope.portions)
    case 2: return .refund(part(of: state.refundable))
    case 3: return .void(state.capturable.count, remaining: state.captured > .zero)
    case 4:
      return .adjust(state.authorized.count + 5, state.lines.isEmpty ? [] : grown(state.lines))
    default: return .tag("tag \(next() % 3)")
    }
  }

  private mutating func part(of amount: MinorUnits) -> Int64 {
    amount > .zero ? Int64(next() % UInt64(amount.count)) + 1 : 1
  }

  private func grown(_ lines: [LineItem]) -> [LineItem] {
    lines + [LineItem(id: "line \(lines.count)", description: "More", amount: MinorUnits(5))]
  }
}
