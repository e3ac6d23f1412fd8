import DTXSession
import Glibc

/// The file of what was typed in a profile: private, and shared safely by several sessions.
///
/// Records are appended whole under a lock, so that sessions side by side lose nothing.
struct HistoryFile {
  let path: String

  /// Bytes at the end of the file that are read back: months of typing, and little enough to start
  /// at once.
  private static let tailBytes = 1 << 20
  private static let newline = UInt8(ascii: "\n")

  /// Returns what the file holds, oldest first; nothing where there is no file.
  ///
  /// What cannot be read is set aside beside the file, which begins anew with the rest.
  ///
  /// - Throws: `CommandFailure` where the file is there and cannot be read.
  func read() throws(CommandFailure) -> (records: [HistoryRecord], setAside: String?) {
    guard unsafe access(path, F_OK) == 0 else { return ([], nil) }
    let file = try LockedFile(path, for: .reading)
    let size = try file.size()
    var bytes = try file.read(last: Self.tailBytes)
    if size > bytes.count, let start = bytes.firstIndex(of: Self.newline) {
      bytes.removeSubrange(...start)
    }
    let (records, damaged) = HistoryRecord.read(bytes)
    guard !damaged.isEmpty else { return (records, nil) }
    return (records, try setAside(file))
  }

  /// Appends records.
  ///
  /// - Throws: `CommandFailure` where they cannot be written.
  func append(_ records: [HistoryRecord]) throws(CommandFailure) {
    guard !records.isEmpty else { return }
    try LockedFile(path, for: .appending).append(records.flatMap(\.line))
  }

  /// Renames the file and begins a new one with the records that it holds.
  private func setAside(_ file: borrowing LockedFile) throws(CommandFailure) -> String {
    let (records, _) = HistoryRecord.read(try file.read())
    let other = "\(path).damaged-\(Place.now())"
    guard unsafe rename(path, other) == 0 else {
      throw .cannotWrite(other, StandardStreams.reason(errno))
    }
    try append(records)
    return other
  }
}
