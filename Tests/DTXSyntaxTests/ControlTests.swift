import Testing

@testable import DTXSyntax

@Suite("Control")
struct ControlTests {
  static let trees: [(String, String)] = [
    ("let $x = 5", "(let $x integer:5)"),
    ("let $t = transaction tx1", "(let $t (transaction id=word:tx1))"),
    ("param $p", "(param $p)"),
    ("param $p \"what for\"", "(param $p string:\"what for\")"),
    ("param $p = 5.00 NOK \"what for\"", "(param $p money:5.00 NOK string:\"what for\")"),
    ("include \"shared/a.dtx\"", "(include string:\"shared/a.dtx\")"),
    ("for $x in [a, b] { void $x }", "(for $x [word:a word:b])\n  (void id=$x)"),
    ("for $l in $t.lines {}", "(for $l (. $t lines))"),
    ("for $r in csv \"a.csv\" {\n}", "(for $r (csv string:\"a.csv\"))"),
    ("for $r in csv \"{$m}.csv\" {}", "(for $r (csv (join $m string:.csv)))"),
    ("for $r in csv $file {}", "(for $r (csv $file))"),
    ("for $r in csv(\"a\") {}", "(for $r (csv string:\"a\"))"),
    ("for $r in csv {}", "(for $r word:csv)"),
    (
      "for $t in transactions where status = A limit 5 order by created desc { void $t }",
      "(for $t (transactions where (= word:status word:A) order created desc limit integer:5))\n"
        + "  (void id=$t)"
    ),
    ("if $a { print 1 }", "(if $a)\n  (print integer:1)"),
    ("if $a = 1 {} else {}", "(if (= $a integer:1))\n(else)"),
    (
      "if $a { print 1; print 2 } else if $b { print 3 } else { print 4 }",
      "(if $a)\n  (print integer:1)\n  (print integer:2)\n(else-if $b)\n  (print integer:3)\n"
        + "(else)\n  (print integer:4)"
    ),
    ("if $a {\n}\n\n# why\nelse \\\n{\n}", "(if $a)\n(else)"),
    (
      "if $a { for $b in $c { if $d { print 1 } }\nprint 2 }",
      "(if $a)\n  (for $b $c)\n    (if $d)\n      (print integer:1)\n  (print integer:2)"
    ),
    ("define f() {}", "(define f)"),
    ("define give-back($a, $b) { print $a }", "(define give-back $a $b)\n  (print $a)"),
    ("call f()", "(call f)"),
    ("call f($a, 1 + 2,\n [b])", "(call f $a (+ integer:1 integer:2) [word:b])"),
    (
      "for $x in $y { adjust $x {\n drop line 1\n}\n}",
      "(for $x $y)\n  (adjust id=$x changes (drop word:1))"
    ),
    (
      "for $x in $y { capture $x line 1 5 line 2 }; preview",
      "(for $x $y)\n  (capture id=$x (line word:1 integer:5) (line word:2))\n(preview)"
    ),
    ("let $let = for; print $let.in.if", "(let $let word:for)\n(print (. (. $let in) if))"),
  ]

  @Test("reads", arguments: trees)
  func reads(source: String, tree: String) {
    let reading = Reading(source)
    #expect(reading.messages == [])
    #expect(reading.tree == tree + "\n")
  }

  @Test("a statement's range is its header, and its extent has the block with both braces")
  func extents() {
    let source = "for $x in [a] { # why\n  void $x\n}\nif $a { } else { print 1 } # done\n"
    let script = Reading(source).script
    #expect(
      script.statements.map { script.text($0.range) } == [
        "for $x in [a]", "void $x", "if $a", "else", "print 1",
      ]
    )
    #expect(
      script.statements.map { script.text(script.extent(of: $0)) } == [
        "for $x in [a] { # why\n  void $x\n}", "void $x", "if $a { }", "else { print 1 }",
        "print 1",
      ]
    )
    #expect(script.statements.map(\.end) == [2, 2, 3, 5, 5])
    #expect(
      script.passages.map { script.text($0.range) } == [
        "for $x in [a] { # why\n  void $x\n}", "if $a { } else { print 1 }",
      ]
    )
    #expect(script.blocks.allSatisfy { $0.isComplete })
  }
}

