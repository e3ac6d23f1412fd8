import DTXExecution
@testable import DTXJournal
import DTXLedger
import DTXStore
import DTXTestSupport
import GRDB
import Glibc
import Testing

@Suite("The journal when something is wrong")
struct JournalFailureTests {
  let fixture = JournalFixture()

  @Test(
    "has a word for every way in which its file can fail",
    arguments: [
      (.cannotOpen, .cannotOpen), (.locked, .locked), (.readOnly, .cannotWrite),
      (.full, .cannotWrite), (.failing, .cannotWrite), (.damaged, .corrupt),
      (.newerVersion, .newerVersion),
    ] as [(StoreError.Code, JournalError.Code)]
  )
  func codes(cause: StoreError.Code, expected: JournalError.Code) {
    let error = JournalError(StoreError(cause, "why"))
    #expect(error == JournalError(expected, "why"))
  }

  @Test("refuses a folder in its place")
  func folder() async {
    let journal = SQLiteJournal(path: fixture.folder.path)
    let error = await #expect(throws: JournalError.self) { try await journal.runs(limit: 1) }
    #expect(error?.code == .cannotOpen)
    #expect(error?.message == "can't open the journal \(fixture.folder.path): it is a folder")
  }

  @Test("refuses the file of another kind of store")
  func foreign() async throws {
    let schema = StoreSchema(
      noun: "other",
      applicationID: 1,
      migrations: [{ try $0.execute(sql: "CREATE TABLE t (c)") }]
    )
    _ = try await StoreFile(path: fixture.path, schema: schema).write { _ in true }
    let error = await #expect(throws: JournalError.self) { try await fixture.journal().head() }
    #expect(error?.code == .corrupt)
  }

  @Test("keeps the chain whole when the disk is full in the middle of a group")
  func full() async throws {
    let journal = fixture.journal()
    try await journal.begin(JournalFixture.record("r1"), plan: [])
    let before = try await journal.head()
    try await journal.file.read { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(sql: "PRAGMA max_page_count = \(pages + 1)")
    }
    let group = (0..<2000).map { step in
      JournalEntry.sent(OperationID(run: RunID("r1"), step: step))
    }
    let error = await #expect(throws: JournalError.self) {
      try await journal.append(group, to: RunID("r1"))
    }
    #expect(error?.code == .cannotWrite)
    #expect(try await journal.verify() == .whole(before, runs: 1))
    try await fixture.journal().append(group, to: RunID("r1"))
    #expect(try await journal.head().sequence == 2001)
  }

  @Test("keeps one whole chain while several processes append")
  func processes() async throws {
    let path = fixture.path
    try await withThrowingTaskGroup { group in
      for process in 0..<4 {
        group.addTask {
          await #expect(processExitsWith: .success) {
            [path = path as String, process = process as Int] in
            let journal = SQLiteJournal(path: path)
            let run = RunID("run \(process)")
            try await journal.begin(JournalFixture.record(run.text), plan: [])
            for step in 0..<40 as Range<Int32> {
              let id = OperationID(run: run, step: step)
              try await journal.append([.sent(id), .outcome(id, .unresolved("?"))], to: run)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let journal = fixture.journal()
    let head = try await journal.head()
    #expect(head.sequence == 4 * 81)
    #expect(try await journal.verify() == .whole(head, runs: 4))
    for process in 0..<4 {
      let entries = try await journal.run(RunID("run \(process)")).entries
      #expect(
        entries.map(\.entry).filter { if case .sent = $0 { true } else { false } }.count == 40
      )
      #expect(entries.map(\.sequence) == entries.map(\.sequence).sorted())
    }
  }

  @Test("keeps what it has acknowledged when its process is killed")
  func killed() async throws {
    let (path, mark) = (fixture.path, fixture.folder.file("acknowledged"))
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, mark = mark as String] in
      let journal = SQLiteJournal(path: path)
      let run = RunID("r1")
      try await journal.begin(JournalFixture.record("r1"), plan: [])
      let descriptor = unsafe open(mark, O_WRONLY | O_CREAT | O_APPEND, 0o600)
      for step in 0... as PartialRangeFrom<Int32> {
        try await journal.append([.sent(OperationID(run: run, step: step))], to: run)
        _ = unsafe write(descriptor, "x", 1)
        if step == 50 {
          // The next append is under way when the process dies, at a moment of its own choice.
          Task { kill(getpid(), SIGKILL) }
        }
      }
    }
    var status = stat()
    #expect(unsafe stat(mark, &status) == 0)
    let journal = fixture.journal()
    let steps = try await journal.run(RunID("r1")).entries.count
    #expect(steps >= status.st_size)
    #expect(steps <= status.st_size + 1)
    #expect(try await journal.verify() == .whole(try await journal.head(), runs: 1))
  }
}
