import DTXReport
import DTXSyntax
import Foundation
import Testing

/// A message whose words the test chooses.
struct TestMessage: DiagnosticMessage {
  var number: UInt16 = 3001
  var severity = Diagnostic.Severity.error
  var text = "capture of 299.90 NOK is more than tx123 has left"
  var help: String?

  var code: DiagnosticCode { DiagnosticCode(number) }
}

/// Finds the `number`th occurrence of a text in a source.
func range(of text: String, in source: [UInt8], number: Int = 0) -> SourceRange {
  let wanted = Array(text.utf8)
  var found = -1
  for start in 0...max(source.count - wanted.count, 0)
  where source[start...].starts(with: wanted) {
    found += 1
    if found == number { return SourceRange(UInt32(start), UInt32(start + wanted.count)) }
  }
  Issue.record("\(text) is not in the source")
  return SourceRange(0, 0)
}

@Suite("Diagnostics as text")
struct DiagnosticTextTests {
  /// Forty lines: two of them take more than the transaction has.
  static let script: [UInt8] = Array(
    (1...40).map { line in
      switch line {
      case 12: "capture tx123 line 2 29990"
      case 40: "capture tx123 line 1 29990"
      default: "# line \(line)"
      }
    }
    .joined(separator: "\n").utf8
  )

  @Test("A rule broken by one line because of another shows both")
  func twoPlaces() throws {
    let source = Self.script
    let diagnostic = Diagnostic(
      TestMessage(help: "capture what is left with `capture tx123 all`"),
      at: .init(
        range(of: "capture tx123 line 1 29990", in: source),
        "100.00 NOK is left to capture"
      ),
      secondary: [
        .init(
          range(of: "capture tx123 line 2 29990", in: source),
          "299.90 NOK of 399.90 NOK was captured here"
        )
      ]
    )
    let report = DiagnosticReport([diagnostic], in: SourceSet(name: "fix.dtx", bytes: source))
    try expectGolden("diagnostics/two-places") { report.append(to: &$0) }
  }

  @Test("Several labels on one line hang beneath it")
  func severalLabels() throws {
    let source = Array("refund tx123 line chair 29990 reason \"broken\"\n".utf8)
    let diagnostic = Diagnostic(
      TestMessage(text: "line chair of tx123 was returned on 2026-08-01 already"),
      at: .init(range(of: "chair", in: source), "this line"),
      secondary: [
        .init(range(of: "refund", in: source), "a refund like the one of 2026-08-01"),
        .init(range(of: "29990", in: source), "299.90 NOK"),
        .init(range(of: "\"broken\"", in: source), "for the same reason"),
      ]
    )
    let report = DiagnosticReport([diagnostic], in: SourceSet(name: "returns.dtx", bytes: source))
    try expectGolden("diagnostics/several-labels") { report.append(to: &$0) }
  }

  @Test("Several files, several severities and repairs")
  func severalFiles() throws {
    let script = Array("include \"lib.dtx\"\ncaptrue tx1 all\nvoid tx2;\n".utf8)
    let library = Array("# shared\r\ncapture tx2 300 NOK\r\n".utf8)
    var sources = SourceSet(name: "fix.dtx", bytes: script)
    let id = sources.append(Source(name: "lib.dtx", bytes: library))
    let diagnostics = [
      Diagnostic(
        TestMessage(number: 1010, text: "`captrue` is no statement"),
        at: .init(range(of: "captrue", in: script)),
        fixIts: [
          .init(
            "replace with",
            [.init(range(of: "captrue", in: script), "capture")]
          )
        ]
      ),
      Diagnostic(
        TestMessage(
          number: 2003,
          severity: .warning,
          text: "300 NOK has no decimals",
          help: "write `300.00 NOK`, or 30000 for minor units"
        ),
        at: .init(range(of: "300 NOK", in: library), in: id),
        secondary: [.init(range(of: "include \"lib.dtx\"", in: script), "included here")],
        fixIts: [.init("", [.init(range(of: "300 NOK", in: library), "300.00 NOK")])]
      ),
      Diagnostic(
        TestMessage(number: 1002, severity: .note, text: "the semicolon is not needed"),
        at: .init(range(of: ";", in: script)),
        fixIts: [.init("", [.init(range(of: ";", in: script), "")])]
      ),
    ]
    let report = DiagnosticReport(diagnostics, in: sources)
    try expectGolden("diagnostics/several-files") { report.append(to: &$0) }
  }

