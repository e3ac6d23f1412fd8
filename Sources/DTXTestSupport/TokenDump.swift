import DTXSyntax

/// The tokens of a source as text, for golden files.
package struct TokenDump {
  private let source: [UInt8]

  package init(_ source: [UInt8]) { self.source = source }

  /// The kinds of the tokens, line by line, without blanks and comments.
  package var lines: String {
    var text = ""
    for token in Lexer.tokens(of: source).tokens {
      switch token.kind {
      case .trivia: continue
      case .newline: text += "newline\n"
      default: text += "\(token.kind) "
      }
    }
    return text.isEmpty || text.hasSuffix("\n") ? text : text.dropLast() + "\n"
  }
}
