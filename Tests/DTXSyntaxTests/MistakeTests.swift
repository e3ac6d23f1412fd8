import DTXSyntax
import Testing

@Suite("Mistakes")
struct MistakeTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let source: String
    let message: SyntaxMessage
    let underlined: String
    /// The source after the first fix-it; nil where there is none.
    let repaired: String?

    init(_ source: String, _ message: SyntaxMessage, _ underlined: String, _ repaired: String?) {
      (self.source, self.message) = (source, message)
      (self.underlined, self.repaired) = (underlined, repaired)
    }
    var testDescription: String { source.debugDescription }
  }

  static let statements: [Row] = [
    Row("captrue tx1 all", .unknownStatement, "captrue", "capture tx1 all"),
    Row("CAPTURE tx1 all", .unknownStatement, "CAPTURE", "capture tx1 all"),
    Row("cancel tx1", .unknownStatement, "cancel", "void tx1"),
    Row("charge tx1 all", .unknownStatement, "charge", "capture tx1 all"),
    Row("reverse tx1", .unknownStatement, "reverse", "void tx1"),
    Row("release tx1", .unknownStatement, "release", "void tx1"),
    Row("settle tx1 all", .unknownStatement, "settle", "capture tx1 all"),
    Row("update tx1 to 5", .unknownStatement, "update", "adjust tx1 to 5"),
    Row("xyzzy tx1", .unknownStatement, "xyzzy", nil),
    Row("all", .unknownStatement, "all", nil),
    Row("\"capture\" tx1", .expected(.statement, found: .string), "\"capture\"", nil),
    Row("} preview", .unmatchedBracket(.rightBrace), "}", " preview"),
    Row("commit", .promptOnly(.commit), "commit", nil),
    Row("quit", .promptOnly(.quit), "quit", nil),
    Row("on error explode", .expected(.errorPolicy, found: .word), "explode", nil),
    Row("on error skp", .expected(.errorPolicy, found: .word), "skp", "on error skip"),
    Row("on stop", .expected(.word(.error), found: .word), "stop", nil),
    Row("account", .expected(.name, found: .endOfFile), "", nil),
    Row("list order created", .expected(.word(.by), found: .word), "created", nil),
    Row("list order by", .expected(.field, found: .endOfFile), "", nil),
    Row("list limit 2.5", .expected(.count, found: .decimal), "2.5", nil),
    Row("list whre a = b", .unknownClause(after: .list), "whre", "list where a = b"),
    Row("list limit 1 limit 2", .duplicateClause(.limit), "limit 2", nil),
    Row("print", .expected(.value, found: .endOfFile), "", nil),
    Row("expect", .expected(.condition, found: .endOfFile), "", nil),
    Row("expect $a, b", .missingQuotes, "b", "expect $a, \"b\""),
    Row("show", .missingTarget(.show), "", nil),
    Row("show tx1 tx2", .unexpectedToken(.word), "tx2", nil),
  ]

  static let operations: [Row] = [
    Row("capture", .missingTarget(.capture), "", nil),
    Row("capture tx1", .missingScope(.capture), "", nil),
    Row("refund tx1 ref \"a\"", .missingScope(.refund), "", nil),
    Row("capture all", .missingTarget(.capture), "", nil),
    Row("capture line 1 500", .missingTarget(.capture), "", nil),
    Row("capture ref \"a\"", .missingTarget(.capture), "", nil),
    Row("void remaining", .missingTarget(.void), "", nil),
    Row("adjust to", .missingTarget(.adjust), "", nil),
    Row("void tx1 500", .amountNotAllowed(after: .void), "500", nil),
    Row("capture tx1 al", .unknownClause(after: .capture), "al", "capture tx1 all"),
    Row("capture tx1 everything", .unknownClause(after: .capture), "everything", "capture tx1 all"),
    Row(
      "capture tx1 all rfe \"a\"",
      .unknownClause(after: .capture),
      "rfe",
      "capture tx1 all ref \"a\""
    ),
    Row("capture tx1 all xyzzy", .unknownClause(after: .capture), "xyzzy", nil),
    Row("capture tx1 100.00 NOK + 5.00 NOK", .unexpectedToken(.plus), "+", nil),
    Row("capture tx1 line 1 100 - 5", .unexpectedToken(.minus), "-", nil),
    Row("adjust tx1 to 100 + 5", .unexpectedToken(.plus), "+", nil),
    Row(
      "capture tx1 12,5% of 399.90 NOK",
      .percentSpelling,
      "12,5%",
      "capture tx1 12.5% of 399.90 NOK"
    ),
    Row(
      "capture tx1 25 % of $t.captured",
      .percentSpelling,
      "25 %",
      "capture tx1 25% of $t.captured"
    ),
    Row("capture tx1 money($a, NOK)", .bareFunction("money"), "money", nil),
    Row("capture tx1 all reason \"a\"", .clauseNotAllowed(.reason, after: .capture), "reason", nil),
    Row("refund tx1 all final", .clauseNotAllowed(.final, after: .refund), "final", nil),
    Row("void tx1 all", .clauseNotAllowed(.all, after: .void), "all", nil),
    Row("capture tx1 to 5", .clauseNotAllowed(.to, after: .capture), "to", nil),
    Row("capture tx1 all ref \"a\" ref \"b\"", .duplicateClause(.ref), "ref \"b\"", nil),
    Row("capture tx1 all final final", .duplicateClause(.final), "final", nil),
    Row("capture tx1 all all", .duplicateClause(.all), "all", nil),
    Row("capture tx1 5 again \"a\" again \"b\"", .duplicateClause(.again), "again \"b\"", nil),
    Row("refund tx1 5 reason \"a\" reason \"b\"", .duplicateClause(.reason), "reason \"b\"", nil),
    Row("void tx1 remaining remaining", .duplicateClause(.remaining), "remaining", nil),
    Row(
      "adjust tx1 to 5 describe \"a\" describe \"b\"",
      .duplicateClause(.describe),
      "describe \"b\"",
      nil
    ),
    Row("adjust tx1 to 5 { line a 1 } { line b 2 }", .duplicateClause(.add), "{ line b 2 }", nil),
    Row("capture tx1 500 600", .amountSpelling(.grouping), "500 600", nil),
    Row("capture tx1 5 60", .duplicateAmount, "60", nil),
    Row("capture tx1 line a 5 60", .duplicateAmount, "60", nil),
    Row("capture tx1 all 500", .scopeConflict, "500", nil),
    Row("capture tx1 line 1 all", .scopeConflict, "all", nil),
    Row(
      "capture tx1 ref \"a\" final 500 again \"b\"",
      .clauseBeforeScope(.ref),
      "ref \"a\"",
      "capture tx1 500 ref \"a\" final again \"b\""
    ),
    Row(
      "capture tx1 ref \"a\" line 1",
      .clauseBeforeScope(.ref),
      "ref \"a\"",
      "capture tx1 line 1 ref \"a\""
    ),
    Row("capture tx1 line", .expected(.lineID, found: .endOfFile), "", nil),
    Row("capture tx1 line 1 qty", .expected(.number, found: .endOfFile), "", nil),
    Row("capture tx1 line 1 500 qty 2", .misplacedQuantity, "qty", nil),
    Row("capture tx1 all ref", .expected(.text, found: .endOfFile), "", nil),
    Row("capture tx1 all ref final", .expected(.text, found: .word), "final", nil),
    Row("capture tx1 all ref ship-1", .missingQuotes, "ship-1", "capture tx1 all ref \"ship-1\""),
    Row(
      "refund tx1 5 reason customer called ref \"a\"",
      .missingQuotes,
      "customer called",
      "refund tx1 5 reason \"customer called\" ref \"a\""
    ),
    Row("capture order 500 all", .missingQuotes, "500", "capture order \"500\" all"),
    Row("capture order all", .expected(.text, found: .word), "all", nil),
    Row("capture tx1 25%", .expected(.word(.of), found: .endOfFile), "", nil),
    Row("capture tx1 25% of", .expected(.shareBase, found: .endOfFile), "", nil),
    Row("capture tx1 25% of b", .expected(.shareBase, found: .word), "b", nil),
    Row("capture tx1 $a - $b", .unexpectedToken(.minus), "-", nil),
    Row("capture tx1 all meta", .expected(.name, found: .endOfFile), "", nil),
    Row("capture tx1 all meta a", .expected(.text, found: .endOfFile), "", nil),
    Row("capture tx1 [1]", .unexpectedToken(.leftBracket), "[", nil),
    Row("adjust tx1", .expected(.adjustment, found: .endOfFile), "", nil),
    Row("adjust tx1 500", .expected(.adjustment, found: .integer), "500", nil),
    Row("adjust tx1 to", .expected(.amount, found: .endOfFile), "", nil),
    Row("adjust tx1 { }", .expected(.change, found: .rightBrace), "}", nil),
    Row(
      "adjust tx1 { ad line a \"b\" 5 }",
      .expected(.change, found: .word),
      "ad",
      "adjust tx1 { add line a \"b\" 5 }"
    ),
    Row("adjust tx1 { drop 1 }", .expected(.word(.line), found: .integer), "1", nil),
    Row("adjust tx1 { add line a 5 }", .expected(.description, found: .integer), "5", nil),
    Row(
      "adjust tx1 { drop line 1, drop line 2 }",
      .itemSeparator,
      ",",
      "adjust tx1 { drop line 1 drop line 2 }"
    ),
    Row("adjust tx1 to 5 { drop line 1 }", .expected(.item, found: .word), "drop", nil),
    Row("adjust tx1 { drop line 1", .unclosedBracket(.rightBrace), "", "adjust tx1 { drop line 1}"),
  ]

  static let expressions: [Row] = [
    Row("print (1 + 2", .unclosedBracket(.rightParenthesis), "", "print (1 + 2)"),
    Row("print [1, 2", .unclosedBracket(.rightBracket), "", "print [1, 2]"),
    Row("print f(1", .unclosedBracket(.rightParenthesis), "", "print f(1)"),
    Row("print (1 2)", .unclosedBracket(.rightParenthesis), "2", nil),
    Row("print 1 +", .expected(.value, found: .endOfFile), "", nil),
    Row("print (1 + )", .expected(.value, found: .rightParenthesis), ")", nil),
    Row("print [1,]", .expected(.value, found: .rightBracket), "]", nil),
    Row("print 1 + and", .expected(.value, found: .word), "and", nil),
    Row("print 1 + not $a", .expected(.value, found: .word), "not", nil),
    Row("print 1)", .unmatchedBracket(.rightParenthesis), ")", "print 1"),
    Row("print $a.", .expected(.field, found: .endOfFile), "", nil),
    Row("print $a.b..c", .expected(.field, found: .dot), "", nil),
    Row("print 1 < $x < 5", .chainedComparison, "<", "print 1 < $x and $x < 5"),
    Row("print $a == 1", .foreignOperator(.equal), "==", "print $a = 1"),
    Row("print $a <> 1", .foreignOperator(.notEqual), "<>", "print $a != 1"),
    Row("print $a =< 1", .foreignOperator(.lessOrEqual), "=<", "print $a <= 1"),
    Row("print $a => 1", .foreignOperator(.greaterOrEqual), "=>", "print $a >= 1"),
    Row("print $a not in [b]", .misplacedNot, "not", "print not $a in [b]"),
    Row("print $a && $b", .lookalike(.and), "&&", "print $a and $b"),
    Row("print 2026-02-30", .invalidDate, "2026-02-30", nil),
    Row("print 2026-11-01T24:00Z", .invalidDate, "2026-11-01T24:00Z", nil),
    Row("print csv \"a.csv\"", .dataSourceOutsideLoop, "csv", nil),
    Row("print count(transactions where a = b)", .dataSourceOutsideLoop, "transactions", nil),
    Row("print \"a{}\"", .expected(.value, found: .endOfFile), "", nil),
    Row("print \"a{1 2}\"", .unexpectedToken(.integer), "2", nil),
    Row("print \"a{(1}\"", .unclosedBracket(.rightParenthesis), "", "print \"a{(1)}\""),
    Row("print \"a{$b\"", .unclosedInterpolation, "{", "print \"a\\{$b\""),
    Row("print “a”", .lookalike(.doubleQuote), "“a”", "print \"a\""),
    Row("print 'a'", .lookalike(.singleQuote), "'a'", "print \"a\""),
    Row("print \"a", .unterminatedString, "\"a", "print \"a\""),
    Row("print \"a”", .unterminatedString, "\"a”", "print \"a\""),
    Row("print \"a\\q\"", .invalidEscape, "\\q", "print \"a\\\\q\""),
    Row("print a\u{A0}and b", .lookalike(.blank), "\u{A0}", "print a and b"),
    Row("print a \\  \n and b", .blanksAfterBackslash, "  ", "print a \\\n and b"),
  ]

  @Test(
    "is reported once, at its place, with its repair",
    arguments: statements + operations + expressions
  )
  func reports(row: Row) {
    let source = Array(row.source.utf8)
    let reading = Reading(source)
    #expect(reading.messages == [row.message])
    #expect(reading.underlined == [row.underlined])
    let repaired = reading.diagnostics.first?.fixIts.first.map { apply($0, to: source) }
    #expect(repaired.map { String(decoding: $0, as: UTF8.self) } == row.repaired)
  }

  @Test("every repair removes its diagnostic", arguments: statements + operations + expressions)
  func repairs(row: Row) {
    let source = Array(row.source.utf8)
    for fixIt in Reading(source).diagnostics.flatMap(\.fixIts) {
      let repaired = Reading(apply(fixIt, to: source))
      #expect(!repaired.messages.contains(row.message), "\(fixIt.title)")
    }
  }

  @Test(
    "what was written first is a second place",
    arguments: [
      ("capture tx1 all ref \"a\" ref \"b\"", "ref \"a\""), ("capture tx1 all 500", "all"),
      ("capture tx1 5 60", "5"), ("print (1", "("), ("capture tx1 ref \"a\" all", "all"),
    ]
  )
  func secondaryPlaces(source: String, text: String) {
    let reading = Reading(source)
    let places = reading.diagnostics.flatMap(\.secondary).map { reading.script.text($0.range) }
    #expect(places == [text])
  }

  @Test("several verbs are several repairs")
  func alternatives() {
    let diagnostic = Reading("reverse tx1").diagnostics.first
    #expect(diagnostic?.fixIts.map { $0.edits[0].replacement } == ["void", "refund"])
  }

  @Test(
    "commands have their own mistakes",
    arguments: [
      ("comit", .unknownStatement), ("commit frist 3", .unexpectedToken(.word)),
      ("commit first", .expected(.number, found: .endOfFile)),
      ("autocommit maybe", .expected(.words(.on, .off), found: .word)),
      ("run fix.dtx", .missingQuotes), ("use", .expected(.name, found: .endOfFile)),
      ("set page $x", .expected(.value, found: .variable)), ("edit now", .unexpectedToken(.word)),
      ("journal 1.5", .expected(.count, found: .decimal)), ("exit", .unknownStatement),
    ] as [(String, SyntaxMessage)]
  )
  func commands(source: String, message: SyntaxMessage) {
    #expect(Reading(source, mode: .session).messages == [message])
  }

  @Test(
    "what is said at the prompt is a mistake in a script, but for a preview",
    arguments: ParserTests.commands
  )
  func promptOnly(row: ParserTests.Row) {
    let reading = Reading(row.source)
    let words = row.source.split(separator: ";").compactMap { $0.split(separator: " ").first }
    #expect(
      reading.messages
        == words.compactMap { Keyword(rawValue: String($0)) }.filter { $0 != .preview }
        .map(SyntaxMessage.promptOnly)
    )
  }

  @Test("ten statements with ten mistakes are ten diagnostics, in order")
  func allAtOnce() {
    let source = """
      captrue tx1 all
      capture tx1
      capture tx1 299,90
      void tx1 500
      capture tx1 all ref "a" ref "b"
      refund tx1 500 reason broken
      print (1 + 2
      adjust tx1 { drop line 1
      commit
      capture "tx1 all
      capture tx1 all
      """
    let reading = Reading(source)
    let expected: [SyntaxMessage] = [
      .unknownStatement, .missingScope(.capture), .amountSpelling(.decimalComma),
      .amountNotAllowed(after: .void), .duplicateClause(.ref), .missingQuotes,
      .unclosedBracket(.rightParenthesis), .unclosedBracket(.rightBrace), .promptOnly(.commit),
      .unterminatedString,
    ]
    #expect(reading.messages == expected)
    let table = reading.script.lineTable()
    #expect(
      reading.diagnostics.map { table.position(of: $0.primary.range.start).line } == Array(1...10)
    )
    #expect(reading.script.statements.count == 11)
  }

  @Test(
    "a bracket left open does not swallow the statements below",
    arguments: ["(", "[", "{", "f(", "(1 + (2 * ["]
  )
  func resynchronizes(brackets: String) {
    let source = "print \(brackets)\n\ncapture tx1 all\nvoid tx2\n"
    let reading = Reading(source)
    #expect(reading.messages.count == 1)
    #expect(reading.tree.hasSuffix("(capture id=word:tx1 all)\n(void id=word:tx2)\n"))
  }

  @Test("a function on a line of its own is no statement")
  func callsInsideBrackets() {
    let reading = Reading("print [\nlist(1),\nshow(2)\n]\nprint (\nprint (1)\n")
    #expect(reading.messages == [.expected(.value, found: .newline)])
    #expect(reading.script.statements.count == 3)
  }
}
