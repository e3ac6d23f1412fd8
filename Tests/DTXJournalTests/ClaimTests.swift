import DTXExecution
@testable import DTXJournal
import DTXLedger
import GRDB
import Glibc
import Testing

@Suite("Claims")
struct ClaimTests {
  let fixture = JournalFixture()
  static let transactions = ["T12345678.a", "T12345678.b"].map { TransactionID($0) }

  @Test("hold against other runs until they are given up, all or none")
  func claim() async throws {
    let journal = fixture.journal()
    let (a, b) = (Self.transactions[0], Self.transactions[1])
    #expect(try await journal.claim([a], for: RunID("r1"), by: "kari") == [])
    #expect(try await journal.claim([a], for: RunID("r1"), by: "kari") == [])
    let conflicts = try await fixture.journal().claim([b, a], for: RunID("r2"), by: "ola")
    #expect(
      conflicts == [
        ClaimConflict(transaction: a, run: RunID("r1"), person: "kari")
      ]
    )
    #expect(try await journal.claim([b], for: RunID("r3"), by: "ola") == [])
    try await journal.release(RunID("r1"))
    #expect(try await journal.claim([a], for: RunID("r2"), by: "ola") == [])
    #expect(try await journal.claim([b], for: RunID("r2"), by: "ola").map(\.run.text) == ["r3"])
  }

  /// How a claim looks whose process has gone, or may have.
  static let changes: [(sql: String, isHeld: Bool)] = [
    ("process = 1073741824", false),  // above the highest number that Linux gives
    ("process_start = process_start + 1", false),
    ("boot = 'another start of the computer'", false),
    ("namespace = 'pid:[1]'", true),
    ("namespace = 'pid:[1]', boot = 'another'", false),
    ("person = 'ola'", true),
  ]

  @Test("end with their process", arguments: changes)
  func stale(change: (sql: String, isHeld: Bool)) async throws {
    let journal = fixture.journal()
    _ = try await journal.claim(Self.transactions, for: RunID("r1"), by: "kari")
    try fixture.tamper("UPDATE claims SET \(change.sql)")
    let conflicts = try await journal.claim(Self.transactions, for: RunID("r2"), by: "ola")
    #expect(conflicts.map(\.transaction) == (change.isHeld ? Self.transactions : []))
  }

  @Test("of a run are taken over by the process that resumes it, once the first is gone")
  func resumed() async throws {
    let path = fixture.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let journal = SQLiteJournal(path: path)
      _ = try await journal.claim(ClaimTests.transactions, for: RunID("r1"), by: "kari")
      kill(getpid(), SIGKILL)
    }
    let journal = fixture.journal()
    let queue = try fixture.database()
    let holders = try await queue.read { try Int64.fetchAll($0, sql: "SELECT process FROM claims") }
    #expect(holders.count == 2)
    #expect(!holders.contains(Int64(getpid())))
    #expect(try await journal.claim(Self.transactions, for: RunID("r1"), by: "kari") == [])
  }

  @Test("of a run hold against a second process that resumes the same run")
  func resumedTwice() async throws {
    let transactions = Self.transactions
    _ = try await fixture.journal().claim(transactions, for: RunID("r1"), by: "kari")
    let path = fixture.path
    await #expect(processExitsWith: .success) { [path = path as String] in
      let conflicts = try await SQLiteJournal(path: path)
        .claim(ClaimTests.transactions, for: RunID("r1"), by: "ola")
      #expect(conflicts.map(\.transaction) == ClaimTests.transactions)
    }
  }
}
