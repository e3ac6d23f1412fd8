import DTXCSV
import Testing

/// What spreadsheets do to values, and what only looks like it.
@Suite("Damage by spreadsheets")
struct DamageTests {
  private func kinds(_ source: String) -> [CSVProblem.Kind] {
    CSVTable(source).problems.map(\.kind)
  }

  @Test(
    "a rounded number is found",
    arguments: [
      "1.23E+15", "1,23E+15", "1E+15", "-1.5E+10", "4.65E-05", "9.99999E+102", "\"1.23E+15\"",
      "1.23e+15",
    ]
  )
  func scientific(value: String) {
    #expect(kinds("id;x\n\(value);y") == [.scientificNumber])
  }

  @Test(
    "what only resembles one is left alone",
    arguments: [
      "4E10", "1E5", "12.5E+15", "1E+5", "E+15", "tx-1E+15", "1.E+15", "1.2.3E+15", "1E+15x",
      "1+15",
      "12345", "-12345", "2026-11-01", "-E+15",
    ]
  )
  func notScientific(value: String) {
    #expect(kinds("id;x\n\(value);y") == [])
  }

  @Test(
    "the error of a formula is found",
    arguments: [
      "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#I/T", "#NV",
      "#VERDI!", "#VÄRDEFEL!", "#GETTING_DATA!", "Err:502", "####", "########",
    ]
  )
  func formulaError(value: String) {
    #expect(kinds("id;x\n\(value);y") == [.formulaError])
  }

  @Test(
    "what only resembles one is left alone",
    arguments: [
      "#", "##", "#1", "#12345", "#ref!", "#REF", "#a!", "Err:5", "Err:5020", "Error", "E",
      "#N/A x",
      "x#REF!", "#wow!",
    ]
  )
  func noFormulaError(value: String) {
    #expect(kinds("id;x\n\(value);y") == [])
  }

  struct Zeros: Sendable, CustomTestStringConvertible {
    let values: [String]
    /// The numbers of the rows whose value lost zeros.
    let rows: [Int]

    init(_ values: [String], _ rows: [Int]) { (self.values, self.rows) = (values, rows) }
    var testDescription: String { "\(values)" }
  }

  static let zeros: [Zeros] = [
    Zeros(["00123", "123", "99999", "5"], [3, 5]),
    Zeros(["0123", "4567", "8901"], []),
    Zeros(["01", "5", "12"], [3]),
    // No value begins with a zero, or a lone zero does
    Zeros(["123", "45", "6"], []),
    Zeros(["0", "5", "10"], []),
    // Of different widths, or longer ones: not of one width
    Zeros(["0123", "00456", "7"], []),
    Zeros(["0123", "12345", "7"], []),
    // Not all are digits
    Zeros(["0123", "tx7", "7"], []),
    Zeros(["00.50", "1.5", "7"], []),
    // Empty values tell nothing; a lone zero was `0000`
    Zeros(["0123", "", "7"], [4]),
    Zeros(["0123", "0", "4567"], [3]),
  ]

  @Test("lost zeros are found where the other values of the column show them", arguments: zeros)
  func lostZeros(zeros: Zeros) {
    let rows = zeros.values.map { "x\($0);\($0);y\n" }.joined()
    let table = CSVTable("a;id;b\n\(rows)")
    #expect(table.problems.filter { $0.rule == .lostZeros }.map(\.row) == zeros.rows)
    #expect(table.problems.allSatisfy { $0.column?.name == "id" })
  }

  struct Totals: Sendable, CustomTestStringConvertible {
    let rows: String
    let found: [Int]

    init(_ rows: String, _ found: [Int]) { (self.rows, self.found) = (rows, found) }
    var testDescription: String { rows.debugDescription }
  }

  static let totals: [Totals] = [
    Totals("tx1;10;\ntx2;20;\nTotal;30;", [4]),
    Totals("tx1;10;\ntx2;20;\n;30;", [4]),
    Totals("tx1;10;\ntx2;20;\n;Sum: ;30", [4]),
    Totals("tx1;10;\ntx2;20;\n\n\"TOTALT\";30;\n;;\n", [5]),
    Totals("tx1;10;\ntx2;20;\n;Delsum;30\n;mva;1 299,50\n;i alt;37,50", [4, 5, 6]),
    Totals("tx1;10;\nsum;10;", [3]),
    Totals("tx1;10;\ntx2;20;\nYhteensä;30;", [4]),
    // Only at the end, and no more than a few
    Totals("tx1;10;\nTotal;20;\ntx2;30;", []),
    Totals("Total;1;\nTotal;2;\nTotal;3;\nTotal;4;", [3, 4, 5]),
    // An empty first value that other rows have too, no number, or too few rows to tell
    Totals("tx1;10;\n;15;\ntx2;20;\n;30;", []),
    Totals("tx1;10;\ntx2;20;\n;late;", []),
    Totals("tx1;10;\n;20;", []),
    // Words that only begin like it
    Totals("tx1;10;\ntotal-7;20;", []),
    Totals("tx1;10;\nsummer;20;", []),
  ]

  @Test("rows of totals are found at the end", arguments: totals)
  func totalsRows(totals: Totals) {
    let table = CSVTable("id;amount;comment\n\(totals.rows)")
    #expect(table.problems.filter { $0.rule == .totalsRow }.map(\.row) == totals.found)
  }

  @Test("rows that are the same are found, with the first of them")
  func duplicates() {
    let table = CSVTable("a,b\n1,2\n3,4\n\n1,2\n5,\"x\ny\"\n1,2\n5,\"x\ny\"\n1,22\n")
    let found = table.found.map { "\($0.row) \($0.kind)" }
    #expect(
      found == [
        "5 duplicateRow(first: 2)", "7 duplicateRow(first: 2)", "8 duplicateRow(first: 6)",
      ]
    )
  }

  @Test("every row of many equal ones is found, and none of many different ones")
  func manyRows() {
    let count = 3_000
    let equal = CSVTable("a\n" + String(repeating: "1\n", count: count))
    #expect(equal.problems.count + equal.leftOut.reduce(0) { $0 + $1.count } == count - 1)
    let different = CSVTable("a\n" + (0..<count).map { "\($0 * 7919)\n" }.joined())
    #expect(different.problems.isEmpty)
  }
}
