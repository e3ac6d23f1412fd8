/// A place as people count: the first line and the first column are 1.
package struct SourcePosition: Hashable, Sendable {
  package let line: Int
  /// The column in Unicode scalars, which is what an editor shows for most text.
  package let column: Int
  /// The column in bytes.
  package let byteColumn: Int
}

/// Where the lines of a source begin, so that offsets can be shown as lines and columns.
///
/// It is made in one pass when the first place has to be shown; a place is then found by bisection.
/// A line ends with a line feed, a carriage return, or both.
package struct LineTable: Sendable {
  /// How many bytes share one count of characters, which bounds the work for a very long line.
  private static let blockSize = 1_024

  private let source: [UInt8]
  /// The offset of each line's first byte.
  private let starts: [UInt32]
  /// The number of characters before each block of bytes.
  private let characterCounts: [UInt32]

  package init(_ source: [UInt8]) {
    self.source = source
    var starts: [UInt32] = [0]
    var counts: [UInt32] = []
    counts.reserveCapacity(source.count / Self.blockSize + 1)
    var characters: UInt32 = 0
    for (offset, byte) in source.enumerated() {
      if offset % Self.blockSize == 0 { counts.append(characters) }
      if !UTF8Scalar.isContinuation(byte) { characters += 1 }
      let isReturnAlone =
        byte == "\r" && (offset + 1 == source.count || source[offset + 1] != "\n")
      if byte == "\n" || isReturnAlone { starts.append(UInt32(offset + 1)) }
    }
    self.starts = starts
    characterCounts = counts
  }

  /// The number of lines; a source that ends in a line end has an empty last line.
  package var lineCount: Int { starts.count }

  /// Returns the place of an offset, which may be just past the last byte.
  package func position(of offset: UInt32) -> SourcePosition {
    let line = lineIndex(of: offset)
    let start = starts[line]
    return SourcePosition(
      line: line + 1,
      column: characters(before: Int(offset)) - characters(before: Int(start)) + 1,
      byteColumn: Int(offset - start) + 1
    )
  }

  /// Returns the bytes of a line, counted from 1, without its end; empty where there is no such line.
  package func range(ofLine line: Int) -> SourceRange {
    guard line >= 1, line <= starts.count else { return SourceRange(at: UInt32(source.count)) }
    let start = Int(starts[line - 1])
    var end = line < starts.count ? Int(starts[line]) : source.count
    while end > start, source[end - 1].isLineEnd { end -= 1 }
    return SourceRange(UInt32(start), UInt32(end))
  }

  /// Returns the text of a line, counted from 1, without its end.
  package func text(ofLine line: Int) -> String {
    String(decoding: source[range(ofLine: line).bytes], as: UTF8.self)
  }

  /// Returns the number of the last line that begins at an offset or before it, from 0.
  private func lineIndex(of offset: UInt32) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private func characters(before offset: Int) -> Int {
    let block = min(offset / Self.blockSize, characterCounts.count - 1)
    guard block >= 0 else { return 0 }
    let rest = source[block * Self.blockSize..<min(offset, source.count)]
    return rest.reduce(Int(characterCounts[block])) {
      $0 + (UTF8Scalar.isContinuation($1) ? 0 : 1)
    }
  }
}

extension Script {
  /// Returns a table of the script's lines, for showing places in it.
  package func lineTable() -> LineTable { LineTable(source) }
}
