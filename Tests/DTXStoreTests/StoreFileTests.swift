import DTXStore
import DTXTestSupport
import Foundation
import GRDB
import Glibc
import Testing

@Suite("StoreFile")
struct StoreFileTests {
  static let schema = StoreSchema(
    noun: "notebook",
    applicationID: 0x6474_7874,
    migrations: [
      { try $0.execute(sql: "CREATE TABLE notes (text TEXT NOT NULL)") },
      { try $0.execute(sql: "CREATE TABLE tags (text TEXT NOT NULL)") },
    ]
  )

  let folder = TemporaryFolder()

  func store(_ name: String = "a/b/notes.db", timeout: Int = 0) -> StoreFile {
    StoreFile(path: folder.file(name), schema: Self.schema, busyTimeoutSeconds: timeout)
  }

  func write(_ text: String, to store: StoreFile) async throws {
    try await store.write { try $0.execute(sql: "INSERT INTO notes VALUES (?)", arguments: [text]) }
  }

  func notes(in store: StoreFile) async throws -> [String] {
    try await store.read { try String.fetchAll($0, sql: "SELECT text FROM notes ORDER BY rowid") }
  }

  func mode(_ name: String) -> mode_t {
    var status = stat()
    guard unsafe stat(folder.file(name), &status) == 0 else { return 0 }
    return status.st_mode & 0o777
  }

  @Test("makes folder and file for the owner alone, durable and at the current version")
  func creation() async throws {
    let store = store()
    #expect(mode("a") == 0)
    try await write("x", to: store)
    #expect(mode("a") == 0o700)
    #expect(mode("a/b") == 0o700)
    #expect(mode("a/b/notes.db") == 0o600)
    #expect(mode("a/b/notes.db-wal") == 0o600)
    let pragmas = try await store.read { database in
      try ["synchronous", "journal_mode", "user_version", "application_id"].map {
        try String.fetchOne(database, sql: "PRAGMA \($0)")
      }
    }
    #expect(pragmas == ["2", "wal", "2", "1685354612"])
  }

  @Test("keeps its lock when the process opens the file once more")
  func lock() async throws {
    let first = store()
    try await write("x", to: first)
    #expect(try locks(on: "a/b/notes.db") == 1)
    let second = store()
    #expect(try await notes(in: second) == ["x"])
    // Without it another process, when it closes the file, removes the log that is in use.
    #expect(try locks(on: "a/b/notes.db") == 1)
    try await write("y", to: first)
    #expect(try await notes(in: second) == ["x", "y"])
  }

  /// How many locks this process holds on a file, as the kernel lists them.
  private func locks(on name: String) throws -> Int {
    var status = stat()
    guard unsafe stat(folder.file(name), &status) == 0 else { return 0 }
    // 1: POSIX  ADVISORY  READ 4711 fe:00:1311 1073741826 1073742335
    let list = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
    let count = list.split(separator: "\n").count { line in
      let fields = line.split(separator: " ").map(String.init)
      return fields.count > 6 && fields[4] == String(getpid())
        && fields[5].hasSuffix(":\(status.st_ino)")
    }
    return count
  }

  @Test("keeps its contents, and its durability, when opened again")
  func reopening() async throws {
    try await write("x", to: store())
    let second = store()
    #expect(try await notes(in: second) == ["x"])
    let synchronous = try await second.read { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
    #expect(synchronous == 2)
  }

  @Test("brings an older file to the current version and leaves a current one alone")
  func migration() async throws {
    let older = StoreSchema(
      noun: "notebook",
      applicationID: Self.schema.applicationID,
      migrations: [Self.schema.migrations[0]]
    )
    try await write("x", to: StoreFile(path: folder.file("n.db"), schema: older))
    let store = store("n.db")
    #expect(try await notes(in: store) == ["x"])
    #expect(try await store.read { try $0.tableExists("tags") })
  }

  @Test("takes back everything when the body throws")
  func rollback() async throws {
    struct Stop: Error {}
    let store = store()
    try await write("x", to: store)
    await #expect(throws: Stop.self) {
      try await store.write { database in
        try database.execute(sql: "INSERT INTO notes VALUES ('y')")
        throw Stop()
      }
    }
    #expect(try await notes(in: store) == ["x"])
  }

  @Test("leaves no half-made file when a migration fails")
  func failingMigration() async throws {
    struct Stop: Error {}
    let failing = StoreSchema(
      noun: "notebook",
      applicationID: Self.schema.applicationID,
      migrations: Self.schema.migrations + [{ _ in throw Stop() }]
    )
    await #expect(throws: (any Error).self) {
      try await notes(in: StoreFile(path: folder.file("n.db"), schema: failing))
    }
    #expect(try await notes(in: store("n.db")) == [])
  }

  @Test("finishes what it does although the task is cancelled")
  func cancellation() async throws {
    let store = store()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      try await write("x", to: store)
    }
    task.cancel()
    try await task.value
    #expect(try await notes(in: store) == ["x"])
  }

  @Test("several connections that create the file at once all succeed", arguments: 0..<10)
  func race(round: Int) async throws {
    try await withThrowingTaskGroup { group in
      for index in 0..<8 {
        group.addTask { try await write("\(index)", to: store("race.db", timeout: 60)) }
      }
      try await group.waitForAll()
    }
    // The last of them may still be closing the file.
    #expect(try await notes(in: store("race.db", timeout: 60)).count == 8)
  }
}

