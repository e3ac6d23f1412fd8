/// One field of a row: where its text is, without the quotes around it.
package struct CSVField: Hashable, Sendable {
  let start: UInt32
  let end: UInt32
  /// Whether the field stands in quotes.
  package let isQuoted: Bool
  /// Whether the text has doubled quotes, each of which stands for one.
  ///
  /// Where it has none, the bytes of the range are the text.
  package let hasDoubledQuotes: Bool

  init(_ start: Int, _ end: Int, isQuoted: Bool = false, hasDoubledQuotes: Bool = false) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    self.isQuoted = isQuoted
    self.hasDoubledQuotes = hasDoubledQuotes
  }

  /// The bytes of the text in the file.
  package var range: Range<Int> { Int(start)..<Int(end) }
  package var isEmpty: Bool { start == end }

  /// The bytes of the field in the file, with the quotes around it, for pointing at it.
  package var wholeRange: Range<Int> {
    isQuoted ? Int(start) - 1..<Int(end) + 1 : range
  }
}
