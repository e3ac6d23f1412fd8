/// One line of a source as it is drawn, with the terminal column of every byte.
///
/// Tabs become blanks up to the next stop, wide characters keep their two columns, and characters
/// that a terminal would obey are spelled out, so that a mark drawn beneath stays in its place.
struct ExcerptLine {
  /// The distance of tab stops.
  static let tabColumns = 4
  /// How many bytes of a line around a mark are looked at: a line may be as long as a file.
  static let mostBytes = 4096

  /// One character: where it is in the source, in the drawing, and on the screen.
  private struct Cell {
    let offset: Int
    let drawnStart: Int
    let column: Int
  }

  private var drawing = TextBuilder()
  private var cells: [Cell] = []
  /// How many columns the line takes.
  private(set) var columns = 0
  /// Whether the source's line goes on before or after what is here.
  private let isCutBefore: Bool
  private let isCutAfter: Bool

  /// Draws a line.
  ///
  /// - Parameters:
  ///   - line: The bytes of the line, indexed by their offset in the source.
  ///   - offset: The place that matters most if the line is too long to be looked at in full.
  init(_ line: ArraySlice<UInt8>, around offset: Int) {
    let part = Self.part(of: line, around: offset)
    isCutBefore = part.startIndex > line.startIndex
    isCutAfter = part.endIndex < line.endIndex
    var reader = ScalarReader(part)
    var counter = ColumnCounter()
    while true {
      let offset = reader.index
      guard let scalar = reader.next() else { break }
      draw(scalar, at: offset, counter: &counter)
    }
    cells.append(Cell(offset: part.endIndex, drawnStart: drawing.bytes.count, column: columns))
  }

  private mutating func draw(
    _ scalar: Unicode.Scalar,
    at offset: Int,
    counter: inout ColumnCounter
  ) {
    let start = drawing.bytes.count
    cells.append(Cell(offset: offset, drawnStart: start, column: columns))
    if scalar == "\t" {
      let stop = (columns / Self.tabColumns + 1) * Self.tabColumns
      drawing.appendBlanks(stop - columns)
      columns = stop
    } else if scalar.isTerminalHazard {
      drawing.append(foreign: scalar)
      columns += drawing.bytes.count - start
    } else {
      drawing.append(foreign: scalar)
      columns += counter.width(of: scalar)
    }
  }

  /// Cuts a very long line down to the bytes around an offset, between characters.
  private static func part(of line: ArraySlice<UInt8>, around offset: Int) -> ArraySlice<UInt8> {
    guard line.count > mostBytes else { return line }
    let middle = min(max(offset, line.startIndex), line.endIndex)
    var start = max(line.startIndex, middle - mostBytes / 2)
    var end = min(line.endIndex, start + mostBytes)
    while start < middle, isContinuation(line[start]) { start += 1 }
    while end > middle, end < line.endIndex, isContinuation(line[end]) { end -= 1 }
    return line[start..<end]
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}

extension ExcerptLine {
  /// Returns the column at which the character of a byte offset begins.
  func column(of offset: Int) -> Int {
    var low = 0
    var high = cells.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if cells[middle].offset <= offset { low = middle } else { high = middle }
    }
    return cells[low].column
  }

  /// A stretch of columns to draw, and what stands for the rest of the line.
  struct Window {
    let columns: Range<Int>
    let isCutBefore: Bool
    let isCutAfter: Bool
  }

  /// Returns the stretch to draw in so many columns, so that the given columns are in it.
  func window(showing wanted: Range<Int>, within available: Int?, ellipsis: Int) -> Window {
    let room = available ?? Self.mostBytes
    guard max(columns, wanted.upperBound) > room || isCutBefore || isCutAfter else {
      return Window(
        columns: 0..<max(columns, wanted.upperBound),
        isCutBefore: false,
        isCutAfter: false
      )
    }
    // The line does not fit: both ends are paid for, which may waste a column at one of them.
    let inner = max(room - 2 * ellipsis, 1)
    if wanted.upperBound <= room - ellipsis, !isCutBefore {
      let end = min(columns, room - ellipsis)
      return Window(columns: 0..<end, isCutBefore: false, isCutAfter: end < columns || isCutAfter)
    }
    // Some of what follows the mark is kept, so that the end of the mark can be seen.
    let following = min(columns - wanted.upperBound, inner / 4)
    let end = min(wanted.upperBound + max(following, 0), wanted.lowerBound + inner)
    let start = max(0, end - inner)
    return Window(
      columns: start..<end,
      isCutBefore: start > 0 || isCutBefore,
      isCutAfter: end < columns || isCutAfter
    )
  }

  /// Appends the characters that lie wholly in a stretch of columns, and blanks for cut ones.
  func append(_ stretch: Range<Int>, to builder: inout TextBuilder) {
    var written = stretch.lowerBound
    for index in cells.indices.dropLast() where cells[index].column >= stretch.lowerBound {
      let next = cells[index + 1]
      guard next.column <= stretch.upperBound else { break }
      builder.appendBlanks(cells[index].column - written)
      builder.append(drawing.bytes[cells[index].drawnStart..<next.drawnStart])
      written = next.column
    }
    builder.appendBlanks(stretch.upperBound - written)
  }
}