  @Test("A range of several lines shows its first lines and its last")
  func severalLines() throws {
    let source = Array(
      """
      adjust tx9 {
        set line 1 10000
        add line 2 "Shipping" 4900
      \tdrop line 3

        drop line 4
      }

      """.utf8
    )
    let end = range(of: "}\n", in: source).start + 1
    let whole = Diagnostic(
      TestMessage(text: "the items of tx9 add up to 149.00 NOK, and 159.00 NOK is captured"),
      at: .init(SourceRange(0, end), "this list"),
      secondary: [.init(range(of: "drop line 4", in: source), "dropped")]
    )
    let short = Diagnostic(
      TestMessage(text: "two lines"),
      at: .init(SourceRange(range(of: "add", in: source).start, range(of: "3", in: source).end + 1))
    )
    let report = DiagnosticReport([whole, short], in: SourceSet(name: "a.dtx", bytes: source))
    try expectGolden("diagnostics/several-lines") { report.append(to: &$0) }
  }

  @Test("A long line is cut around what matters")
  func longLine() throws {
    let source = Array(
      """
      list where status = AUTHORIZED and created < today - 30d and reference contains "SHOP-2026" \
      and amuont >= 100.00 NOK and store = "Torggata 4, Oslo" order by created desc limit 100
      """.utf8
    )
    let sources = SourceSet(name: "old.dtx", bytes: source)
    let misspelled = Diagnostic(
      TestMessage(number: 2001, text: "a transaction has no field `amuont`"),
      at: .init(range(of: "amuont", in: source), "did you mean `authorized`?")
    )
    let far = Diagnostic(
      TestMessage(number: 2001, severity: .warning, text: "two places that are far apart"),
      at: .init(range(of: "limit 100", in: source), "here"),
      secondary: [.init(range(of: "list", in: source), "and here")]
    )
    let whole = Diagnostic(
      TestMessage(number: 2001, text: "all of it"),
      at: .init(SourceRange(0, UInt32(source.count)), "everything")
    )
    try expectGolden("diagnostics/long-line") {
      DiagnosticReport([misspelled, far, whole], in: sources).append(to: &$0)
    }
  }

  @Test("A diagnostic about a text that is not at hand is its words alone")
  func missingSource() {
    let diagnostic = Diagnostic(
      TestMessage(text: "gone", help: "look"),
      at: .init(SourceRange(0, 1), in: SourceID(7))
    )
    var builder = TextBuilder()
    DiagnosticReport([diagnostic], in: SourceSet()).append(to: &builder)
    #expect(builder.text == "error DTX3001: gone\n  = help: look\n\n1 error\n")
  }

