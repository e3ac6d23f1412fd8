/// How the text of a file is written down, where that is not UTF-8.
package enum TextEncoding: Hashable, Sendable {
  case latin1
  case windows1252
  case utf16LittleEndian
  case utf16BigEndian
  case utf32

  /// The name as programs offer it.
  package var name: String {
    switch self {
    case .latin1: "Latin-1 (ISO 8859-1)"
    case .windows1252: "Windows-1252"
    case .utf16LittleEndian, .utf16BigEndian: "UTF-16"
    case .utf32: "UTF-32"
    }
  }

  /// The name that `iconv` knows.
  var iconvName: String {
    switch self {
    case .latin1: "ISO-8859-1"
    case .windows1252: "WINDOWS-1252"
    case .utf16LittleEndian: "UTF-16LE"
    case .utf16BigEndian: "UTF-16BE"
    case .utf32: "UTF-32"
    }
  }
}

/// What the bytes of a file are, as far as they show it.
enum FileContent: Equatable {
  /// Text that can be read as rows, from an offset on, behind a byte-order mark.
  case text(from: Int)
  case foreign(TextEncoding)
  /// A file of Excel, Numbers or LibreOffice.
  case spreadsheet

  /// How many bytes are looked at to find a code of more than one byte a character.
  private static let sampleSize = 256

  init(_ bytes: Span<UInt8>) {
    func begins(with mark: [UInt8]) -> Bool {
      mark.count <= bytes.count && mark.indices.allSatisfy { bytes[$0] == mark[$0] }
    }
    // UTF-32 first: its mark begins as that of UTF-16 does.
    if begins(with: [0xFF, 0xFE, 0, 0]) || begins(with: [0, 0, 0xFE, 0xFF]) {
      self = .foreign(.utf32)
    } else if begins(with: [0xFF, 0xFE]) {
      self = .foreign(.utf16LittleEndian)
    } else if begins(with: [0xFE, 0xFF]) {
      self = .foreign(.utf16BigEndian)
    } else if begins(with: Array("PK\u{3}\u{4}".utf8))
      || begins(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    {
      // A ZIP archive, which .xlsx, .ods and .numbers are, or the container of the old .xls.
      self = .spreadsheet
    } else if let encoding = Self.unmarkedUTF16(bytes) {
      self = .foreign(encoding)
    } else {
      self = .text(from: begins(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    }
  }

  /// Returns the order of bytes of UTF-16 without a mark; nil where it is no UTF-16.
  ///
  /// In the text of most languages every other byte of UTF-16 is nearly always zero, and in UTF-8
  /// none ever is.
  private static func unmarkedUTF16(_ bytes: Span<UInt8>) -> TextEncoding? {
    let count = min(bytes.count, sampleSize) & ~1
    guard count >= 4 else { return nil }
    var zeros = (even: 0, odd: 0)
    for offset in 0..<count where bytes[offset] == 0 {
      if offset & 1 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let many = count / 2 * 3 / 4
    if zeros.odd >= many, zeros.even == 0 { return .utf16LittleEndian }
    if zeros.even >= many, zeros.odd == 0 { return .utf16BigEndian }
    return nil
  }
}

/// The places of a text that are not UTF-8.
struct InvalidUTF8 {
  /// The stretches of bytes that are not UTF-8, in order; no more than problems are kept.
  private(set) var places: [Range<Int>] = []
  /// The code of one byte a character that the whole text seems to be in.
  private(set) var encoding: TextEncoding?
  /// How many stretches there are besides those that are kept.
  private(set) var leftOut = 0

  /// Looks through a text; nil where all of it is UTF-8.
  init?(_ bytes: Span<UInt8>) {
    if (try? UTF8Span(validating: bytes)) != nil { return nil }
    var (valid, invalid, hasWindowsLetter) = (0, 0, false)
    var position = 0
    var end = -1
    while position < bytes.count {
      let length = bytes.scalarLength(at: position)
      if length > 0 {
        if length > 1 { valid += 1 }
        position += length
        continue
      }
      let byte = bytes[position]
      // Latin-1 has control characters here, and Windows-1252 the euro sign and quotes.
      hasWindowsLetter = hasWindowsLetter || 0x80...0x9F ~= byte
      invalid += 1
      position += 1
      if end < position - 1 {
        if places.count < CSVTable.problemLimit {
          places.append(position - 1..<position)
        } else {
          leftOut += 1
        }
      } else if leftOut == 0, let last = places.popLast() {
        places.append(last.lowerBound..<position)
      }
      end = position
    }
    // Letters of a code of one byte hardly ever make up a character of UTF-8 by accident.
    if invalid > valid { encoding = hasWindowsLetter ? .windows1252 : .latin1 }
  }
}

extension Span where Element == UInt8 {
  /// Returns how many bytes the character at an offset takes in UTF-8; 0 where it is none.
  ///
  /// Source: RFC 3629, section 4.
  fileprivate func scalarLength(at offset: Int) -> Int {
    let first = self[offset]
    let (length, second): (Int, ClosedRange<UInt8>) =
      switch first {
      case 0x00...0x7F: (1, 0x80...0xBF)
      case 0xC2...0xDF: (2, 0x80...0xBF)
      case 0xE0: (3, 0xA0...0xBF)
      case 0xED: (3, 0x80...0x9F)
      case 0xE1...0xEF: (3, 0x80...0xBF)
      case 0xF0: (4, 0x90...0xBF)
      case 0xF1...0xF3: (4, 0x80...0xBF)
      case 0xF4: (4, 0x80...0x8F)
      default: (0, 0x80...0xBF)
      }
    guard length > 1 else { return length }
    guard offset + length <= count, second ~= self[offset + 1] else { return 0 }
    for index in offset + 2..<offset + length where !(0x80...0xBF ~= self[index]) { return 0 }
    return length
  }
}
