import Foundation

/// A record that is kept as a line of a file.
package protocol JSONLine: Codable {}

extension JSONLine {
  /// The record as a line of the file.
  package var line: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("strings and integers always encode")
    }
    return Array(data) + [UInt8(ascii: "\n")]
  }
}
