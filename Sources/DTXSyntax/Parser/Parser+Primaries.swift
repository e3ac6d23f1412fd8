extension Parser {
  // primary = INTEGER | DECIMAL | money | PERCENT | DATE | TIMESTAMP | DURATION | STRING
  //         | INTERPOLATED | VARIABLE | "(" expression ")" | elements | transaction | function
  //         | WORD ;
  mutating func parsePrimary(_ expectation: Expectation) -> ExpressionID {
    let token = current
    switch token.kind {
    case .integer, .decimal: return parseNumberLiteral()
    case .percent: return expression(parsePercent())
    case .date, .timestamp, .duration: return parseTimeLiteral()
    case .string, .richString: return expression(parseString())
    case .variable where isDollarAmount():
      return expression(parseAmountSlip(from: token.range.start) ?? missing(expectation))
    case .variable: return parseVariable()
    case .leftParenthesis: return parseParenthesized()
    case .leftBracket: return parseListLiteral()
    case .word: return parseWord(expectation)
    default: return expression(missing(expectation))
    }
  }

  mutating func parseVariable() -> ExpressionID {
    let range = current.range
    advance()
    guard !source[Int(range.start) + 1].isDigit else {
      diagnostics.report(.variableName, at: range)
      return expression(Operand(.missing, range))
    }
    return append(.variable, range, height: 0)
  }

  /// Reads a number, with its currency if one follows.
  ///
  /// A comma may separate two numbers here, so it is taken for a decimal comma only where nothing
  /// but digits is around it and a currency follows.
  private mutating func parseNumberLiteral() -> ExpressionID {
    let token = current
    advance()
    var operand = Operand(token.kind.operandKind, token.range)
    if current.kind == .word, isCurrencyCode(current.range) {
      advance()
      operand = Operand(.money, range(from: token.range.start))
    } else if isSuspicious, let spelling = spelledAmount(at: token.range.start),
      spelling.slip != .currencyMissing, current.kind != .comma || spelling.currency != nil
    {
      operand = parseAmountSlip(from: token.range.start) ?? operand
    }
    return expression(operand)
  }

  /// Whether what follows a number makes it look like an amount that is written otherwise.
  private var isSuspicious: Bool {
    switch current.kind {
    case .integer, .decimal, .malformed: true
    case .comma: isAdjacent
    case .word: currentKeyword == nil
    default: false
    }
  }

  private mutating func parseTimeLiteral() -> ExpressionID {
    let operand = Operand(current.kind.operandKind, current.range)
    advance()
    let isValid =
      switch operand.kind {
      case .date: script.dateValue(of: operand) != nil
      case .timestamp: script.timestampValue(of: operand) != nil
      default: script.durationValue(of: operand) != nil
      }
    if !isValid { diagnostics.report(.invalidDate, at: operand.literalRange) }
    return expression(operand)
  }

  mutating func parseParenthesized() -> ExpressionID {
    let opening = current.range
    return nested { parser in
      parser.open()
      let expression = parser.parseExpression(.value)
      parser.close(.rightParenthesis, openedAt: opening)
      return expression
    }
  }

  // elements = "[" [ expression { "," expression } ] "]" ;
  private mutating func parseListLiteral() -> ExpressionID {
    let start = current.range.start
    return nested { parser in
      let base = parser.pendingElements.count
      parser.parseElements(closing: .rightBracket)
      let height = parser.height(from: base)
      let elements = parser.takeElements(from: base)
      return parser.append(.list(elements), parser.range(from: start), height: height)
    }
  }

  // function = WORD "(" [ expression { "," expression } ] ")" ;
  private mutating func parseFunction(_ name: SourceRange) -> ExpressionID {
    nested { parser in
      let base = parser.pendingElements.count
      parser.parseElements(closing: .rightParenthesis)
      let height = parser.height(from: base)
      let arguments = parser.takeElements(from: base)
      let range = parser.range(from: name.start)
      return parser.append(.call(name: name, arguments: arguments), range, height: height)
    }
  }

  /// Reads expressions between brackets onto the stack of pending elements.
  mutating func parseElements(closing: Token.Kind) {
    let opening = current.range
    open()
    while !isRecovering, current.kind != closing {
      pendingElements.append(parseExpression(.value))
      if isRecovering || !take(.comma) { break }
      if current.kind == closing { reportExpected(.value) }
    }
    close(closing, openedAt: opening)
  }
}

