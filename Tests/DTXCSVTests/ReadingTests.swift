import DTXCSV
import Testing

@Suite("Reading of rows")
struct ReadingTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let source: String
    let names: [String]
    let texts: [[String]]

    init(_ source: String, _ names: [String], _ texts: [[String]]) {
      (self.source, self.names, self.texts) = (source, names, texts)
    }

    var testDescription: String { source.debugDescription }
  }

  static let rows: [Row] = [
    // Line ends, and none after the last row
    Row("a,b\n1,2\n3,4\n", ["a", "b"], [["1", "2"], ["3", "4"]]),
    Row("a,b\r\n1,2\r\n3,4", ["a", "b"], [["1", "2"], ["3", "4"]]),
    Row("a,b\r1,2\r3,4\r", ["a", "b"], [["1", "2"], ["3", "4"]]),
    Row("a,b\r\n1,2\n3,4\r5,6", ["a", "b"], [["1", "2"], ["3", "4"], ["5", "6"]]),
    Row("a,b", ["a", "b"], []),
    // Quotes
    Row(#"a,b\#n"1","2""#, ["a", "b"], [["1", "2"]]),
    Row(#"a,b\#n"1,5","x;y""#, ["a", "b"], [["1,5", "x;y"]]),
    Row(#"a,b\#n"say ""yes""","""""#, ["a", "b"], [[#"say "yes""#, #"""#]]),
    Row("a,b\n\"1\n2\",3\n4,5", ["a", "b"], [["1\n2", "3"], ["4", "5"]]),
    Row("a,b\r\n\"1\r\n2\",3\r\n", ["a", "b"], [["1\r\n2", "3"]]),
    Row(#""a","b, c"\#n1,2"#, ["a", "b, c"], [["1", "2"]]),
    Row(#"a,b\#n"",x"#, ["a", "b"], [["", "x"]]),
    // Empty values and blanks, which belong to values but not to names
    Row("a,b\n,2\n1,", ["a", "b"], [["", "2"], ["1", ""]]),
    Row(" a ,\tb\n 1 , 2", ["a", "b"], [[" 1 ", " 2"]]),
    // One column
    Row("id\ntx1\ntx2\n", ["id"], [["tx1"], ["tx2"]]),
    // Byte-order mark
    Row("\u{FEFF}a,b\n1,2", ["a", "b"], [["1", "2"]]),
    // Letters of other languages, and longer than a machine word
    Row("navn;beløp\nBjørn Ærlig Åsen;100", ["navn", "beløp"], [["Bjørn Ærlig Åsen", "100"]]),
    // Rows without any text
    Row("a,b\n\n1,2\n\n\n3,4\n\n", ["a", "b"], [["1", "2"], ["3", "4"]]),
    Row("a;b\n;\n1;2\n \n\"\";\n3;4\n;;;\n", ["a", "b"], [["1", "2"], ["3", "4"]]),
    Row("\n;;\n\na;b\n1;2\n", ["a", "b"], [["1", "2"]]),
  ]

  @Test("gives the columns and values in the table", arguments: rows)
  func values(row: Row) {
    let table = CSVTable(row.source)
    #expect(table.names == row.names)
    #expect(table.texts == row.texts)
    #expect(table.found.isEmpty)
  }

  @Test("numbers rows as a spreadsheet does")
  func numbers() {
    #expect(CSVTable("a,b\n1,2\n3,4").numbers == [2, 3])
    #expect(CSVTable("a,b\n\n1,2\n\"x\ny\",4\n\n\n5,6\n7,8").numbers == [3, 4, 7, 8])
    #expect(CSVTable("\n\na,b\n1,2").numbers == [4])
    #expect(CSVTable("sep=;\na;b\n1;2").numbers == [2])
  }

  @Test("finds columns by name")
  func columns() {
    let table = CSVTable("id, amount ,Amount\n")
    #expect(table.column(named: "amount") == 1)
    #expect(table.column(named: "Amount") == 2)
    #expect(table.column(named: "amounts") == nil)
  }

  @Test("gives the bytes of a value, of its quotes, and of its row")
  func ranges() {
    let table = CSVTable("a,b\n\"x\"\"y\",z\n")
    var row = CSVRow()
    table.read(row: 0, into: &row)
    func text(_ range: Range<Int>) -> String { String(decoding: table.bytes[range], as: UTF8.self) }
    #expect(row.fields.map { text($0.range) } == ["x\"\"y", "z"])
    #expect(row.fields.map { text($0.wholeRange) } == ["\"x\"\"y\"", "z"])
    #expect(row.fields.map(\.hasDoubledQuotes) == [true, false])
    #expect(row.fields.map(\.isQuoted) == [true, false])
    #expect(text(row.range) == "\"x\"\"y\",z")
    #expect(text(table.columns[1].range) == "b")
  }

  @Test("rows are read in any order, in the same storage")
  func order() {
    let table = CSVTable("a,b\n1,2\n3,4,5\n6,7\n")
    var row = CSVRow()
    for (number, texts) in [(2, ["6", "7"]), (1, ["3", "4", "5"]), (0, ["1", "2"])] {
      table.read(row: number, into: &row)
      #expect(row.fields.map { table.text(of: $0) } == texts)
      #expect(row.number == number + 2)
    }
  }
}

@Suite("Separators")
struct SeparatorTests {
  static let rows: [(String, Character, [String])] = [
    ("a,b\n1,2", ",", ["a", "b"]),
    ("a;b\n1;2", ";", ["a", "b"]),
    ("a\tb\n1\t2", "\t", ["a", "b"]),
    ("id\n1", ",", ["id"]),
    // Decimal commas below the header
    ("id;amount\ntx1;299,90\ntx2;1,50", ";", ["id", "amount"]),
    // A comma in a name, and rows that tell
    ("id;amount, NOK\ntx1;299,90", ";", ["id", "amount, NOK"]),
    ("id,amount; fee,c\ntx1,100;5,x\n", ",", ["id", "amount; fee", "c"]),
    ("\"a;b;c\",d\n1,2", ",", ["a;b;c", "d"]),
    ("a, b\tc\n1, 2\t3\n", "\t", ["a, b", "c"]),
    // The header alone: the most columns, and the semicolon of equally many
    ("a;b,c,d", ",", ["a;b", "c", "d"]),
    ("a;b,c", ";", ["a", "b,c"]),
    // A title where the names should be
    ("returns of november\nid;amount\ntx1;5", ";", ["returns of november"]),
    ("words\na;b\nc\n", ",", ["words"]),
    // Excel is told by a first line of its own
    ("sep=;\na;b,c,d\n", ";", ["a", "b,c,d"]),
    ("\u{FEFF}sep=|\r\na|b\r\n1|2\r\n", "|", ["a", "b"]),
    ("SEP=,\na,b;c;d", ",", ["a", "b;c;d"]),
    // No such line, but a name
    ("sep=ab,c\n1,2", ",", ["sep=ab", "c"]),
  ]

  @Test("are recognised", arguments: rows)
  func recognized(source: String, separator: Character, names: [String]) {
    let table = CSVTable(source)
    #expect(table.separator == separator.asciiValue)
    #expect(table.names == names)
  }
}
