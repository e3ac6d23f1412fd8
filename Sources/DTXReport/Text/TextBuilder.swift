/// A growing report: bytes of UTF-8, appended without making a `String` per piece.
///
/// A report of a million lines would be hundreds of megabytes at once. With a receiver, the
/// builder hands its bytes over whenever a good stretch of whole lines has come together.
package struct TextBuilder {
  /// How many bytes are collected before they are handed over.
  ///
  /// Large enough that a write costs little per line, small enough to stay in the cache.
  private static let handoverBytes = 64 * 1024

  package let options: OutputOptions
  /// What has been written and not handed over.
  package internal(set) var bytes: [UInt8] = []
  /// What stands between words that belong together, as the parts of an amount do: glue where the
  /// text is going to be broken into lines.
  var fixedBlank = UInt8(ascii: " ")
  private let receiver: (([UInt8]) -> Void)?

  /// Makes an empty report.
  ///
  /// - Parameters:
  ///   - options: How to write.
  ///   - receiver: Takes the bytes in pieces; without it they stay in `bytes`.
  package init(options: OutputOptions = OutputOptions(), receiver: (([UInt8]) -> Void)? = nil) {
    self.options = options
    self.receiver = receiver
  }

  /// The text so far, or since the last handover.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Hands over what is left; call it once the report is complete.
  package mutating func finish() {
    guard let receiver, !bytes.isEmpty else { return }
    receiver(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Ends a line, and hands the lines over once there are enough.
  package mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    if bytes.count >= Self.handoverBytes { finish() }
  }

  mutating func removeLast() { bytes.removeLast() }

  /// Forgets everything written and keeps the room, for a builder that is used again and again.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

// MARK: - Pieces

extension TextBuilder {
  /// Appends words of the report itself.
  package mutating func append(_ text: StaticString) {
    // A static string is immortal, and its buffer is exactly its UTF-8; one scalar alone is
    // stored without a buffer, which the closure form takes care of.
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends bytes that are known to be printable.
  mutating func append(_ slice: ArraySlice<UInt8>) { bytes.append(contentsOf: slice) }

  /// Appends words that were made safe before.
  mutating func append(safe text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func append(byte: UInt8) { bytes.append(byte) }

  /// Appends one byte so many times.
  mutating func append(_ byte: UInt8, times count: Int) {
    if count > 0 { bytes.append(contentsOf: repeatElement(byte, count: count)) }
  }

  mutating func appendBlanks(_ count: Int) { append(UInt8(ascii: " "), times: count) }

  /// Appends a whole number in decimal digits.
  package mutating func append(_ number: some BinaryInteger) {
    appendDigits(of: Int64(clamping: number), groups: false)
  }

  /// Appends a count in groups of three, as in `9 950`, so that a long one can be read.
  package mutating func append(count: Int) { appendDigits(of: Int64(count), groups: true) }

  /// Appends a number with leading zeros up to a width.
  mutating func append(_ number: Int64, digits: Int) {
    var remainder = number.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(remainder % 10))
      remainder /= 10
    } while remainder > 0 || bytes.count - start < digits
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes[start...].reverse()
  }

  private mutating func appendDigits(of number: Int64, groups: Bool) {
    var remainder = number.magnitude
    let start = bytes.count
    var written = 0
    repeat {
      if groups, written > 0, written.isMultiple(of: 3) { bytes.append(UInt8(ascii: " ")) }
      bytes.append(UInt8(ascii: "0") + UInt8(remainder % 10))
      remainder /= 10
      written += 1
    } while remainder > 0
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes[start...].reverse()
  }
}

// MARK: - Marks

extension TextBuilder {
  mutating func appendArrow() { append(options.isUnicode ? " → " : " -> ") }
  mutating func appendEllipsis() { append(options.isUnicode ? "…" : "...") }
  mutating func appendDash() { append(options.isUnicode ? "–" : "-") }

  /// Switches the colour on for a role; the plain role and a report without colour need none.
  mutating func begin(_ role: TextRole) {
    guard options.isColoured, role != .plain else { return }
    append("\u{1B}[")
    append(role.parameters)
    append("m")
  }

  /// Switches back to plain text after `begin` with the same role.
  mutating func end(_ role: TextRole) {
    if options.isColoured, role != .plain { append("\u{1B}[0m") }
  }

  /// Appends words of the report in the colour of a role.
  mutating func append(_ text: StaticString, as role: TextRole) {
    begin(role)
    append(text)
    end(role)
  }
}

// MARK: - Text from elsewhere

extension TextBuilder {
  /// Appends a text from a script, a file or the provider, and nothing that a terminal obeys.
  ///
  /// Control characters and marks that change the direction of writing are spelled out as
  /// `\u{1B}`: otherwise a description could clear the screen or show an amount backwards.
  package mutating func append(foreign text: String) {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      bytes.append(contentsOf: text.utf8)
      return
    }
    for scalar in text.unicodeScalars { append(foreign: scalar) }
  }

  mutating func append(foreign scalar: Unicode.Scalar) {
    guard scalar.isTerminalHazard else {
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      return
    }
    append("\\u{")
    append(hexadecimal: scalar.value)
    append("}")
  }

  private mutating func append(hexadecimal value: UInt32) {
    let digits = (32 - value.leadingZeroBitCount + 3) / 4
    for place in (0..<max(digits, 1)).reversed() {
      let digit = UInt8(truncatingIfNeeded: value >> (4 * UInt32(place)) & 0xF)
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
    }
  }
}

extension Unicode.Scalar {
  /// Whether a terminal would act on the character, or let it rearrange what stands around it.
  ///
  /// Source: Unicode Standard Annex 9, section 2, for the directional marks; the line and
  /// paragraph separators are here because they would break a table's row.
  var isTerminalHazard: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
