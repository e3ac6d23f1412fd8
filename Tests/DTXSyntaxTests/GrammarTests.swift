import DTXSyntax
import Foundation
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

  @Test(
    "a sentence with a token less, or another, does not stop the parser",
    arguments: 0..<20 as Range<UInt64>
  )
  func mutations(seed: UInt64) throws {
    var generator = SentenceGenerator(grammar: try Grammar(), seed: seed)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let source = Array(generator.sentence(of: "statement").utf8)
      let tokens = Lexer.tokens(of: source).tokens
      for token in tokens.shuffled(using: &random).prefix(12) {
        var (without, changed) = (source, source)
        without.removeSubrange(token.range.bytes)
        let other = tokens.randomElement(using: &random) ?? token
        changed.replaceSubrange(token.range.bytes, with: source[other.range.bytes])
        for mutation in [without, changed] {
          let reading = Reading(mutation + Array("\npreview\n".utf8), mode: .session)
          #expect(reading.script.statements.count >= 1)
        }
      }
    }
  }
}
