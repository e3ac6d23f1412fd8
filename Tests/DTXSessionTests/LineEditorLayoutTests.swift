import Testing

@testable import DTXSession

/// What is worked out without a terminal: prompts, layout, lists and the text of pastes.
@Suite("Line editor: layout")
struct LineEditorLayoutTests {
  /// Widths of the few scalars used here, so that no locale has a say.
  static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36F: 0
    case 0x3040...0x9FFF, 0x1F300...0x1F64F: 2
    case ..<0x20, 0x7F..<0xA0, 0x2028: -1
    default: 1
    }
  }

  static let layout = ScreenLayout(columns: 10, width: width)

  struct Row: Sendable, CustomTestStringConvertible {
    let text: String
    let row: Int
    let column: Int
    var testDescription: String { String(reflecting: text) }

    init(_ text: String, _ row: Int, _ column: Int) {
      self.text = text
      self.row = row
      self.column = column
    }
  }

  static let rows = [
    Row("", 0, 0), Row("abc", 0, 3), Row("abcdefghij", 1, 0), Row("abcdefghijk", 1, 1),
    Row("a\nb", 1, 1), Row("abcdefghij\n", 2, 0), Row("日本", 0, 4), Row("日日日日日", 1, 0),
    // A wide character that does not fit leaves a column free.
    Row("abcdefghi日", 1, 2), Row("e\u{301}", 0, 1), Row("\t", 0, 8), Row("ab\tc", 0, 9),
    Row("12345678\t", 1, 0), Row("\u{1}", 0, 2), Row("\u{2028}", 0, 7), Row("\u{85}", 0, 7),
  ]

  @Test("finds the cursor where libedit puts it", arguments: rows)
  func position(row: Row) {
    let expected = ScreenLayout.Position(row: row.row, column: row.column)
    #expect(Self.layout.position(after: row.text) == expected)
  }

  @Test(
    "shows each row of a text",
    arguments: [
      ("abcdefghijkl\nm", 0..<9, ["abcdefghij", "kl", "m"]),
      ("abcdefghijkl\nm", 1..<2, ["kl"]),
      ("abcdefghi日", 0..<2, ["abcdefghi", "日"]),
      ("a\tb\u{1}c", 0..<2, ["a       b^", "Ac"]),
      ("\u{2028}", 0..<1, ["\\U+2028"]),
      ("one", 4..<6, []),
    ]
  )
  func shownRows(text: String, range: Range<Int>, expected: [String]) {
    #expect(Self.layout.rows(of: text, in: range) == expected)
  }

  @Test("rows and cursor agree for any text", arguments: 0..<40 as Range<UInt64>)
  func agreement(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let letters: [Unicode.Scalar] = ["a", " ", "日", "\n", "\t", "\u{301}", "\u{1}", "ø", "😀"]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...80, using: &random) {
      text.append(letters.randomElement(using: &random) ?? "a")
    }
    let layout = ScreenLayout(columns: Int.random(in: 8...20, using: &random), width: Self.width)
    let end = layout.position(after: String(text))
    let rows = layout.rows(of: String(text), in: 0..<1000)
    #expect(rows.count == end.row + 1)
    let widths = rows.map { layout.columns(of: $0) }
    #expect(widths.allSatisfy { $0 <= layout.columns })
    #expect(widths.last == end.column)
    // In two parts it ends in the same place.
    let middle = text.index(text.startIndex, offsetBy: text.count / 2)
    let half = layout.position(after: String(text[..<middle]))
    #expect(layout.position(after: String(text[middle...]), from: half) == end)
  }

  @Test(
    "cuts a text by columns, never through a character",
    arguments: [
      ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
      ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("abc", 0, "…"),
    ]
  )
  func truncation(text: String, limit: Int, expected: String) {
    #expect(Self.layout.truncate(text, toColumns: limit, mark: "…") == expected)
  }

  // MARK: Prompts

  struct PromptRow: Sendable {
    let pieces: [StyledText]
    var isStyled = true
    var isASCII = false
    let encoded: String
    let visible: String
  }

  static let prompts = [
    PromptRow(pieces: [], encoded: "", visible: ""),
    PromptRow(pieces: [StyledText("a>")], encoded: "a> ", visible: "a> "),
    PromptRow(pieces: [StyledText("a> ")], encoded: "a> ", visible: "a> "),
    PromptRow(
      pieces: [
        StyledText("a", TextStyle(.red, isBold: true)), StyledText(""), StyledText(">", .dim),
      ],
      encoded: "\u{1}\u{1B}[0;1;31m\u{1}a\u{1}\u{1B}[0;2m\u{1}>\u{1}\u{1B}[0m\u{1} ",
      visible: "a> "
    ),
    PromptRow(
      pieces: [StyledText("a", .dim), StyledText("b")],
      encoded: "\u{1}\u{1B}[0;2m\u{1}a\u{1}\u{1B}[0m\u{1}b ",
      visible: "ab "
    ),
    PromptRow(pieces: [StyledText("a", .dim)], isStyled: false, encoded: "a ", visible: "a "),
    PromptRow(
      pieces: [StyledText("ø➤", ascii: "o>"), StyledText("æ")],
      isASCII: true,
      encoded: "o>? ",
      visible: "o>? "
    ),
    PromptRow(pieces: [StyledText("a\u{1}\u{1B}\n")], encoded: "a ", visible: "a "),
  ]

  @Test("encodes prompts as libedit wants them", arguments: prompts)
  func prompt(row: PromptRow) {
    let prompt = EncodedPrompt(row.pieces, isStyled: row.isStyled, isASCII: row.isASCII)
    #expect(prompt.encoded == row.encoded)
    #expect(prompt.visible == row.visible)
  }

  // MARK: Candidates

  @Test(
    "finds what candidates have in common, in whole characters",
    arguments: [
      ([], ""), (["ab"], "ab"), (["abc", "abd"], "ab"), (["abc", "xyz"], ""),
      (["ab", "abc"], "ab"),
      (["Ærlig", "Ærend"], "Ær"),
      // The two begin with the same byte, and the next two with the same scalar.
      (["æ", "å"], ""), (["e\u{301}a", "eb"], ""), (["👩‍👧", "👩‍👦"], ""),
    ]
  )
  func commonPrefix(insertions: [String], expected: String) {
    let candidates = insertions.map { Completion.Candidate(insertion: $0) }
    #expect(Completion(replacing: 0..<0, candidates: candidates).commonPrefix == expected)
  }

  private func table(_ candidates: [(String, String)], columns: Int) -> [String] {
    let layout = ScreenLayout(columns: columns, width: Self.width)
    let candidates = candidates.map { Completion.Candidate(insertion: $0, detail: $1) }
    let table = CandidateTable(
      Completion(replacing: 0..<0, candidates: candidates),
      layout: layout,
      isASCII: false
    )
    return table.rows.map { $0.map(\.text).joined() }
  }

  @Test("lists candidates in columns, downwards")
  func grid() {
    let candidates = ["one", "two", "three", "four", "five"].map { ($0, "") }
    #expect(table(candidates, columns: 80) == ["one    two    three  four   five"])
    #expect(table(candidates, columns: 20) == ["one    three  five", "two    four"])
    #expect(
      table(candidates, columns: 5)
        == ["one", "two", "thr…", "four", "five"]
    )
    #expect(table([], columns: 80) == [])
  }

  @Test("lists candidates with their details, one a row")
  func list() {
    let candidates = [("tx1", "100.00 NOK"), ("日本", ""), ("longer\u{1B}[2J", "5 EUR")]
    #expect(
      table(candidates, columns: 40) == ["tx1        100.00 NOK", "日本", "longer[2J  5 EUR"]
    )
    #expect(table(candidates, columns: 16) == ["tx1      100.0…", "日本", "longer…  5 EUR"])
  }

  @Test("never lists more than fits the width", arguments: 1..<60)
  func width(columns: Int) {
    let layout = ScreenLayout(columns: columns, width: Self.width)
    let labels = (0..<30).map { String(repeating: "日x", count: $0 % 9 + 1) }
    for detail in ["", "detail"] {
      for row in table(labels.map { ($0, detail) }, columns: columns) {
        #expect(layout.columns(of: row) <= max(1, columns - 1))
      }
    }
  }
}
