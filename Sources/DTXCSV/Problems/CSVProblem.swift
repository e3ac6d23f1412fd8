/// Something wrong with a table, as data: the wording is in an extension.
package struct CSVProblem: Hashable, Sendable {
  package let kind: Kind
  /// The number of the row as a spreadsheet shows it; the header is 1.
  package let row: Int
  /// The column, where the problem is in one.
  package let column: Column?
  /// The bytes of the file to point at.
  package let range: Range<Int>

  /// A column as a problem names it.
  package struct Column: Hashable, Sendable {
    /// The number of the column; the first is 1.
    package let number: Int
    /// The name in the header; empty where the header has none.
    package let name: String
  }

  package enum Kind: Hashable, Sendable {
    // The file
    case empty
    case tooLarge(limit: Int)
    case spreadsheetFile
    case foreignEncoding(TextEncoding)
    case tooManyColumns(limit: Int)

    // Characters and quotes
    case invalidUTF8
    case controlCharacter
    case strayQuote
    /// Text behind a closing quote, whose opening one is in the same line or some lines above.
    case textAfterQuote(linesAbove: Int)
    case unclosedQuote

    // The shape
    case emptyName
    case duplicateName(first: Int)
    case fieldCount(Int, expected: Int)

    // What spreadsheets do to values
    case formulaError
    case scientificNumber
    case lostZeros(width: Int)
    case totalsRow
    case duplicateRow(first: Int)
  }

  /// The kind of a problem without its details, for a stable number and for counting.
  package enum Rule: Int, CaseIterable, Hashable, Sendable {
    case empty, tooLarge, spreadsheetFile, foreignEncoding, tooManyColumns
    case invalidUTF8, controlCharacter, strayQuote, textAfterQuote, unclosedQuote
    case emptyName, duplicateName, fieldCount
    case formulaError, scientificNumber, lostZeros, totalsRow, duplicateRow
  }

  /// What a problem means for the rows.
  package enum Gravity: Hashable, Sendable {
    /// What stands in the rows is not certain, so nothing should be done with them.
    case unreadable
    /// A value cannot be what it was; it matters where the value is used.
    case damaged
    /// It may be meant, so that a person should look.
    case suspicious
  }
}

extension CSVProblem {
  package var rule: Rule {
    switch kind {
    case .empty: .empty
    case .tooLarge: .tooLarge
    case .spreadsheetFile: .spreadsheetFile
    case .foreignEncoding: .foreignEncoding
    case .tooManyColumns: .tooManyColumns
    case .invalidUTF8: .invalidUTF8
    case .controlCharacter: .controlCharacter
    case .strayQuote: .strayQuote
    case .textAfterQuote: .textAfterQuote
    case .unclosedQuote: .unclosedQuote
    case .emptyName: .emptyName
    case .duplicateName: .duplicateName
    case .fieldCount: .fieldCount
    case .formulaError: .formulaError
    case .scientificNumber: .scientificNumber
    case .lostZeros: .lostZeros
    case .totalsRow: .totalsRow
    case .duplicateRow: .duplicateRow
    }
  }

  package var gravity: Gravity { rule.gravity }
}

extension CSVProblem.Rule {
  package var gravity: CSVProblem.Gravity {
    switch self {
    case .empty, .tooLarge, .spreadsheetFile, .foreignEncoding, .tooManyColumns, .invalidUTF8,
      .controlCharacter, .strayQuote, .textAfterQuote, .unclosedQuote, .duplicateName, .fieldCount:
      .unreadable
    case .formulaError, .scientificNumber: .damaged
    case .emptyName, .lostZeros, .totalsRow, .duplicateRow: .suspicious
    }
  }
}
