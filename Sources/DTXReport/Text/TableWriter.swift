/// Measures the rows of a table, decides how wide each column is, and writes them.
struct TableWriter {
  private let table: Table
  private let options: OutputOptions
  private var row: TableRow
  /// The widest word and the widest line of each column.
  private var words: [Int]
  private var lines: [Int]
  /// How wide each column is, once that is settled.
  private var widths: [Int] = []
  /// The columns that are shown.
  private var shown: [Int]
  /// Whether records are written instead of a table.
  private(set) var isNarrow = false
  private var isFirst = true

  init(_ table: Table, options: OutputOptions) {
    self.table = table
    self.options = options
    row = TableRow(options: options)
    lines = table.columns.map { $0.title.utf8CodeUnitCount }
    words = lines
    shown = Array(table.columns.indices)
  }

  mutating func measure(_ index: Int, fill: (Int, inout TableRow) -> Void) {
    refill(index, fill)
    for column in table.columns.indices {
      let extent = LineWrapping.extent(of: row[column])
      words[column] = max(words[column], extent.word)
      lines[column] = max(lines[column], extent.line)
    }
  }

  private mutating func refill(_ index: Int, _ fill: (Int, inout TableRow) -> Void) {
    row.removeAll()
    fill(index, &row)
    precondition(row.count == table.columns.count, "a row has one cell for each column")
  }

  /// Decides from what was measured which columns are shown, and how wide.
  mutating func settle() {
    widths = lines
    isNarrow = options.isLinear
    guard !isNarrow, let columns = options.columns else { return }
    for column in shown where table.columns[column].canWrap {
      widths[column] = max(words[column], min(lines[column], Table.fewestWrappedColumns))
    }
    while spare(in: columns) < 0, let last = shown.last(where: { table.columns[$0].isOptional }) {
      shown.removeAll { $0 == last }
    }
    isNarrow = spare(in: columns) < 0 || columns < Table.fewestColumns
    if !isNarrow { distribute(spare(in: columns)) }
  }

  /// Returns how many columns of the terminal the table leaves, negative if it does not fit.
  private func spare(in columns: Int) -> Int {
    let gaps = Table.gap * (shown.count - 1)
    return columns - table.indentation - gaps - shown.reduce(0) { $0 + widths[$1] }
  }

  /// Gives spare columns to those whose lines are broken, to each by what it lacks.
  private mutating func distribute(_ spare: Int) {
    var spare = spare
    let wrapped = shown.filter { table.columns[$0].canWrap }
    var lacking = wrapped.reduce(0) { $0 + lines[$1] - widths[$1] }
    for column in wrapped where lacking > 0 {
      let lack = lines[column] - widths[column]
      let share = min(lack, spare * lack / lacking)
      widths[column] += share
      spare -= share
      lacking -= lack
    }
  }
}

// MARK: - As a table

extension TableWriter {
  /// Writes the names of the columns; records have none.
  func appendHeading(to builder: inout TextBuilder) {
    guard !isNarrow else { return }
    var heading = TableRow(options: options)
    for column in table.columns { heading.cell(as: .heading, column.title) }
    append(heading, to: &builder)
    builder.appendBlanks(table.indentation)
    builder.begin(.faint)
    for (number, column) in shown.enumerated() {
      if number > 0 { builder.appendBlanks(Table.gap) }
      for _ in 0..<widths[column] { builder.append(options.isUnicode ? "─" : "-") }
    }
    builder.end(.faint)
    builder.endLine()
  }

  /// Writes a row.
  mutating func append(
    _ index: Int,
    to builder: inout TextBuilder,
    fill: (Int, inout TableRow) -> Void
  ) {
    refill(index, fill)
    if isNarrow {
      if !isFirst { builder.endLine() }
      isFirst = false
      appendRecord(to: &builder)
    } else {
      append(row, to: &builder)
    }
  }

  private func append(_ row: TableRow, to builder: inout TextBuilder) {
    let cells = shown.map { column in
      lines[column] <= widths[column]
        ? [row[column].indices] : LineWrapping.lines(of: row[column], columns: widths[column])
    }
    for line in 0..<(cells.map(\.count).max() ?? 0) {
      // Blanks are held back until something follows them, so that no line ends in blanks.
      var blanks = table.indentation
      for (number, column) in shown.enumerated() {
        if number > 0 { blanks += Table.gap }
        guard line < cells[number].count, !cells[number][line].isEmpty else {
          blanks += widths[column]
          continue
        }
        let text = row.text.bytes[cells[number][line]]
        let padding = widths[column] - ColumnCounter.columns(of: text)
        let isRightAligned = table.columns[column].isRightAligned
        builder.appendBlanks(isRightAligned ? blanks + padding : blanks)
        builder.begin(row.role(of: column))
        builder.append(wrapped: text)
        builder.end(row.role(of: column))
        blanks = isRightAligned ? 0 : padding
      }
      builder.endLine()
    }
  }
}

