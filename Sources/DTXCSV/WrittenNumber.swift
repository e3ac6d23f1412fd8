/// A number as people and spreadsheets write one, with its parts told apart.
///
/// Nothing is decided here: `1,299` may be a number with three decimals or one of four digits in
/// groups, and whoever asks has to know which is meant, or refuse.
///
///     number   → "(" unsigned ")" | sign? unsigned | unsigned "-"
///     unsigned → digits (group digits)* (("." | ",") digits)?
///     group    → blank | "'" | "." | ","
package struct WrittenNumber: Hashable, Sendable {
  package enum Mark: Hashable, Sendable {
    case point, comma, apostrophe, blank
  }

  /// Whether a minus stands before or behind the number, or the number in parentheses.
  package private(set) var isNegative = false
  /// What stands between groups of three digits; nil without groups.
  package private(set) var groupMark: Mark?
  /// What stands before the decimals; nil without decimals.
  package private(set) var decimalMark: Mark?
  /// How many decimals there are.
  package private(set) var decimalCount = 0
  /// Whether the decimals may be a group as well, as in `1,299` and `1.299`.
  package private(set) var isAmbiguous = false
  /// All digits read as one whole number; nil where it is above 2^63 - 1.
  package private(set) var digits: Int64? = 0

  /// Reads a value, with or without blanks around it; nil where it is no number.
  package init?(_ text: ArraySlice<UInt8>) {
    var rest = text
    rest.removeBlanks()
    guard removeSign(&rest) else { return nil }
    guard let first = rest.first, var count = takeDigits(&rest) else { return nil }
    let firstCount = count
    var previous: Mark?
    while let mark = rest.removeMark() {
      if let previous, !addGroup(previous, count, firstCount) { return nil }
      guard let next = takeDigits(&rest) else { return nil }
      (previous, count) = (mark, next)
    }
    guard rest.isEmpty else { return nil }
    guard let last = previous else { return }
    guard last == .point || last == .comma, last != groupMark else {
      if addGroup(last, count, firstCount) { return }
      return nil
    }
    isAmbiguous =
      groupMark == nil && count == 3 && firstCount <= 3 && first != UInt8(ascii: "0")
    (decimalMark, decimalCount) = (last, count)
  }

  /// Takes the sign off; false where there are two of them.
  private mutating func removeSign(_ rest: inout ArraySlice<UInt8>) -> Bool {
    if rest.first == UInt8(ascii: "("), rest.last == UInt8(ascii: ")"), rest.count > 1 {
      rest = rest.dropFirst().dropLast()
      isNegative = true
    } else if rest.removePrefix("-") || rest.removePrefix("\u{2212}") {
      isNegative = true
    } else if rest.removePrefix("+") {
      isNegative = false
    } else if rest.last == UInt8(ascii: "-") {
      rest.removeLast()
      isNegative = true
    }
    rest.removeBlanks()
    return rest.first?.isDigit ?? false
  }

  /// Takes the digits at the front and returns how many there are; nil where there are none.
  private mutating func takeDigits(_ rest: inout ArraySlice<UInt8>) -> Int? {
    let run = rest.prefix { $0.isDigit }
    for byte in run {
      guard let value = digits else { break }
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isStillTooLarge) = product.addingReportingOverflow(Int64(byte & 0xF))
      digits = isTooLarge || isStillTooLarge ? nil : sum
    }
    rest = rest[run.endIndex...]
    return run.isEmpty ? nil : run.count
  }

  /// Takes a run of digits behind a mark as a group; false where it can be none.
  private mutating func addGroup(_ mark: Mark, _ count: Int, _ firstCount: Int) -> Bool {
    guard count == 3, firstCount <= 3, groupMark == nil || groupMark == mark else { return false }
    groupMark = mark
    return true
  }
}

extension ArraySlice<UInt8> {
  /// Takes the mark at the front, if there is one.
  fileprivate mutating func removeMark() -> WrittenNumber.Mark? {
    if removePrefix(".") { return .point }
    if removePrefix(",") { return .comma }
    if removePrefix("'") || removePrefix("\u{2019}") { return .apostrophe }
    for blank in Self.blanks where removePrefix(blank) { return .blank }
    return nil
  }

  fileprivate mutating func removeBlanks() {
    while let blank = Self.blanks.first(where: { starts(with: $0.utf8) }) {
      removeFirst(blank.utf8.count)
    }
    while let blank = Self.blanks.first(where: { reversed().starts(with: $0.utf8.reversed()) }) {
      removeLast(blank.utf8.count)
    }
  }

  fileprivate mutating func removePrefix(_ prefix: String) -> Bool {
    guard starts(with: prefix.utf8) else { return false }
    removeFirst(prefix.utf8.count)
    return true
  }

  /// A blank, and those that do not break a line: the usual one, the narrow one, and the thin one.
  private static var blanks: [String] { [" ", "\u{A0}", "\u{202F}", "\u{2009}"] }
}
