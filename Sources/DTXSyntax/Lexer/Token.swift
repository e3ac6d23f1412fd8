/// A lexeme: a kind and the bytes it covers; the text stays in the source.
package struct Token: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    // Kinds made of word characters: where a place asks for an id or a name, each of them is one.
    case word
    case integer
    case decimal
    case date
    case duration

    case percent
    case timestamp
    /// A string without escapes or interpolation: its text is what stands between the quotes.
    case string
    /// A string with escapes or `{…}`.
    case richString
    /// `$name`, without fields.
    case variable

    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case plus, minus, star, slash
    case leftParenthesis, rightParenthesis
    case leftBracket, rightBracket
    case leftBrace, rightBrace
    case comma, dot

    case newline
    case semicolon
    /// Blanks, a comment, or a line continuation: bytes that the parser never looks at.
    case trivia
    /// Bytes that start no token; the lexer has reported why.
    case malformed
    case endOfFile
  }

  package let kind: Kind
  package let range: SourceRange

  package init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}
