import DTXReport
import DTXSyntax
import Testing

@Suite("Marks beneath a line of source")
struct MarkTests {
  struct CaretRow: Sendable, CustomTestStringConvertible {
    let name: String
    let line: String
    let marked: String
    let expected: [String]
    var testDescription: String { name }
  }

  static let caretRows: [CaretRow] = [
    CaretRow(
      name: "tab",
      line: "\tcapture\ttx1",
      marked: "tx1",
      expected: ["    capture tx1", "            ^^^"]
    ),
    CaretRow(
      name: "tab itself",
      line: "a\tb",
      marked: "\t",
      expected: ["a   b", " ^^^"]
    ),
    CaretRow(
      name: "wide characters",
      line: "ref \"椅子\" x",
      marked: "x",
      expected: ["ref \"椅子\" x", "           ^"]
    ),
    CaretRow(
      name: "marks on wide characters",
      line: "ref \"椅子\" x",
      marked: "子",
      expected: ["ref \"椅子\" x", "       ^^"]
    ),
    CaretRow(
      name: "combining mark",
      line: "ref \"cafe\u{301}\" x",
      marked: "x",
      expected: ["ref \"cafe\u{301}\" x", "           ^"]
    ),
    CaretRow(
      name: "emoji",
      line: "ref \"👍🏽\" x",
      marked: "x",
      expected: ["ref \"👍🏽\" x", "         ^"]
    ),
    CaretRow(
      name: "family",
      line: "\"👩‍👩‍👧\" x",
      marked: "x",
      expected: ["\"👩‍👩‍👧\" x", "     ^"]
    ),
    CaretRow(
      name: "flag",
      line: "\"🇳🇴\" x",
      marked: "x",
      expected: ["\"🇳🇴\" x", "     ^"]
    ),
    CaretRow(
      name: "emoji form",
      line: "\"☎️\" x",
      marked: "x",
      expected: ["\"☎️\" x", "     ^"]
    ),
    CaretRow(
      name: "escape character",
      line: "ref \u{1B}[2J x",
      marked: "x",
      expected: ["ref \\u{1B}[2J x", "              ^"]
    ),
    CaretRow(
      name: "direction override",
      line: "ref \u{202E}gnp x",
      marked: "\u{202E}",
      expected: ["ref \\u{202E}gnp x", "    ^^^^^^^^"]
    ),
    CaretRow(
      name: "no-break space",
      line: "capture\u{A0}tx",
      marked: "\u{A0}",
      expected: ["capture\u{A0}tx", "       ^"]
    ),
  ]

  @Test("Marks stand beneath what they mark", arguments: caretRows)
  func carets(row: CaretRow) {
    let source = Array("# before\n\(row.line)\n# after\n".utf8)
    let diagnostic = Diagnostic(TestMessage(), at: .init(range(of: row.marked, in: source)))
    #expect(excerpt(diagnostic, source) == row.expected)
  }

  @Test("Bytes that are no UTF-8 have a place each")
  func invalidBytes() {
    let source: [UInt8] = [0x61, 0xFF, 0xC3, 0x62, 0xE2, 0x82]
    let diagnostic = Diagnostic(TestMessage(), at: .init(SourceRange(2, 3)))
    #expect(excerpt(diagnostic, source) == ["a\u{FFFD}\u{FFFD}b\u{FFFD}\u{FFFD}", "  ^"])
  }

  struct EmptyRow: Sendable {
    let source: String
    let offset: UInt32
    let expected: [String]
    let place: String
  }

  static let emptyRows: [EmptyRow] = [
    EmptyRow(source: "", offset: 0, expected: ["", "^"], place: "1:1"),
    EmptyRow(source: "capture", offset: 7, expected: ["capture", "       ^"], place: "1:8"),
    EmptyRow(source: "capture\r\nx", offset: 7, expected: ["capture", "       ^"], place: "1:8"),
    EmptyRow(source: "capture\n", offset: 8, expected: ["", "^"], place: "2:1"),
    EmptyRow(source: "a b", offset: 1, expected: ["a b", " ^"], place: "1:2"),
    // Beyond the end: a stale range must not trap.
    EmptyRow(source: "ab", offset: 99, expected: ["ab", "  ^"], place: "1:3"),
  ]

  @Test("An empty range is one mark", arguments: emptyRows)
  func empty(row: EmptyRow) {
    let source = Array(row.source.utf8)
    let diagnostic = Diagnostic(TestMessage(), at: .init(SourceRange(at: row.offset)))
    #expect(excerpt(diagnostic, source) == row.expected)
    let report = DiagnosticReport([diagnostic], in: SourceSet(name: "x", bytes: source))
    var builder = TextBuilder()
    report.append(to: &builder)
    #expect(builder.text.contains("--> x:\(row.place)\n"))
  }

  /// The excerpt's line and its marks, without the margin.
  private func excerpt(_ diagnostic: Diagnostic, _ source: [UInt8]) -> [String] {
    var builder = TextBuilder()
    DiagnosticReport([diagnostic], in: SourceSet(name: "x", bytes: source))
      .append(diagnostic, to: &builder)
    return builder.text.split(separator: "\n").dropFirst(3).map {
      String($0.drop { $0 != "|" }.dropFirst(2))
    }
  }
}
