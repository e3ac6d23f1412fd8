import DTXSyntax
import Testing

@Suite("Suggestions of the checks")
struct FixItTests {
  /// A script with one mistake, and what it could be repaired to, best guess first.
  static let rows: [(String, [String])] = [
    ("capture card 300 NOK", ["capture card 300.00 NOK", "capture card 30000"]),
    ("capture card 1_300 NOK", ["capture card 1300.00 NOK", "capture card 130000"]),
    ("expect $plan.captured >= 0 NOK", ["expect $plan.captured >= 0.00 NOK"]),
    ("capture card 299.9 NOK", ["capture card 299.90 NOK"]),
    ("capture card 299.900 NOK", ["capture card 299.90 NOK"]),
    ("capture yen 299.00 JPY", ["capture yen 299 JPY"]),
    // A digit would be lost, or it is not known which of two is meant.
    ("capture card 299.905 NOK", []),
    ("capture yen 299.90 JPY", []),
    ("capture card 299.90 NKO", ["capture card 299.90 NOK"]),
    ("capture card 299.90 QQQ", []),
    ("list where statuss = AUTHORIZED", ["list where status = AUTHORIZED"]),
    ("list where status = AUTHORISED", ["list where status = AUTHORIZED"]),
    ("print $paln.captured", ["print $plan.captured"]),
    ("print lowr(\"A\")", ["print lower(\"A\")"]),
    ("define greet() { print 1 }\ncall gret()", ["define greet() { print 1 }\ncall greet()"]),
  ]

  @Test("are edits that repair the script, and none is made without asking", arguments: rows)
  func suggestions(source: String, repaired: [String]) throws {
    let diagnostic = try #require(PlannedScript(source).diagnostics.first)
    #expect(diagnostic.fixIts.map { Self.apply($0, to: source) } == repaired)
    #expect(diagnostic.certainFixIt == nil)
    for text in repaired { #expect(!PlannedScript(text).codes.contains("\(diagnostic.code)")) }
  }

  private static func apply(_ fixIt: Diagnostic.FixIt, to source: String) -> String {
    var bytes = Array(source.utf8)
    for edit in fixIt.edits { bytes.replaceSubrange(edit.range.bytes, with: edit.replacement.utf8) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
