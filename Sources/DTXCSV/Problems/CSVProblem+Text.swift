extension CSVProblem {
  /// What is wrong, as a lowercase phrase without a full stop, with the row and the column.
  package var text: String {
    switch kind {
    case .empty: "the file has no rows"
    case .tooLarge: "the file is too large"
    case .spreadsheetFile: "this is a spreadsheet file and not a CSV file"
    case .foreignEncoding(let encoding): "the file is not UTF-8; it seems to be \(encoding.name)"
    case .tooManyColumns(let limit): "the header has more than \(limit) columns"
    case .invalidUTF8: "\(place) has bytes that are not UTF-8"
    case .controlCharacter: "\(place) has a control character"
    case .strayQuote: "\(place) has a quote in the middle of a value"
    case .textAfterQuote: "\(place) goes on after its closing quote"
    case .unclosedQuote: "the quote in \(place) is never closed"
    case .emptyName: "column \(column?.number ?? 1) has no name"
    case .duplicateName(let first):
      "columns \(first) and \(column?.number ?? 1) are both called \"\(column?.name ?? "")\""
    case .fieldCount(let count, let expected):
      "row \(row) has \(Self.values(count)), and the header names \(Self.columns(expected))"
    case .formulaError: "\(place) is the error of a formula and not a value"
    case .scientificNumber: "\(place) is a number that a spreadsheet has rounded"
    case .lostZeros(let width):
      "\(place) has fewer than \(width) digits; a spreadsheet may have dropped leading zeros"
    case .totalsRow: "row \(row) looks like a row of totals"
    case .duplicateRow(let first): "row \(row) is the same as row \(first)"
    }
  }

  /// What to do about it, in the imperative.
  package var help: String {
    switch kind {
    case .empty: "the first row names the columns, such as `id;amount`"
    case .tooLarge(let limit): "split it into files of less than \(limit >> 20) MiB"
    case .spreadsheetFile: "open it in the spreadsheet program, and save it as \"CSV UTF-8\""
    case .foreignEncoding(let encoding):
      "save it as \"CSV UTF-8\", or convert it: `iconv -f \(encoding.iconvName) -t UTF-8`"
    case .tooManyColumns: "keep the columns that are needed"
    case .invalidUTF8: "correct the value, and save the file as UTF-8"
    case .controlCharacter: "remove it"
    case .strayQuote: "put the whole value in quotes, and write a quote inside of it twice"
    case .textAfterQuote(let linesAbove) where linesAbove > 0:
      "the value begins \(Self.lines(linesAbove)) above; a closing quote may be missing there"
    case .textAfterQuote: "write a quote inside of a value twice, and end the value after the last"
    case .unclosedQuote: "close it at the end of the value; what follows it cannot be read"
    case .emptyName: "name the column in the header, or remove it"
    case .duplicateName: "give each column a name of its own"
    case .fieldCount(let count, let expected) where expected == 1 && count > 1:
      "the first row names the columns: remove what stands above them"
    case .fieldCount(let count, let expected):
      count > expected
        ? "put quotes around a value that has the separator in it"
        : "add the values that are missing"
    case .formulaError: "repair the formula, and save the file again"
    case .scientificNumber, .lostZeros:
      "format the column as text, enter its values again, and save the file"
    case .totalsRow: "remove the row if it adds up those above it"
    case .duplicateRow: "remove one of them, unless both are meant"
    }
  }

  /// The row and the column, as the beginning of a sentence.
  private var place: String {
    guard let column else { return "row \(row)" }
    guard !column.name.isEmpty else { return "column \(column.number) of row \(row)" }
    return "\"\(column.name)\" in row \(row)"
  }

  private static func lines(_ count: Int) -> String { count == 1 ? "1 line" : "\(count) lines" }

  private static func values(_ count: Int) -> String { count == 1 ? "1 value" : "\(count) values" }

  private static func columns(_ count: Int) -> String {
    count == 1 ? "1 column" : "\(count) columns"
  }
}
