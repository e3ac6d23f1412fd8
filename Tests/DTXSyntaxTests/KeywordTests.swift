import Testing

@testable import DTXSyntax

@Suite("KeywordTable")
struct KeywordTests {
  private func lookUp(_ word: String, before rest: String = "") -> Keyword? {
    let range = SourceRange(0, UInt32(word.utf8.count))
    return KeywordTable.shared.keyword(at: range, in: Array((word + rest).utf8))
  }

  @Test("finds every keyword, whatever follows it", arguments: Keyword.allCases)
  func finds(keyword: Keyword) {
    #expect(keyword.rawValue.utf8.count <= KeywordTable.longestCount)
    for rest in ["", " ", " tx1 all", "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"] {
      #expect(lookUp(keyword.rawValue, before: rest) == keyword)
    }
  }

  @Test("finds nothing in words that only resemble one", arguments: Keyword.allCases)
  func refuses(keyword: Keyword) {
    let word = keyword.rawValue
    for other in [word.uppercased(), "\(word)s", "x\(word)", String(word.dropLast()) + "_"] {
      #expect(lookUp(other, before: " and so on, and on") == Keyword(rawValue: other))
    }
  }

  @Test("every operation is a statement", arguments: OperationStatement.Verb.allCases)
  func verbs(verb: OperationStatement.Verb) {
    #expect(Keyword(rawValue: verb.rawValue)?.startsStatement == true)
  }
}
