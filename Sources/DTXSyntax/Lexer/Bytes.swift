extension Span where Element == UInt8 {
  /// Returns eight bytes as one integer, the first in the lowest place.
  @inline(__always)
  func eightBytes(at offset: Int) -> UInt64 {
    // Sound: the load checks its bounds, and every pattern of bits is an integer.
    UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Returns the offset of the first byte from an offset on that no word of ASCII goes on with.
  ///
  /// Eight bytes are looked at together: ids are long, and most of a script is ids.
  func wordEnd(from start: Int, limit: Int) -> Int {
    var position = start
    while position &+ 8 <= limit {
      let others = eightBytes(at: position).bytesOutsideWords
      if others != 0 { return position &+ others.trailingZeroBitCount / 8 }
      position &+= 8
    }
    while position < limit, self[position].continuesWord { position &+= 1 }
    return position
  }

  /// Returns the offset of the first byte from an offset on that is not a digit.
  func digitsEnd(from start: Int, limit: Int) -> Int {
    var position = start
    while position < limit, self[position].isDigit { position &+= 1 }
    return position
  }

  /// Returns the offset of the first byte from an offset on that is not a blank.
  func blanksEnd(from start: Int, limit: Int) -> Int {
    var position = start
    while position < limit, self[position].isBlank { position &+= 1 }
    return position
  }

  /// Returns the offset of the first byte from an offset on that is not plain text of a string.
  func plainTextEnd(from start: Int, limit: Int) -> Int {
    var position = start
    while position < limit, self[position].isPlainText { position &+= 1 }
    return position
  }
}

extension UInt64 {
  /// A mask with the highest bit set of each of the eight bytes that no word goes on with.
  ///
  /// Adding to a byte below 128 carries into its highest bit exactly if it is at least 128 minus
  /// what is added, and never into the next byte; so two additions tell whether it is in a range.
  fileprivate var bytesOutsideWords: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highBits = ones &* 0x80
    let low = self & ~highBits
    func isIn(_ bytes: UInt64, _ first: UInt64, _ last: UInt64) -> UInt64 {
      (bytes &+ ones &* (0x80 &- first)) & ~(bytes &+ ones &* (0x7F &- last))
    }
    let letters = isIn(low | ones &* 0x20, 0x61, 0x7A)
    let digits = isIn(low, 0x30, 0x39)
    let others = isIn(low, 0x2D, 0x2E) | isIn(low, 0x5F, 0x5F)
    return (~(letters | digits | others) | self) & highBits
  }
}

/// Lets a `switch` over bytes be written with characters.
@inline(__always)
func ~= (scalar: Unicode.Scalar, byte: UInt8) -> Bool { UInt32(byte) == scalar.value }

@inline(__always)
func == (byte: UInt8, scalar: Unicode.Scalar) -> Bool { UInt32(byte) == scalar.value }

@inline(__always)
func != (byte: UInt8, scalar: Unicode.Scalar) -> Bool { UInt32(byte) != scalar.value }

extension UInt8 {
  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }

  @inline(__always)
  var isUppercase: Bool { self &- 0x41 < 26 }

  @inline(__always)
  var isLowercase: Bool { self &- 0x61 < 26 }

  @inline(__always)
  var isBlank: Bool { self == 0x20 || self == 0x09 }

  @inline(__always)
  var isLineEnd: Bool { self == 0x0A || self == 0x0D }

  /// A letter, digit or underscore: what a word may begin with, apart from other scripts' letters.
  @inline(__always)
  var startsWord: Bool { isDigit || (self | 0x20).isLowercase || self == 0x5F }

  /// What needs no second look in a string or a comment.
  @inline(__always)
  var isPlainText: Bool {
    self &- 0x20 < 0x5F && self != 0x22 && self != 0x5C && self != 0x7B || self == 0x09
  }

  /// What a word may go on with, apart from other scripts' letters.
  @inline(__always)
  var continuesWord: Bool { startsWord || self == 0x2D || self == 0x2E }
}
