import Foundation

/// One entry of the history: what was typed, when and where.
///
/// Shape: a line of JSON, `{"at": milliseconds, "profile": name, "text": text}`; an entry of several
/// lines is one record.
package struct HistoryRecord: Hashable, Sendable, Codable {
  package let at: Int64
  package let profile: String
  package let text: String

  package init(at: Int64, profile: String, text: String) {
    self.at = at
    self.profile = profile
    self.text = text
  }

  /// Whether what was typed is kept: nothing that begins with a blank, as shells have it.
  package static func isKept(_ text: String) -> Bool {
    guard let first = text.first else { return false }
    return !first.isWhitespace
  }

  /// The record as a line of the file.
  package var line: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("strings and integers always encode")
    }
    return Array(data) + [UInt8(ascii: "\n")]
  }

  /// Reads the records of a file, oldest first; a line that is none is passed over.
  package static func read(_ bytes: [UInt8]) -> [HistoryRecord] {
    let decoder = JSONDecoder()
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      try? decoder.decode(HistoryRecord.self, from: Data(line))
    }
  }
}
