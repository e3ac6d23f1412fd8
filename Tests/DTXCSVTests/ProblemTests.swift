import DTXCSV
import Testing

@Suite("Problems of a table")
struct ProblemTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let source: String
    let found: [Found]

    init(_ source: String, _ found: Found...) { (self.source, self.found) = (source, found) }
    var testDescription: String { source.debugDescription }
  }

  static let rows: [Row] = [
    Row("", Found(.empty, row: 1, at: "")),
    Row("\n;;\n \n", Found(.empty, row: 4, at: "")),
    Row("\u{FEFF}", Found(.empty, row: 1, at: "")),
    // Names
    Row("a,,c\n1,2,3", Found(.emptyName, row: 1, column: 2, at: "")),
    Row("a,\" \"\n1,2", Found(.emptyName, row: 1, column: 2, at: "\" \"")),
    Row("a,b, a\n1,2,3", Found(.duplicateName(first: 1), row: 1, column: 3, at: " a")),
    Row("a,A\n1,2"),
    // The number of values
    Row("a,b\n1\n2,3", Found(.fieldCount(1, expected: 2), row: 2, at: "1")),
    Row("a,b\n\n1,2,3", Found(.fieldCount(3, expected: 2), row: 3, at: "1,2,3")),
    Row("a;b\n1;2;\n", Found(.fieldCount(3, expected: 2), row: 2, at: "1;2;")),
    // Quotes
    Row("a,b\n1,2\"3\"\n", Found(.strayQuote, row: 2, column: 2, at: "\"")),
    Row("a,b\n1, \"2\"\n", Found(.strayQuote, row: 2, column: 2, at: "\"")),
    Row(
      "a,b\n\"1\"x,2\n",
      Found(.textAfterQuote(linesAbove: 0), row: 2, column: 1, at: "x")
    ),
    Row(
      "a,b\n\"1\" ,2\n",
      Found(.textAfterQuote(linesAbove: 0), row: 2, column: 1, at: " ")
    ),
    // A quote that is missing shows where the next one opens
    Row(
      "a,b\n\"1,2\n3,4\n\"5\",6\n7,8",
      Found(.textAfterQuote(linesAbove: 2), row: 2, column: 1, at: "5\"")
    ),
    Row("a,b\n1,\"2\n3,4\n", Found(.unclosedQuote, row: 2, column: 2, at: "\"")),
    Row("a,\"b\n1,2\n", Found(.unclosedQuote, row: 1, column: 2, at: "\"")),
    // Characters
    Row("a,b\n1,x\u{0}y\u{1}z\n", Found(.controlCharacter, row: 2, column: 2, at: "\u{0}")),
    Row("a,b\n\"1\u{1}\",2\n", Found(.controlCharacter, row: 2, column: 1, at: "\u{1}")),
    Row("a,b\n\u{1}1\t,\"2\t\"\n", Found(.controlCharacter, row: 2, column: 1, at: "\u{1}")),
    // All of them, of all rows
    Row(
      "a,b,a\n1,2,3\n4,5\n6,\"7\"8,9\n\u{1},0,0,0",
      Found(.duplicateName(first: 1), row: 1, column: 3, at: "a"),
      Found(.fieldCount(2, expected: 3), row: 3, at: "4,5"),
      Found(.textAfterQuote(linesAbove: 0), row: 4, column: 2, at: "8"),
      Found(.controlCharacter, row: 5, column: 1, at: "\u{1}"),
      Found(.fieldCount(4, expected: 3), row: 5, at: "\u{1},0,0,0")
    ),
  ]

  @Test("are the ones in the table", arguments: rows)
  func problems(row: Row) {
    #expect(CSVTable(row.source).found == row.found)
  }

  @Test("name their column")
  func columnName() {
    let table = CSVTable("id, amount\ntx1,#REF!\n")
    #expect(table.problems.map { $0.column?.name } == ["amount"])
  }

  @Test("of a kind that leaves rows uncertain make a table unreadable")
  func readable() {
    #expect(!CSVTable("a,b\n1\n").isReadable)
    #expect(CSVTable("a,b\n1,#REF!\n1,#REF!\n").isReadable)
  }

  @Test("are kept up to a limit of each rule, and counted beyond it")
  func limit() {
    let limit = CSVTable.problemLimit
    let rows = (0..<limit + 5).map { "\($0),#REF!\n" }.joined()
    let table = CSVTable("a,b\n\(rows)x\n")
    #expect(table.problems.count == limit + 1)
    #expect(table.problems.last?.kind == .fieldCount(1, expected: 2))
    #expect(table.leftOut.map(\.rule) == [.formulaError])
    #expect(table.leftOut.map(\.count) == [5])
  }

  @Test("a table has as many columns as a spreadsheet, and no more")
  func columnLimit() {
    let limit = CSVTable.columnLimit
    let names = (1...limit).map { "c\($0)" }.joined(separator: ",")
    #expect(CSVTable(names).found.isEmpty)
    let table = CSVTable(names + ",one more\n")
    #expect(table.problems.map(\.kind) == [.tooManyColumns(limit: limit)])
    #expect(table.columns.count == limit)
  }
}

