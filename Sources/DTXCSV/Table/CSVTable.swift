/// A text of comma-separated values: its columns, where its rows are, and what is wrong with it.
///
/// One pass over the bytes finds every row and every problem. The fields of a row are found again
/// when they are asked for, so that a file of a million rows takes its bytes and a few more a row.
///
/// What RFC 4180 leaves open is settled so. Rows end in CR LF, LF or CR, the last one also without.
/// The separator is the comma, semicolon or tab that the header has. A byte-order mark is skipped,
/// and so is a first line such as `sep=;`. The first row that has text names the columns. Blanks
/// belong to a value, and not to the name of a column. A row without any text is counted and
/// otherwise left out.
///
/// Source: RFC 4180.
package struct CSVTable: Sendable {
  /// The most bytes of a file: offsets are numbers of 32 bits, and scripts have the same limit.
  package static let sizeLimit = 1 << 30
  /// The most columns, which is what spreadsheets have.
  package static let columnLimit = 16_384
  /// The most problems of one rule that are kept; nobody reads more, and each costs memory.
  package static let problemLimit = 1_000

  /// How many problems of a rule were found besides those that were kept.
  package struct LeftOut: Hashable, Sendable {
    package let rule: CSVProblem.Rule
    package internal(set) var count = 0
    /// The numbers of the columns that they are in, from 1; none for problems of whole rows.
    package internal(set) var columns: Set<Int> = []
  }

  package let bytes: [UInt8]
  /// The byte between fields.
  package let separator: UInt8
  package let columns: [CSVColumn]
  /// The problems in the order of the file, at most `problemLimit` of each rule.
  package let problems: [CSVProblem]
  package let leftOut: [LeftOut]
  private let index: RowIndex

  /// Reads a file.
  package init(_ bytes: [UInt8]) {
    var survey = TableSurvey(bytes)
    survey.run(bytes.span)
    self.bytes = bytes
    separator = survey.separator
    columns = survey.columns
    problems = survey.problems.sorted()
    leftOut = survey.problems.leftOut()
    index = survey.index
  }

  /// Whether it is certain what stands in the rows; if not, nothing should be done with them.
  package var isReadable: Bool { !problems.contains { $0.gravity == .unreadable } }

  /// How many rows there are below the header, without blank ones.
  package var rowCount: Int { index.count }

  /// Reads the fields of a row, counted from 0, below the header.
  package func read(row number: Int, into row: inout CSVRow) {
    _ = row.read(bytes.span, from: index.start(of: number), separator: separator)
    row.number = index.number(of: number)
  }

  /// Returns the text of a field, with doubled quotes made single.
  package func text(of field: CSVField) -> String { bytes.text(of: field) }

  /// Returns the number, from 0, of the column with a name; the first one where several have it.
  package func column(named name: String) -> Int? { columns.firstIndex { $0.name == name } }
}

/// A column of a table.
package struct CSVColumn: Hashable, Sendable {
  /// The name, without the blanks around it.
  package let name: String
  /// The bytes of the name in the header.
  package let range: Range<Int>
}

extension [UInt8] {
  /// Returns the text of a field, with doubled quotes made single.
  func text(of field: CSVField) -> String {
    let text = self[field.range]
    guard field.hasDoubledQuotes else { return String(decoding: text, as: UTF8.self) }
    var single: [UInt8] = []
    var isSecond = false
    for byte in text {
      isSecond = byte == Byte.quote && !isSecond
      if byte != Byte.quote || isSecond { single.append(byte) }
    }
    return String(decoding: single, as: UTF8.self)
  }
}