// MARK: - Words

extension Parser {
  private mutating func parseWord(_ expectation: Expectation) -> ExpressionID {
    let word = current.range
    let keyword = currentKeyword
    switch keyword {
    case .and, .or, .not, .in, .contains, .of: return expression(missing(expectation))
    default: advance()
    }
    switch (keyword, current.kind) {
    case (.transaction, _) where beginsTransactionID: return parseTransaction(.id, from: word.start)
    case (.order, _) where beginsQuotedID: return parseTransaction(.order, from: word.start)
    case (.session, _) where beginsQuotedID: return parseTransaction(.session, from: word.start)
    case (.csv, .string), (.csv, .richString), (.csv, .variable):
      reportOnce(.dataSourceOutsideLoop, at: word)
    case (.transactions, .word) where currentKeyword == .where:
      reportOnce(.dataSourceOutsideLoop, at: word)
    case (_, .leftParenthesis): return parseFunction(word)
    default: break
    }
    return append(.literal(.word), word, height: 0)
  }

  // transaction = "transaction" id | ( "order" | "session" ) text ;
  private mutating func parseTransaction(
    _ kind: Target.Kind,
    from start: UInt32
  ) -> ExpressionID {
    let operand =
      switch kind {
      case .id: parseIdentifier(.target)
      // What follows a number here goes on with the expression, not with a text.
      case .order, .session: isName ? parseUnquotedText(atMost: 1) : parseText()
      }
    let height = operand.expression.map { heights[Int($0.index)] } ?? 0
    return append(.transaction(Target(kind, operand)), range(from: start), height: height)
  }

  private var beginsTransactionID: Bool {
    switch currentKeyword {
    case .and, .or, .not, .in, .contains, .of, .order, .limit, .desc: false
    default: beginsQuotedID || isName
    }
  }

  private var beginsQuotedID: Bool {
    switch current.kind {
    case .string, .richString, .variable, .leftParenthesis, .integer, .decimal: true
    default: false
    }
  }
}

// MARK: - Nodes

extension Parser {
  /// Runs a part of the parser one level deeper, unless that is too deep.
  mutating func nested(_ parse: (inout Parser) -> ExpressionID) -> ExpressionID {
    guard nesting < Self.nestingLimit else {
      reportOnce(.nestingTooDeep(limit: Self.nestingLimit), at: current.range)
      return append(.missing, SourceRange(at: current.range.start), height: 0)
    }
    nesting += 1
    defer { nesting -= 1 }
    return parse(&self)
  }

  /// Adds a node that ends with what was consumed last.
  mutating func node(
    _ content: Expression.Content,
    from start: UInt32,
    over children: ExpressionID...
  ) -> ExpressionID {
    let height = children.reduce(0) { max($0, heights[Int($1.index)]) }
    return append(content, range(from: start), height: height)
  }

  /// Adds a node above children of a height.
  mutating func append(
    _ content: Expression.Content,
    _ range: SourceRange,
    height: UInt16
  ) -> ExpressionID {
    if height >= Self.depthLimit {
      reportOnce(.nestingTooDeep(limit: Self.depthLimit), at: range)
    }
    let id = ExpressionID(index: UInt32(script.expressions.count))
    script.expressions.append(Expression(content, range: range))
    heights.append(min(height, UInt16(Self.depthLimit)) + 1)
    return id
  }

  /// Turns an operand into a node.
  mutating func expression(_ operand: Operand) -> ExpressionID {
    if let expression = operand.expression { return expression }
    let content: Expression.Content = operand.kind == .missing ? .missing : .literal(operand.kind)
    return append(content, operand.literalRange, height: 0)
  }

  /// The greatest height of the pending elements from an index on.
  func height(from base: Int) -> UInt16 {
    pendingElements[base...].reduce(0) { max($0, heights[Int($1.index)]) }
  }

  /// Moves the pending elements from an index on into the pool.
  mutating func takeElements(from base: Int) -> PoolRange {
    let start = UInt32(script.elements.count)
    script.elements.append(contentsOf: pendingElements[base...])
    pendingElements.removeSubrange(base...)
    return poolRange(from: start, to: script.elements.count)
  }
}
