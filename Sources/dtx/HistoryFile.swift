import DTXSession
import Glibc

/// The file of what was typed at the prompt: private, and shared safely by several sessions.
///
/// Each entry is appended whole under a lock, so that sessions side by side lose nothing.
struct HistoryFile {
  let path: String
  let profile: String

  /// Entries that are read back: enough for weeks, little enough to start at once.
  private static let entryLimit = 10_000

  /// Returns what was typed in this profile, oldest first; nothing where there is no file.
  ///
  /// - Throws: `CommandFailure` where the file is there and cannot be read.
  func read() throws(CommandFailure) -> [String] {
    guard unsafe access(path, F_OK) == 0 else { return [] }
    return HistoryRecord.read(try StandardStreams.read(path: path))
      .filter { $0.profile == profile }
      .suffix(Self.entryLimit)
      .map(\.text)
  }

  /// Appends what was typed.
  ///
  /// - Throws: `CommandFailure` where it cannot be written.
  func append(_ text: String) throws(CommandFailure) {
    guard HistoryRecord.isKept(text) else { return }
    let record = HistoryRecord(at: Place.now(), profile: profile, text: text)
    try StandardStreams.append(record.line, to: path)
  }
}
