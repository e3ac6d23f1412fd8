extension Parser {
  /// Whether an amount begins here, however badly it is written.
  mutating func beginsAmount() -> Bool {
    switch current.kind {
    case .integer, .decimal, .percent, .variable, .leftParenthesis: true
    case .minus, .plus, .malformed: spelledAmount(at: current.range.start) != nil
    case .word, .date, .duration:
      currentKeyword == nil && spelledAmount(at: current.range.start) != nil
    default: false
    }
  }

  // amount = INTEGER | money | share | value ;
  mutating func parseAmount() -> Operand {
    let token = current
    switch token.kind {
    case .integer, .decimal:
      advance()
      return finishAmount(token)
    case .percent: return parseShare()
    case .variable where !isDollarAmount(): return parseShare()
    case .leftParenthesis: return parseShare()
    default:
      return parseAmountSlip(from: token.range.start) ?? missing(.amount)
    }
  }

  // money = ( DECIMAL | INTEGER ) CURRENCY ;
  private mutating func finishAmount(_ token: Token) -> Operand {
    if current.kind == .word {
      if isCurrencyCode(current.range) {
        advance()
        return Operand(.money, range(from: token.range.start))
      }
      if token.kind == .integer, currentKeyword != nil { return Operand(.integer, token.range) }
    } else if token.kind == .integer, isAtEnd {
      return Operand(.integer, token.range)
    }
    return parseAmountSlip(from: token.range.start) ?? Operand(token.kind.operandKind, token.range)
  }

  // share = ( PERCENT | value ) "of" ( INTEGER | money | value ) ;
  private mutating func parseShare() -> Operand {
    let start = current.range.start
    let isPercent = current.kind == .percent
    let part = isPercent ? parsePercent() : parseValue()
    guard currentKeyword == .of else {
      if isPercent { reportExpected(.word(.of)) }
      return part
    }
    advance()
    let left = expression(part)
    let right = parseShareBase()
    return Operand(node(.share(left, of: right), from: start, over: left, right))
  }

  private mutating func parseShareBase() -> ExpressionID {
    let token = current
    switch token.kind {
    case .integer, .decimal:
      advance()
      return expression(finishAmount(token))
    case .variable, .leftParenthesis: return expression(parseValue())
    default: return expression(missing(.shareBase))
    }
  }

  // number = INTEGER | DECIMAL | value ;
  mutating func parseNumber() -> Operand {
    let token = current
    switch token.kind {
    case .integer, .decimal:
      advance()
      if current.kind == .comma, let operand = parseNumberSlip(from: token.range.start) {
        return operand
      }
      return Operand(token.kind.operandKind, token.range)
    case .variable, .leftParenthesis: return parseValue()
    default: return missing(.number)
    }
  }

  // count = INTEGER | value ;
  mutating func parseCount() -> Operand {
    current.kind == .decimal ? missing(.count) : parseNumber()
  }

  // percent = PERCENT | value ;
  mutating func parsePercent() -> Operand {
    let token = current
    switch token.kind {
    case .percent:
      advance()
      let operand = Operand(.percent, token.range)
      if script.percentValue(of: operand) == .tooPrecise {
        diagnostics.report(.percentPrecision, at: token.range)
        return Operand(.missing, token.range)
      }
      return operand
    case .integer, .decimal: return parsePercentSlip(from: token.range.start)
    case .variable, .leftParenthesis: return parseValue()
    default: return missing(.percent)
    }
  }

  func isCurrencyCode(_ range: SourceRange) -> Bool {
    let start = Int(range.start)
    return range.count == 3 && source[start].isUppercase && source[start + 1].isUppercase
      && source[start + 2].isUppercase
  }
}

// MARK: - Amounts that are written otherwise

extension Parser {
  /// Whether the variable here is named like a number: it is an amount in dollars.
  mutating func isDollarAmount() -> Bool {
    source[Int(current.range.start) + 1].isDigit && spelledAmount(at: current.range.start) != nil
  }

  mutating func spelledAmount(at start: UInt32) -> AmountSpelling? {
    let spelling = AmountSpelling.read(from: Int(start), in: source, end: lexer.end)
    bytesReread += spelling.map { $0.end - Int(start) } ?? 0
    return spelling
  }

  /// Reads an amount that people write and the language does not, as one mistake.
  ///
  /// - Returns: Nil where what begins there is no such amount; then nothing is consumed.
  mutating func parseAmountSlip(from start: UInt32) -> Operand? {
    guard let spelling = spelledAmount(at: start) else { return nil }
    if spelling.isPercent {
      let part = parsePercentSlip(from: start)
      // What it is a share of is no mistake of its own.
      if take(.of) { _ = nested { $0.parseShareBase() } }
      return part
    }
    guard let slip = spelling.slip else { return nil }
    return report(.amountSpelling(slip), spelling, from: start)
  }

  private mutating func parseNumberSlip(from start: UInt32) -> Operand? {
    guard var spelling = spelledAmount(at: start), spelling.slip == .decimalComma,
      spelling.currency == nil
    else { return nil }
    // A quantity has no currency: without it, the spelling leaves no doubt.
    let number = spelling.isAmbiguous ? nil : spelling.number
    spelling.isAmbiguous = number == nil
    return report(.amountSpelling(.decimalComma), spelling, from: start, replacement: number)
  }

  private mutating func parsePercentSlip(from start: UInt32) -> Operand {
    guard let spelling = spelledAmount(at: start) else { return missing(.percent) }
    let replacement = spelling.isAmbiguous ? nil : "\(spelling.number)%"
    // Without a sign, 0.25 may be a quarter.
    let isCertain = spelling.isPercent || spelling.digits.contains { $0 != "0" }
    return report(
      .percentSpelling,
      spelling,
      from: start,
      replacement: replacement,
      isCertain: isCertain
    )
  }

  private mutating func report(
    _ message: SyntaxMessage,
    _ spelling: AmountSpelling,
    from start: UInt32
  ) -> Operand {
    report(
      message,
      spelling,
      from: start,
      replacement: spelling.replacement,
      isCertain: spelling.isReplacementExact
    )
  }

  private mutating func report(
    _ message: SyntaxMessage,
    _ spelling: AmountSpelling,
    from start: UInt32,
    replacement: String?,
    isCertain: Bool = true
  ) -> Operand {
    let range = SourceRange(start, UInt32(spelling.end))
    move(to: spelling.end, forgettingFrom: start)
    diagnostics.report(
      message,
      at: range,
      label: replacement == nil ? spelling.hint : "",
      fixIt: replacement.map { ("write `\($0)`", $0) },
      isCertain: isCertain
    )
    return Operand(.missing, range)
  }
}
