/// Finds rows of totals at the end of a table.
///
/// A spreadsheet's last rows often add up what is above them, and a script that loops over the rows
/// would take them for more of the same.
enum TotalsRows {
  /// The most rows of totals, such as a subtotal, a tax and a total.
  static let limit = 3
  /// With fewer rows above, an empty value may be an accident.
  private static let fewestOthers = 2

  /// What is asked of a row near the end.
  struct Row {
    /// Whether the first value that is not empty says that it is a total.
    let saysTotal: Bool
    /// Whether the first column, by which rows are told apart, is empty.
    let hasEmptyKey: Bool
    let hasNumber: Bool

    init(_ row: CSVRow, in bytes: [UInt8]) {
      let values = row.fields.lazy.map { bytes[bytes.span.withoutBlanks($0.range)] }
      saysTotal = values.first { !$0.isEmpty }.map { $0.isTotalsWord } ?? false
      hasEmptyKey = row.fields.first?.isEmpty ?? true
      hasNumber = values.contains { WrittenNumber($0) != nil }
    }
  }

  /// Returns the number of the first row of totals; the number of rows where there is none.
  ///
  /// Rows of totals are the last ones, as far as each says so, or has a number and nothing in the
  /// first column, while every row above them has something there.
  static func firstRow(count: Int, emptyKeys: Int, row: (Int) -> Row) -> Int {
    let last = (max(0, count - limit)..<count).map(row)
    let emptyAtEnd = last.reversed().prefix { $0.hasEmptyKey }.count
    let areKeysTelling = emptyKeys == emptyAtEnd && count >= emptyKeys + fewestOthers
    let totals = last.reversed().prefix { row in
      row.saysTotal || areKeysTelling && row.hasEmptyKey && row.hasNumber
    }
    return count - totals.count
  }
}

extension ArraySlice<UInt8> {
  /// Whether a value is a word for a total, in the languages of the Nordic countries or near them.
  fileprivate var isTotalsWord: Bool {
    // Longer values are sentences.
    guard count <= 24 else { return false }
    var letters = map(\.lowercased)
    while let last = letters.last, last == UInt8(ascii: ":") || last.isBlank {
      letters.removeLast()
    }
    return totalsWords.contains(String(decoding: letters, as: UTF8.self))
  }
}

private let totalsWords: Set<String> = [
  "total", "totals", "total amount", "grand total", "subtotal", "sub total", "sum", "sum total",
  "totalt", "totalsum", "delsum", "i alt", "til sammen", "tilsammen", "sammenlagt",
  "summa", "totalsumma", "delsumma", "sammanlagt", "yhteensä", "samtals",
  "summe", "gesamt", "gesamtsumme", "zwischensumme", "totaal",
]
