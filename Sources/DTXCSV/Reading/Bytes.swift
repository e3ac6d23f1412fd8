/// The bytes that mean something in a text of comma-separated values.
enum Byte {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let blank: UInt8 = 0x20
  static let quote: UInt8 = 0x22
}

extension UInt8 {
  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }

  @inline(__always)
  var isUppercase: Bool { self &- 0x41 < 26 }

  @inline(__always)
  var isLineEnd: Bool { self == Byte.lineFeed || self == Byte.carriageReturn }

  @inline(__always)
  var isBlank: Bool { self == Byte.blank || self == Byte.tab }

  /// The byte with a capital letter of ASCII made small.
  var lowercased: UInt8 { isUppercase ? self | 0x20 : self }
}

extension Span where Element == UInt8 {
  /// Returns eight bytes as one integer, the first in the lowest place.
  @inline(__always)
  func eightBytes(at offset: Int) -> UInt64 {
    // Sound: the load checks its bounds, and every pattern of bits is an integer.
    UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Returns the offset of the first separator, quote or control character; the end without one.
  ///
  /// Eight bytes are looked at together.
  @inline(__always)
  func plainTextEnd(from start: Int, separator: UInt8) -> Int {
    let separators = UInt64.ones &* UInt64(separator)
    var position = start
    while position &+ 8 <= count {
      let word = eightBytes(at: position)
      let stops = word.zeros(apartFrom: separators) | word.zeros(apartFrom: .quotes) | word.controls
      if stops != 0 { return position &+ stops.trailingZeroBitCount / 8 }
      position &+= 8
    }
    while position < count {
      let byte = self[position]
      if byte == separator || byte == Byte.quote || byte < Byte.blank { return position }
      position &+= 1
    }
    return position
  }

  /// Returns the offset of the first quote or control character; the end without one.
  @inline(__always)
  func quotedTextEnd(from start: Int) -> Int {
    plainTextEnd(from: start, separator: Byte.quote)
  }

  /// Returns the offset behind the end of a line, which is CR LF, LF or CR.
  func lineEndEnd(at offset: Int) -> Int {
    guard offset < count, self[offset].isLineEnd else { return offset }
    let isPair =
      self[offset] == Byte.carriageReturn && offset + 1 < count
      && self[offset + 1] == Byte.lineFeed
    return offset + (isPair ? 2 : 1)
  }

  /// Returns a number that equal stretches of bytes share and others hardly ever do.
  func fingerprint(_ range: Range<Int>) -> UInt32 {
    // Odd, and without a pattern in its bits, so that every byte reaches the high half.
    let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
    var hash = UInt64(range.count)
    var position = range.lowerBound
    while position &+ 8 <= range.upperBound {
      hash = (hash ^ eightBytes(at: position)) &* multiplier
      hash ^= hash >> 29
      position &+= 8
    }
    while position < range.upperBound {
      hash = (hash ^ UInt64(self[position])) &* multiplier
      hash ^= hash >> 29
      position &+= 1
    }
    return UInt32(truncatingIfNeeded: (hash &* multiplier) >> 32)
  }
}

// MARK: - Comparing

extension Span where Element == UInt8 {
  /// Whether the bytes of a range are those of a text.
  func spell(_ text: String, at range: Range<Int>) -> Bool {
    text.utf8.count == range.count && zip(text.utf8, range).allSatisfy { $0 == self[$1] }
  }

  /// Whether the row at an offset has the same bytes as a row elsewhere.
  func isRow(_ row: Range<Int>, at start: Int) -> Bool {
    let end = start + row.count
    guard end <= count else { return false }
    for offset in 0..<row.count where self[row.lowerBound + offset] != self[start + offset] {
      return false
    }
    // Equal bytes are read in the same way, so a line end behind them ends the row.
    return end == count || self[end].isLineEnd
  }

  /// Returns a range without the blanks at its ends.
  func withoutBlanks(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return start..<end
  }

  /// Returns how many lines end in a range.
  func lineEnds(in range: Range<Int>) -> Int {
    var (lines, position) = (0, range.lowerBound)
    while position < range.upperBound {
      let next = lineEndEnd(at: position)
      if next > position { lines += 1 }
      position = Swift.max(next, position + 1)
    }
    return lines
  }
}

/// A subtraction borrows from the next byte only where a byte is found, so that of the bits that
/// these masks set, the lowest is always right; the others are not looked at.
extension UInt64 {
  fileprivate static let ones: UInt64 = 0x0101_0101_0101_0101
  fileprivate static let quotes = ones &* UInt64(Byte.quote)

  /// A mask with the highest bit set of the first byte that is equal in a pattern.
  @inline(__always)
  fileprivate func zeros(apartFrom pattern: UInt64) -> UInt64 {
    let difference = self ^ pattern
    return (difference &- Self.ones) & ~difference & (Self.ones &* 0x80)
  }

  /// A mask with the highest bit set of the first byte below a blank.
  @inline(__always)
  fileprivate var controls: UInt64 {
    (self &- Self.ones &* UInt64(Byte.blank)) & ~self & (Self.ones &* 0x80)
  }
}
