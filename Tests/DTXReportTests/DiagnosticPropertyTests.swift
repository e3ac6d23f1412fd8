@testable import DTXReport
import DTXSyntax
import DTXTestSupport
import Testing

@Suite("Any diagnostic in any text")
struct DiagnosticPropertyTests {
  @Test("Fits the terminal, and is read back from JSON", arguments: 0..<150)
  func anything(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let source = Self.source(using: &random)
    let diagnostic = Diagnostic(
      TestMessage(text: randomText(length: 90, using: &random), help: "look at it"),
      at: Self.label(in: source, using: &random),
      secondary: (0..<Int.random(in: 0...4, using: &random)).map { _ in
        Self.label(in: source, using: &random)
      }
    )
    let columns = Int.random(in: 30...120, using: &random)
    let isUnicode = Bool.random(using: &random)
    let options = OutputOptions(columns: columns, isUnicode: isUnicode)
    let report = DiagnosticReport([diagnostic], in: SourceSet(name: "x.dtx", bytes: source))
    var builder = TextBuilder(options: options)
    report.append(to: &builder)
    expectFits(builder.text, columns: columns)
    #expect(builder.text.split(separator: "\n").filter { $0.hasSuffix(" ") } == [])
    #expect(builder.text.contains("^"))

    var writer = JSONWriter()
    report.append(to: &writer)
    let record = try #require(try jsonLines(writer.text).first)
    #expect(record["code"] as? String == "DTX3001")
    #expect(record["message"] as? String == diagnostic.message.text)
  }

  /// Lines of text, some of them very long, with a stray byte here and there.
  private static func source(using random: inout SplitMix64) -> [UInt8] {
    var source: [UInt8] = []
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      let length = Int.random(in: 0...(Bool.random(using: &random) ? 30 : 6000), using: &random)
      source += Array(randomText(length: length, using: &random).utf8)
      source +=
        [[0x0A], [0x0D, 0x0A], [0x09], [0xFF, 0x0A], [0x0D]].randomElement(using: &random) ?? []
    }
    return source
  }

  private static func label(
    in source: [UInt8],
    using random: inout SplitMix64
  ) -> Diagnostic.Label {
    // Ranges may begin within a character, run over lines, or be out of date.
    let start = UInt32.random(in: 0...UInt32(source.count + 3), using: &random)
    let length = UInt32.random(in: 0...(Bool.random(using: &random) ? 12 : 500), using: &random)
    let text = Bool.random(using: &random) ? "" : randomText(length: 50, using: &random)
    return Diagnostic.Label(SourceRange(start, start + length), text)
  }
}
