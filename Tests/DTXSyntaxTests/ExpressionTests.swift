import DTXSyntax
import Testing

@Suite("Expressions")
struct ExpressionTests {
  static let rows: [(String, String)] = [
    ("1 + 2 * 3", "(+ integer:1 (* integer:2 integer:3))"),
    ("(1 + 2) * 3", "(* (+ integer:1 integer:2) integer:3)"),
    ("1 - 2 - 3", "(- (- integer:1 integer:2) integer:3)"),
    ("8 / 4 / 2", "(/ (/ integer:8 integer:4) integer:2)"),
    ("a or b and not c = d", "(or word:a (and word:b (not (= word:c word:d))))"),
    ("not a and b", "(and (not word:a) word:b)"),
    ("not not a", "(not (not word:a))"),
    ("-$a * -1", "(* (- $a) (- integer:1))"),
    ("- - 1", "(- (- integer:1))"),
    ("$a + 1 <= $b", "(<= (+ $a integer:1) $b)"),
    ("$a != b", "(!= $a word:b)"),
    ("status in [A, B]", "(in word:status [word:A word:B])"),
    ("$t.lines contains \"x\"", "(contains (. $t lines) string:\"x\")"),
    ("25% of $t.captured + 100", "(+ (of percent:25% (. $t captured)) integer:100)"),
    ("$row.\"Order No\"", "(. $row \"Order No\")"),
    ("$row.parcel.\"Order No\".x", "(. (. (. $row parcel) \"Order No\") x)"),
    ("(a).b.c", "(. (. word:a b) c)"),
    ("sum([1, 2])", "(call sum [integer:1 integer:2])"),
    ("money($row.amount, NOK)", "(call money (. $row amount) word:NOK)"),
    ("f()", "(call f)"),
    ("[]", "[]"),
    ("today - 30d", "(- word:today duration:30d)"),
    ("created > 2026-11-01", "(> word:created date:2026-11-01)"),
    ("2026-11-01T14:30Z", "timestamp:2026-11-01T14:30Z"),
    ("12.5%", "percent:12.5%"),
    ("0.5", "decimal:0.5"),
    ("299.90 NOK + 1 JPY", "(+ money:299.90 NOK money:1 JPY)"),
    ("transaction tx123", "(transaction id=word:tx123)"),
    ("(transaction tx123).captured", "(. (transaction id=word:tx123) captured)"),
    ("order \"A-1\"", "(transaction order=string:\"A-1\")"),
    ("session $s", "(transaction session=$s)"),
    ("\"plain\"", "string:\"plain\""),
    ("\"a\\nb\"", "escapedString:\"a\\nb\""),
    ("\"a{$b}c\"", "(join string:a $b string:c)"),
    ("\"{$b}\"", "(join $b)"),
    ("\"\\{{1 + 2}\\n\"", "(join escapedString:\\{ (+ integer:1 integer:2) escapedString:\\n)"),
    ("\"{$a}{$b.c}\"", "(join $a (. $b c))"),
    ("\"}\"", "string:\"}\""),
  ]

  @Test("reads", arguments: rows)
  func reads(source: String, tree: String) {
    let reading = Reading("print \(source)")
    #expect(reading.messages == [])
    #expect(reading.tree == "(print \(tree))\n")
  }

  @Test("a node's range takes in its brackets")
  func ranges() {
    let reading = Reading("print (1 + 2) * [3], f(4)")
    let texts = reading.script.expressions.map { reading.script.text($0.range) }
    #expect(texts == ["1", "2", "1 + 2", "3", "[3]", "(1 + 2) * [3]", "4", "f(4)"])
  }

  @Test("every operator stands in the tree", arguments: BinaryOperator.allCases)
  func operators(operation: BinaryOperator) {
    let reading = Reading("print $a \(operation.rawValue) $b")
    #expect(reading.tree == "(print (\(operation.rawValue) $a $b))\n")
  }
}