// MARK: - Mistakes

extension ControlTests {
  static let mistakes: [MistakeTests.Row] = [
    .init("let x = 1", .missingDollar, "x", "let $x = 1"),
    .init("for row in [1] {}", .missingDollar, "row", "for $row in [1] {}"),
    .init("define f(a) {}", .missingDollar, "a", "define f($a) {}"),
    .init("let $a.b = 1", .fieldIsSet, ".", nil),
    .init("let $1a = 1", .variableName, "$1a", nil),
    .init("let = 1", .expected(.variable, found: .equal), "=", nil),
    .init("let $x 1", .expected(.symbol(.equal), found: .integer), "1", nil),
    .init("let $x == 1", .expected(.value, found: .equal), "=", nil),
    .init("let $x =", .expected(.value, found: .endOfFile), "", nil),
    .init("$x = 1", .expected(.statement, found: .variable), "$x", "let $x = 1"),
    .init("var $x = 1", .unknownStatement, "var", "let $x = 1"),
    .init("param $x = 1 \"a{$b}\"", .valueInFixedText, "\"a{$b}\"", nil),
    .init("include", .expected(.fileName, found: .endOfFile), "", nil),
    .init("include a.dtx", .missingQuotes, "a.dtx", "include \"a.dtx\""),
    .init("include \"{$a}.dtx\"", .valueInFixedText, "\"{$a}.dtx\"", nil),
    .init("for $x of [1] {}", .expected(.word(.in), found: .word), "of", nil),
    .init("for $x in {}", .expected(.loopSource, found: .leftBrace), "{", nil),
    .init(
      "for $x in transactions {}",
      .expected(.word(.where), found: .leftBrace),
      "{",
      nil
    ),
    .init(
      "for $x in transactions limit 5 where a = b {}",
      .expected(.word(.where), found: .word),
      "limit",
      nil
    ),
    .init("foreach $x in [1] {}", .unknownStatement, "foreach", "for $x in [1] {}"),
    .init("if {}", .expected(.condition, found: .leftBrace), "{", nil),
    .init("if $a print 1", .expected(.block, found: .word), "print", nil),
    .init("if $a\nprint 1", .expected(.block, found: .newline), "", nil),
    .init("if $a\n  print 1\n}", .expected(.block, found: .newline), "", "if $a {\n  print 1\n}"),
    .init("if $a\n{\n}", .braceOnNextLine, "{", "if $a {\n\n}"),
    .init("if ($a {\n}", .unclosedBracket(.rightParenthesis), "{", "if ($a) {\n}"),
    .init("if $a = = 1 {\n print 1\n}", .expected(.value, found: .equal), "=", nil),
    .init("else { print 1 }", .elseWithoutIf, "else", nil),
    .init("if $a {}; else {}", .elseWithoutIf, "else", nil),
    .init("if $a {} print 1", .unexpectedToken(.word), "print", nil),
    .init(
      "define f {}",
      .expected(.symbol(.leftParenthesis), found: .leftBrace),
      "{",
      "define f() {}"
    ),
    .init("define f(1) {}", .expected(.variable, found: .integer), "1", nil),
    .init("define f($a,) {}", .expected(.variable, found: .rightParenthesis), ")", nil),
    .init("define \"f\"() {}", .expected(.procedure, found: .string), "\"f\"", nil),
    .init("call f", .expected(.symbol(.leftParenthesis), found: .endOfFile), "", "call f()"),
    .init("call f $a", .expected(.symbol(.leftParenthesis), found: .variable), "$a", nil),
    .init("call f($a", .unclosedBracket(.rightParenthesis), "", "call f($a)"),
    .init("f($a)", .unknownStatement, "f", "call f($a)"),
    .init("for $x in [1] { param $y }", .topLevelOnly(.param), "param", nil),
    .init("if $a { include \"b\" }", .topLevelOnly(.include), "include", nil),
    .init("if $a { define f() {} }", .topLevelOnly(.define), "define", nil),
    .init("if $a { account T1 }", .topLevelOnly(.account), "account", nil),
    .init("if $a { on error skip }", .topLevelOnly(.on), "on", nil),
    .init("if $a { preview }", .topLevelOnly(.preview), "preview", nil),
    .init("while $a {\n print 1\n}", .unknownStatement, "while", nil),
    .init("adjsut t { drop line 1 }", .unknownStatement, "adjsut", "adjust t { drop line 1 }"),
    .init(
      "for $x in [1] { print (1 }",
      .unclosedBracket(.rightParenthesis),
      "",
      "for $x in [1] { print (1) }"
    ),
    .init(
      "for $x in [1] { void $x }}",
      .unmatchedBracket(.rightBrace),
      "}",
      "for $x in [1] { void $x }"
    ),
    .init(
      "for $x in [1] { print 1",
      .unclosedBracket(.rightBrace),
      "{",
      "for $x in [1] { print 1 }"
    ),
  ]