extension TableWriter {
  /// Says which columns were left out, if any were.
  func appendRemark(to builder: inout TextBuilder) {
    let hidden = isNarrow ? [] : table.columns.indices.filter { !shown.contains($0) }
    guard !hidden.isEmpty else { return }
    builder.append("Left out for lack of room: ", as: .faint)
    for (number, column) in hidden.enumerated() {
      if number > 0 { builder.append(", ", as: .faint) }
      builder.append(table.columns[column].title, as: .faint)
    }
    builder.endLine()
  }
}

// MARK: - As records

extension TableWriter {
  private func appendRecord(to builder: inout TextBuilder) {
    var lead = table.indentation
    builder.appendBlanks(lead)
    for column in columns(at: .number) {
      let text = row[column]
      builder.appendBlanks(lines[column] - ColumnCounter.columns(of: text))
      builder.append(wrapped: text)
      builder.appendBlanks(Table.gap)
      lead += lines[column] + Table.gap
    }
    // Without a number in front, the details are set off from the title by two blanks.
    let indentation = lead > table.indentation ? lead : lead + Table.gap
    appendTitle(from: lead, indentation: indentation, to: &builder)
    for column in columns(at: .line) where !row[column].isEmpty {
      builder.appendBlanks(indentation)
      appendCell(column, from: indentation, indentation: indentation, to: &builder)
    }
    appendNamedCells(indentation: indentation, to: &builder)
    appendClauses(indentation: indentation, to: &builder)
  }

  private func name(of column: Int) -> StaticString {
    table.columns[column].name ?? table.columns[column].title
  }

  private func appendClauses(indentation: Int, to builder: inout TextBuilder) {
    let clauses = columns(at: .clause).filter { !row[$0].isEmpty }
    guard !clauses.isEmpty else { return }
    builder.appendBlanks(indentation)
    builder.appendParagraph(from: indentation, indentation: indentation) { text in
      for (number, column) in clauses.enumerated() {
        if number > 0 { text.append(", ") }
        text.append(lowercased: name(of: column))
        text.append(byte: LineWrapping.glue)
        text.append(row[column])
      }
    }
  }

  private func columns(at place: Table.Column.Place) -> [Int] {
    table.columns.indices.filter { table.columns[$0].place == place }
  }

  private func appendNamedCells(indentation: Int, to builder: inout TextBuilder) {
    let named = columns(at: .named)
    let names = named.map { name(of: $0) }
    let start =
      indentation + (names.map(\.utf8CodeUnitCount).max() ?? 0) + Table.gap
    for (column, name) in zip(named, names) where !row[column].isEmpty {
      builder.appendBlanks(indentation)
      builder.append(name, as: .faint)
      builder.appendBlanks(start - indentation - name.utf8CodeUnitCount)
      appendCell(column, from: start, indentation: start, to: &builder)
    }
  }

  private func appendTitle(from start: Int, indentation: Int, to builder: inout TextBuilder) {
    var title = TextBuilder(options: options)
    var role = TextRole.heading
    for (place, separator) in [
      (.title, " "), (.verdict, ": "),
    ] as [(Table.Column.Place, StaticString)] {
      for column in columns(at: place) where !row[column].isEmpty {
        if !title.bytes.isEmpty { title.append(separator) }
        title.append(row[column])
        if row.role(of: column) != .plain { role = row.role(of: column) }
      }
    }
    builder.appendParagraph(title.bytes[...], from: start, indentation: indentation, role: role)
  }

  private func appendCell(
    _ column: Int,
    from start: Int,
    indentation: Int,
    to builder: inout TextBuilder
  ) {
    builder.appendParagraph(
      row[column],
      from: start,
      indentation: indentation,
      role: row.role(of: column)
    )
  }
}

extension TextBuilder {
  /// Appends a column's name as it stands within a sentence, with no break in it.
  fileprivate mutating func append(lowercased name: StaticString) {
    let start = bytes.count
    append(name)
    for index in start..<bytes.count where bytes[index] == UInt8(ascii: " ") {
      bytes[index] = LineWrapping.glue
    }
    if bytes.count > start { bytes[start] |= 0x20 }
  }
}
