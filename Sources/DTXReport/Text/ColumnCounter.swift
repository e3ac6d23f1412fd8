/// Counts the terminal columns that a text takes, scalar by scalar.
///
/// The rules are those of recent terminals: wide East Asian characters and emoji take two columns,
/// marks and joiners none, and an emoji sequence takes the columns of one emoji.
struct ColumnCounter {
  /// The last character that took columns, and how many.
  private var lastWidth = 0
  private var isAfterJoiner = false

  /// Returns how many columns the next scalar adds.
  ///
  /// A variation selector can widen the character before it: then it adds the missing column.
  mutating func width(of scalar: Unicode.Scalar) -> Int {
    if scalar.value >= 0x20, scalar.value < 0x7F {
      isAfterJoiner = false
      lastWidth = 1
      return 1
    }
    return widthBeyondASCII(of: scalar)
  }

  private mutating func widthBeyondASCII(of scalar: Unicode.Scalar) -> Int {
    let wasAfterJoiner = isAfterJoiner
    isAfterJoiner = false
    if scalar == "\u{200D}" {
      isAfterJoiner = lastWidth == 2
      return 0
    }
    if scalar == "\u{FE0F}" {
      // The emoji form of a character that has a plain form, such as "☎️".
      guard lastWidth == 1 else { return 0 }
      lastWidth = 2
      return 1
    }
    if scalar.takesNoColumn { return 0 }
    let width = scalar.isWide ? 2 : 1
    if wasAfterJoiner { return 0 }
    if lastWidth == 2, scalar.properties.isEmojiModifier { return 0 }
    lastWidth = width
    return width
  }
}

extension ColumnCounter {
  /// Returns the columns of a text that holds no control characters.
  static func columns(of text: String) -> Int {
    var counter = ColumnCounter()
    return text.unicodeScalars.reduce(0) { $0 + counter.width(of: $1) }
  }

  /// Returns the columns of UTF-8 that holds no control characters.
  static func columns(of bytes: ArraySlice<UInt8>) -> Int {
    if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.count }
    return columns(of: String(decoding: bytes, as: UTF8.self))
  }
}

extension Unicode.Scalar {
  /// Whether the character is drawn onto the one before it, or not at all.
  ///
  /// Source: Unicode general categories Mn, Me and Cf; the vowels and finals of Hangul join the
  /// consonant before them.
  var takesNoColumn: Bool {
    switch value {
    case 0xAD: return false
    // Arrows and the lines of tables, which a report has in every row.
    case 0x2190...0x2BFF: return false
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: return true
    default: break
    }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return true
    default: return false
    }
  }

  /// Whether the character takes two columns.
  var isWide: Bool {
    guard value >= WideCharacters.first else { return false }
    var low = 0
    var high = WideCharacters.ranges.count
    while low < high {
      let middle = (low + high) / 2
      if WideCharacters.ranges[middle].upperBound < value {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < WideCharacters.ranges.count && WideCharacters.ranges[low].contains(value)
  }
}
