import DTXSyntax
import DTXTestSupport
import Testing

@Suite("Repairs without asking")
struct RepairTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let source: String
    /// What the source becomes; nil where nothing may be changed.
    let repaired: String?

    init(_ source: String, _ repaired: String?) {
      (self.source, self.repaired) = (source, repaired)
    }
    var testDescription: String { source.debugDescription }
  }

  static let rows: [Row] = [
    // Words
    Row("captrue tx1 all", "capture tx1 all"),
    Row("CAPTURE tx1 all", "capture tx1 all"),
    Row("capture tx1 all rfe \"a\"", "capture tx1 all ref \"a\""),
    Row("list whre a = b", "list where a = b"),
    Row("on error skp", "on error skip"),
    // Words that could mean something else, or that change how much is moved
    Row("captrue(tx1)", nil),
    Row("cancel tx1", nil),
    Row("reverse tx1", nil),
    Row("lst", nil),
    Row("capture tx1 al", nil),
    Row("capture tx1 500 fnal", nil),
    Row("capture tx1 lines 1 2", nil),
    Row("capture tx1 lnie chair", nil),
    Row("capture tx1 everything", nil),
    // Places and quotes
    Row("capture tx1 all ref ship-1", "capture tx1 all ref \"ship-1\""),
    Row("refund tx1 5 reason customer called", "refund tx1 5 reason \"customer called\""),
    Row("refund tx1 ref ship-1 NOK 299.90", nil),
    Row("capture tx1 ref 500", nil),
    Row("capture tx1 ref \"a\" 500", "capture tx1 500 ref \"a\""),
    Row("print \u{201C}a\u{201D}", "print \"a\""),
    Row("print a\u{A0}and b", "print a and b"),
    Row("print $a == 1", "print $a = 1"),
    Row("print $a&&$b", "print $a and $b"),
    Row("print $a || $b", "print $a or $b"),
    Row("print !$a", "print not $a"),
    Row("print 5 \u{2013} 3", "print 5 - 3"),
    Row("print $a\u{2013}$b", nil),
    Row("print 5\u{D7}3", "print 5*3"),
    Row("show tx\u{200B}1", "show tx1"),
    Row("print $a not in [b]", "print not $a in [b]"),
    Row("let a = 5", "let $a = 5"),
    Row("$a = 5", "let $a = 5"),
    Row("if $a > 5\n{\n}", "if $a > 5 {\n\n}"),
    Row("adjust tx1 { drop line 1, drop line 2 }", "adjust tx1 { drop line 1 drop line 2 }"),
    // What is missing may belong elsewhere
    Row("print (1 + 2", nil),
    Row("print 1)", nil),
    Row("print \"a", nil),
    Row("print \"a\\q\"", nil),
    // Amounts: another spelling of the same digits
    Row("capture tx1 1 299,90 NOK", "capture tx1 1299.90 NOK"),
    Row("capture tx1 299.90 nok", "capture tx1 299.90 NOK"),
    Row("capture tx1 299.90NOK", "capture tx1 299.90 NOK"),
    Row("capture tx1 NOK 299.90", "capture tx1 299.90 NOK"),
    // Amounts that could be another one
    Row("capture tx1 NOK 300", nil),
    Row("capture tx1 300 nok", nil),
    Row("capture tx1 299,9 NOK", nil),
    Row("capture tx1 299,90", nil),
    Row("capture tx1 1,299 NOK", nil),
    Row("capture tx1 -500", nil),
    Row("capture tx1 +500", nil),
    Row("capture tx1 100.00 NOK + 50.00 NOK", nil),
    Row("capture tx1 300 kr", nil),
    Row("adjust tx1 { set line a 500 vat 0.25 }", nil),
    Row("adjust tx1 { set line a 500 vat 0,25% }", "adjust tx1 { set line a 500 vat 0.25% }"),
    Row("adjust tx1 { set line a 500 vat 25 }", "adjust tx1 { set line a 500 vat 25% }"),
    // One mistake hides another
    Row("captrue tx1 ref ship-1 all", "capture tx1 all ref \"ship-1\""),
    Row("captrue tx1 all; captrue tx2 all", "capture tx1 all; capture tx2 all"),
    Row("capture tx1 all", nil),
  ]

  private static func repair(_ source: [UInt8]) -> Repair {
    Repair(of: source) { Parser.parse($0, mode: .script).diagnostics }
  }

  @Test("are made where nothing else can be meant", arguments: rows)
  func repairs(row: Row) {
    let repair = Self.repair(Array(row.source.utf8))
    #expect(String(decoding: repair.text, as: UTF8.self) == row.repaired ?? row.source)
    #expect(repair.steps.isEmpty == (row.repaired == nil))
  }

  @Test("say what was done, and where")
  func steps() {
    let steps = Self.repair(Array("show tx1\n  captrue tx1 all ref ship-1".utf8)).steps
    #expect(steps.map(\.code.number) == [1101, 1117])
    #expect(steps.map(\.title) == ["write `capture`", "put the text between double quotes"])
    #expect(steps.map(\.position.line) == [2, 2])
    #expect(steps.map(\.position.column) == [3, 23])
  }

  @Test("leave alone what is wrong in another file")
  func otherFiles() {
    let source = Array("include \"lib.dtx\"".utf8)
    let fixIt = Diagnostic.FixIt("", [Diagnostic.Edit(SourceRange(0, 4), "")], isCertain: true)
    let diagnostic = Diagnostic(
      SyntaxMessage.unknownStatement,
      at: Diagnostic.Label(SourceRange(0, 4), in: SourceID(1)),
      fixIts: [fixIt]
    )
    #expect(Repair(of: source) { _ in [diagnostic] }.text == source)
  }

  @Test("end, even where a check finds something again and again")
  func endless() {
    let fixIt = Diagnostic.FixIt("", [Diagnostic.Edit(SourceRange(0, 0), "x")], isCertain: true)
    let diagnostic = Diagnostic(
      SyntaxMessage.unknownStatement,
      at: Diagnostic.Label(SourceRange(0, 0)),
      fixIts: [fixIt]
    )
    #expect(Repair(of: []) { _ in [diagnostic] }.text.count == 20)
  }

  /// What a hurried person types: pieces of statements in any order.
  private static let pieces = [
    "captrue", "capture", "refund", "tx1", "all", "ref", "rfe", "ship-1", "\"a", "\"b\"",
    "299,90 NOK", "299.90nok", "NOK 12.50", "+500", "1 299.90 NOK", "line 1", "qty", "2",
    "\u{201C}c\u{201D}", "\u{A0}", "==", "not in", "[a]", "{", "}", "(", ")", ",", ";", "\n", "if",
    "$x", "let y = 5", "print",
  ]

  @Test("keep every digit, and leave nothing certain", arguments: 0..<300 as Range<UInt64>)
  func digits(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let source = (0..<Int.random(in: 1...14, using: &random))
      .compactMap { _ in Self.pieces.randomElement(using: &random) }
      .joined(separator: " ")
    let repair = Self.repair(Array(source.utf8))
    let text = String(decoding: repair.text, as: UTF8.self)
    #expect(text.filter(\.isNumber).sorted() == source.filter(\.isNumber).sorted(), "\(source)")
    #expect(Self.repair(repair.text).steps.isEmpty, "\(source)")
  }
}
