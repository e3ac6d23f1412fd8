/// The columns of a table, and what becomes of them where the terminal is too narrow for it.
///
/// A table that does not fit is written as records instead: the numbers and titles of a row on one
/// line, and what remains beneath it, each with its column's name.
struct Table {
  /// Blanks between two columns.
  static let gap = 2
  /// Below so many columns of terminal there are records, however little the table holds.
  static let fewestColumns = 72
  /// A column that can be broken into lines gets at least so many columns, or as many as it needs.
  static let fewestWrappedColumns = 14

  struct Column {
    /// Where a cell stands in a record.
    enum Place {
      /// In front of the record's first line.
      case number
      /// On the record's first line.
      case title
      /// At the end of the record's first line, behind a colon.
      case verdict
      /// On a line of its own, without a name.
      case line
      /// On a line of its own, behind the column's name.
      case named
      /// With others in one sentence, each with its name: `captured 299.90, refunded 0.00`.
      case clause
    }

    let title: StaticString
    /// The name in a record, where the title alone would be too short to be understood.
    var name: StaticString?
    var place = Place.named
    var isRightAligned = false
    /// Whether the cells may be broken into lines.
    var canWrap = false
    /// Whether the column is left out where that makes the table fit; a remark says so.
    var isOptional = false
  }

  let columns: [Column]
  /// Blanks before every line.
  var indentation = 0
}

/// One row while it is filled: the cells' text, one after the other.
///
/// A table is filled twice, first to be measured and then to be written, so that even a million
/// rows are never held at once.
struct TableRow {
  private(set) var text: TextBuilder
  private var ends: [Int] = []
  private var roles: [TextRole] = []

  init(options: OutputOptions) {
    // Colours are put around whole cells: within them they would count as text.
    var plain = options
    plain.isColoured = false
    text = TextBuilder(options: plain)
    text.fixedBlank = LineWrapping.glue
  }

  /// Writes the next cell.
  mutating func cell(as role: TextRole = .plain, _ write: (inout TextBuilder) -> Void) {
    write(&text)
    ends.append(text.bytes.count)
    roles.append(role)
  }

  /// Leaves the next cell empty.
  mutating func emptyCell() { cell { _ in } }

  mutating func cell(as role: TextRole = .plain, foreign value: String) {
    cell(as: role) { $0.append(foreign: value) }
  }

  mutating func cell(as role: TextRole = .plain, _ words: StaticString) {
    cell(as: role) { $0.append(words) }
  }

  mutating func removeAll() {
    text.removeAll()
    ends.removeAll(keepingCapacity: true)
    roles.removeAll(keepingCapacity: true)
  }

  var count: Int { ends.count }

  /// The text of a cell.
  subscript(index: Int) -> ArraySlice<UInt8> {
    text.bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  func role(of index: Int) -> TextRole { roles[index] }
}

/// Which rows of a long table are shown: the first and the last ones, or all.
struct ShownRows {
  /// How many rows are shown at each end of a table that is cut.
  static let edge = 25

  let head: Range<Int>
  let tail: Range<Int>

  init(count: Int, isComplete: Bool) {
    let isCut = !isComplete && count > 2 * Self.edge + 1
    head = 0..<(isCut ? Self.edge : count)
    tail = (isCut ? count - Self.edge : count)..<count
  }

  /// How many rows in between are left out.
  var hiddenCount: Int { tail.lowerBound - head.upperBound }
}

extension TextBuilder {
  /// Appends a table, or the records that stand for it where it does not fit.
  ///
  /// - Parameters:
  ///   - table: The columns.
  ///   - rows: Which rows there are to show.
  ///   - fill: Writes the cells of a row, one for each column; called twice for each row.
  mutating func append(
    _ table: Table,
    rows: ShownRows,
    fill: (Int, inout TableRow) -> Void
  ) {
    var writer = TableWriter(table, options: options)
    for range in [rows.head, rows.tail] {
      for index in range { writer.measure(index, fill: fill) }
    }
    writer.settle()
    writer.appendHeading(to: &self)
    for index in rows.head { writer.append(index, to: &self, fill: fill) }
    if rows.hiddenCount > 0 {
      if writer.isNarrow { endLine() }
      appendBlanks(table.indentation)
      appendEllipsis()
      append(" ")
      append(count: rows.hiddenCount)
      append(" more")
      endLine()
    }
    for index in rows.tail { writer.append(index, to: &self, fill: fill) }
    writer.appendRemark(to: &self)
  }
}
