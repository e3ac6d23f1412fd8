/// Writes JSON lines: one object per line, members in the order in which they are written.
///
/// Every object of a kind has the same members, with `null` for what is missing, so that a reader
/// never has to ask whether a member is there.
///
/// Source: RFC 8259; https://jsonlines.org, read 2026-11-22.
package struct JSONWriter {
  private var output: TextBuilder
  private var needsComma = false
  /// How many objects and arrays are open.
  private var depth = 0

  /// Makes a writer that keeps its bytes, or hands them to a receiver in pieces.
  package init(receiver: (([UInt8]) -> Void)? = nil) {
    output = TextBuilder(receiver: receiver)
  }

  /// What has been written and not handed over.
  package var bytes: [UInt8] { output.bytes }
  package var text: String { output.text }

  /// Hands over what is left; call it once everything is written.
  package mutating func finish() { output.finish() }

  /// Writes one object as a line of its own.
  mutating func record(_ type: StaticString, _ members: (inout JSONWriter) -> Void) {
    document { record in
      record.key("type")
      record.output.append("\"")
      record.output.append(type)
      record.output.append("\"")
      members(&record)
    }
  }

  /// Writes one object of somebody else's shape as a line of its own.
  mutating func document(_ members: (inout JSONWriter) -> Void) {
    precondition(depth == 0, "a line stands in no other")
    open(UInt8(ascii: "{"))
    members(&self)
    close(UInt8(ascii: "}"))
    needsComma = false
    output.endLine()
  }

  private mutating func open(_ bracket: UInt8) {
    if needsComma { output.append(",") }
    output.append(byte: bracket)
    needsComma = false
    depth += 1
  }

  private mutating func close(_ bracket: UInt8) {
    output.append(byte: bracket)
    needsComma = true
    depth -= 1
  }

  /// Writes a key, which needs no escapes.
  private mutating func key(_ key: StaticString) {
    if needsComma { output.append(",") }
    output.append("\"")
    output.append(key)
    output.append("\":")
    needsComma = true
  }
}

// MARK: - Members

extension JSONWriter {
  mutating func member(_ key: StaticString, _ value: String?) {
    self.key(key)
    if let value { append(string: value) } else { output.append("null") }
  }

  mutating func member(_ key: StaticString, _ value: some BinaryInteger) {
    self.key(key)
    output.append(value)
  }

  mutating func member(_ key: StaticString, _ value: (some BinaryInteger)?) {
    self.key(key)
    if let value { output.append(value) } else { output.append("null") }
  }

  mutating func member(_ key: StaticString, _ value: Bool) {
    self.key(key)
    output.append(value ? "true" : "false")
  }

  mutating func member(_ key: StaticString, _ value: Bool?) {
    self.key(key)
    if let value { output.append(value ? "true" : "false") } else { output.append("null") }
  }

  /// Writes a string that a text builder makes, and that needs no escapes: an amount or a time.
  mutating func member(_ key: StaticString, _ append: (inout TextBuilder) -> Void) {
    self.key(key)
    output.append("\"")
    append(&output)
    output.append("\"")
  }

  mutating func object(_ key: StaticString, _ members: (inout JSONWriter) -> Void) {
    self.key(key)
    needsComma = false
    open(UInt8(ascii: "{"))
    members(&self)
    close(UInt8(ascii: "}"))
  }

  /// Writes an array of objects.
  mutating func array<Element>(
    _ key: StaticString,
    _ elements: some Sequence<Element>,
    _ members: (Element, inout JSONWriter) -> Void
  ) {
    self.key(key)
    needsComma = false
    open(UInt8(ascii: "["))
    for element in elements {
      open(UInt8(ascii: "{"))
      members(element, &self)
      close(UInt8(ascii: "}"))
    }
    close(UInt8(ascii: "]"))
  }

  /// Writes an array of strings.
  mutating func strings(_ key: StaticString, _ elements: [String]) {
    self.key(key)
    needsComma = false
    open(UInt8(ascii: "["))
    for element in elements {
      if needsComma { output.append(",") }
      append(string: element)
      needsComma = true
    }
    close(UInt8(ascii: "]"))
  }
}

// MARK: - Strings

extension JSONWriter {
  /// Writes a string with its quotes.
  ///
  /// What a terminal would obey is escaped too, although JSON allows some of it, because JSON is
  /// looked at in terminals.
  private mutating func append(string: String) {
    output.append("\"")
    if string.utf8.allSatisfy(Self.isPlain) {
      output.append(safe: string)
    } else {
      append(escaping: string)
    }
    output.append("\"")
  }

  /// Whether a byte stands in a string as it is: true of almost every byte that is ever written.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func append(escaping string: String) {
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": output.append("\\\"")
      case "\\": output.append("\\\\")
      case "\n": output.append("\\n")
      case "\r": output.append("\\r")
      case "\t": output.append("\\t")
      default:
        if scalar.isTerminalHazard {
          append(escaped: scalar)
        } else {
          output.append(foreign: scalar)
        }
      }
    }
  }

  /// Writes a character of the basic plane as `\u001b`; every hazard is one.
  private mutating func append(escaped scalar: Unicode.Scalar) {
    output.append("\\u")
    for shift: UInt32 in [12, 8, 4, 0] {
      let digit = UInt8(truncatingIfNeeded: scalar.value >> shift & 0xF)
      output.append(byte: digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
