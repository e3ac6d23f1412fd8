import DTXCSV
import DTXTestSupport
import Testing

@Suite("Properties of tables")
struct PropertyTests {
  /// Pieces of values that a writer has to put into quotes, and others.
  static let pieces = [
    "tx1", "29990", "299,90", " ", "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", "ø", "😀", "0",
    "a b", "'", "#",
  ]

  /// Writes rows as RFC 4180 has them, with quotes where they are needed or where chance wants them.
  private func write(
    _ rows: [[String]],
    separator: String,
    lineEnd: String,
    _ random: inout SplitMix64
  ) -> String {
    var text = ""
    for (number, row) in rows.enumerated() {
      let fields = row.map { value in
        let needsQuotes = value.utf8.contains { "\",;\t\n\r".utf8.contains($0) }
        guard needsQuotes || Bool.random(using: &random) else { return value }
        return "\"" + value.replacing("\"", with: "\"\"") + "\""
      }
      text += fields.joined(separator: separator)
      if number < rows.count - 1 || Bool.random(using: &random) { text += lineEnd }
    }
    return text
  }

  @Test("reading gives what was written", arguments: 0..<200 as Range<UInt64>)
  func readsWhatWasWritten(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let columnCount = Int.random(in: 1...6, using: &random)
    let names = (1...columnCount).map { "c\($0)" }
    let rows = (0..<Int.random(in: 0...20, using: &random)).map { _ in
      (0..<columnCount).map { column in
        let count = Int.random(in: 0...4, using: &random)
        let value = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
          .joined()
        // A row without any text would be left out.
        return column == 0 ? "k" + value : value
      }
    }
    let text = write(
      [names] + rows,
      separator: [",", ";", "\t"].randomElement(using: &random) ?? ",",
      lineEnd: ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n",
      &random
    )
    let table = CSVTable(text)
    #expect(table.names == names)
    #expect(table.texts == rows)
    #expect(table.isReadable)
  }

  static let fragments: [[UInt8]] =
    [
      "id", "a;b", ",", ";", "\t", "\n", "\r\n", "\r", "\"", "\"\"", "\"x\"", " ", "0", "007", "7",
      "1.5E+10", "#REF!", "Total", "æ", "\u{FEFF}", "sep=;", "\u{0}", "PK\u{3}\u{4}", ";;;;",
    ].map { Array($0.utf8) } + [[0xFF], [0xE2, 0x82], [0xFF, 0xFE]]

  @Test("any bytes are read, and every place is inside", arguments: 0..<50 as Range<UInt64>)
  func anyBytes(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let source = (0..<Int.random(in: 0..<40, using: &random)).flatMap { _ in
        Self.fragments.randomElement(using: &random) ?? []
      }
      let table = CSVTable(source)
      var row = CSVRow()
      var end = 0
      for number in 0..<table.rowCount {
        table.read(row: number, into: &row)
        #expect(row.range.lowerBound >= end && row.range.upperBound <= source.count)
        end = row.range.upperBound
        for field in row.fields {
          #expect(row.range.contains(field.wholeRange))
          _ = table.text(of: field)
        }
      }
      for problem in table.problems {
        #expect(problem.range.upperBound <= source.count && problem.row >= 1)
        #expect(!problem.text.isEmpty && !problem.help.isEmpty)
      }
    }
  }
}
