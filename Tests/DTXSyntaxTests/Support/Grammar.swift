import Foundation

/// The productions of `grammar/dtx.ebnf`, read from the file.
struct Grammar {
  indirect enum Part {
    case terminal(String)
    case name(String)
    /// `? … ?`.
    case special(String)
    case sequence([Part])
    case choice([Part])
    /// `a & b`.
    case interleaving([Part])
    case optional(Part)
    case repetition(Part)
  }

  struct SyntaxError: Error {
    let message: String
  }

  static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "grammar/dtx.ebnf")

  private(set) var productions: [String: Part] = [:]
  /// The text of each production, on one line with single blanks.
  private(set) var texts: [String: String] = [:]

  init() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    var reader = Reader(tokens: Self.tokens(of: text))
    while let name = reader.takeName() {
      let start = reader.index
      try reader.expect("=")
      productions[name] = try reader.parseChoice()
      try reader.expect(";")
      texts[name] = ([name] + reader.tokens[start..<reader.index]).joined(separator: " ")
    }
    guard reader.index == reader.tokens.count else {
      throw SyntaxError(message: "no production at \(reader.tokens[reader.index])")
    }
  }

  /// Splits a grammar, or a piece of one, into tokens; comments are left out.
  static func tokens(of text: String) -> [String] {
    var tokens: [String] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if rest.hasPrefix("(*") {
        rest = rest.range(of: "*)").map { rest[$0.upperBound...] } ?? ""
      } else if "\"'?".contains(first) {
        let end = rest.dropFirst().firstIndex(of: first) ?? rest.endIndex
        tokens.append(String(rest[..<end]) + String(first))
        rest = rest[end...].dropFirst()
      } else if first.isLetter {
        let word = rest.prefix { $0.isLetter || $0 == "-" }
        tokens.append(String(word))
        rest = rest.dropFirst(word.count)
      } else {
        tokens.append(String(first))
        rest.removeFirst()
      }
    }
    return tokens
  }

  /// The names that productions use and none defines.
  var undefinedNames: Set<String> {
    let used: Set<String> = productions.values.reduce(into: []) { $0.formUnion(names(in: $1)) }
    return used.subtracting(productions.keys)
  }

  func names(in part: Part) -> Set<String> {
    switch part {
    case .name(let name): [name]
    case .terminal, .special: []
    case .sequence(let parts), .choice(let parts), .interleaving(let parts):
      parts.reduce(into: []) { $0.formUnion(names(in: $1)) }
    case .optional(let part), .repetition(let part): names(in: part)
    }
  }
}

/// Reads the notation that the top of the grammar describes.
private struct Reader {
  let tokens: [String]
  var index = 0

  init(tokens: [String]) { self.tokens = tokens }

  var current: String { index < tokens.count ? tokens[index] : "" }

  mutating func takeName() -> String? {
    guard current.first?.isLetter == true else { return nil }
    defer { index += 1 }
    return current
  }

  mutating func expect(_ token: String) throws {
    guard current == token else {
      throw Grammar.SyntaxError(message: "expected \(token), found \(current)")
    }
    index += 1
  }

  mutating func parseChoice() throws -> Grammar.Part {
    try parseSeparated("|", Grammar.Part.choice) { reader in
      try reader.parseSeparated("&", Grammar.Part.interleaving) { try $0.parseSequence() }
    }
  }

  private mutating func parseSeparated(
    _ separator: String,
    _ make: ([Grammar.Part]) -> Grammar.Part,
    _ parse: (inout Reader) throws -> Grammar.Part
  ) throws -> Grammar.Part {
    var parts = [try parse(&self)]
    while current == separator {
      index += 1
      parts.append(try parse(&self))
    }
    return parts.count == 1 ? parts[0] : make(parts)
  }

  private mutating func parseSequence() throws -> Grammar.Part {
    var parts: [Grammar.Part] = []
    while let part = try parseFactor() { parts.append(part) }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func parseFactor() throws -> Grammar.Part? {
    if let name = takeName() { return .name(name) }
    let token = current
    switch token.first {
    case "\"", "'":
      index += 1
      return .terminal(String(token.dropFirst().dropLast()))
    case "?":
      index += 1
      return .special(token.dropFirst().dropLast().trimmingCharacters(in: .whitespaces))
    case "(": return try parseGroup(closing: ")") { $0 }
    case "[": return try parseGroup(closing: "]", Grammar.Part.optional)
    case "{": return try parseGroup(closing: "}", Grammar.Part.repetition)
    default: return nil
    }
  }

  private mutating func parseGroup(
    closing: String,
    _ make: (Grammar.Part) -> Grammar.Part
  ) throws -> Grammar.Part {
    index += 1
    let part = try parseChoice()
    try expect(closing)
    return make(part)
  }
}
