import DTXSyntax
import Foundation
import Testing

@Suite("Grammar for editors")
struct EditorGrammarTests {
  private let grammar: [String: Any]
  private let rules: [String: [String: Any]]

  init() throws {
    let file = Grammar.file.deletingLastPathComponent().appending(path: "dtx.tmLanguage.json")
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    grammar = try #require(object as? [String: Any])
    rules = try #require(grammar["repository"] as? [String: [String: Any]])
  }

  /// The expression of a rule, as the editors' engine and this one both read it.
  private func expression(_ rule: String) throws -> NSRegularExpression {
    let pattern = try #require(rules[rule]?["match"] as? String, "\(rule)")
    return try NSRegularExpression(pattern: pattern, options: .anchorsMatchLines)
  }

  @Test("every expression is one, and every rule that is included is there")
  func wellFormed() throws {
    #expect(rules.count > 10)
    try check(grammar)
  }

  private func check(_ rule: [String: Any]) throws {
    for key in ["match", "begin", "end", "firstLineMatch"] {
      if let pattern = rule[key] as? String { _ = try NSRegularExpression(pattern: pattern) }
    }
    if let name = rule["include"] as? String { #expect(rules[String(name.dropFirst())] != nil) }
    for inner in rule["patterns"] as? [[String: Any]] ?? [] { try check(inner) }
    for inner in (rule["repository"] as? [String: [String: Any]] ?? [:]).values {
      try check(inner)
    }
  }

  @Test("its words are the words of the language")
  func words() throws {
    var words: Set<String> = []
    for rule in ["verb", "control", "command", "word-operator", "clause"] {
      let pattern = try #require(rules[rule]?["match"] as? String)
      let list = try #require(pattern.firstMatch(of: /\((?:\?:)?([a-z]+(?:\|[a-z]+)+)\)/))
      words.formUnion(list.output.1.split(separator: "|").map(String.init))
    }
    let keywords = Set(Keyword.allCases.map(\.rawValue))
    let policies = Set(ErrorPolicy.allCases.map(\.rawValue))
    #expect(words == keywords.union(policies))
  }

  /// The rules that must cover a token whole.
  private static let rulesByKind: [Token.Kind: String] = [
    .variable: "variable", .percent: "percent", .date: "time", .timestamp: "time",
    .duration: "duration", .integer: "number", .decimal: "number",
  ]

  @Test("its tokens are the lexer's", arguments: 0..<20 as Range<UInt64>)
  func tokens(seed: UInt64) throws {
    var generator = SentenceGenerator(grammar: try Grammar(), seed: seed)
    let expressions = try Self.rulesByKind.mapValues { try expression($0) }
    var seen = 0
    for _ in 0..<20 {
      let sentence = generator.sentence(of: "statement")
      let source = Array(sentence.utf8)
      for token in Lexer.tokens(of: source).tokens {
        guard let expression = expressions[token.kind] else { continue }
        let text = String(decoding: source[token.range.bytes], as: UTF8.self)
        let before = String(decoding: source[..<Int(token.range.start)], as: UTF8.self)
        let place = NSRange(location: before.utf16.count, length: text.utf16.count)
        let whole = NSRange(location: 0, length: sentence.utf16.count)
        let matches = expression.matches(in: sentence, range: whole).map(\.range)
        #expect(matches.contains(place), "\(text) in \(sentence)")
        seen += 1
      }
    }
    #expect(seen > 10)
  }

  @Test("a string begins with a quote, and its escapes are those of the language")
  func strings() throws {
    let rule = try #require(rules["string"])
    #expect(rule["begin"] as? String == "\"")
    let escape = try expression("escape")
    for text in [#"\""#, #"\\"#, #"\n"#, #"\t"#, #"\{"#, #"\u{1F600}"#] {
      let range = NSRange(location: 0, length: text.utf16.count)
      #expect(escape.firstMatch(in: text, range: range)?.range == range, "\(text)")
    }
  }
}
