/// Where libedit puts the characters of a text on the screen.
///
/// libedit does not tell, but what is printed above or beneath a line must start from there.
struct ScreenLayout: Sendable {
  /// A place on the screen, relative to where the prompt starts.
  struct Position: Hashable {
    var row = 0
    var column = 0
  }

  let columns: Int
  /// Columns that a scalar takes, or less than 0 if it cannot be printed.
  let width: @Sendable (Unicode.Scalar) -> Int

  private static let tabWidth = 8

  /// Returns where the terminal's cursor stands after the text.
  func position(after text: some StringProtocol, from start: Position = Position()) -> Position {
    var position = start
    for scalar in text.unicodeScalars { advance(&position, past: scalar) { _, _ in } }
    return position
  }

  /// Returns what the rows show of a text that starts in column 0, in the given range of rows.
  func rows(of text: some StringProtocol, in range: Range<Int>) -> [String] {
    var rows = [String](repeating: "", count: range.count)
    var position = Position()
    for scalar in text.unicodeScalars where position.row < range.upperBound {
      advance(&position, past: scalar) { place, shown in
        guard range.contains(place.row) else { return }
        rows[place.row - range.lowerBound].unicodeScalars.append(shown)
      }
    }
    let count = min(range.upperBound, position.row + 1) - range.lowerBound
    return Array(rows.prefix(max(0, count)))
  }

  /// Moves the position past the scalar, and tells where which characters are shown for it.
  private func advance(
    _ position: inout Position,
    past scalar: Unicode.Scalar,
    show: (Position, Unicode.Scalar) -> Void
  ) {
    switch scalar {
    case " "..."~":
      place(scalar, width: 1, at: &position, show: show)
    case "\n":
      position = Position(row: position.row + 1, column: 0)
    case "\t":
      repeat {
        place(" ", width: 1, at: &position, show: show)
      } while position.column % Self.tabWidth != 0
    default:
      let width = width(scalar)
      guard width < 0 else { return place(scalar, width: width, at: &position, show: show) }
      for shown in Self.escaped(scalar).unicodeScalars {
        place(shown, width: 1, at: &position, show: show)
      }
    }
  }

  /// Puts a character down; one that would stick out goes to the next row.
  private func place(
    _ scalar: Unicode.Scalar,
    width: Int,
    at position: inout Position,
    show: (Position, Unicode.Scalar) -> Void
  ) {
    if position.column + width > columns { position = Position(row: position.row + 1, column: 0) }
    show(position, scalar)
    position.column += width
    if position.column >= columns { position = Position(row: position.row + 1, column: 0) }
  }

  /// Returns what libedit shows for a scalar that cannot be printed: ^X for a control character of
  /// ASCII, \U+1234 for others.
  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    if scalar.isASCII {
      return "^" + String(Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) ^ 0x40))
    }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension ScreenLayout {
  /// Returns the columns the text takes in one row.
  func columns(of text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + max(0, width($1)) }
  }

  /// Returns the text, cut to at most so many columns, with `mark` where something is missing.
  func truncate(_ text: String, toColumns limit: Int, mark: String) -> String {
    if columns(of: text) <= limit { return text }
    let room = max(0, limit - columns(of: mark))
    var result = ""
    var used = 0
    for character in text {
      let width = columns(of: String(character))
      if used + width > room { break }
      used += width
      result.append(character)
    }
    return result + mark
  }
}
