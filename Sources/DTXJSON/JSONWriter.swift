/// Writes JSON in one canonical form: no blanks, members in the order given, shortest escapes.
///
/// The same calls give the same bytes for ever, which is what a digest over them rests on.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  /// Whether a value was written since the last opening bracket or name, so that a comma is due.
  private var isCommaDue = false

  /// Starts an empty text.
  package init(reserving count: Int = 256) { bytes.reserveCapacity(count) }

  /// Writes an object.
  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    bracketed(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  /// Writes an array.
  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    bracketed(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  /// Writes the name of the member whose value is written next; it needs no escapes.
  package mutating func name(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    // A name lives as long as the program; its bytes are only copied.
    name.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    isCommaDue = false
  }

  /// Writes the name, which may be any text, of the member whose value is written next.
  package mutating func name(text name: String) {
    separate()
    append(quoted: name)
    bytes.append(UInt8(ascii: ":"))
    isCommaDue = false
  }

  /// Writes a string.
  package mutating func value(_ text: String) {
    separate()
    append(quoted: text)
    isCommaDue = true
  }

  /// Writes a whole number.
  package mutating func value(_ integer: Int64) {
    separate()
    bytes.append(contentsOf: String(integer).utf8)
    isCommaDue = true
  }

  /// Writes a truth value.
  package mutating func value(_ boolean: Bool) {
    separate()
    bytes.append(contentsOf: (boolean ? "true" : "false").utf8)
    isCommaDue = true
  }

  /// Writes bytes that are a JSON value in this form already.
  package mutating func value(written json: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
    isCommaDue = true
  }

  private mutating func bracketed(
    _ open: UInt8,
    _ close: UInt8,
    _ body: (inout JSONWriter) -> Void
  ) {
    separate()
    bytes.append(open)
    isCommaDue = false
    body(&self)
    bytes.append(close)
    isCommaDue = true
  }

  private mutating func separate() {
    if isCommaDue { bytes.append(UInt8(ascii: ",")) }
    isCommaDue = false
  }

  private mutating func append(quoted text: String) {
    bytes.append(UInt8(ascii: "\""))
    defer { bytes.append(UInt8(ascii: "\"")) }
    // Nearly every text is copied as it is.
    guard text.utf8.contains(where: Self.needsEscape) else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case ..<0x20, 0x7F:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(Self.hexadecimal[Int(byte >> 4)])
        bytes.append(Self.hexadecimal[Int(byte & 15)])
      default:
        bytes.append(byte)
      }
    }
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)
}

// MARK: - Members

extension JSONWriter {
  /// Writes a member that is a string.
  package mutating func member(_ name: StaticString, _ text: String) {
    self.name(name)
    value(text)
  }

  /// Writes a member that is a string; nothing when there is none.
  package mutating func member(_ name: StaticString, ifPresent text: String?) {
    if let text { member(name, text) }
  }

  /// Writes a member that is a whole number.
  package mutating func member(_ name: StaticString, _ integer: Int64) {
    self.name(name)
    value(integer)
  }

  /// Writes a member that is true; nothing when it is false.
  package mutating func member(_ name: StaticString, ifTrue boolean: Bool) {
    guard boolean else { return }
    self.name(name)
    value(true)
  }
}

// MARK: - Nodes

extension JSONWriter {
  /// Writes a value that was read, in the canonical form; numbers stay as they were written.
  package mutating func value(_ node: JSONNode) {
    switch node.value {
    case .null: value(written: "null".utf8)
    case .boolean(let truth): value(truth)
    case .number(let digits): value(written: digits.utf8)
    case .string(let text): value(text)
    case .array(let elements):
      array { writer in
        for element in elements { writer.value(element) }
      }
    case .object(let members):
      object { writer in
        for member in members {
          writer.name(text: member.name)
          writer.value(member.node)
        }
      }
    }
  }

  /// Writes a count of units of 10^-places as a decimal number without needless zeros.
  package mutating func value(_ units: Int64, places: Int) {
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    var fraction = padded.suffix(places)
    while fraction.last == "0" { fraction.removeLast() }
    let whole = padded.dropLast(places)
    let text = (units < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
    value(written: text.utf8)
  }
}
