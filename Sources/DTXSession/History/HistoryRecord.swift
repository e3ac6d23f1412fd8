import Foundation

/// One line of the history: a statement that was typed, or word that one was carried out.
///
/// Shape: a line of JSON, `{"account": id, "at": milliseconds, "profile": name, "text": text}`, with
/// `"done": true` where the statement was carried out; a statement of several lines is one record.
package struct HistoryRecord: JSONLine, Hashable, Sendable, Codable {
  /// Milliseconds since 1970-01-01T00:00Z.
  package let at: Int64
  package let profile: String
  package let account: String
  package let text: String
  /// Whether this tells that the statement was carried out; absent where it was typed.
  private let done: Bool?

  package var isDone: Bool { done ?? false }

  package init(
    at: Int64,
    profile: String,
    account: String,
    text: String,
    isDone: Bool = false
  ) {
    self.at = at
    self.profile = profile
    self.account = account
    self.text = text
    done = isDone ? true : nil
  }

  /// Reads the records of a file, oldest first, and the lines that are none.
  package static func read(
    _ bytes: [UInt8]
  ) -> (records: [HistoryRecord], damaged: [ArraySlice<UInt8>]) {
    let newline = UInt8(ascii: "\n")
    let lines = bytes.split(separator: newline)
    let decoder = JSONDecoder()
    // One list of all is decoded much faster than each line by itself, and a sound file is the rule.
    let list = Array("[".utf8) + lines.joined(separator: ",".utf8) + Array("]".utf8)
    let all = try? decoder.decode([HistoryRecord].self, from: Data(list))
    if let all, all.count == lines.count { return (all, []) }
    var records: [HistoryRecord] = []
    var damaged: [ArraySlice<UInt8>] = []
    for line in lines {
      if let record = try? decoder.decode(HistoryRecord.self, from: Data(line)) {
        records.append(record)
      } else {
        damaged.append(line)
      }
    }
    return (records, damaged)
  }
}
