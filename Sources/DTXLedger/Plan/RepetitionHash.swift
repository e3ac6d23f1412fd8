/// A hash of what makes two operations equal, and of what makes two references the same.
///
/// Not keyed: who writes a script may slow down his own plan, and nobody else's.
struct RepetitionHash {
  private(set) var value: UInt64

  init(_ kind: Operation.Kind, transaction: Int32) {
    value = Self.mixed(UInt64(UInt32(bitPattern: transaction)) << 8 | UInt64(kind.rawValue), 0)
  }

  mutating func combine(_ number: Int64) {
    value = Self.mixed(value, UInt64(bitPattern: number))
  }

  /// Takes in one part of a line; the order in which the parts come makes no difference.
  static func ofPortion(line: Int32, amount: MinorUnits) -> UInt64 {
    mixed(UInt64(UInt32(bitPattern: line)) &+ 1, UInt64(bitPattern: amount.count))
  }

  /// Takes in a text, eight bytes at a time.
  @inline(__always)
  mutating func combine(_ text: Span<UInt8>) {
    // Sound: a byte has no padding that could be read by accident.
    let bytes = unsafe text.bytes
    var offset = 0
    while offset + 8 <= bytes.byteCount {
      // Sound: eight bytes are there, every pattern of which is an integer.
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      value = Self.mixed(value, UInt64(littleEndian: word))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < bytes.byteCount {
      rest = rest << 8 | UInt64(text[offset])
      offset += 1
    }
    value = Self.mixed(value, rest ^ UInt64(text.count) << 56)
  }

  /// Takes in a text; the same as its bytes.
  mutating func combine(_ text: String) { combine(text.utf8Span.span) }

  /// Folds the product of 64 by 64 bits, which spreads every bit of both over all.
  @inline(__always)
  private static func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = (left ^ 0x9E37_79B9_7F4A_7C15)
      .multipliedFullWidth(by: right ^ 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
