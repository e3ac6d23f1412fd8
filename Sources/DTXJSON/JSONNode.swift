/// A value of a JSON text, with the place where it stands.
package struct JSONNode: Hashable, Sendable {
  /// What the value is.
  package enum Value: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// The number as it is written: amounts never pass through a floating-point number.
    case number(String)
    case string(String)
    case array([JSONNode])
    /// The members in order; names are unique.
    case object([Member])
  }

  /// A name and the value behind it.
  package struct Member: Hashable, Sendable {
    package let name: String
    package let node: JSONNode

    package init(name: String, node: JSONNode) {
      self.name = name
      self.node = node
    }
  }

  package let value: Value
  /// The offset of the value's first byte.
  package let offset: Int

  package init(_ value: Value, offset: Int) {
    self.value = value
    self.offset = offset
  }
}

/// What is wrong with a JSON text or with what it says, and where.
package struct JSONError: Error, Hashable, Sendable {
  /// What is wrong, as the rest of a sentence that begins with the place.
  package let message: String
  /// The offset of the offending byte.
  package let offset: Int

  package init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }

  /// Returns line and column, both from 1, columns in bytes.
  package func place(in text: [UInt8]) -> (line: Int, column: Int) {
    let before = text.prefix(offset)
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    return (line, min(offset, text.count) - lineStart + 1)
  }
}

// MARK: - Reading what is meant

extension JSONNode {
  /// Returns the member of this name; nil when it is absent or null.
  ///
  /// - Throws: When this is not an object.
  package func member(_ name: String) throws(JSONError) -> JSONNode? {
    let found = try members().first { $0.name == name }?.node
    return found?.value == .null ? nil : found
  }

  /// Returns the member of this name.
  ///
  /// - Throws: When this is not an object, or the member is absent or null.
  package func required(_ name: String) throws(JSONError) -> JSONNode {
    guard let found = try member(name) else {
      throw JSONError("\"\(name)\" is missing", at: offset)
    }
    return found
  }

  /// Returns the members of an object, in order.
  ///
  /// - Throws: When this is not an object.
  package func members() throws(JSONError) -> [Member] {
    guard case .object(let members) = value else { throw mismatch("an object") }
    return members
  }

  /// Returns the elements of an array.
  ///
  /// - Throws: When this is not an array.
  package func elements() throws(JSONError) -> [JSONNode] {
    guard case .array(let elements) = value else { throw mismatch("an array") }
    return elements
  }

  /// Returns a string's text.
  ///
  /// - Throws: When this is not a string.
  package func text() throws(JSONError) -> String {
    guard case .string(let text) = value else { throw mismatch("a string") }
    return text
  }

  /// Returns a truth value.
  ///
  /// - Throws: When this is neither true nor false.
  package func boolean() throws(JSONError) -> Bool {
    guard case .boolean(let value) = value else { throw mismatch("true or false") }
    return value
  }

  /// Returns a whole number.
  ///
  /// - Throws: When this is not a whole number of 64 bits, written without a point or an exponent.
  package func integer() throws(JSONError) -> Int64 {
    guard case .number(let digits) = value else { throw mismatch("a whole number") }
    guard let integer = Int64(digits) else {
      throw JSONError("expected a whole number, found \(digits)", at: offset)
    }
    return integer
  }

  /// Returns a decimal number as an integer count of units of 10^-places.
  ///
  /// - Throws: When this is not a number, has an exponent or more decimals, or does not fit.
  package func decimal(places: Int) throws(JSONError) -> Int64 {
    guard case .number(let digits) = value else { throw mismatch("a number") }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    let padding = String(repeating: "0", count: max(0, places - fraction.count))
    guard parts.count <= 2, fraction.count <= places,
      let units = Int64(parts[0] + fraction + padding)
    else {
      throw JSONError(
        "expected a number with at most \(places) decimals, found \(digits)",
        at: offset
      )
    }
    return units
  }

  private func mismatch(_ expected: String) -> JSONError {
    let found =
      switch value {
      case .null: "null"
      case .boolean(let value): "\(value)"
      case .number(let digits): digits
      case .string: "a string"
      case .array: "an array"
      case .object: "an object"
      }
    return JSONError("expected \(expected), found \(found)", at: offset)
  }
}
