import DTXCSV
import DTXEvaluator
import DTXSyntax
import Testing

@Suite("Diagnostics of data files")
struct DataFileTests {
  private static let reader = Diagnostic.Label(SourceRange(10, 27), "read here")

  private func diagnostics(_ text: String, reading columns: Set<Int>) -> [Diagnostic] {
    CSVTable(Array(text.utf8)).diagnostics(
      in: SourceID(1),
      readBy: Self.reader,
      columns: columns
    )
  }

  @Test("a damaged value is an error in a column that is read, and a warning in another")
  func severity() {
    let text = "id;amount\ntx1;#REF!\ntx2;5;6\ntx2;7\ntx2;7\n"
    for (columns, severity) in [([0, 1], Diagnostic.Severity.error), ([0], .warning)] {
      let found = diagnostics(text, reading: Set(columns))
      #expect(found.map(\.severity) == [severity, .error, .warning])
      #expect(found.map(\.code.number) == [2120, 2113, 2124])
    }
  }

  @Test("each points into the file, and at the script that reads it")
  func places() throws {
    let found = try #require(diagnostics("id;amount\ntx1;#REF!\n", reading: [1]).first)
    #expect(found.primary.source == SourceID(1))
    #expect(found.primary.range == SourceRange(14, 19))
    #expect(found.secondary == [Self.reader])
  }

  @Test(
    "what is not told is counted, and is as grave as what is told",
    arguments: [
      ("#REF!", 1, Diagnostic.Severity.error), ("#REF!", 0, .warning), ("x;y", 0, .error),
    ]
  )
  func more(value: String, column: Int, severity: Diagnostic.Severity) throws {
    let count = CSVTable.problemLimit + 3
    let rows = (0..<count).map { "\($0);\(value)\n" }.joined()
    let found = diagnostics("id;amount\n" + rows, reading: [column])
    let last = try #require(found.last)
    #expect(found.count == CSVTable.problemLimit + 1)
    #expect(last.code.number == 2119 && last.message.text.hasPrefix("3 more problems"))
    #expect(last.severity == severity)
  }

  @Test("every rule has a number of its own")
  func codes() {
    let texts = CSVProblem.Rule.allCases.map { DataFileMessage.more($0, 1, isRead: true).text }
    #expect(Set(texts).count == texts.count)
  }
}
