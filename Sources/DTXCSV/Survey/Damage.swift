extension CSVProblem.Kind {
  /// Returns what a spreadsheet did to a value, as far as the value alone shows it.
  @inline(__always)
  static func damage(in bytes: Span<UInt8>, _ value: Range<Int>) -> CSVProblem.Kind? {
    guard let first = value.first.map({ bytes[$0] }) else { return nil }
    // Nearly every value begins as none that is damaged does, or has no sign near its end.
    if first == UInt8(ascii: "#") || first == UInt8(ascii: "E") {
      return isFormulaError(bytes, value) ? .formulaError : nil
    }
    guard value.count >= shortestScientificCount, first.isDigit || first == UInt8(ascii: "-") else {
      return nil
    }
    return isScientific(bytes, value) ? .scientificNumber : nil
  }

  /// `1E+15`.
  private static let shortestScientificCount = 5

  /// Whether a value is a number as a spreadsheet shows one that has too many digits.
  ///
  /// One digit before the mark, and a sign and at least two digits after the `E`: `1.23E+15`. The sign
  /// tells it from an id such as `4E10`.
  private static func isScientific(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Bool {
    var position = value.upperBound
    while position > value.lowerBound, bytes[position - 1].isDigit { position -= 1 }
    // Two digits, a sign and the letter stand at the end of a number that has at least one more.
    guard value.upperBound - position >= 2, position >= value.lowerBound + 3 else { return false }
    let sign = bytes[position - 1]
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      bytes[position - 2].lowercased == UInt8(ascii: "e")
    else { return false }
    var mantissa = value.lowerBound..<position - 2
    if bytes[mantissa.lowerBound] == UInt8(ascii: "-") { mantissa.removeFirst() }
    guard let digit = mantissa.first, bytes[digit].isDigit else { return false }
    mantissa.removeFirst()
    guard let mark = mantissa.first else { return true }
    return bytes[mark] == UInt8(ascii: ".") || bytes[mark] == UInt8(ascii: ",")
      ? mantissa.count > 1 && mantissa.dropFirst().allSatisfy { bytes[$0].isDigit }
      : false
  }

  /// Whether a value is what a cell shows when its formula failed, or when it is too narrow.
  ///
  /// `#REF!`, `#DIV/0!` and `#NAME?` have translations of the same shape in every language;
  /// LibreOffice also writes `Err:502`.
  private static func isFormulaError(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Bool {
    if shortErrors.contains(where: { bytes.spell($0, at: value) }) { return true }
    if bytes.spell("Err:", at: value.prefix(4)) {
      return value.count == 7 && value.suffix(3).allSatisfy { bytes[$0].isDigit }
    }
    guard value.count >= 4, bytes[value.lowerBound] == UInt8(ascii: "#") else { return false }
    let body = value.dropFirst()
    if body.allSatisfy({ bytes[$0] == UInt8(ascii: "#") }) { return true }
    let last = bytes[value.upperBound - 1]
    return (last == UInt8(ascii: "!") || last == UInt8(ascii: "?"))
      && body.dropLast().allSatisfy { bytes[$0].isInErrorName }
  }

  /// The errors without a mark at their end: "not available" in English, German and Norwegian.
  private static let shortErrors = ["#N/A", "#NV", "#I/T"]
}

extension UInt8 {
  /// Capital letters, also other than English ones, digits, and what joins words.
  fileprivate var isInErrorName: Bool {
    isUppercase || isDigit || self >= 0x80 || self == UInt8(ascii: "/") || self == UInt8(ascii: "_")
  }
}
