import Glibc
import GRDB

/// The steps from a path to an open connection with the current schema.
struct StoreOpening {
  /// Only the owner may see what was done to whose payment.
  static let fileMode: mode_t = 0o600
  static let folderMode: mode_t = 0o700
  /// How often to look again while another process turns a new file into a store.
  static let retryMilliseconds = 10

  let file: StoreFile

  private var path: String { file.path }
  private var schema: StoreSchema { file.schema }
  private var subject: String { file.subject }

  func open() throws(StoreError) -> DatabaseQueue {
    try createFolder()
    try createFile()
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.inDatabase { database in try prepare(database) }
      return queue
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError {
      throw StoreError(error, of: subject, waited: file.busyTimeoutSeconds)
    } catch {
      throw StoreError(.cannotOpen, "can't open \(subject): \(error)")
    }
  }

  private var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(Double(file.busyTimeoutSeconds))
    // Foreign keys are not used: rows are appended by one function that knows both sides.
    configuration.foreignKeysEnabled = false
    configuration.label = "dtx.\(schema.noun)"
    // GRDB's own WAL mode writes to the file at every opening and sets `synchronous = NORMAL`,
    // which may lose the last commits at a power cut; `prepare` sets both instead.
    configuration.journalMode = .default
    return configuration
  }

  /// Makes the file current and the connection durable.
  private func prepare(_ database: Database) throws {
    var isCurrent = false
    // One snapshot: between two reads another process may finish creating the file.
    try database.inTransaction(.deferred) {
      isCurrent = try checkedVersion(database) == schema.version
      return .commit
    }
    try database.execute(sql: "PRAGMA synchronous = FULL")
    guard !isCurrent else { return }
    try turnIntoWAL(database)
    try database.inTransaction(.immediate) {
      // Another process may have done the work while this one waited for the lock.
      let version = try checkedVersion(database)
      for migration in schema.migrations.dropFirst(version) { try migration(database) }
      if version < schema.version {
        try database.execute(sql: "PRAGMA application_id = \(schema.applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(schema.version)")
      }
      return .commit
    }
  }

  /// Returns the file's version, having made sure that it is a store of this kind.
  private func checkedVersion(_ database: Database) throws -> Int {
    let application = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if application != schema.applicationID {
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      guard application == 0, version == 0, tables == 0 else {
        throw StoreError(.damaged, "\(path) is a database, but not a \(schema.noun) of dtx")
      }
    }
    guard version <= schema.version else {
      throw StoreError(
        .newerVersion,
        "\(subject) was written by a newer dtx (version \(version); this one knows "
          + "\(schema.version)); use that one"
      )
    }
    return version
  }

  /// Sets the journal mode, which stays in the file.
  private func turnIntoWAL(_ database: Database) throws {
    var waitedMilliseconds = 0
    while true {
      do {
        let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
          throw StoreError(
            .cannotOpen,
            "can't make \(subject) durable: its file system allows no write-ahead log"
          )
        }
        return
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        // SQLite does not wait by itself for the lock that this one change needs.
        guard waitedMilliseconds < file.busyTimeoutSeconds * 1000 else { throw error }
        usleep(useconds_t(Self.retryMilliseconds * 1000))
        waitedMilliseconds += Self.retryMilliseconds
      }
    }
  }
}

// MARK: - The file system

extension StoreOpening {
  private func createFolder() throws(StoreError) {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
    let folder = String(path[..<slash])
    var missing: [String] = []
    var candidate = Substring(folder)
    while !candidate.isEmpty, unsafe access(String(candidate), F_OK) != 0, errno == ENOENT {
      missing.append(String(candidate))
      guard let slash = candidate.lastIndex(of: "/") else { break }
      candidate = candidate[..<slash]
    }
    for folder in missing.reversed() {
      guard unsafe mkdir(folder, Self.folderMode) == 0 || errno == EEXIST else {
        throw failure("create its folder \(folder)")
      }
      // SQLite makes sure of the file's own name; a folder that is lost at a power cut would take
      // the file with it.
      try syncFolder(above: folder)
    }
  }

  private func syncFolder(above folder: String) throws(StoreError) {
    let parent = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? "."
    let descriptor = unsafe Glibc.open(parent.isEmpty ? "/" : parent, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("look at the folder \(parent)") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure("make sure of the folder \(folder)") }
  }

  /// Creates the file if there is none, because SQLite would let others read it.
  ///
  /// A file that is there is looked at by its name alone and never opened: to close any descriptor
  /// of a file gives up every lock that the process holds on it, also those of other connections.
  /// SQLite would not notice; a connection of another process, when it is closed, would then take
  /// itself for the last and remove the write-ahead log, with everything that is written to it
  /// from then on.
  ///
  /// Source: <https://www.sqlite.org/howtocorrupt.html>, section 2.2.
  private func createFile() throws(StoreError) {
    var status = stat()
    if unsafe stat(path, &status) == 0 {
      try checkKind(status)
      guard unsafe access(path, R_OK) == 0 else { throw failure("open it") }
      return
    }
    guard errno == ENOENT else { throw failure("open it") }
    let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC
    let created = unsafe Glibc.open(path, flags, Self.fileMode)
    // Another process, or another connection of this one, may have been faster.
    if created < 0, errno == EEXIST { return }
    guard created >= 0 else { throw failure("create it") }
    close(created)
  }

  /// Refuses a folder, a pipe or a device, which SQLite would report as an unreadable file.
  private func checkKind(_ status: stat) throws(StoreError) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw StoreError(.cannotOpen, "can't open \(subject): it is a folder")
    default: throw StoreError(.cannotOpen, "can't open \(subject): it is not a regular file")
    }
  }

  private func failure(_ attempt: String) -> StoreError {
    let number = errno
    let reason = unsafe String(cString: strerror(number))
    let code: StoreError.Code =
      switch number {
      case ENOSPC, EDQUOT: .full
      case EROFS: .readOnly
      default: .cannotOpen
      }
    return StoreError(code, "can't open \(subject): could not \(attempt): \(reason)")
  }
}
