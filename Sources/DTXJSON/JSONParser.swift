/// Reads a JSON text into nodes, every one with its place.
///
/// Strict as RFC 8259 asks, and stricter in one thing: a name may stand only once in an object,
/// because programs differ in which of the two they believe.
package struct JSONParser {
  /// How deep values may nest; a transaction needs five levels, and a limit bounds the recursion.
  package static let depthLimit = 64

  private let bytes: [UInt8]
  private var offset = 0
  private var depth = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads the one value of a text.
  ///
  /// - Throws: The first mistake, with its place.
  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONNode {
    var parser = JSONParser(bytes)
    let node = try parser.parseValue()
    parser.skipBlanks()
    guard parser.offset == bytes.count else { throw parser.unexpected("the end") }
    return node
  }

  /// Reads a value.
  ///
  ///     value → object | array | string | number | "true" | "false" | "null"
  private mutating func parseValue() throws(JSONError) -> JSONNode {
    skipBlanks()
    let start = offset
    guard depth < Self.depthLimit else {
      throw JSONError("nested more than \(Self.depthLimit) levels deep", at: start)
    }
    depth += 1
    defer { depth -= 1 }
    let value: JSONNode.Value =
      switch peek {
      case UInt8(ascii: "{"): .object(try parseObject())
      case UInt8(ascii: "["): .array(try parseArray())
      case UInt8(ascii: "\""): .string(try parseString())
      case UInt8(ascii: "-"): .number(try parseNumber())
      case _ where isDigit: .number(try parseNumber())
      default: try parseWord()
      }
    return JSONNode(value, offset: start)
  }

  private mutating func parseWord() throws(JSONError) -> JSONNode.Value {
    if take("true") { return .boolean(true) }
    if take("false") { return .boolean(false) }
    if take("null") { return .null }
    throw unexpected("a value")
  }

  /// Reads an object, whose opening bracket is next.
  ///
  ///     object → "{" [ string ":" value { "," string ":" value } ] "}"
  private mutating func parseObject() throws(JSONError) -> [JSONNode.Member] {
    offset += 1
    var members: [JSONNode.Member] = []
    skipBlanks()
    if take("}") { return members }
    while true {
      skipBlanks()
      let start = offset
      guard peek == UInt8(ascii: "\"") else { throw unexpected("a name in double quotes") }
      let name = try parseString()
      if members.contains(where: { $0.name == name }) {
        throw JSONError("\"\(name)\" is there twice", at: start)
      }
      skipBlanks()
      guard take(":") else { throw unexpected("':'") }
      members.append(JSONNode.Member(name: name, node: try parseValue()))
      skipBlanks()
      if take("}") { return members }
      guard take(",") else { throw unexpected("',' or '}'") }
    }
  }

  /// Reads an array, whose opening bracket is next.
  ///
  ///     array → "[" [ value { "," value } ] "]"
  private mutating func parseArray() throws(JSONError) -> [JSONNode] {
    offset += 1
    var elements: [JSONNode] = []
    skipBlanks()
    if take("]") { return elements }
    while true {
      elements.append(try parseValue())
      skipBlanks()
      if take("]") { return elements }
      guard take(",") else { throw unexpected("',' or ']'") }
    }
  }

  /// Reads a number, and gives it back as it is written.
  ///
  ///     number → [ "-" ] ( "0" | digit1to9 { digit } ) [ "." digits ] [ exponent ]
  ///     exponent → ( "e" | "E" ) [ "+" | "-" ] digits
  private mutating func parseNumber() throws(JSONError) -> String {
    let start = offset
    if peek == UInt8(ascii: "-") { offset += 1 }
    if peek == UInt8(ascii: "0") { offset += 1 } else { try skipDigits() }
    if peek == UInt8(ascii: ".") {
      offset += 1
      try skipDigits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      offset += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
      try skipDigits()
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func skipDigits() throws(JSONError) {
    guard isDigit else { throw unexpected("a digit") }
    while isDigit { offset += 1 }
  }
}

// MARK: - Strings

extension JSONParser {
  /// Reads a string, whose opening quote is next.
  ///
  ///     string → '"' { character | escape } '"'
  private mutating func parseString() throws(JSONError) -> String {
    let start = offset
    offset += 1
    let first = offset
    while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      offset += 1
    }
    // Nearly every string ends here, without an escape.
    if peek == UInt8(ascii: "\"") {
      defer { offset += 1 }
      return try decoded(bytes[first..<offset], from: first)
    }
    var text = Array(bytes[first..<offset])
    while true {
      guard let byte = peek else { throw JSONError("the string does not end", at: start) }
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return try decoded(text[...], from: start)
      case UInt8(ascii: "\\"):
        text.append(contentsOf: try parseEscape())
      case ..<0x20:
        throw JSONError("a control character in a string; write it as \\u00XX", at: offset)
      default:
        text.append(byte)
        offset += 1
      }
    }
  }

  private func decoded(_ text: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
    guard let text = String(validating: text, as: UTF8.self) else {
      throw JSONError("the string is not UTF-8", at: start)
    }
    return text
  }

  /// Reads an escape, whose backslash is next.
  ///
  ///     escape → "\" ( '"' | "\" | "/" | "b" | "f" | "n" | "r" | "t" | "u" hex hex hex hex )
  private mutating func parseEscape() throws(JSONError) -> String.UTF8View {
    let start = offset
    offset += 1
    let letter = peek
    offset += 1
    let simple: String? =
      switch letter {
      case UInt8(ascii: "\""): "\""
      case UInt8(ascii: "\\"): "\\"
      case UInt8(ascii: "/"): "/"
      case UInt8(ascii: "b"): "\u{8}"
      case UInt8(ascii: "f"): "\u{C}"
      case UInt8(ascii: "n"): "\n"
      case UInt8(ascii: "r"): "\r"
      case UInt8(ascii: "t"): "\t"
      default: nil
      }
    if let simple { return simple.utf8 }
    guard letter == UInt8(ascii: "u"), let unit = takeHexadecimal() else {
      throw JSONError("an unknown escape", at: start)
    }
    var units = [unit]
    if UTF16.isLeadSurrogate(unit), take("\\u"), let trail = takeHexadecimal() {
      units.append(trail)
    }
    guard let text = String(validating: units, as: UTF16.self) else {
      throw JSONError("half of a surrogate pair", at: start)
    }
    return text.utf8
  }

  private mutating func takeHexadecimal() -> UInt16? {
    guard offset + 4 <= bytes.count else { return nil }
    var unit: UInt16 = 0
    for byte in bytes[offset..<offset + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      unit = unit << 4 | UInt16(digit)
    }
    offset += 4
    return unit
  }
}

// MARK: - Bytes

extension JSONParser {
  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private var isDigit: Bool {
    peek.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      offset += 1
    }
  }

  private mutating func take(_ expected: String) -> Bool {
    guard bytes[offset...].starts(with: expected.utf8) else { return false }
    offset += expected.utf8.count
    return true
  }

  private func unexpected(_ expected: String) -> JSONError {
    guard let byte = peek else {
      return JSONError("expected \(expected), found the end of the text", at: offset)
    }
    let found =
      (0x21...0x7E).contains(byte)
      ? "'\(Character(Unicode.Scalar(byte)))'" : "the byte 0x\(String(byte, radix: 16))"
    return JSONError("expected \(expected), found \(found)", at: offset)
  }
}