// MARK: - Bad files

extension StoreFileTests {
  func code(_ store: StoreFile) async -> StoreError.Code? {
    do {
      try await write("x", to: store)
      return nil
    } catch {
      let error = error as? StoreError
      #expect(error?.message.contains(store.path) == true)
      return error?.code
    }
  }

  @Test("refuses a folder, a device and a missing place")
  func places() async throws {
    #expect(unsafe mkdir(folder.file("d"), 0o700) == 0)
    #expect(await code(store("d")) == .cannotOpen)
    #expect(await code(StoreFile(path: "/dev/full", schema: Self.schema)) == .cannotOpen)
    #expect(await code(StoreFile(path: "/proc/dtx/n.db", schema: Self.schema)) == .cannotOpen)
    try await write("x", to: store("n.db"))
    #expect(await code(store("n.db/below.db")) == .cannotOpen)
  }

  @Test("refuses a file that is not a database")
  func text() async {
    overwrite("n.db", from: 0, with: Array(repeating: UInt8(ascii: "x"), count: 5000))
    #expect(await code(store("n.db")) == .damaged)
  }

  @Test("refuses the database of another program and leaves it as it is")
  func foreign() async throws {
    let queue = try DatabaseQueue(path: folder.file("n.db"))
    try await queue.write { try $0.execute(sql: "CREATE TABLE bookmarks (url TEXT)") }
    #expect(await code(store("n.db")) == .damaged)
    let mode = try await queue.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
    #expect(mode == "delete")
  }

  @Test("refuses a newer version")
  func newer() async throws {
    try await write("x", to: store("n.db"))
    let queue = try DatabaseQueue(path: folder.file("n.db"))
    try await queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 3") }
    #expect(await code(store("n.db")) == .newerVersion)
  }

  @Test("reports damaged pages")
  func damaged() async throws {
    // A file of its own making: a store that is still closing would keep the pages in its log.
    let queue = try DatabaseQueue(path: folder.file("n.db"))
    try await queue.write { database in
      for migration in Self.schema.migrations { try migration(database) }
      try database.execute(
        sql: "INSERT INTO notes VALUES (?)",
        arguments: [String(repeating: "x", count: 100_000)]
      )
      try database.execute(sql: "PRAGMA application_id = \(Self.schema.applicationID)")
      try database.execute(sql: "PRAGMA user_version = \(Self.schema.version)")
    }
    try queue.close()
    overwrite("n.db", from: 4096, with: Array(repeating: 0xAA, count: 50_000))
    #expect(await code(store("n.db")) == .damaged)
  }

  @Test("gives up when another connection holds the file for too long")
  func locked() async throws {
    let store = store("n.db")
    try await write("x", to: store)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let queue = try DatabaseQueue(path: folder.file("n.db"), configuration: configuration)
    try await queue.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    #expect(await code(store) == .locked)
    #expect(try await notes(in: store) == ["x"])
    try await queue.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(await code(store) == nil)
  }

  @Test("reports a full disk and keeps what it has")
  func full() async throws {
    let store = store("n.db")
    try await write("x", to: store)
    try await store.read { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
    }
    await #expect {
      try await write(String(repeating: "y", count: 100_000), to: store)
    } throws: {
      ($0 as? StoreError)?.code == .full
    }
    try await write("z", to: store)
    #expect(try await notes(in: store) == ["x", "z"])
  }

  @Test("reports a file and a folder that may only be read")
  func readOnly() async throws {
    try await write("x", to: store("n.db"))
    unsafe chmod(folder.file("n.db"), 0o444)
    unsafe chmod(folder.path, 0o555)
    let path = folder.path
    await #expect(processExitsWith: .success) { [path = path as String] in
      // The superuser may write everywhere; nobody may not.
      if geteuid() == 0 { try #require(setuid(65534) == 0) }
      for (name, expected) in [
        ("n.db", [StoreError.Code.readOnly, .cannotOpen]), ("new.db", [.cannotOpen]),
      ] {
        let store = StoreFile(path: path + "/" + name, schema: StoreFileTests.schema)
        let error = try await #require(throws: StoreError.self) {
          try await store.write { try $0.execute(sql: "INSERT INTO notes VALUES ('y')") }
        }
        #expect(expected.contains(error.code))
      }
    }
    unsafe chmod(folder.path, 0o755)
  }

  @Test("a process that is killed while it writes leaves all or nothing of each write")
  func kill() async throws {
    let path = folder.file("n.db")
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let store = StoreFile(path: path, schema: StoreFileTests.schema)
      for round in 0... {
        try await store.write { database in
          for _ in 0..<10 {
            try database.execute(sql: "INSERT INTO notes VALUES (?)", arguments: ["\(round)"])
            if round == 20 { Glibc.kill(getpid(), SIGKILL) }
          }
        }
      }
    }
    let store = store("n.db")
    #expect(try await notes(in: store).count == 200)
    let check = try await store.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
    #expect(check == "ok")
    try await write("x", to: store)
  }

  private func overwrite(_ name: String, from offset: off_t, with bytes: [UInt8]) {
    let descriptor = unsafe open(folder.file(name), O_WRONLY | O_CREAT, 0o600)
    #expect(descriptor >= 0)
    #expect(unsafe pwrite(descriptor, bytes, bytes.count, offset) == bytes.count)
    close(descriptor)
  }
}
