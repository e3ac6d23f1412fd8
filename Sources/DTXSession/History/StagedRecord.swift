import Foundation

/// What was staged at one moment, as it is kept for the case that the terminal goes away.
///
/// Shape: a line of JSON, `{"account": id, "at": milliseconds, "statements": [text]}`. The last whole
/// line of a file counts: what was being written when the machine stopped is no line yet.
package struct StagedRecord: JSONLine, Hashable, Sendable, Codable {
  package let account: String
  /// Milliseconds since 1970-01-01T00:00Z.
  package let at: Int64
  package let statements: [String]

  package init(account: String, at: Int64, statements: [String]) {
    self.account = account
    self.at = at
    self.statements = statements
  }

  /// Reads the last record of a file that is whole; nil where there is none.
  package static func last(of bytes: [UInt8]) -> StagedRecord? {
    let decoder = JSONDecoder()
    for line in bytes.split(separator: UInt8(ascii: "\n")).reversed() {
      if let record = try? decoder.decode(StagedRecord.self, from: Data(line)) { return record }
    }
    return nil
  }
}
