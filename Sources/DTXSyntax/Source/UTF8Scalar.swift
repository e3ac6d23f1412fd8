/// One Unicode scalar read from UTF-8, and how many bytes it took.
struct UTF8Scalar {
  let scalar: Unicode.Scalar
  let length: Int

  /// Reads the scalar that starts at an offset; nil where the bytes are not well-formed UTF-8.
  ///
  /// Overlong forms, surrogates and values above U+10FFFF are refused.
  ///
  /// Source: RFC 3629, section 4.
  init?(at offset: Int, in bytes: [UInt8], end: Int) {
    let first = bytes[offset]
    if first < 0x80 {
      (scalar, length) = (Unicode.Scalar(first), 1)
      return
    }
    let smallest: UInt32
    switch first {
    case 0xC2...0xDF: (length, smallest) = (2, 0x80)
    case 0xE0...0xEF: (length, smallest) = (3, 0x800)
    case 0xF0...0xF4: (length, smallest) = (4, 0x1_0000)
    default: return nil
    }
    guard offset + length <= end else { return nil }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for byte in bytes[offset + 1..<offset + length] {
      guard UTF8Scalar.isContinuation(byte) else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard value >= smallest, let scalar = Unicode.Scalar(value) else { return nil }
    self.scalar = scalar
  }

  static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}

extension Unicode.Scalar {
  /// Whether the scalar is a letter, and so may begin a word.
  var isLetter: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  /// Whether the scalar may stand inside a word: a letter, or a mark that belongs to one.
  ///
  /// Some systems write `å` as `a` and a ring above it.
  var continuesWord: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark: true
    default: isLetter
    }
  }

  /// Whether the scalar is a control character other than a tab.
  var isForbiddenControl: Bool {
    value < 0x20 && value != 0x09 || 0x7F...0x9F ~= value
  }

  /// Whether the scalar changes the direction of the text around it.
  ///
  /// Such characters make a line look different from what it does, so they stand nowhere, not
  /// even in a comment. Source: Unicode Technical Report 36, section 2.5.
  var overridesDirection: Bool {
    0x202A...0x202E ~= value || 0x2066...0x2069 ~= value
  }
}
