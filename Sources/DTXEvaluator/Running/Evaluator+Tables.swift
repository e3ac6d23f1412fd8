import DTXCSV
import DTXLedger
import DTXSyntax

/// A data file that loops go through.
struct TableInUse {
  let table: CSVTable
  let source: SourceID
  /// By the number of a name behind a dot, its column, -1 where there is none, or -2 where it was
  /// not looked for.
  var columns: [Int32]
}

/// The row that a loop has come to.
struct RowInUse {
  /// The number of its table among those in use.
  let table: Int
  var row = CSVRow()
}

extension Evaluator {
  /// Returns the number of a data file among those in use; nil where there is none.
  ///
  /// What is wrong with it is reported when it is met first.
  mutating func table(_ path: String, at operand: Operand) -> Int? {
    let file = Needs.DataFile(path: path, reader: SourceID(UInt32(unit)))
    let range = script.range(of: operand)
    switch snapshot.files[file] {
    case nil:
      need(file)
      return nil
    case .unreadable(let reason):
      report(.cannotReadData(path, reason), at: range)
      return nil
    case .table(let table, let source):
      if let number = tables.firstIndex(where: { $0.source == source }) { return number }
      guard tables.count < UInt16.max else { return nil }
      tables.append(
        TableInUse(
          table: table,
          source: source,
          columns: Array(repeating: -2, count: program.fieldNames.count)
        )
      )
      let read = table.columns.indices.filter {
        program.columnNames.contains(table.columns[$0].name)
      }
      let reader = label(range, "the file is read here")
      for diagnostic in table.diagnostics(in: source, readBy: reader, columns: Set(read)) {
        report(diagnostic)
      }
      return tables.count - 1
    }
  }

  /// The field of a row in the column of a name.
  mutating func field(_ number: Int32, ofRow level: Int32, at range: SourceRange) -> Value {
    let table = rows[Int(level)].table
    var column = tables[table].columns[Int(number)]
    if column == -2 {
      let name = program.fieldNames[Int(number)].text
      column = tables[table].table.column(named: name).map { Int32($0) } ?? -1
      tables[table].columns[Int(number)] = column
      if column == -1 { reportUnknownColumn(name, tables[table], at: range) }
    }
    guard column >= 0, Int(column) < rows[Int(level)].row.fields.count else { return .invalid }
    let field = rows[Int(level)].row.fields[Int(column)]
    return .cell(Value.Cell(field: field, table: UInt16(table)))
  }

  private mutating func reportUnknownColumn(
    _ name: String,
    _ inUse: TableInUse,
    at range: SourceRange
  ) {
    let columns = inUse.table.columns.map(\.name)
    let header = inUse.table.columns.reduce(nil) { range, column -> SourceRange? in
      let next = SourceRange(UInt32(column.range.lowerBound), UInt32(column.range.upperBound))
      return range?.union(next) ?? next
    }
    report(
      Diagnostic(
        ProgramMessage.unknownColumn(
          name,
          nearest: nearest(to: name, among: columns),
          columns: columns
        ),
        at: label(range),
        secondary: header.map {
          [Diagnostic.Label($0, "the columns are named here", in: inUse.source)]
        } ?? []
      )
    )
  }

  /// The text of a field, with doubled quotes made single.
  func text(of cell: Value.Cell) -> String { tables[Int(cell.table)].table.text(of: cell.field) }
}
