/// What a terminal of the xterm kind would show, as far as line editing needs it.
package struct Screen: CustomStringConvertible {
  /// Rows and columns of characters.
  package struct Size: Hashable, Sendable {
    package var rows: Int
    package var columns: Int

    package init(rows: Int, columns: Int) {
      self.rows = rows
      self.columns = columns
    }
  }

  /// A place, counted from 0.
  package struct Position: Hashable, Sendable {
    package var row: Int
    package var column: Int

    package init(row: Int = 0, column: Int = 0) {
      self.row = row
      self.column = column
    }
  }

  /// One character and how it looks.
  package struct Cell: Hashable, Sendable {
    /// A character, a space, or nothing behind one of double width.
    package fileprivate(set) var text = " "
    package fileprivate(set) var style = Style()
  }

  /// Weight and colour, as far as programs here use them.
  package struct Style: Hashable, Sendable {
    package fileprivate(set) var isBold = false
    package fileprivate(set) var isDim = false
    /// The parameter that chose the colour, 31 for red; nil for the usual one.
    package fileprivate(set) var color: Int?
  }

  package private(set) var size: Size
  package private(set) var cursor = Position()
  /// Whether the program has asked for pastes in brackets.
  package private(set) var isBracketingPastes = false
  /// How often the bell rang.
  package private(set) var bellCount = 0
  /// The rows that have scrolled out at the top.
  package private(set) var scrolledOut: [String] = []

  /// What every cell shows, row by row.
  package private(set) var cells: [[Cell]]
  private var style = Style()
  private var saved = Position()
  /// The last column is full, and the next character goes to the next row.
  private var isWrapPending = false
  private var isInserting = false
  private var decoder = SequenceDecoder()

  package init(size: Size) {
    self.size = size
    cells = Array(repeating: Self.blankRow(size.columns), count: size.rows)
  }

  private static func blankRow(_ columns: Int) -> [Cell] {
    Array(repeating: Cell(), count: columns)
  }

  // MARK: Looking

  /// The rows without spaces at their ends.
  package var rows: [String] {
    cells.map { row in
      let text = Self.text(of: row)
      return String(
        text[..<(text.lastIndex { $0 != " " }.map(text.index(after:)) ?? text.startIndex)]
      )
    }
  }

  private static func text(of row: [Cell]) -> String { row.map(\.text).joined() }

  /// The rows down to the last that shows something.
  package var description: String {
    var rows = rows
    while rows.last?.isEmpty == true { rows.removeLast() }
    return rows.joined(separator: "\n")
  }

  /// Whether a row contains the text, or several in succession contain its lines.
  package func contains(_ text: String) -> Bool { rows.joined(separator: "\n").contains(text) }

  // MARK: Writing

  /// Takes in what a program writes.
  package mutating func write(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      guard let item = decoder.next(byte) else { continue }
      switch item {
      case .scalar(let scalar): put(scalar)
      case .control(let code): obey(control: code)
      case .escape(let final): obey(escape: final)
      case .sequence(let marker, let parameters, let final):
        obey(marker: marker, parameters: parameters, final: final)
      }
    }
  }

  /// Changes the size, cutting rows and columns off or adding them, without wrapping text anew.
  package mutating func resize(to size: Size) {
    for row in cells.indices {
      let kept = cells[row].prefix(size.columns)
      cells[row] = kept + Self.blankRow(size.columns - kept.count)
    }
    while cells.count > size.rows {
      // A terminal keeps the row with the cursor, so it gives up what is above it first.
      if cursor.row >= size.rows {
        scrolledOut.append(Self.text(of: cells.removeFirst()))
        cursor.row -= 1
      } else {
        cells.removeLast()
      }
    }
    while cells.count < size.rows { cells.append(Self.blankRow(size.columns)) }
    self.size = size
    cursor.column = min(cursor.column, size.columns - 1)
    isWrapPending = false
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Self.width(scalar)
    guard width > 0 else {
      // A combining mark belongs to the character before the cursor.
      let column = isWrapPending ? cursor.column : cursor.column - 1
      if column >= 0 { cells[cursor.row][column].text.unicodeScalars.append(scalar) }
      return
    }
    if isWrapPending || cursor.column + width > size.columns {
      cursor.column = 0
      lineFeed()
    }
    if isInserting { insertBlanks(width) }
    cells[cursor.row][cursor.column] = Cell(text: String(scalar), style: style)
    if width == 2 { cells[cursor.row][cursor.column + 1] = Cell(text: "", style: style) }
    isWrapPending = cursor.column + width == size.columns
    cursor.column = min(cursor.column + width, size.columns - 1)
  }

  private mutating func lineFeed() {
    isWrapPending = false
    guard cursor.row == size.rows - 1 else {
      cursor.row += 1
      return
    }
    scrolledOut.append(Self.text(of: cells.removeFirst()))
    cells.append(Self.blankRow(size.columns))
  }

  private mutating func obey(control code: UInt8) {
    switch code {
    case 0x07: bellCount += 1
    case 0x08:
      cursor.column = max(0, cursor.column - 1)
      isWrapPending = false
    case 0x09: cursor.column = min(size.columns - 1, cursor.column / 8 * 8 + 8)
    case 0x0A: lineFeed()
    case 0x0D:
      cursor.column = 0
      isWrapPending = false
    default: break
    }
  }

  private mutating func obey(escape final: UInt8) {
    switch final {
    case UInt8(ascii: "7"): saved = cursor
    case UInt8(ascii: "8"): cursor = saved
    case UInt8(ascii: "M"): cursor.row = max(0, cursor.row - 1)
    default: break
    }
  }

  private mutating func obey(marker: UInt8?, parameters: [Int], final: UInt8) {
    let first = parameters.first ?? 0
    let count = max(1, first)
    guard marker == nil else {
      if marker == UInt8(ascii: "?"), first == 2004 {
        isBracketingPastes = final == UInt8(ascii: "h")
      }
      return
    }
    switch final {
    case UInt8(ascii: "A"): cursor.row = max(0, cursor.row - count)
    case UInt8(ascii: "B"): cursor.row = min(size.rows - 1, cursor.row + count)
    case UInt8(ascii: "C"): cursor.column = min(size.columns - 1, cursor.column + count)
    case UInt8(ascii: "D"): cursor.column = max(0, cursor.column - count)
    case UInt8(ascii: "G"): cursor.column = min(size.columns, count) - 1
    case UInt8(ascii: "H"):
      cursor.row = min(size.rows, count) - 1
      cursor.column = min(size.columns, max(1, parameters.dropFirst().first ?? 1)) - 1
    case UInt8(ascii: "J"): eraseDisplay(first)
    case UInt8(ascii: "K"): eraseLine(first)
    case UInt8(ascii: "P"): deleteCells(count)
    case UInt8(ascii: "@"): insertBlanks(count)
    case UInt8(ascii: "m"): style(by: parameters)
    case UInt8(ascii: "h") where first == 4: isInserting = true
    case UInt8(ascii: "l") where first == 4: isInserting = false
    default: return
    }
    isWrapPending = false
  }

  /// Source: ECMA-48, 5th edition, section 8.3.117.
  private mutating func style(by parameters: [Int]) {
    for parameter in parameters.isEmpty ? [0] : parameters {
      switch parameter {
      case 0: style = Style()
      case 1: style.isBold = true
      case 2: style.isDim = true
      case 22: (style.isBold, style.isDim) = (false, false)
      case 30...37, 90...97: style.color = parameter
      case 39: style.color = nil
      default: break
      }
    }
  }

  private mutating func eraseLine(_ part: Int) {
    let range =
      part == 0
      ? cursor.column..<size.columns : part == 1 ? 0..<(cursor.column + 1) : 0..<size.columns
    for column in range { cells[cursor.row][column] = Cell() }
  }

  private mutating func eraseDisplay(_ part: Int) {
    if part == 0 { eraseLine(0) }
    let first = part == 0 ? cursor.row + 1 : 0
    for row in first..<max(first, size.rows) { cells[row] = Self.blankRow(size.columns) }
  }

  private mutating func deleteCells(_ count: Int) {
    let count = min(count, size.columns - cursor.column)
    cells[cursor.row].removeSubrange(cursor.column..<(cursor.column + count))
    cells[cursor.row] += Self.blankRow(count)
  }

  private mutating func insertBlanks(_ count: Int) {
    let count = min(count, size.columns - cursor.column)
    cells[cursor.row].insert(contentsOf: Self.blankRow(count), at: cursor.column)
    cells[cursor.row].removeLast(count)
  }

  /// Columns of a scalar: the blocks of wide characters that tests use, and combining marks.
  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
