import DTXCSV

extension CSVTable {
  init(_ text: String) { self.init(Array(text.utf8)) }

  /// The texts of every row below the header.
  var texts: [[String]] {
    var row = CSVRow()
    return (0..<rowCount).map { number in
      read(row: number, into: &row)
      return row.fields.map { self.text(of: $0) }
    }
  }

  /// The numbers of the rows as a spreadsheet shows them.
  var numbers: [Int] {
    var row = CSVRow()
    return (0..<rowCount).map { number in
      read(row: number, into: &row)
      return row.number
    }
  }

  var names: [String] { columns.map(\.name) }
}

/// A problem as the tables of the tests write it down.
struct Found: Hashable, Sendable, CustomStringConvertible {
  let kind: CSVProblem.Kind
  let row: Int
  let column: Int?
  /// The text that the problem points at.
  let text: String

  init(_ kind: CSVProblem.Kind, row: Int, column: Int? = nil, at text: String) {
    (self.kind, self.row, self.column, self.text) = (kind, row, column, text)
  }

  init(_ problem: CSVProblem, in table: CSVTable) {
    kind = problem.kind
    row = problem.row
    column = problem.column?.number
    text = String(decoding: table.bytes[problem.range], as: UTF8.self)
  }

  var description: String { "\(kind) in row \(row), column \(column ?? 0), at \"\(text)\"" }
}

extension CSVTable {
  var found: [Found] { problems.map { Found($0, in: self) } }
}