  @Test("a mistake is reported once, at its place, with its repair", arguments: mistakes)
  func reports(row: MistakeTests.Row) {
    let source = Array(row.source.utf8)
    let reading = Reading(source)
    #expect(reading.messages == [row.message])
    #expect(reading.underlined == [row.underlined])
    let repaired = reading.diagnostics.first?.fixIts.first.map { apply($0, to: source) }
    #expect(repaired.map { String(decoding: $0, as: UTF8.self) } == row.repaired)
  }

  /// Sources with a brace missing, what each block of theirs lacks, and the tree all the same.
  static let unclosed: [(source: String, opened: [String], missingAt: [Int], tree: String)] = [
    (
      "for $a in [1] {\n  if $a {\n    print 1\n}\nprint 2\n", ["2:9"], [3],
      "(for $a [integer:1])\n  (if $a <open>)\n    (print integer:1)\n(print integer:2)\n"
    ),
    (
      "for $a in [1] {\n  print 1  # why\n\nprint 2\nprint 3", ["1:15"], [2],
      "(for $a [integer:1] <open>)\n  (print integer:1)\n(print integer:2)\n(print integer:3)\n"
    ),
    (
      "if $a {\n  if $b {\n    print 1\n  else {\n    print 2\n  }\n}\nprint 3", ["2:9"], [3],
      "(if $a)\n  (if $b <open>)\n    (print integer:1)\n  (invalid)\n    (print integer:2)\n"
        + "(print integer:3)\n"
    ),
    (
      "define f() {\n  for $a in [1] {\n    print 1\n", ["1:12", "2:17"], [3, 3],
      "(define f <open>)\n  (for $a [integer:1] <open>)\n    (print integer:1)\n"
    ),
    (
      "if $a {\nprint 1\nprint 2\n", ["1:7"], [3],
      "(if $a <open>)\n  (print integer:1)\n  (print integer:2)\n"
    ),
  ]

  @Test(
    "a missing brace is found by the indentation, and what follows is read",
    arguments: unclosed
  )
  func unclosedBlocks(source: String, opened: [String], missingAt: [Int], tree: String) {
    let reading = Reading(source)
    let table = reading.script.lineTable()
    let blocks = reading.diagnostics.filter {
      $0.message as? SyntaxMessage == .unclosedBracket(.rightBrace)
    }
    let places = blocks.map { table.position(of: $0.primary.range.start) }
    #expect(places.map { "\($0.line):\($0.column)" } == opened)
    let ends = blocks.flatMap(\.secondary).map { table.position(of: $0.range.start).line }
    #expect(ends == missingAt)
    #expect(reading.tree == tree)
  }

  @Test("braces that pair up are right, however the lines are indented")
  func unusualIndentation() {
    let source =
      "      for $a in [1] {\nif $a {\n            print 1\n    }\n  print 2\n}\nprint 3\n"
    #expect(Reading(source).messages == [])
  }

  @Test("blocks stand inside one another 64 deep, and no deeper")
  func depth() {
    func nested(_ count: Int) -> String {
      String(repeating: "if $a { ", count: count) + "print 1" + String(repeating: "}", count: count)
    }
    let limit = Parser.blockLimit
    #expect(Reading(nested(limit)).messages == [])
    #expect(Reading(nested(limit + 1)).messages == [.nestingTooDeep(limit: limit)])
    let deep = Reading(nested(50_000) + "\npreview")
    #expect(deep.messages == [.nestingTooDeep(limit: limit)])
    #expect(deep.script.statements.last?.content == .preview)
  }
}
