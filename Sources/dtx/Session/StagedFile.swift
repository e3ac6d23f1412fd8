import DTXLedger
import DTXSession
import Glibc

/// Where a session keeps what it has staged, in a private file that is locked while it lives.
///
/// The file is there only while something is staged. One that nobody has locked was left by a
/// session whose terminal or machine went away.
final class StagedFile {
  /// What an earlier session left.
  struct Leftover {
    let path: String
    let record: StagedRecord

    /// Keeps a part of it for the next session.
    ///
    /// - Throws: `CommandFailure` where it cannot be written; everything is kept then.
    func keep(_ statements: [String]) throws(CommandFailure) {
      guard statements != record.statements else { return }
      let rest = StagedRecord(account: record.account, at: record.at, statements: statements)
      try StandardStreams.replace(path, with: rest.line)
    }
  }

  /// Beyond so many bytes the file begins anew: each change adds a line with everything.
  private static let byteLimit = 1 << 20

  private let path: String
  private let account: String
  private var file: LockedFile?
  private var kept: [String] = []
  /// The statements that are not kept, because of what they seem to hold.
  private var omitted: Set<String> = []
  private var hasFailed = false

  /// Names the file of a session at a profile; nothing is created yet.
  init(of connection: Connection) {
    // By the process's number alone, a session in a container would take the file of the one before.
    path = connection.place.stagedPath(of: connection.profile) + "\(getpid())-\(Place.now()).jsonl"
    account = connection.account.text
  }

  /// Keeps what is staged, but no card numbers, or removes the file where nothing is.
  ///
  /// - Returns: How many statements are left out and were not before.
  /// - Throws: `CommandFailure` where it cannot be kept, the first time.
  func keep(_ staged: [String]) throws(CommandFailure) -> Int {
    let secret = staged.filter { KeptText.Omission.hasCardNumber($0.utf8) }
    let newlyOmitted = Set(secret).subtracting(omitted).count
    omitted = Set(secret)
    let statements = secret.isEmpty ? staged : staged.filter { !omitted.contains($0) }
    guard statements != kept else { return newlyOmitted }
    kept = statements
    guard !statements.isEmpty else {
      remove()
      return newlyOmitted
    }
    let record = StagedRecord(account: account, at: Place.now(), statements: statements)
    do throws(CommandFailure) {
      if file == nil { file = try LockedFile(path, for: .appending) }
      if let size = try file?.size(), size > Self.byteLimit { try file?.truncate(to: 0) }
      try file?.append(record.line)
    } catch {
      // Said once: the session itself goes on.
      defer { hasFailed = true }
      if !hasFailed { throw error }
    }
    return newlyOmitted
  }

  /// Forgets what was kept.
  func remove() {
    guard file != nil else { return }
    unsafe unlink(path)
    file = nil
  }

  /// Returns what sessions at a profile left that are not there any more, the oldest first.
  static func leftovers(of connection: Connection) -> [Leftover] {
    let prefix = connection.place.stagedPath(of: connection.profile)
    return PathCompletion.paths(beginningWith: prefix).compactMap { path in
      // One that is locked belongs to a session that lives.
      guard let opened = try? LockedFile.ifFree(path), let bytes = try? opened.read(),
        let record = StagedRecord.last(of: bytes), record.account == connection.account.text
      else { return nil }
      return Leftover(path: path, record: record)
    }
    .sorted { $0.record.at < $1.record.at }
  }
}

extension Place {
  /// How the names of the files begin in which sessions keep what they have staged.
  fileprivate func stagedPath(of profile: String) -> String {
    "\(stateFolder)/staged-\(Self.fileName(profile))-"
  }
}
