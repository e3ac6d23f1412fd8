import Testing

@testable import DTXSyntax

@Suite("Limits")
struct LimitTests {
  private func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  @Test(
    "brackets and prefixes nest a hundred deep, and no deeper",
    arguments: [
      ("(", ")"), ("[", "]"), ("f(", ")"), ("not ", ""), ("- ", ""),
    ]
  )
  func nesting(open: String, close: String) {
    for (depth, messages) in [
      (Parser.nestingLimit, []),
      (Parser.nestingLimit + 1, [SyntaxMessage.nestingTooDeep(limit: Parser.nestingLimit)]),
      (100_000, [.nestingTooDeep(limit: Parser.nestingLimit)]),
    ] {
      let source = "print \(repeated(open, depth))1\(repeated(close, depth))\npreview\n"
      let reading = Reading(source)
      #expect(reading.messages == messages)
      #expect(reading.script.statements.last?.content == .preview)
    }
  }

  @Test("a tree is at most 256 levels high", arguments: [" + 1", " or a", ".x"])
  func depth(part: String) {
    let within = "print $a" + repeated(part, Parser.depthLimit - 1)
    #expect(Reading(within).messages == [])
    let beyond = "print $a" + repeated(part, 100_000) + "\npreview"
    #expect(Reading(beyond).messages == [.nestingTooDeep(limit: Parser.depthLimit)])
  }

  @Test("a list may have any number of elements")
  func longLists() {
    let reading = Reading("print [\(repeated("tx1, ", 50_000))tx1]")
    #expect(reading.messages == [])
    #expect(reading.script.elements.count == 50_002)
  }

  @Test("diagnostics stop at a thousand, and say so")
  func diagnostics() {
    let reading = Reading(repeated("captrue tx1 all\n", 5_000))
    #expect(reading.diagnostics.count == DiagnosticList.limit + 1)
    #expect(reading.messages.last == .tooManyDiagnostics(.error, limit: DiagnosticList.limit))
    #expect(reading.script.statements.count == 5_000)
  }

  @Test("a source beyond the limit is refused, not read")
  func sourceLimit() {
    let source = Array("preview\n".utf8)
    let within = Parser.parse(source, mode: .script, sourceLimit: source.count)
    #expect(within.diagnostics.isEmpty && within.script.statements.count == 1)
    let beyond = Parser.parse(source, mode: .script, sourceLimit: source.count - 1)
    let messages = beyond.diagnostics.map { $0.message as? SyntaxMessage }
    #expect(messages == [.sourceTooLarge(limit: source.count - 1)])
    #expect(beyond.script.statements.isEmpty)
  }

  /// Sources that could make a parser read the same bytes again and again.
  static let stretches: [(String, String, String)] = [
    ("", "capture T12345678.465UfBENeLpkBvwmqfTC4k line 1 29990 ref \"ship-1\"\n", ""),
    ("", "captrue tx1 all\n", ""), ("", "x", ""), ("", "(", ""), ("print ", "(", "\n"),
    ("", "{", ""), ("", "\"{", ""), ("print \"", "{", "\""), ("print \"", "{$a}", "\""),
    ("", "for {\n", ""), ("", "for {}\n", ""), ("print [", "1,", "]"),
    ("", "for $a in $b {", ""), ("", "if $a {\n", "print 1"), ("", "if $a\n ", ""),
    ("", "if $a {}\n\n", ""), ("", "if $a {} else {} ", ""), ("", "define f(", ""),
    ("", "if $a\n\n", "{"), ("", "unless $a {\n", ""), ("", "else {", ""), ("", "call f(", ""),
    ("", "let $a =\n", ""), ("for $a in transactions ", "where a = b ", "{}"),
    ("print [", "capture x\n", ""),
    ("print (", "\n", "capture tx1 all"), ("", "1 299,90 ", ""), ("capture t ", "1 ", ""),
    ("capture t ", "123 ", "NOK"), ("capture t ", "123,", "NOK"), ("capture t ", "1", ""),
    ("capture t ", "1 % of ", "5"),
    ("capture t all ", "meta a \"b\" ", ""), ("capture t ", "ref \"a\" ", "all"),
    ("adjust t {", "drop line 1 ", "}"), ("", "“", ""), ("", "'", ""), ("", "\u{1}", ""),
    ("", "\\\n", ""), ("", "\\ \n", ""), ("print $a", ".b", ""), ("", "}", ""), ("", "#\n", ""),
    ("print ", "a not in ", "b"), ("capture ", "line ", "1"), ("print $a ", "and ", ""),
    ("capture t all reason ", "word ", ""), ("print ", "1'", ""), ("print ", "transaction ", "x"),
    ("", ";", ""), ("", "print (\n", ""), ("print ", "-", "1"), ("", "\u{A0}", ""),
  ]

  @Test(
    "reading is linear: bytes read again are at most a few times the source",
    arguments: stretches
  )
  func linear(before: String, part: String, after: String) {
    let count = 20_000 / part.utf8.count
    let source = Array((before + repeated(part, count) + after).utf8)
    for mode in [Parser.Mode.script, .session] {
      var parser = Parser(source, mode: mode)
      parser.parseScript()
      #expect(parser.current.kind == .endOfFile)
      #expect(parser.bytesReread <= 4 * source.count)
      #expect(parser.script.expressions.count <= source.count)
    }
  }

  @Test(
    "a line of a million bytes is a line like others",
    arguments: ["capture tx1 all; ", "captrue ", "\u{0}a", "\"{$a}\" "]
  )
  func longLine(part: String) {
    let reading = Reading(repeated(part, 1_000_000 / part.utf8.count))
    let table = reading.script.lineTable()
    let columns = reading.diagnostics.map { table.position(of: $0.primary.range.start).column }
    #expect(columns == columns.sorted())
    #expect(table.lineCount == 1)
  }

  @Test("ten million bytes of garbage are read to the end")
  func garbage() {
    let reading = Reading(
      [UInt8](repeating: 0xFF, count: 5_000_000) + [UInt8](repeating: 0x28, count: 5_000_000)
    )
    #expect(reading.messages == [.invalidUTF8])
    #expect(reading.script.statements.last?.range.end ?? 0 <= 10_000_000)
  }
}
