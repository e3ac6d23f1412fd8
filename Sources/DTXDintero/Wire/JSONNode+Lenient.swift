import DTXJSON

/// Reading what may be absent or of another kind than documented: nil then, and never an error.
extension JSONNode {
  /// The member of this name; nil where there is none, or this is no object.
  subscript(name: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    let found = members.first { $0.name == name }?.node
    return found?.value == .null ? nil : found
  }

  var string: String? {
    guard case .string(let text) = value else { return nil }
    return text
  }

  var boolean: Bool? {
    guard case .boolean(let truth) = value else { return nil }
    return truth
  }

  var array: [JSONNode]? {
    guard case .array(let elements) = value else { return nil }
    return elements
  }

  /// A name that some write as a number: a line's id, an event's id.
  var name: String? {
    switch value {
    case .string(let text): text
    case .number(let digits): digits
    case .null, .boolean, .array, .object: nil
    }
  }

  /// A whole number, also where it is written with zeros behind a point.
  var wholeNumber: Int64? {
    guard case .number(let digits) = value else { return nil }
    if let number = Int64(digits) { return number }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].allSatisfy({ $0 == "0" }) else { return nil }
    return Int64(parts[0])
  }

  /// A decimal number in units of 10^-places; what is finer is cut off.
  func units(places: Int) -> Int64? {
    guard case .number(let digits) = value else { return nil }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, !digits.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
      return nil
    }
    let fraction = parts.count == 2 ? String(parts[1].prefix(places)) : ""
    let padding = String(repeating: "0", count: places - fraction.count)
    return Int64(parts[0] + fraction + padding)
  }
}
