/// Splits UTF-8 source into tokens that cover every byte exactly once, in order.
///
/// Lexing never fails: bytes that no rule accepts become `malformed` tokens, and the reason is
/// reported at their place.
package struct Lexer {
  let source: [UInt8]
  /// The offset of the next token.
  var offset: Int
  /// The offset to stop at: the end of the source, or of an expression inside a string.
  let end: Int

  package init(_ source: [UInt8]) { self.init(source, from: 0, to: source.count) }

  init(_ source: [UInt8], from offset: Int, to end: Int) {
    self.source = source
    self.offset = offset
    self.end = end
  }

  /// Returns the tokens of a source, without `endOfFile`, and what is wrong with its characters.
  package static func tokens(
    of source: [UInt8]
  ) -> (tokens: [Token], diagnostics: [Diagnostic]) {
    var lexer = Lexer(source)
    var tokens: [Token] = []
    var diagnostics = DiagnosticList()
    while true {
      let token = lexer.next(&diagnostics)
      if token.kind == .endOfFile { break }
      tokens.append(token)
    }
    return (tokens, diagnostics.finish())
  }

  /// Returns the next token and, once the source is exhausted, `endOfFile` for ever.
  mutating func next(_ diagnostics: inout DiagnosticList) -> Token {
    let start = offset
    guard start < end else {
      return Token(.endOfFile, SourceRange(at: UInt32(truncatingIfNeeded: end)))
    }
    let kind = scan(source[start], &diagnostics)
    assert(offset > start && offset <= end, "the lexer must make progress")
    return Token(kind, range(from: start))
  }

  /// Returns the next token that the parser has use for.
  mutating func nextSignificant(_ diagnostics: inout DiagnosticList) -> Token {
    while true {
      offset = source.span.blanksEnd(from: offset, limit: end)
      let token = next(&diagnostics)
      if token.kind != .trivia { return token }
    }
  }

  /// The bytes from an offset up to the cursor.
  func range(from start: Int) -> SourceRange {
    // Offsets fit: the parser refuses a source whose size has more than 32 bits.
    SourceRange(UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: offset))
  }

  /// The byte a number of places after the cursor; zero, which is in no token, past the end.
  @inline(__always)
  func byte(ahead distance: Int = 0) -> UInt8 {
    offset + distance < end ? source[offset + distance] : 0
  }
}

extension Lexer {
  private mutating func scan(
    _ first: UInt8,
    _ diagnostics: inout DiagnosticList
  ) -> Token.Kind {
    if first.isDigit { return scanNumber(&diagnostics) }
    if first.startsWord { return scanWord() }
    switch first {
    case " ", "\t": return scanBlanks()
    case "\"": return scanString(&diagnostics)
    case "$": return scanVariable(&diagnostics)
    case "#": return scanComment(&diagnostics)
    case "\n", "\r": return scanLineEnd(&diagnostics)
    case "\\": return scanContinuation(&diagnostics)
    case "!", "<", ">": return scanComparison(first, &diagnostics)
    default: return scanSymbol(first, &diagnostics)
    }
  }

  private mutating func scanSymbol(
    _ first: UInt8,
    _ diagnostics: inout DiagnosticList
  ) -> Token.Kind {
    let kind: Token.Kind
    switch first {
    case "=": kind = .equal
    case "+": kind = .plus
    case "-": kind = .minus
    case "*": kind = .star
    case "/": kind = .slash
    case "(": kind = .leftParenthesis
    case ")": kind = .rightParenthesis
    case "[": kind = .leftBracket
    case "]": kind = .rightBracket
    case "{": kind = .leftBrace
    case "}": kind = .rightBrace
    case ",": kind = .comma
    case ".": kind = .dot
    case ";": kind = .semicolon
    default: return scanUnexpected(&diagnostics)
    }
    offset += 1
    return kind
  }

  private mutating func scanComparison(
    _ first: UInt8,
    _ diagnostics: inout DiagnosticList
  ) -> Token.Kind {
    let isLonger = byte(ahead: 1) == "="
    if first == "!", !isLonger { return scanUnexpected(&diagnostics) }
    offset += isLonger ? 2 : 1
    switch first {
    case "!": return .notEqual
    case "<": return isLonger ? .lessOrEqual : .less
    default: return isLonger ? .greaterOrEqual : .greater
    }
  }

  private mutating func scanBlanks() -> Token.Kind {
    while byte().isBlank { offset += 1 }
    return .trivia
  }

  /// Takes a line end; a carriage return alone ends a line too, but is reported.
  private mutating func scanLineEnd(_ diagnostics: inout DiagnosticList) -> Token.Kind {
    let start = offset
    let isReturn = byte() == "\r"
    offset += 1
    if !isReturn { return .newline }
    if byte() == "\n" {
      offset += 1
      return .newline
    }
    diagnostics.report(
      .strayCarriageReturn,
      at: range(from: start),
      fixIt: ("end the line with a line feed", "\n"),
      isCertain: true
    )
    return .newline
  }

  private mutating func scanComment(_ diagnostics: inout DiagnosticList) -> Token.Kind {
    while offset < end, !source[offset].isLineEnd {
      offset = source.span.plainTextEnd(from: offset, limit: end)
      switch byte() {
      case "\"", "\\", "{": offset += 1
      case let byte where byte.isLineEnd || offset == end: break
      default: scanTextScalar(&diagnostics)
      }
    }
    return .trivia
  }

  /// Takes `\` and the line end after it, which join two lines.
  private mutating func scanContinuation(_ diagnostics: inout DiagnosticList) -> Token.Kind {
    let start = offset
    offset += 1
    let blanks = offset
    while byte().isBlank { offset += 1 }
    guard offset < end, byte().isLineEnd else {
      offset = blanks
      diagnostics.report(.strayBackslash, at: range(from: start))
      return .malformed
    }
    if offset > blanks {
      diagnostics.report(
        .blanksAfterBackslash,
        at: range(from: blanks),
        fixIt: ("remove the blanks", ""),
        isCertain: true
      )
    }
    _ = scanLineEnd(&diagnostics)
    return .trivia
  }

  private mutating func scanVariable(_ diagnostics: inout DiagnosticList) -> Token.Kind {
    let start = offset
    offset += 1
    guard startsWord(at: offset) else {
      diagnostics.report(.variableName, at: range(from: start))
      return .malformed
    }
    let name = offset
    skipWord()
    // A dot leads to a field, so it ends the name.
    offset = source[name..<offset].firstIndex(of: 0x2E) ?? offset
    return .variable
  }
}
