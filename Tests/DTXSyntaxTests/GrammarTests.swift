import DTXSyntax
import Foundation
import FoundationXML
import Testing

@Suite("Grammar")
struct GrammarTests {
  @Test("every name is defined, and every production is reached")
  func complete() throws {
    let grammar = try Grammar()
    #expect(grammar.undefinedNames == [])
    var reached: Set<String> = []
    var waiting: Set<String> = ["script"]
    while let name = waiting.popFirst() {
      reached.insert(name)
      let names = grammar.productions[name].map { grammar.names(in: $0) } ?? []
      waiting.formUnion(names.subtracting(reached))
    }
    // The inside of an interpolated string is said in words.
    #expect(Set(grammar.productions.keys).subtracting(reached) == [])
  }

  @Test("every production stands above a function of the parser, word for word")
  func comments() throws {
    let grammar = try Grammar()
    let folder = Grammar.file.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/DTXSyntax/Parser")
    var above: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      above.formUnion(Self.productionsAboveFunctions(text))
    }
    let syntax = grammar.texts.filter { $0.key.first?.isLowercase == true }
    let lexical: Set = [
      "letter", "digit", "month", "day", "hour", "minute", "character", "escape", "hexadecimal",
    ]
    var missing: [String] = []
    for (name, text) in syntax where !lexical.contains(name) {
      if !above.contains(text) { missing.append(name) }
    }
    #expect(missing.sorted() == [])
    let names = Set(above.map { $0.prefix { $0 != " " } }.map(String.init))
    #expect(names.subtracting(syntax.keys) == [], "productions that the grammar does not have")
  }

  /// Returns the productions in the comments right above functions, on one line each.
  static func productionsAboveFunctions(_ text: String) -> [String] {
    var productions: [String] = []
    var comment: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.hasPrefix("// ") {
        comment.append(String(line.dropFirst(3)))
      } else {
        if line.contains("func ") {
          let tokens = Grammar.tokens(of: comment.joined(separator: " "))
          for production in tokens.split(separator: ";") where production.dropFirst().first == "=" {
            productions.append((production + [";"]).joined(separator: " "))
          }
        }
        comment = []
      }
    }
    return productions
  }

  @Test("every production has a diagram of what it is now; `scripts/diagrams` draws them")
  func diagrams() throws {
    let folder = Grammar.file.deletingLastPathComponent().appending(path: "diagrams")
    var drawn: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      let document = try XMLDocument(xmlString: text)
      let description = document.rootElement()?.elements(forName: "desc").first?.stringValue
      drawn[String(name.dropLast(".svg".count))] = description
    }
    let texts = try Grammar().texts
    #expect(Set(drawn.keys) == Set(texts.keys))
    for (name, text) in texts { #expect(drawn[name] == text, "\(name)") }
  }

  @Test("every sentence of the grammar parses", arguments: 0..<60 as Range<UInt64>)
  func sentences(seed: UInt64) throws {
    var generator = SentenceGenerator(grammar: try Grammar(), seed: seed)
    for _ in 0..<50 {
      let sentence = generator.sentence(of: "statement")
      let reading = Reading(sentence, mode: .session)
      #expect(reading.messages == [], "\(sentence)")
      #expect(reading.script.passages.count == 1, "\(sentence)")
    }
    let script = generator.sentence(of: "script")
    #expect(Reading(script, mode: .session).messages == [], "\(script)")
  }

  @Test("the sentences use every production, control and all")
  func coverage() throws {
    let grammar = try Grammar()
    var uses: [String: Int] = [:]
    for seed in 0..<60 as Range<UInt64> {
      var generator = SentenceGenerator(grammar: grammar, seed: seed)
      for _ in 0..<50 { _ = generator.sentence(of: "statement") }
      uses.merge(generator.uses) { $0 + $1 }
    }
    let syntax = grammar.productions.keys.filter { $0.first?.isLowercase == true }
    // Letters and digits are parts of tokens, and a script is more than a statement.
    let others: Set = [
      "script", "letter", "digit", "month", "day", "hour", "minute", "character", "escape",
      "hexadecimal",
    ]
    for name in syntax where !others.contains(name) {
      #expect(uses[name, default: 0] >= 3, "\(name)")
    }
  }

  /// A sentence with one token less, more, or another, so that it is most likely no sentence.
  private static func mutations(
    of source: [UInt8],
    using random: inout SeededGenerator
  ) -> [[UInt8]] {
    let tokens = Lexer.tokens(of: source).tokens.filter { !$0.range.isEmpty }
    return tokens.shuffled(using: &random).prefix(8).flatMap { token in
      var (without, changed, inserted) = (source, source, source)
      without.removeSubrange(token.range.bytes)
      let other = tokens.randomElement(using: &random) ?? token
      changed.replaceSubrange(token.range.bytes, with: source[other.range.bytes])
      let place = Int(token.range.start)
      inserted.insert(contentsOf: source[other.range.bytes] + [UInt8(ascii: " ")], at: place)
      return [without, changed, inserted].filter { $0 != source }
    }
  }

  /// How many mutations of a production's sentences were read, and how many of them as a mistake.
  private static func mistakes(in production: String, seed: UInt64) throws -> (Int, of: Int) {
    var generator = SentenceGenerator(grammar: try Grammar(), seed: seed)
    var random = SeededGenerator(seed: seed)
    var (failed, all) = (0, 0)
    for _ in 0..<10 {
      let source = Array(generator.sentence(of: production).utf8)
      for mutation in mutations(of: source, using: &random) {
        let reading = Reading(mutation + Array("\npreview\n".utf8), mode: .session)
        #expect(reading.script.statements.count >= 1)
        all += 1
        if !reading.diagnostics.isEmpty { failed += 1 }
      }
    }
    return (failed, all)
  }

  @Test(
    "a sentence with a token less, more, or another does not stop the parser, and mostly fails",
    arguments: [
      "statement", "operation", "for", "if", "define", "call", "let", "param", "include", "list",
    ]
  )
  func mutations(production: String) throws {
    var (failed, all) = (0, 0)
    for seed in 0..<4 as Range<UInt64> {
      let (mistakes, count) = try Self.mistakes(in: production, seed: seed)
      failed += mistakes
      all += count
    }
    #expect(all > 200)
    // A word for another word, or an amount for another amount, is often a sentence too.
    #expect(failed * 2 > all, "\(failed) of \(all)")
  }
}