@Suite("Encodings")
struct EncodingTests {
  private func found(_ bytes: [UInt8]) -> [CSVProblem.Kind] { CSVTable(bytes).problems.map(\.kind) }

  @Test(
    "of two and four bytes are named",
    arguments: [
      ([0xFF, 0xFE] as [UInt8], TextEncoding.utf16LittleEndian),
      ([0xFE, 0xFF], .utf16BigEndian),
      ([0xFF, 0xFE, 0, 0], .utf32),
      ([0, 0, 0xFE, 0xFF], .utf32),
    ]
  )
  func marks(mark: [UInt8], encoding: TextEncoding) {
    #expect(found(mark + "a\u{0},\u{0}".utf8) == [.foreignEncoding(encoding)])
  }

  @Test("of two bytes are named without a mark")
  func unmarked() {
    let text = Array("id;amount\r\ntx1;299\r\n".utf16)
    let little = text.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = text.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(found(little) == [.foreignEncoding(.utf16LittleEndian)])
    #expect(found(big) == [.foreignEncoding(.utf16BigEndian)])
  }

  @Test("of one byte are named once, where the first letter shows them")
  func oneByte() {
    let latin = CSVTable(
      Array("navn;pris\nB".utf8) + [0xF8] + Array("ker;1\nGr".utf8) + [0xE5, 0x0A]
    )
    #expect(latin.problems.map(\.kind).first == .foreignEncoding(.latin1))
    #expect(latin.problems.count { $0.rule == .foreignEncoding } == 1)
    #expect(latin.problems.first?.row == 2)
    #expect(latin.problems.first?.column?.name == "navn")
    let windows = CSVTable(Array("navn;pris\nB".utf8) + [0xF8] + Array("ker;".utf8) + [0x80])
    #expect(windows.problems.map(\.kind) == [.foreignEncoding(.windows1252)])
  }

  @Test("a few wrong bytes in UTF-8 are told one by one")
  func damaged() {
    let bytes = Array("navn;æ;ø;å\nBløt;".utf8) + [0xF8, 0xE5] + Array(";1;2\nGrå;".utf8) + [0xFF]
    let table = CSVTable(bytes + Array(";3;4".utf8))
    #expect(table.problems.map(\.kind) == [.invalidUTF8, .invalidUTF8])
    #expect(table.problems.map(\.row) == [2, 3])
    #expect(table.problems.map { $0.column?.number } == [2, 2])
    #expect(table.problems.map(\.range.count) == [2, 1])
  }

  static let invalid: [[UInt8]] = [
    [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
    [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xFE],
  ]

  @Test("sequences that UTF-8 forbids are found", arguments: invalid)
  func forbidden(bytes: [UInt8]) {
    let letters = Array(String(repeating: "æ", count: 10).utf8)
    #expect(found(Array("a\n".utf8) + letters + bytes) == [.invalidUTF8])
  }

  @Test(
    "sequences at the edges of UTF-8 are text",
    arguments: [
      "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}",
      "\u{10FFFF}",
    ]
  )
  func edges(letter: String) {
    // One byte that is wrong makes every other one be looked at.
    let bytes = Array("a\n\(letter)\(letter)\(letter)".utf8)
    #expect(CSVTable(bytes + [0xFF]).problems.map(\.range) == [bytes.count..<bytes.count + 1])
  }

  @Test("a spreadsheet that was not saved as text is named")
  func spreadsheets() {
    #expect(found(Array("PK\u{3}\u{4}xyz".utf8)) == [.spreadsheetFile])
    #expect(found([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]) == [.spreadsheetFile])
  }
}
