/// Reads Unicode scalars from bytes that may not be valid UTF-8.
///
/// Every byte that belongs to no scalar is read as one replacement character of its own, so that
/// each byte of a damaged file has a place on the screen.
///
/// Source: The Unicode Standard, version 16, table 3-7, well-formed UTF-8.
struct ScalarReader {
  private let bytes: ArraySlice<UInt8>
  /// The index of the next byte.
  private(set) var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// Returns the next scalar, or nil at the end.
  mutating func next() -> Unicode.Scalar? {
    guard index < bytes.endIndex else { return nil }
    let first = bytes[index]
    if first < 0x80 {
      index += 1
      return Unicode.Scalar(first)
    }
    let (length, smallest) = Self.shape(of: first)
    guard length > 1, index + length <= bytes.endIndex else { return replacement() }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for byte in bytes[index + 1..<index + length] {
      guard byte & 0xC0 == 0x80 else { return replacement() }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard value >= smallest, let scalar = Unicode.Scalar(value) else { return replacement() }
    index += length
    return scalar
  }

  /// How many bytes a scalar has that begins with this one, and the smallest value of that length.
  private static func shape(of first: UInt8) -> (length: Int, smallest: UInt32) {
    switch first {
    case 0xC2...0xDF: (2, 0x80)
    case 0xE0...0xEF: (3, 0x800)
    case 0xF0...0xF4: (4, 0x10000)
    default: (1, 0)
    }
  }

  private mutating func replacement() -> Unicode.Scalar {
    index += 1
    return "\u{FFFD}"
  }
}
