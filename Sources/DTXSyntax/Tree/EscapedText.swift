/// The text of a string literal once its escapes are resolved.
enum EscapedText {
  /// The longest number of digits in `\u{…}`; U+10FFFF has six.
  private static let longestScalar = 6

  /// Returns the text of the bytes between the quotes.
  ///
  /// An escape that the language does not know stands for itself, so that every text has a value;
  /// the lexer has reported it.
  static func resolve(_ bytes: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var position = bytes.startIndex
    while position < bytes.endIndex {
      let byte = bytes[position]
      guard byte == "\\", let escape = escape(bytes[(position + 1)...]) else {
        text.append(byte)
        position += 1
        continue
      }
      text.append(contentsOf: escape.bytes)
      position += 1 + escape.length
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns the scalar of the digits in `\u{…}`; nil where there is none.
  static func scalar(ofDigits digits: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard !digits.isEmpty, digits.count <= longestScalar else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
  }

  /// Reads what follows a backslash.
  private static func escape(
    _ rest: ArraySlice<UInt8>
  ) -> (bytes: [UInt8], length: Int)? {
    switch rest.first {
    case .some("\""), .some("\\"), .some("{"): return (Array(rest.prefix(1)), 1)
    case .some("n"): return ([0x0A], 1)
    case .some("t"): return ([0x09], 1)
    case .some("u"):
      let digits = rest.dropFirst(2).prefix { $0.isHexadecimalDigit }
      let close = digits.endIndex
      guard rest.dropFirst().first == 0x7B, close < rest.endIndex, rest[close] == "}",
        let scalar = scalar(ofDigits: digits)
      else { return nil }
      return (Array(String(scalar).utf8), close + 1 - rest.startIndex)
    default: return nil
    }
  }
}
