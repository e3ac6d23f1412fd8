/// The one pass over a file that finds its columns, its rows and everything that is wrong.
struct TableSurvey {
  let bytes: [UInt8]
  private(set) var separator = Separator.comma
  private(set) var columns: [CSVColumn] = []
  private(set) var problems = CSVProblemList()
  private(set) var index = RowIndex()
  /// How many bytes were read as rows, and how often rows were looked for, to measure the work.
  private(set) var (bytesRead, probeCount) = (0, 0)

  private var surveys: [ColumnSurvey] = []
  private var fingerprints: [UInt32] = []
  private var row = CSVRow()
  private var invalid: InvalidUTF8?
  /// How many of the places that are not UTF-8 were passed.
  private var passedPlaces = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads the file.
  mutating func run(_ text: Span<UInt8>) {
    guard text.count <= CSVTable.sizeLimit else {
      report(.tooLarge(limit: CSVTable.sizeLimit), at: 0..<0)
      return
    }
    switch FileContent(text) {
    case .foreign(let encoding): report(.foreignEncoding(encoding), at: 0..<min(2, text.count))
    case .spreadsheet: report(.spreadsheetFile, at: 0..<min(4, text.count))
    case .text(let start):
      invalid = InvalidUTF8(text)
      readText(text, from: start)
    }
  }

  private mutating func readText(_ text: Span<UInt8>, from start: Int) {
    let declared = Separator.declared(in: text, at: start)
    var position = declared?.end ?? start
    row.number = 1
    while let next = Separator.blankLineEnd(in: text, at: position, or: declared?.separator) {
      position = next
      row.number += 1
    }
    guard position < text.count else {
      report(.empty, at: 0..<0)
      return
    }
    separator = declared?.separator ?? Separator.recognized(in: text, from: position)
    position = readRow(text, from: position)
    readHeader(text)
    while position < text.count {
      position = readRow(text, from: position)
      row.number += 1
      if row.isBlank(in: text), row.flaws.isEmpty { continue }
      index.append(start: row.range.lowerBound, number: row.number)
      inspectRow(text)
    }
    inspectEnd(text)
  }

  /// Reads a row and returns where the next one begins.
  private mutating func readRow(_ text: Span<UInt8>, from start: Int) -> Int {
    let next = row.read(text, from: start, separator: separator)
    bytesRead += next - start
    return next
  }

  // MARK: - Rows

  private mutating func readHeader(_ text: Span<UInt8>) {
    for (number, field) in row.fields.enumerated() {
      let range = text.withoutBlanks(field.range)
      let name = CSVField(
        range.lowerBound,
        range.upperBound,
        isQuoted: field.isQuoted,
        hasDoubledQuotes: field.hasDoubledQuotes
      )
      columns.append(CSVColumn(name: bytes.text(of: name), range: field.wholeRange))
      surveys.append(ColumnSurvey())
      if range.isEmpty { report(.emptyName, inColumn: number, at: field.wholeRange) }
    }
    reportDuplicateNames()
    reportSpelling(text)
    if row.fieldCount > columns.count {
      report(.tooManyColumns(limit: CSVTable.columnLimit), at: row.range)
    }
  }

  private mutating func reportDuplicateNames() {
    var first: [String: Int] = [:]
    for (number, column) in columns.enumerated() where !column.name.isEmpty {
      if let earlier = first[column.name] {
        report(.duplicateName(first: earlier + 1), inColumn: number, at: column.range)
      } else {
        first[column.name] = number
      }
    }
  }

  private mutating func inspectRow(_ text: Span<UInt8>) {
    reportSpelling(text)
    if row.fieldCount != columns.count, !row.flaws.contains(where: \.swallowsFields) {
      report(.fieldCount(row.fieldCount, expected: columns.count), at: row.range)
    }
    for number in 0..<min(row.fields.count, columns.count) {
      let range = row.fields[number].range
      surveys[number].add(text, range)
      if let damage = CSVProblem.Kind.damage(in: text, range) {
        report(damage, inColumn: number, at: row.fields[number].wholeRange)
      }
    }
    fingerprints.append(text.fingerprint(row.range))
  }

  /// Reports what is wrong with the quotes and characters of the row.
  private mutating func reportSpelling(_ text: Span<UInt8>) {
    for flaw in row.flaws {
      report(kind(of: flaw, text), inColumn: flaw.field, at: flaw.range)
    }
    guard let invalid else { return }
    while passedPlaces < invalid.places.count,
      invalid.places[passedPlaces].lowerBound < row.range.upperBound
    {
      let place = invalid.places[passedPlaces]
      passedPlaces += 1
      let column = row.fields.firstIndex { place.lowerBound < $0.end } ?? row.fields.count - 1
      if let encoding = invalid.encoding {
        report(.foreignEncoding(encoding), inColumn: column, at: place)
        // One conversion repairs all of the file.
        passedPlaces = invalid.places.count
      } else {
        report(.invalidUTF8, inColumn: column, at: place)
      }
    }
  }

  private func kind(of flaw: RowFlaw, _ text: Span<UInt8>) -> CSVProblem.Kind {
    switch flaw.kind {
    case .strayQuote: .strayQuote
    case .unclosedQuote: .unclosedQuote
    case .controlCharacter: .controlCharacter
    case .textAfterQuote(let opening):
      .textAfterQuote(linesAbove: text.lineEnds(in: opening..<flaw.range.lowerBound))
    }
  }

  // MARK: - The end

  /// Looks for what shows only once all rows are known.
  private mutating func inspectEnd(_ text: Span<UInt8>) {
    reportLostZeros(text)
    reportTotals(text)
    reportDuplicateRows(text)
  }

  private mutating func reportLostZeros(_ text: Span<UInt8>) {
    let widths = surveys.map(\.widthOfCodes)
    guard widths.contains(where: { $0 != nil }) else { return }
    for number in 0..<index.count {
      read(text, row: number)
      for (column, width) in widths.enumerated() where column < row.fields.count {
        let field = row.fields[column]
        guard let width, !field.isEmpty, field.range.count < width else { continue }
        report(.lostZeros(width: width), inColumn: column, at: field.wholeRange)
      }
    }
  }

  private mutating func reportTotals(_ text: Span<UInt8>) {
    let first = TotalsRows.firstRow(
      count: index.count,
      emptyKeys: surveys.first?.emptyCount ?? 0
    ) { number in
      read(text, row: number)
      return TotalsRows.Row(row, in: bytes)
    }
    for number in first..<index.count {
      read(text, row: number)
      report(.totalsRow, at: row.range)
    }
  }

  private mutating func reportDuplicateRows(_ text: Span<UInt8>) {
    var rows = DuplicateRows(fingerprints: fingerprints)
    for number in 0..<index.count {
      let same = rows.insert(number) { earlier in
        read(text, row: number)
        return text.isRow(row.range, at: index.start(of: earlier))
      }
      guard let same else { continue }
      report(.duplicateRow(first: index.number(of: same)), at: row.range)
    }
    probeCount = rows.probeCount
  }

  private mutating func read(_ text: Span<UInt8>, row number: Int) {
    _ = readRow(text, from: index.start(of: number))
    row.number = index.number(of: number)
  }

  // MARK: - Reports

  private mutating func report(
    _ kind: CSVProblem.Kind,
    inColumn number: Int? = nil,
    at range: Range<Int>
  ) {
    let column = number.map { number in
      CSVProblem.Column(
        number: number + 1,
        name: number < columns.count ? columns[number].name : ""
      )
    }
    problems.report(CSVProblem(kind: kind, row: max(1, row.number), column: column, range: range))
  }
}
