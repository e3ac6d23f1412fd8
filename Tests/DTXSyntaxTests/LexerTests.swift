import DTXSyntax
import Testing

@Suite("Lexer")
struct LexerTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let source: String
    let kinds: [Token.Kind]

    init(_ source: String, _ kinds: Token.Kind...) { (self.source, self.kinds) = (source, kinds) }
    var testDescription: String { source.debugDescription }
  }

  static let rows: [Row] = [
    Row("capture", .word),
    Row("T12345678.465UfBENeLpkBvwmqfTC4k", .word),
    Row("a-b_c.d", .word),
    Row("_", .word),
    Row("blåbær", .word),
    Row("заказ", .word),
    Row("a\u{30A}ngstrom", .word),
    Row("-a", .minus, .word),
    Row(".a", .dot, .word),
    Row("29990", .integer),
    Row("29_990", .integer),
    Row("2__9", .word),
    Row("2_", .word),
    Row("299.90", .decimal),
    Row("1_299.90", .decimal),
    Row("299.", .word),
    Row("1.2.3", .word),
    Row("299,90", .integer, .comma, .integer),
    Row("25%", .percent),
    Row("12.5%", .percent),
    Row("2026-11-01", .date),
    Row("2026-11-1", .word),
    Row("2026-11-01T14:30Z", .timestamp),
    Row("2026-11-01T14:30:05Z", .timestamp),
    Row("2026-11-01T14:30", .malformed),
    Row("2026-11-01T14:30+01:00", .malformed),
    Row("30d", .duration),
    Row("12h", .duration),
    Row("45m", .duration),
    Row("45s", .word),
    Row("$row", .variable),
    Row("$row.amount", .variable, .dot, .word),
    Row("$row.\"Order No\"", .variable, .dot, .string),
    Row("$beløp_2", .variable),
    Row("$a-b", .variable),
    Row("$300", .variable),
    Row("$", .malformed),
    Row("\"\"", .string),
    Row("\"a b\"", .string),
    Row("\"æ😀\"", .string),
    Row("\"a\\\"b\"", .richString),
    Row("\"{$a}\"", .richString),
    Row("\"\\u{1F600}\"", .richString),
    Row("\"a", .malformed),
    Row("\"a\nb", .malformed, .newline, .word),
    Row("=", .equal),
    Row("!=", .notEqual),
    Row("!", .malformed),
    Row("< <=", .less, .trivia, .lessOrEqual),
    Row("> >=", .greater, .trivia, .greaterOrEqual),
    Row("+-*/", .plus, .minus, .star, .slash),
    Row(
      "()[]{}",
      .leftParenthesis,
      .rightParenthesis,
      .leftBracket,
      .rightBracket,
      .leftBrace,
      .rightBrace
    ),
    Row(",.;", .comma, .dot, .semicolon),
    Row("a - b", .word, .trivia, .minus, .trivia, .word),
    Row("a-b", .word),
    Row("-5", .minus, .integer),
    Row("a # b\nc", .word, .trivia, .trivia, .newline, .word),
    Row("a#b;c", .word, .trivia),
    Row("\"a#b\"", .string),
    Row("#!/usr/bin/env dtx\n", .trivia, .newline),
    Row("\u{FEFF}a", .trivia, .word),
    Row("a\r\nb", .word, .newline, .word),
    Row("a\rb", .word, .newline, .word),
    Row("a\\\nb", .word, .trivia, .word),
    Row("a\\\r\nb", .word, .trivia, .word),
    Row("a\\ \nb", .word, .trivia, .word),
    Row("a\\b", .word, .malformed, .word),
    Row("a\u{A0}b", .word, .trivia, .word),
    Row("“a”", .malformed),
    Row("'a'", .malformed),
    Row("–5", .malformed, .integer),
    Row("a && b", .word, .trivia, .malformed, .trivia, .word),
    Row("?:@", .malformed),
    Row("\u{0}\u{1}", .malformed),
  ]

  @Test("classifies", arguments: rows)
  func kinds(row: Row) {
    #expect(Lexer.tokens(of: Array(row.source.utf8)).tokens.map(\.kind) == row.kinds)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let source: String
    let message: SyntaxMessage
    let range: SourceRange

    init(_ source: String, _ message: SyntaxMessage, _ start: UInt32, _ end: UInt32) {
      (self.source, self.message, range) = (source, message, SourceRange(start, end))
    }
    var testDescription: String { source.debugDescription }
  }

  static let mistakes: [Mistake] = [
    Mistake("a \u{0}\u{1} b", .controlCharacter, 2, 4),
    Mistake("# \u{7}", .controlCharacter, 2, 3),
    Mistake("\"\u{7F}\"", .controlCharacter, 1, 2),
    Mistake("a\u{85}", .controlCharacter, 1, 3),
    Mistake("a ? b", .unexpectedCharacter, 2, 3),
    Mistake("a €€ b", .unexpectedCharacter, 2, 8),
    Mistake("“a” b", .lookalike(.doubleQuote), 0, 7),
    Mistake("“a\" b", .lookalike(.doubleQuote), 0, 5),
    Mistake("«a»", .lookalike(.doubleQuote), 0, 5),
    Mistake("'a' b", .lookalike(.singleQuote), 0, 3),
    Mistake("a\u{A0}\u{A0}b", .lookalike(.blank), 1, 5),
    Mistake("a\u{200B}b", .lookalike(.invisible), 1, 4),
    Mistake("a\u{FEFF}b", .lookalike(.invisible), 1, 4),
    Mistake("# a\u{202E}b", .lookalike(.invisible), 3, 6),
    Mistake("\"a\u{2066}\"", .lookalike(.invisible), 2, 5),
    Mistake("a − b", .lookalike(.dash), 2, 5),
    Mistake("a × b", .lookalike(.multiplication), 2, 4),
    Mistake("a || b", .lookalike(.or), 2, 4),
    Mistake("a && b", .lookalike(.and), 2, 4),
    Mistake("!a", .lookalike(.not), 0, 1),
    Mistake("a\rb", .strayCarriageReturn, 1, 2),
    Mistake("a \"b", .unterminatedString, 2, 4),
    Mistake("\"\\q\"", .invalidEscape, 1, 3),
    Mistake("\"\\u{}\"", .invalidEscape, 1, 5),
    Mistake("\"\\u{D800}\"", .invalidEscape, 1, 9),
    Mistake("\"\\u{1F600\"", .invalidEscape, 1, 9),
    Mistake("\"a{b\"", .unclosedInterpolation, 2, 3),
    Mistake("a \\ b", .strayBackslash, 2, 3),
    Mistake("a \\  \nb", .blanksAfterBackslash, 3, 5),
    Mistake("$ a", .variableName, 0, 1),
    Mistake("2026-11-01T14:30", .timestampShape, 0, 16),
    Mistake("2026-11-01t14:30z", .timestampShape, 0, 17),
  ]

  @Test("reports what is wrong with characters", arguments: mistakes)
  func reports(mistake: Mistake) {
    let diagnostics = Lexer.tokens(of: Array(mistake.source.utf8)).diagnostics
    #expect(diagnostics.map { $0.message as? SyntaxMessage } == [mistake.message])
    #expect(diagnostics.map(\.primary.range) == [mistake.range])
  }

  /// Bytes that are no UTF-8: a lone continuation, overlong forms, a surrogate, too large, cut off.
  static let malformedBytes: [[UInt8]] = [
    [0x80], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    [0xF5, 0x80, 0x80, 0x80], [0xC3], [0xE2, 0x82], [0xFF, 0xFE],
  ]

  @Test("reports a run of bytes that are no UTF-8 once", arguments: malformedBytes)
  func invalidUTF8(bytes: [UInt8]) {
    for (before, after) in [("a ", " b"), ("\"", "\""), ("# ", "")] {
      let source = Array(before.utf8) + bytes + Array(after.utf8)
      let diagnostics = Lexer.tokens(of: source).diagnostics
      #expect(diagnostics.map { $0.message as? SyntaxMessage } == [.invalidUTF8])
      #expect(
        diagnostics.first?.primary.range.bytes == before.utf8.count..<before.utf8.count
          + bytes.count
      )
    }
  }

  @Test("finds the end of a word at every length and alignment", arguments: 0..<40)
  func wordEnds(count: Int) {
    let word = (0..<count).map { "aZ0_.-9z"[String.Index(utf16Offset: $0 % 8, in: "aZ0_.-9z")] }
    for end in ["", " ", "/", ":", "@", "[", "`", "{", ",", "\u{A0}", "é ", "\u{7F}"] {
      let source = "x\(String(word))\(end)"
      let first = Lexer.tokens(of: Array(source.utf8)).tokens.first
      let expected = 1 + count + (end == "é " ? 2 : 0)
      #expect(first?.range == SourceRange(0, UInt32(expected)), "\(source.debugDescription)")
    }
  }
}
