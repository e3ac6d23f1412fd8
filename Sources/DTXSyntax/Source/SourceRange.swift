/// A half-open range of UTF-8 byte offsets into one source text.
///
/// Lines and columns are derived only when a diagnostic is rendered.
package struct SourceRange: Hashable, Sendable {
  /// The offset of the first byte.
  package let start: UInt32
  /// The offset just past the last byte, never less than `start`.
  package let end: UInt32

  package init(_ start: UInt32, _ end: UInt32) {
    assert(start <= end, "a range does not run backwards")
    self.start = start
    self.end = end
  }

  /// An empty range: the place where something is missing.
  package init(at offset: UInt32) { self.init(offset, offset) }

  package var isEmpty: Bool { start == end }
  package var count: Int { Int(end - start) }
  /// The offsets as indices of the source bytes.
  package var bytes: Range<Int> { Int(start)..<Int(end) }

  /// Returns the smallest range that covers both ranges.
  package func union(_ other: SourceRange) -> SourceRange {
    SourceRange(min(start, other.start), max(end, other.end))
  }
}

/// Which of several source texts a range is in: the script itself is the first.
package struct SourceID: Hashable, Sendable {
  package static let main = SourceID(0)

  package let index: UInt32

  package init(_ index: UInt32) { self.index = index }
}
