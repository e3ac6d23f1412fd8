extension Token.Kind {
  /// The kind of the operand that a token is by itself.
  var operandKind: Operand.Kind {
    switch self {
    case .integer: .integer
    case .decimal: .decimal
    case .date: .date
    case .duration: .duration
    case .percent: .percent
    case .timestamp: .timestamp
    case .string: .string
    case .richString: .escapedString
    default: .word
    }
  }
}

extension Parser {
  // value = variable | "(" expression ")" ;
  mutating func parseValue() -> Operand {
    if current.kind == .leftParenthesis { return Operand(parseParenthesized()) }
    return Operand(parseFields(of: parseVariable()))
  }

  // id = name | text ;
  // name = WORD | INTEGER | DECIMAL | DATE | DURATION ;
  mutating func parseIdentifier(_ expectation: Expectation) -> Operand {
    switch current.kind {
    case .word, .integer, .decimal, .date, .duration:
      let range = current.range
      advance()
      return Operand(.word, range)
    case .string, .richString: return parseString()
    case .variable, .leftParenthesis: return parseValue()
    default: return missing(expectation)
    }
  }

  // text = STRING | INTERPOLATED | value ;
  mutating func parseText(_ expectation: Expectation = .text) -> Operand {
    switch current.kind {
    case .string, .richString: return parseString()
    case .variable, .leftParenthesis: return parseValue()
    // What should be a description before an amount is most likely the amount itself.
    case .integer where expectation == .description, .decimal where expectation == .description:
      return missing(expectation)
    case let kind where kind.isName && !endsUnquotedText: return parseUnquotedText()
    default: return missing(expectation)
    }
  }

  /// Reports words that should stand between quotes, and passes over them.
  mutating func parseUnquotedText(atMost limit: Int = .max) -> Operand {
    let start = current.range.start
    var count = 0
    // A number among the words may be the amount that the statement lacks.
    var isCertain = true
    repeat {
      if current.kind != .word || isCurrencyCode(current.range) { isCertain = false }
      advance()
      count += 1
    } while count < limit && isName && !endsUnquotedText && isSeparatedByBlanks
    let range = range(from: start)
    let edits = [
      Diagnostic.Edit(SourceRange(at: range.start), "\""),
      Diagnostic.Edit(SourceRange(at: range.end), "\""),
    ]
    diagnostics.report(
      .missingQuotes,
      at: range,
      fixIts: [Diagnostic.FixIt("put the text between double quotes", edits, isCertain: isCertain)]
    )
    return Operand(.missing, range)
  }

  /// Whether the current word more likely goes on with the statement than with a text.
  private var endsUnquotedText: Bool {
    switch currentKeyword {
    case .none: false
    case .qty, .vat, .add, .drop: true
    case .some(let keyword): ClauseSet(keyword) != nil
    }
  }

  private var isSeparatedByBlanks: Bool {
    source[Int(previousEnd)..<Int(current.range.start)].allSatisfy(\.isBlank)
  }
}

// MARK: - Strings

extension Parser {
  mutating func parseString() -> Operand {
    let token = current
    let kind = token.kind.operandKind
    if kind == .escapedString, let expression = parseInterpolation(token) {
      return Operand(expression)
    }
    advance()
    return Operand(kind, token.range)
  }

  /// Reads the expressions inside a string; nil, with nothing consumed, where there are none.
  private mutating func parseInterpolation(_ token: Token) -> ExpressionID? {
    let end = Int(token.range.end) - 1
    var pieceStart = Int(token.range.start) + 1
    let base = pendingElements.count
    while let (open, close) = Lexer.nextInterpolation(from: pieceStart, in: source, end: end) {
      appendPiece(pieceStart, open)
      pendingElements.append(parseInterpolated(from: open + 1, to: close))
      pieceStart = close + 1
    }
    guard pendingElements.count > base else { return nil }
    appendPiece(pieceStart, end)
    advance()
    let height = height(from: base)
    let pieces = takeElements(from: base)
    return append(.interpolation(pieces), token.range, height: height)
  }

  private mutating func appendPiece(_ start: Int, _ end: Int) {
    guard start < end else { return }
    let range = SourceRange(UInt32(start), UInt32(end))
    let kind: Operand.Kind = source[start..<end].contains(0x5C) ? .escapedString : .string
    pendingElements.append(append(.literal(kind), range, height: 0))
  }

  /// Reads the expression between two offsets of a string with a lexer of its own.
  private mutating func parseInterpolated(from start: Int, to end: Int) -> ExpressionID {
    bytesReread += end - start
    let saved = (lexer, current, currentKeyword, previousEnd, bracketDepth)
    lexer = Lexer(source, from: start, to: end)
    bracketDepth = 0
    current = Token(.newline, SourceRange(at: UInt32(start)))
    advance()
    let expression = parseExpression(.value)
    if current.kind != .endOfFile { reportUnexpected() }
    (lexer, current, currentKeyword, previousEnd, bracketDepth) = saved
    return expression
  }
}
