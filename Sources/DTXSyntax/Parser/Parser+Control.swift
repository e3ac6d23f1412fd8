// MARK: - Names and values

extension Parser {
  // let = "let" VARIABLE "=" expression ;
  mutating func parseLet() -> Statement.Content {
    advance()
    let name = parseNewVariable()
    guard take(.equal) else {
      reportExpected(.symbol(.equal))
      return .invalid
    }
    return .binding(name: name, value: parseExpression(.value))
  }

  // param = "param" VARIABLE [ "=" expression ] [ STRING ] ;
  mutating func parseParameter() -> Statement.Content {
    reportUnlessTopLevel(.param)
    advance()
    let name = parseNewVariable()
    let value = take(.equal) ? parseExpression(.value) : nil
    let hasDescription = current.kind == .string || current.kind == .richString
    let description = hasDescription && !isRecovering ? parseFixedText() : .none
    return .parameter(ParameterStatement(name: name, value: value, description: description))
  }

  // include = "include" STRING ;
  mutating func parseInclude() -> Statement.Content {
    reportUnlessTopLevel(.include)
    advance()
    guard current.kind == .string || current.kind == .richString else {
      return .inclusion(isName ? parseUnquotedText(atMost: 1) : missing(.fileName))
    }
    return .inclusion(parseFixedText())
  }

  /// Reads a string that is known before anything is evaluated.
  private mutating func parseFixedText() -> Operand {
    let range = current.range
    let operand = parseString()
    guard operand.expression != nil else { return operand }
    diagnostics.report(.valueInFixedText, at: range)
    return Operand(.missing, range)
  }

  /// Reads the name that a statement gives; an empty range where it is missing.
  private mutating func parseNewVariable() -> SourceRange {
    let range = current.range
    guard current.kind == .variable else {
      guard current.kind == .word else {
        reportExpected(.variable)
        return SourceRange(at: place.start)
      }
      let edit = Diagnostic.Edit(SourceRange(at: range.start), "$")
      diagnostics.report(
        .missingDollar,
        at: range,
        fixIts: [Diagnostic.FixIt("write `$` before the name", [edit], isCertain: true)]
      )
      advance()
      return range
    }
    if source[Int(range.start) + 1].isDigit { diagnostics.report(.variableName, at: range) }
    advance()
    if current.kind == .dot, isAdjacent { reportOnce(.fieldIsSet, at: current.range) }
    return range
  }
}

// MARK: - Loops and choices

extension Parser {
  // for = "for" VARIABLE "in" source block ;
  mutating func parseLoop() -> Statement.Content {
    advance()
    let name = parseNewVariable()
    if !take(.in) { reportExpected(.word(.in)) }
    let source = isRecovering ? missingSource() : parseLoopSource()
    return .loop(LoopStatement(name: name, source: source, block: makeBlock()))
  }

  private mutating func missingSource() -> LoopSource {
    .list(append(.missing, SourceRange(at: place.start), height: 0))
  }

  // source = query | "csv" text | expression ;
  private mutating func parseLoopSource() -> LoopSource {
    switch currentKeyword {
    case .csv where precedesText():
      advance()
      return .rows(parseText())
    case .transactions where precedesSelection(): return .transactions(parseQuery())
    default: return .list(parseExpression(.loopSource))
    }
  }

  // query = "transactions" "where" expression ( [ sorting ] & [ "limit" count ] ) ;
  private mutating func parseQuery() -> Selection {
    advance()
    // A loop over every transaction there is would rarely be meant.
    if currentKeyword != .where { reportExpected(.word(.where)) }
    return parseSelection()
  }

  private mutating func precedesText() -> Bool {
    switch peek().kind {
    case .string, .richString, .variable, .leftParenthesis: true
    default: false
    }
  }

  private mutating func precedesSelection() -> Bool {
    let next = peek()
    switch keyword(of: next) {
    case .where, .order, .limit: return true
    default: return next.kind == .leftBrace || next.kind == .newline
    }
  }

  // if = "if" expression block { { NEWLINE } "else" "if" expression block }
  //      [ { NEWLINE } "else" block ] ;
  mutating func parseIf() -> Statement.Content {
    advance()
    return .branch(parseCondition(.first))
  }

  private mutating func parseCondition(_ kind: BranchStatement.Kind) -> BranchStatement {
    let condition = parseExpression(.condition)
    return BranchStatement(kind: kind, condition: condition, block: makeBlock())
  }

  /// Reads the `else` that goes on with a choice, as a statement of its own.
  mutating func parseElse(indentation: Int?) {
    let start = current.range.start
    isRecovering = false
    nesting = 0
    advance()
    let branch =
      take(.if)
      ? parseCondition(.otherwiseIf)
      : BranchStatement(kind: .otherwise, condition: nil, block: makeBlock())
    let end = UInt32(script.statements.count + 1)
    script.statements.append(Statement(.branch(branch), range: range(from: start), end: end))
    parseBlock(branch.block, indentation: indentation)
  }

  mutating func parseStrayElse() -> Statement.Content {
    if !isAfterUnclosedBlock { diagnostics.report(.elseWithoutIf, at: current.range) }
    advance()
    isRecovering = true
    skipToBrace()
    return .invalid
  }
}

// MARK: - Procedures

extension Parser {
  // define = "define" WORD "(" [ VARIABLE { "," VARIABLE } ] ")" block ;
  mutating func parseProcedure() -> Statement.Content {
    reportUnlessTopLevel(.define)
    advance()
    let name = parseProcedureName()
    let start = UInt32(script.names.count)
    if !isRecovering { parseParameterNames() }
    return .procedure(
      ProcedureStatement(
        name: name,
        parameters: poolRange(from: start, to: script.names.count),
        block: makeBlock()
      )
    )
  }

  private mutating func parseParameterNames() {
    let opening = current.range
    guard current.kind == .leftParenthesis else {
      return reportExpected(.symbol(.leftParenthesis), fixIts: emptyParentheses)
    }
    open()
    while !isRecovering, current.kind != .rightParenthesis {
      script.names.append(parseNewVariable())
      if isRecovering || !take(.comma) { break }
      if current.kind == .rightParenthesis { reportExpected(.variable) }
    }
    close(.rightParenthesis, openedAt: opening)
  }

  // call = "call" WORD "(" [ expression { "," expression } ] ")" ;
  mutating func parseInvocation() -> Statement.Content {
    advance()
    let name = parseProcedureName()
    guard !isRecovering, current.kind == .leftParenthesis else {
      reportExpected(.symbol(.leftParenthesis), fixIts: emptyParentheses)
      return .invalid
    }
    let base = pendingElements.count
    parseElements(closing: .rightParenthesis)
    return .invocation(name: name, arguments: takeElements(from: base))
  }

  private mutating func parseProcedureName() -> SourceRange {
    let range = current.range
    guard current.kind == .word else {
      reportExpected(.procedure)
      return SourceRange(at: place.start)
    }
    advance()
    return range
  }

  /// What is missing behind the name of a procedure that takes no values.
  private var emptyParentheses: [Diagnostic.FixIt] {
    guard isAtEnd || current.kind == .leftBrace else { return [] }
    let edit = Diagnostic.Edit(SourceRange(at: previousEnd), "()")
    return [Diagnostic.FixIt("write `()` after the name", [edit], isCertain: true)]
  }
}

// MARK: - Places

extension Parser {
  /// Reports a statement about the whole script that stands in a block.
  mutating func reportUnlessTopLevel(_ keyword: Keyword) {
    guard openBlocks.contains(where: { $0.block != nil }) else { return }
    diagnostics.report(.topLevelOnly(keyword), at: current.range)
  }
}
