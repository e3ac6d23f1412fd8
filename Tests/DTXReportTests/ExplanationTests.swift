import DTXReport
import DTXSyntax
import Testing

@Suite("Explanations as reports")
struct ExplanationTests {
  @Test(
    "A page for people, in every width",
    arguments: ["DTX3001", "DTX2071", "DTX2104", "DTX5011"]
  )
  func page(code: String) throws {
    let report = try #require(ExplanationReport(code))
    try expectGolden("explanation/\(code.lowercased())") { report.append(to: &$0) }
  }

  @Test("Every page fits a terminal, but for its examples")
  func widths() throws {
    for code in UInt16(1000)...5999 {
      guard let report = ExplanationReport("\(code)") else { continue }
      var builder = TextBuilder(options: OutputOptions(columns: 40))
      report.append(to: &builder)
      let words = builder.text.split(separator: "\n").filter { !$0.hasPrefix("    ") }
      expectFits(words.joined(separator: "\n"), columns: 40)
    }
  }

  @Test("The list names every code once")
  func list() {
    var builder = TextBuilder()
    ExplanationList().append(to: &builder)
    let codes = builder.text.split(separator: "\n")
      .filter { $0.hasPrefix("  DTX") }
      .map { $0.dropFirst(2).prefix(7) }
    #expect(codes.count > 150)
    #expect(Set(codes).count == codes.count)
    #expect(codes == codes.sorted())
  }

  @Test("As JSON, every explanation has the same members")
  func json() throws {
    var writer = JSONWriter()
    ExplanationList().append(to: &writer)
    let records = try jsonLines(writer.text)
    #expect(records.count > 150)
    for record in records {
      #expect(
        record.keys.sorted() == [
          "code", "event", "files", "kind", "meaning", "reason", "remedy", "right", "title", "type",
          "wrong",
        ]
      )
      #expect((record["event"] is String) != (record["wrong"] is String))
    }
  }

  @Test("What is no code has no page", arguments: ["", "DTX9999", "help"])
  func unknown(code: String) {
    #expect(ExplanationReport(code) == nil ? true : false)
  }
}