  @Test("A line of ten megabytes is not drawn in full")
  func hugeLine() {
    var source = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000_000)
    source[5_000_000] = UInt8(ascii: "!")
    let diagnostic = Diagnostic(TestMessage(), at: .init(SourceRange(5_000_000, 5_000_001), "this"))
    var builder = TextBuilder(options: OutputOptions(columns: nil))
    DiagnosticReport([diagnostic], in: SourceSet(name: "x", bytes: source)).append(to: &builder)
    #expect(builder.bytes.count < 10_000)
    #expect(builder.text.contains("!"))
    #expect(builder.text.contains(":1:5000001\n"))
  }

  struct HelpRow: Sendable, CustomTestStringConvertible {
    let name: String
    var help: String?
    var label = ""
    var title = ""
    let replacement: String
    var isInsertion = false
    let expected: [String]
    var testDescription: String { name }
  }

  static let helpRows: [HelpRow] = [
    HelpRow(name: "no title", replacement: "new", expected: ["replace with `new`"]),
    HelpRow(name: "insertion", replacement: "new", isInsertion: true, expected: ["insert `new`"]),
    HelpRow(name: "removal", replacement: "", expected: ["remove `old`"]),
    HelpRow(name: "title", title: "close it", replacement: "}", expected: ["close it: `}`"]),
    HelpRow(
      name: "title that says it",
      title: "write `new`",
      replacement: "new",
      expected: ["write `new`"]
    ),
    HelpRow(
      name: "help that says it",
      help: "use `new`",
      replacement: "new",
      expected: ["use `new`"]
    ),
    HelpRow(name: "label that says it", label: "use `new`?", replacement: "new", expected: []),
    HelpRow(
      name: "help besides",
      help: "think",
      replacement: "new",
      expected: ["think", "replace with `new`"]
    ),
    HelpRow(
      name: "the same words twice",
      help: "write plain quotes around it",
      title: "write plain quotes",
      replacement: "q",
      expected: ["write plain quotes around it", "write plain quotes: `q`"]
    ),
  ]

  @Test("A repair is named once", arguments: helpRows)
  func helps(row: HelpRow) {
    let source = Array("old".utf8)
    let edited = row.isInsertion ? SourceRange(at: 3) : SourceRange(0, 3)
    let diagnostic = Diagnostic(
      TestMessage(help: row.help),
      at: .init(SourceRange(0, 3), row.label),
      fixIts: [.init(row.title, [.init(edited, row.replacement)])]
    )
    var builder = TextBuilder()
    DiagnosticReport([diagnostic], in: SourceSet(name: "x", bytes: source))
      .append(diagnostic, to: &builder)
    let helps = builder.text.split(separator: "\n").filter { $0.contains("= help: ") }
    #expect(helps.map { String($0.dropFirst("  = help: ".count)) } == row.expected)
  }

  @Test("Code in backquotes is not broken")
  func codeStaysWhole() {
    let diagnostic = Diagnostic(
      TestMessage(text: "say what to do, as in `capture tx1 all`, and not less"),
      at: .init(SourceRange(0, 0))
    )
    var builder = TextBuilder(options: OutputOptions(columns: 45))
    DiagnosticReport([diagnostic], in: SourceSet()).append(diagnostic, to: &builder)
    #expect(
      builder.text == """
        error DTX3001: say what to do, as in
          `capture tx1 all`, and not less

        """
    )
  }

  @Test("Diagnostics as JSON lines")
  func json() throws {
    let script = Array("capture tx1 \u{1F44D}\ncaptrue tx1 all\n".utf8)
    let library = Array("# shared\n".utf8)
    var sources = SourceSet(name: "fix.dtx", bytes: script)
    let id = sources.append(Source(name: "lib.dtx", bytes: library))
    let range = range(of: "captrue", in: script)
    let diagnostic = Diagnostic(
      TestMessage(text: "`captrue` is no statement", help: "see \"help\""),
      at: .init(range, "here"),
      secondary: [
        .init(SourceRange(2, 8), "there", in: id), .init(SourceRange(0, 1), in: SourceID(9)),
      ],
      fixIts: [.init("write it", [.init(range, "capture")])]
    )
    var writer = JSONWriter()
    DiagnosticReport([diagnostic], in: sources).append(to: &writer)
    try expectGolden("diagnostics/json", text: writer.text)
    let record = try #require(try jsonLines(writer.text).first)
    #expect(record["line"] as? Int == 2)
    #expect(record["column"] as? Int == 1)
    #expect(record["start"] as? Int == 17)
    #expect(record["end_column"] as? Int == 8)
    let labels = try #require(record["labels"] as? [[String: Any]])
    #expect(labels[0]["file"] as? String == "lib.dtx")
    #expect(labels[1]["file"] is NSNull)
  }
}
