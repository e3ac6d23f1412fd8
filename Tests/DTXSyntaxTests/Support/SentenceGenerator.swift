import DTXSyntax

/// Makes sentences of the grammar at random.
struct SentenceGenerator {
  let grammar: Grammar
  var random: SeededGenerator
  /// How many productions are open; beyond a few the shortest alternatives are taken.
  private var depth = 0
  /// Inside a string's braces there are no strings.
  private var isInsideString = false
  /// The productions that were used so far, and how often.
  private(set) var uses: [String: Int] = [:]

  init(grammar: Grammar, seed: UInt64) {
    self.grammar = grammar
    random = SeededGenerator(seed: seed)
  }

  /// Returns a sentence of a production, its tokens with blanks between them.
  mutating func sentence(of name: String) -> String {
    tokens(of: .name(name)).joined(separator: " ")
  }

  private mutating func tokens(of part: Grammar.Part) -> [String] {
    switch part {
    case .terminal(let word): return [word]
    case .special: return [text(of: part)]
    case .name(let name) where name.first?.isUppercase == true: return [token(name)]
    case .name(let name): return tokens(ofProduction: name)
    case .sequence(let parts): return parts.flatMap { tokens(of: $0) }
    case .choice(let parts): return tokens(of: choose(parts))
    case .interleaving(let parts): return interleave(parts)
    case .optional(let part): return isFlipped ? tokens(of: part) : []
    case .repetition(let part):
      return (0..<repetitions).flatMap { _ in tokens(of: part) }
    }
  }

  private mutating func tokens(ofProduction name: String) -> [String] {
    depth += 1
    defer { depth -= 1 }
    uses[name, default: 0] += 1
    return grammar.productions[name].map { tokens(of: $0) } ?? []
  }

  /// Takes the elements of each part, those of repetitions one by one, in any order.
  private mutating func interleave(_ parts: [Grammar.Part]) -> [String] {
    var groups: [[String]] = []
    for part in parts {
      if case .repetition(let repeated) = part {
        for _ in 0..<repetitions { groups.append(tokens(of: repeated)) }
      } else {
        groups.append(tokens(of: part))
      }
    }
    return groups.shuffled(using: &random).flatMap { $0 }
  }

  private var isDeep: Bool { depth > 14 }
  private var isFlipped: Bool { mutating get { !isDeep && Bool.random(using: &random) } }
  private var repetitions: Int {
    mutating get { isDeep ? 0 : Int.random(in: 0..<3, using: &random) }
  }

  /// Chooses at random, and deep inside a sentence what leads out of it.
  private mutating func choose(_ parts: [Grammar.Part]) -> Grammar.Part {
    let recursive: Set = [
      "share", "value", "elements", "function", "transaction", "negation", "prefix", "for", "if",
      "define",
    ]
    let simple = parts.filter { part in
      switch part {
      case .name(let name): !recursive.contains(name) && !(isInsideString && isString(name))
      case .sequence: !isDeep
      default: true
      }
    }
    let candidates = isDeep || isInsideString ? simple : parts
    return (candidates.isEmpty ? parts : candidates).randomElement(using: &random) ?? parts[0]
  }

  private func isString(_ name: String) -> Bool {
    ["STRING", "INTERPOLATED", "INNER", "text"].contains(name)
  }
}

// MARK: - Tokens

extension SentenceGenerator {
  /// Makes a token that the lexer takes for what it is meant to be.
  private mutating func token(_ name: String) -> String {
    while true {
      let text = text(of: .name(name))
      if name != "WORD" || isPlainWord(text) { return text }
    }
  }

  /// Whether a word is no keyword, looks like nothing else, and leads to no field.
  private func isPlainWord(_ text: String) -> Bool {
    let tokens = Lexer.tokens(of: Array(text.utf8)).tokens
    return tokens.map(\.kind) == [.word] && Keyword(rawValue: text) == nil && !text.contains(".")
      && text.first?.isNumber == false && text != text.uppercased() && text.lowercased() != "kr"
  }

  private mutating func text(of part: Grammar.Part) -> String {
    switch part {
    case .terminal(let text): return text
    case .special(let description): return special(description)
    case .name(let name): return grammar.productions[name].map { text(of: $0) } ?? ""
    case .sequence(let parts), .interleaving(let parts): return parts.map { text(of: $0) }.joined()
    case .choice(let parts): return text(of: parts.randomElement(using: &random) ?? parts[0])
    case .optional(let part): return Bool.random(using: &random) ? text(of: part) : ""
    case .repetition(let part):
      return (0..<Int.random(in: 0..<4, using: &random)).map { _ in text(of: part) }.joined()
    }
  }

  private mutating func special(_ description: String) -> String {
    switch description.prefix(14) {
    case "a line feed, w": return ["\n", "\r\n"].randomElement(using: &random) ?? "\n"
    case "three capital ": return ["NOK", "EUR", "XYZ"].randomElement(using: &random) ?? "NOK"
    case "an expression ": return inner()
    case "a Unicode lett":
      return ["a", "Z", "k", "æ", "Ø", "ж", "字"].randomElement(using: &random) ?? "a"
    case "01 to 12": return twoDigits(1...12)
    case "01 to the last": return twoDigits(1...28)
    case "00 to 23": return twoDigits(0...23)
    case "00 to 59": return twoDigits(0...59)
    case "any character ":
      return ["a", " ", "}", "#", "'", "æ", "😀", "-", ";"].randomElement(using: &random) ?? "a"
    case "0 to 9, a to f": return "9"
    default: return "unknown special: \(description)"
    }
  }

  private mutating func inner() -> String {
    let wasInsideString = isInsideString
    isInsideString = true
    defer { isInsideString = wasInsideString }
    while true {
      let text = sentence(of: "expression")
      if !text.contains("\"") { return text }
    }
  }

  private mutating func twoDigits(_ range: ClosedRange<Int>) -> String {
    let number = Int.random(in: range, using: &random)
    return number < 10 ? "0\(number)" : "\(number)"
  }
}
