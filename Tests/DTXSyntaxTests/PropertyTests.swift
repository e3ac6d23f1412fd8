import DTXSyntax
import DTXTestSupport
import Testing

@Suite("Properties")
struct PropertyTests {
  /// Pieces of source that the lexer has a rule for, and some that it has none for.
  static let pieces: [[UInt8]] =
    [
      "capture", "tx1", " ", "\t", "\n", "\r\n", "\r", ";", "\"", "\\", "\\\n", "{", "}", "(", ")",
      "[", "]", "$", "$row", ".", ",", "29990", "299.90", "NOK", "25%", "2026-11-01", "T14:30Z",
      "30d", "=", "!", "<", ">", "+", "-", "*", "/", "#", "line", "all", "ref", "æ", "“", "”", "'",
      "\u{A0}", "\u{FEFF}", "😀", "\u{0}", "to", "of", "and", "print", "adjust", "&&", "kr", "€",
      "let", "for", "in", "if", "else", "define", "call", "transactions", "where", "csv", "include",
      "\n  ",
    ].map { Array($0.utf8) } + [[0x80], [0xFF], [0xE2, 0x82], [0xC3]]

  static func randomSource(_ random: inout SeededGenerator) -> [UInt8] {
    (0..<Int.random(in: 0..<60, using: &random)).flatMap { _ in
      Bool.random(using: &random)
        ? pieces.randomElement(using: &random) ?? [] : [UInt8.random(in: 0...255, using: &random)]
    }
  }

  @Test("tokens tile the source, whatever the bytes", arguments: 0..<40 as Range<UInt64>)
  func tokensTile(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let source = Self.randomSource(&random)
      let (tokens, diagnostics) = Lexer.tokens(of: source)
      let ends = [0] + tokens.map(\.range.end)
      let areTiles =
        tokens.map(\.range.start) + [UInt32(source.count)] == ends
        && tokens.allSatisfy { !$0.range.isEmpty }
      #expect(areTiles, "\(source)")
      let malformed = tokens.count { $0.kind == .malformed }
      #expect(malformed == 0 || !diagnostics.isEmpty, "\(source)")
    }
  }

  @Test("any bytes parse, with places inside the source", arguments: 0..<40 as Range<UInt64>)
  func anyBytesParse(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 { check(Self.randomSource(&random)) }
  }

  @Test("every prefix of a program parses", arguments: Golden.all)
  func prefixes(golden: Golden) {
    for end in 0...golden.source.count { check(Array(golden.source.prefix(end))) }
  }

  @Test("every program parses without any one of its tokens", arguments: Golden.all)
  func deletions(golden: Golden) {
    for token in Lexer.tokens(of: golden.source).tokens {
      var source = golden.source
      source.removeSubrange(token.range.bytes)
      check(source)
    }
  }

  @Test("every program parses with any one of its tokens twice", arguments: Golden.all)
  func repetitions(golden: Golden) {
    for token in Lexer.tokens(of: golden.source).tokens {
      var source = golden.source
      source.insert(contentsOf: golden.source[token.range.bytes], at: Int(token.range.end))
      check(source)
    }
  }

  @Test("every repair in a program removes its diagnostic", arguments: Golden.all)
  func repairs(golden: Golden) {
    for diagnostic in Reading(golden.source, mode: golden.mode).diagnostics {
      for fixIt in diagnostic.fixIts {
        let repaired = Reading(apply(fixIt, to: golden.source), mode: golden.mode)
        let start = diagnostic.primary.range.start
        let isStillThere = repaired.diagnostics.contains {
          $0.code == diagnostic.code && $0.primary.range.start == start
        }
        #expect(!isStillThere, "\(golden.name): \(fixIt.title)")
      }
    }
  }

  /// Checks what holds for the tree and the diagnostics of any source.
  private func check(_ source: [UInt8]) {
    for mode in [Parser.Mode.script, .session] {
      let (script, diagnostics) = Parser.parse(source, mode: mode)
      let size = UInt32(source.count)
      let starts = diagnostics.map(\.primary.range.start)
      var isSound = zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 }
      for diagnostic in diagnostics {
        let labels = [diagnostic.primary] + diagnostic.secondary
        let edits = diagnostic.fixIts.flatMap(\.edits)
        isSound = isSound && labels.allSatisfy { $0.range.end <= size }
        isSound = isSound && edits.allSatisfy { $0.range.end <= size }
        isSound = isSound && !diagnostic.message.text.isEmpty
      }
      var end: UInt32 = 0
      // The ends of the blocks that a statement is inside of, innermost last.
      var ends = [UInt32(script.statements.count)]
      for (index, statement) in script.statements.enumerated() {
        isSound = isSound && statement.range.start >= end && statement.range.end <= size
        end = statement.range.end
        while let last = ends.last, last <= index { ends.removeLast() }
        isSound = isSound && UInt32(index) < statement.end && statement.end <= ends.last ?? 0
        ends.append(statement.end)
        guard let block = statement.block.map({ script[$0] }) else { continue }
        isSound = isSound && statement.range.end <= block.range.start && block.range.end <= size
        let isBraced = block.isComplete && block.range.count >= 2
        isSound = isSound && (isBraced || !block.isComplete && !diagnostics.isEmpty)
      }
      // Walking the tree meets every index it holds.
      _ = TreeDump(script: script).statements
      let hasInvalid = script.statements.contains { $0.content == .invalid }
      #expect(isSound && (!hasInvalid || !diagnostics.isEmpty), "\(source)")
    }
  }
}
