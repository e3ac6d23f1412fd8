import DTXSyntax
import Testing

@Suite("Parser")
struct ParserTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let source: String
    let tree: String

    init(_ source: String, _ tree: String) { (self.source, self.tree) = (source, tree) }
    var testDescription: String { source.debugDescription }
  }

  static let operations: [Row] = [
    Row("capture tx1 all", "(capture id=word:tx1 all)"),
    Row("capture tx1 29990", "(capture id=word:tx1 integer:29990)"),
    Row("capture tx1 299.90 NOK final", "(capture id=word:tx1 final money:299.90 NOK)"),
    Row("capture tx1 300 JPY", "(capture id=word:tx1 money:300 JPY)"),
    Row("capture tx1 line 1", "(capture id=word:tx1 (line word:1))"),
    Row(
      "capture tx1 500 line 1 qty 2 300 line b 200",
      "(capture id=word:tx1 integer:500 (line word:1 qty integer:2 integer:300) (line word:b integer:200))"
    ),
    Row(
      "capture tx1 line a qty 0.5 ref \"x\" line b final",
      "(capture id=word:tx1 final (line word:a qty decimal:0.5) (line word:b) (ref string:\"x\"))"
    ),
    Row(
      "capture tx1 all meta carrier \"Bring\" meta x $y again \"why\"",
      "(capture id=word:tx1 all (meta carrier string:\"Bring\") (meta x $y) (again string:\"why\"))"
    ),
    Row("capture \"order/7\" all", "(capture id=string:\"order/7\" all)"),
    Row("capture order \"A-1\" all", "(capture order=string:\"A-1\" all)"),
    Row("capture session $s all", "(capture session=$s all)"),
    Row("capture $row.id $row.amount", "(capture id=(. $row id) (. $row amount))"),
    Row("capture ($a) ($b + 1)", "(capture id=$a (+ $b integer:1))"),
    Row("capture tx1 25% of $t.captured", "(capture id=word:tx1 (of percent:25% (. $t captured)))"),
    Row("capture tx1 $p of 300.00 NOK", "(capture id=word:tx1 (of $p money:300.00 NOK))"),
    Row("capture tx1 9223372036854775808", "(capture id=word:tx1 integer:9223372036854775808)"),
    Row(
      "refund tx1 500 ref \"a\" reason \"b\"",
      "(refund id=word:tx1 integer:500 (ref string:\"a\") (reason string:\"b\"))"
    ),
    Row("void tx1", "(void id=word:tx1)"),
    Row("void tx1 remaining", "(void id=word:tx1 remaining)"),
    Row(
      "extend tx1 ref \"a\" reason \"b\"",
      "(extend id=word:tx1 (ref string:\"a\") (reason string:\"b\"))"
    ),
    Row("authorize tx1", "(authorize id=word:tx1)"),
    Row("authorize tx1 500", "(authorize id=word:tx1 integer:500)"),
    Row("tag tx1 \"VIP\"", "(tag id=word:tx1 string:\"VIP\")"),
    Row("adjust tx1 to 500 final", "(adjust id=word:tx1 final integer:500)"),
    Row(
      "adjust tx1 to 500 describe \"d\" { line 1 \"Chair\" qty 2 500 vat 25% }",
      "(adjust id=word:tx1 integer:500 (item word:1 string:\"Chair\" qty integer:2 integer:500 vat percent:25%) (describe string:\"d\"))"
    ),
    Row(
      "adjust tx1 {\n add line gift \"Gift\" 4900\n set line 1 qty 3 500 drop line 2\n}",
      "(adjust id=word:tx1 changes (add word:gift string:\"Gift\" integer:4900) (set word:1 qty integer:3 integer:500) (drop word:2))"
    ),
    Row(
      "adjust tx1 to 9 { line 1 $n 5 line 2 $a line 3 $n qty $q $a line 4 $n $p of $x }",
      "(adjust id=word:tx1 integer:9 (item word:1 $n integer:5) (item word:2 $a) (item word:3 $n qty $q $a) (item word:4 $n (of $p $x)))"
    ),
  ]

  /// A keyword is a word like others wherever a word is asked for.
  static let contextual: [Row] = [
    Row("capture all all", "(capture id=word:all all)"),
    Row("capture capture 500", "(capture id=word:capture integer:500)"),
    Row("capture line line 1", "(capture id=word:line (line word:1))"),
    Row("capture tx line line", "(capture id=word:tx (line word:line))"),
    Row("capture tx line qty qty 2", "(capture id=word:tx (line word:qty qty integer:2))"),
    Row(
      "capture tx line all line 2026-11-01",
      "(capture id=word:tx (line word:all) (line word:2026-11-01))"
    ),
    Row("capture 30d line 1.5 500", "(capture id=word:30d (line word:1.5 integer:500))"),
    Row("capture 123 all", "(capture id=word:123 all)"),
    Row("show 2026-11-01", "(show id=word:2026-11-01)"),
    Row("tag 29_990 \"x\"", "(tag id=word:29_990 string:\"x\")"),
    Row("capture \"all\" line \"qty\"", "(capture id=string:\"all\" (line string:\"qty\"))"),
    Row("capture ref all ref \"a\"", "(capture id=word:ref all (ref string:\"a\"))"),
    Row("capture tx all meta meta \"a\"", "(capture id=word:tx all (meta meta string:\"a\"))"),
    Row("void remaining remaining", "(void id=word:remaining remaining)"),
    Row("void void", "(void id=word:void)"),
    Row("adjust to to 5", "(adjust id=word:to integer:5)"),
    Row("tag tag \"x\"", "(tag id=word:tag string:\"x\")"),
    Row("list order by order limit 5", "(list order order limit integer:5)"),
    Row("list where order = limit", "(list where (= word:order word:limit))"),
    Row("print $x.all.of, capture", "(print (. (. $x all) of) word:capture)"),
    Row("account on", "(account on)"),
    Row(
      "print transaction, order, session, csv",
      "(print word:transaction word:order word:session word:csv)"
    ),
  ]

  static let statements: [Row] = [
    Row("", ""),
    Row("# nothing\n\n", ""),
    Row("preview; preview", "(preview)\n(preview)"),
    Row("show tx1", "(show id=word:tx1)"),
    Row("show order \"a\"", "(show order=string:\"a\")"),
    Row("list", "(list)"),
    Row(
      "list limit 5 where status = AUTHORIZED order by created desc",
      "(list where (= word:status word:AUTHORIZED) order created desc limit integer:5)"
    ),
    Row("print 1, 2", "(print integer:1 integer:2)"),
    Row("expect $a = 1", "(expect (= $a integer:1))"),
    Row("expect $a, \"b\"", "(expect $a string:\"b\")"),
    Row("account T123", "(account T123)"),
    Row("on error stop", "(on-error stop)"),
    Row("on error continue", "(on-error continue)"),
    Row("on error skip", "(on-error skip)"),
    Row("capture tx1 \\\n  all\nvoid tx2", "(capture id=word:tx1 all)\n(void id=word:tx2)"),
    Row(
      "print (1 +\n 2)\r\nprint [a,\n b]",
      "(print (+ integer:1 integer:2))\n(print [word:a word:b])"
    ),
    Row("print [\ncapture,\nrefund\n]", "(print [word:capture word:refund])"),
  ]

  static let commands: [Row] = [
    Row("preview", "(preview)"),
    Row("commit", "(commit)"),
    Row("commit first 3", "(commit first integer:3)"),
    Row("discard; undo", "(discard)\n(undo)"),
    Row("autocommit on", "(autocommit on)"),
    Row("autocommit off", "(autocommit off)"),
    Row("run \"fix.dtx\"", "(run string:\"fix.dtx\")"),
    Row("save \"fix.dtx\"", "(save string:\"fix.dtx\")"),
    Row("edit", "(edit)"),
    Row("use shop-test", "(use shop-test)"),
    Row("set confirm off", "(set confirm word:off)"),
    Row("set page 25", "(set page integer:25)"),
    Row("set output \"a b\"", "(set output string:\"a b\")"),
    Row("journal", "(journal)"),
    Row("journal 20", "(journal integer:20)"),
    Row("watch show tx1", "(watch show tx1)"),
    Row("watch show order \"a b\"", "(watch show order \"a b\")"),
    Row("help", "(help)"),
    Row("help on error", "(help on error)"),
    Row("quit", "(quit)"),
  ]

  @Test("reads", arguments: operations + contextual + statements)
  func reads(row: Row) {
    let reading = Reading(row.source)
    #expect(reading.messages == [])
    #expect(reading.tree == (row.tree.isEmpty ? "" : row.tree + "\n"))
  }

  @Test("reads commands at the prompt", arguments: commands)
  func readsCommands(row: Row) {
    let reading = Reading(row.source, mode: .session)
    #expect(reading.messages == [])
    #expect(reading.tree == row.tree + "\n")
  }

  @Test("a statement's range is its first word to its last operand")
  func ranges() {
    let reading = Reading("  capture tx1 ($a + 1)  # why\nshow tx2 ;")
    #expect(
      reading.script.statements.map { reading.script.text($0.range) } == [
        "capture tx1 ($a + 1)", "show tx2",
      ]
    )
    #expect(reading.script.statements.map(\.end) == [1, 2])
  }

  @Test("a statement takes at most 72 bytes")
  func size() {
    #expect(MemoryLayout<Statement>.stride <= 72)
  }
}
