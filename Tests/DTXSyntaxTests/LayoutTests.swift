import DTXSyntax
import Foundation
import Testing

/// The canonical layout of scripts: `Layouts/<case>.dtx` beside what it becomes, `.formatted`.
///
/// With `DTX_UPDATE_GOLDEN=1` in the environment the latter are written anew, to be reviewed.
@Suite("Layout")
struct LayoutTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Layouts"
  )

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".dtx") }.map { String($0.dropLast(4)) }.sorted()

  private func format(_ source: String) throws -> String {
    let text = try #require(Formatter.format(Array(source.utf8)).text, "\(source)")
    return String(decoding: text, as: UTF8.self)
  }

  @Test("is what is expected", arguments: names)
  func golden(name: String) throws {
    let source = try String(contentsOf: Self.folder.appending(path: "\(name).dtx"), encoding: .utf8)
    let file = Self.folder.appending(path: "\(name).formatted")
    let actual = try format(source)
    if Golden.isUpdating { try actual.write(to: file, atomically: true, encoding: .utf8) }
    #expect(actual == (try? String(contentsOf: file, encoding: .utf8)))
    checkMeaning(Array(source.utf8))
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let source: String
    let expected: String

    init(_ source: String, _ expected: String) { (self.source, self.expected) = (source, expected) }
    var testDescription: String { source.debugDescription }
  }

  static let rows: [Row] = [
    Row("", ""),
    Row("\n\n \n", ""),
    Row("  void   tx1", "void tx1\n"),
    Row("void tx1;;void tx2;", "void tx1\nvoid tx2\n"),
    Row("void tx1 \\\n  \\\n remaining\n", "void tx1 remaining\n"),
    Row("\u{FEFF}void tx1\r\n", "void tx1\n"),
    // Blank lines
    Row("\n\nvoid tx1\n\n\n\nvoid tx2\n\n", "void tx1\n\nvoid tx2\n"),
    Row("if $a {\n\nvoid tx1\n\n}\nvoid tx2", "if $a {\n  void tx1\n}\nvoid tx2\n"),
    Row(
      "if $a { void tx1 }\n\nelse { void tx2 }",
      "if $a {\n  void tx1\n} else {\n  void tx2\n}\n"
    ),
    // Comments
    Row("# a  \n\n\n# b\nvoid tx1 # c", "# a\n\n# b\nvoid tx1  # c\n"),
    Row("if $a { # a\nvoid tx1 # b\n# c\n} # d", "if $a {  # a\n  void tx1  # b\n  # c\n}  # d\n"),
    Row("if $a { # a\n}", "if $a {  # a\n}\n"),
    Row("if $a {\n# a\n}", "if $a {\n  # a\n}\n"),
    Row("if $a { } # a\nelse { }", "if $a {}  # a\nelse {}\n"),
    Row("if $a { }\n# a\n\nelse { }", "if $a {}\n# a\n\nelse {}\n"),
    Row("void tx1; # a", "void tx1  # a\n"),
    Row("print [1, # a\n2,\n\n# b\n3]", "print [1,  # a\n    2,\n    # b\n    3]\n"),
    Row(
      "adjust tx1 { # a\ndrop line 1 # b\n# c\n}",
      "adjust tx1 {  # a\n  drop line 1  # b\n  # c\n}\n"
    ),
    Row("#!/usr/bin/env dtx\nvoid tx1", "#!/usr/bin/env dtx\nvoid tx1\n"),
    // Blanks around tokens
    Row("print -$x*( 2+3 )/- 4 , 1", "print -$x * (2 + 3) / -4, 1\n"),
    Row("print [ ] , [ 1 ,2 ],f ( 1 ) , f( )", "print [], [1, 2], f(1), f()\n"),
    Row("print not ( $a or $b ) and $c in [ a ]", "print not ($a or $b) and $c in [a]\n"),
    Row(
      "print $row . amount , $row.\"Order No\" , ( $t ) . id",
      "print $row.amount, $row.\"Order No\", ($t).id\n"
    ),
    Row("print ab .cd", "print ab .cd\n"),
    Row("capture tx1 ( 5 ) ref ( $a )", "capture tx1 (5) ref ($a)\n"),
    Row("define f ( $a ,$b ) { call g ( $a ) }", "define f($a, $b) {\n  call g($a)\n}\n"),
    Row("let $x=1", "let $x = 1\n"),
    Row("print \"{f( 1 )}\", 2", "print \"{f( 1 )}\", 2\n"),
    // Items
    Row("adjust tx1{drop line 1}", "adjust tx1 { drop line 1 }\n"),
    Row("adjust tx1 {\n drop line 1\n} ref \"a\"", "adjust tx1 { drop line 1 } ref \"a\"\n"),
    Row(
      "for $t in [tx1] { adjust $t to 5 { line 1 2 line 2 3 } final }",
      "for $t in [tx1] {\n  adjust $t to 5 {\n    line 1 2\n    line 2 3\n  } final\n}\n"
    ),
  ]

  @Test("is the one in the table, whatever it was", arguments: rows)
  func table(row: Row) throws {
    #expect(try format(row.source) == row.expected)
    checkMeaning(Array(row.source.utf8))
  }

  @Test("of a script with mistakes does not exist")
  func mistakes() {
    let (text, diagnostics) = Formatter.format(Array("void tx1\ncaptrue tx1 all\n".utf8))
    #expect(text == nil)
    #expect(diagnostics.map(\.code.number) == [1101])
  }

  @Test("keeps the meaning of every program", arguments: Golden.all)
  func programs(golden: Golden) { checkMeaning(golden.source) }

  @Test("keeps the meaning of any sentence", arguments: 0..<20 as Range<UInt64>)
  func sentences(seed: UInt64) throws {
    var generator = SentenceGenerator(grammar: try Grammar(), seed: seed)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<12 {
      let sentence = Array(generator.sentence(of: "action").utf8)
      checkMeaning(sentence)
      checkMeaning(apart(sentence, &random))
    }
  }

  /// Puts other blanks, line ends and comments between the tokens of a script.
  private func apart(_ source: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var text: [UInt8] = []
    var brackets = 0
    for token in Lexer.tokens(of: source).tokens {
      guard token.kind == .trivia else {
        if [.leftParenthesis, .leftBracket].contains(token.kind) { brackets += 1 }
        if [.rightParenthesis, .rightBracket].contains(token.kind) { brackets -= 1 }
        text += source[token.range.bytes]
        continue
      }
      let choices =
        [" ", "\t  ", " \\\n", " \\\r\n   "] + (brackets > 0 ? ["\n", " # x\n", "\n# y\n\n"] : [])
      text += Array((choices.randomElement(using: &random) ?? " ").utf8)
    }
    return text
  }

  /// Checks that a script means the same after it was laid out, and is not laid out otherwise then.
  private func checkMeaning(_ source: [UInt8]) {
    guard let text = Formatter.format(source).text else { return }
    let (before, after) = (Reading(source), Reading(text))
    let words = String(decoding: source, as: UTF8.self)
    #expect(after.diagnostics.isEmpty, "\(words)")
    #expect(plain(after.tree) == plain(before.tree), "\(words)")
    #expect(Formatter.format(text).text == text, "\(words)")
    #expect(parts(of: text) == parts(of: source), "\(words)")
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.last != UInt8(ascii: " ") })
  }

  /// Returns a tree without what stands between an amount and its currency.
  private func plain(_ tree: String) -> String {
    tree.replacing("\\\r\n", with: " ").replacing("\\\n", with: " ")
      .split { $0 == " " || $0 == "\t" || $0.isNewline }.joined(separator: " ")
  }

  /// Returns the tokens and comments of a script, without what a layout may change.
  private func parts(of source: [UInt8]) -> [String] {
    Lexer.tokens(of: source).tokens.compactMap { token in
      let text = String(decoding: source[token.range.bytes], as: UTF8.self)
      return switch token.kind {
      case .newline, .semicolon: nil
      case .trivia: text.hasPrefix("#") ? text.trimmingCharacters(in: .whitespaces) : nil
      default: text
      }
    }
  }
}
