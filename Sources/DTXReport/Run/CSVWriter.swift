/// Writes rows of comma-separated values.
///
/// Source: RFC 4180.
struct CSVWriter {
  private(set) var output: TextBuilder
  private var isAtStart = true
  /// The field being written; kept for its room.
  private var field = TextBuilder()

  init(receiver: (([UInt8]) -> Void)? = nil) { output = TextBuilder(receiver: receiver) }

  /// Writes a field, in quotes if it holds a comma, a quote or the end of a line.
  mutating func field(_ write: (inout TextBuilder) -> Void) {
    if !isAtStart { output.append(",") }
    isAtStart = false
    field.removeAll()
    write(&field)
    guard field.bytes.contains(where: Self.needsQuotes) else {
      return output.append(field.bytes[...])
    }
    output.append("\"")
    for byte in field.bytes {
      if byte == UInt8(ascii: "\"") { output.append("\"") }
      output.append(byte: byte)
    }
    output.append("\"")
  }

  mutating func field(_ text: String?) {
    field { if let text { $0.append(safe: text) } }
  }

  mutating func field(_ words: StaticString) { field { $0.append(words) } }

  mutating func endRow() {
    output.append("\r")
    output.endLine()
    isAtStart = true
  }

  mutating func finish() { output.finish() }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\r")
      || byte == UInt8(ascii: "\n")
  }
}
