extension Parser {
  // statement = operation | show | list | print | expect | account | on-error | "preview"
  //           | command ;
  mutating func parseStatement() {
    let start = current.range.start
    isRecovering = false
    nesting = 0
    let content: Statement.Content
    if let keyword = currentKeyword {
      content = parseStatement(keyword)
    } else {
      content = parseUnknownStatement()
    }
    let range = range(from: start)
    parseStatementEnd()
    let end = UInt32(script.statements.count + 1)
    script.statements.append(Statement(content, range: range, end: end))
  }

  // operation = capture | refund | void | adjust | extend | authorize | tag ;
  private mutating func parseStatement(_ keyword: Keyword) -> Statement.Content {
    switch keyword {
    case .capture: return .operation(parseCapture())
    case .refund: return .operation(parseRefund())
    case .void: return .operation(parseVoid())
    case .adjust: return .operation(parseAdjust())
    case .extend: return .operation(parseExtend())
    case .authorize: return .operation(parseAuthorize())
    case .tag: return .operation(parseTag())
    case .show: return parseShow()
    case .list: return parseList()
    case .print: return parsePrint()
    case .expect: return parseExpect()
    case .account: return parseAccount()
    case .on: return parseOnError()
    case .preview:
      advance()
      return .preview
    case .let, .param, .for, .if, .else, .define, .call, .include: return parseUnavailable(keyword)
    case .commit, .discard, .undo, .autocommit, .run, .save, .edit, .use, .set, .journal, .help,
      .quit:
      return parseCommand(keyword)
    default: return parseUnknownStatement()
    }
  }

  /// Reports what stands between the statement and its end, and moves there.
  private mutating func parseStatementEnd() {
    if !isAtEnd { reportUnexpected() }
    if !isAtEnd || bracketDepth > 0 { skipStatement() }
  }

  /// Reports the current token as one that has no place here.
  mutating func reportUnexpected() {
    guard bracketDepth == 0, current.kind.isClosing else {
      return reportOnce(.unexpectedToken(current.kind), at: current.range)
    }
    let edit = Diagnostic.Edit(current.range, "")
    reportOnce(
      .unmatchedBracket(current.kind),
      at: current.range,
      fixIts: [Diagnostic.FixIt("remove it", [edit])]
    )
  }

  /// Reports a word that begins no statement, with the statement that is meant if that is plain.
  private mutating func parseUnknownStatement() -> Statement.Content {
    let range = current.range
    guard current.kind.isName else {
      if current.kind.isClosing {
        reportUnexpected()
        advance()
      } else {
        reportExpected(.statement)
      }
      return .invalid
    }
    let word = diagnostics.hasRoom ? script.text(range) : ""
    let candidates =
      Keyword.scriptStatements + (mode == .session ? Keyword.sessionStatements : [])
    var verbs = Synonyms.statements[word.lowercased()] ?? []
    if verbs.isEmpty, currentKeyword == nil,
      let near = nearest(to: word, among: candidates.map(\.rawValue))
    {
      verbs = [near]
    }
    reportOnce(
      .unknownStatement,
      at: range,
      label: verbs.isEmpty ? "" : "did you mean \(Self.choice(verbs))?",
      fixIts: verbs.map { Diagnostic.FixIt("write `\($0)`", [Diagnostic.Edit(range, $0)]) }
    )
    advance()
    return .invalid
  }

  static func choice(_ words: [String]) -> String {
    words.map { "`\($0)`" }.joined(separator: " or ")
  }
}

// MARK: - Looking

extension Parser {
  // show = "show" target ;
  private mutating func parseShow() -> Statement.Content {
    advance()
    return .show(parseTarget(of: .show))
  }

  // list = "list" ( [ "where" expression ] & [ sorting ] & [ "limit" count ] ) ;
  private mutating func parseList() -> Statement.Content {
    advance()
    var list = ListStatement()
    var places = ClausePlaces()
    while !isRecovering, let keyword = currentKeyword {
      let start = current.range
      guard keyword == .where || keyword == .order || keyword == .limit else { break }
      advance()
      switch keyword {
      case .where:
        let condition = parseExpression(.condition)
        if list.condition == nil { list.condition = condition }
      case .order: parseOrder(into: &list)
      default:
        let limit = parseCount()
        if list.limit == .none { list.limit = limit }
      }
      note(keyword, at: range(from: start.start), in: &places)
    }
    if !isAtEnd { reportUnknownClause(after: .list, candidates: [.where, .order, .limit]) }
    return .list(list)
  }

  // sorting = "order" "by" name [ "desc" ] ;
  private mutating func parseOrder(into list: inout ListStatement) {
    guard take(.by) else { return reportExpected(.word(.by)) }
    guard isName else { return reportExpected(.field) }
    let field = current.range
    advance()
    let isDescending = take(.desc)
    if list.order == nil {
      list.order = field
      list.isDescending = isDescending
    }
  }

  // print = "print" expression { "," expression } ;
  private mutating func parsePrint() -> Statement.Content {
    advance()
    let base = pendingElements.count
    repeat {
      pendingElements.append(parseExpression(.value))
    } while !isRecovering && take(.comma)
    return .print(takeElements(from: base))
  }

  // expect = "expect" expression [ "," text ] ;
  private mutating func parseExpect() -> Statement.Content {
    advance()
    let condition = parseExpression(.condition)
    let message = take(.comma) ? parseText() : Operand.none
    return .expect(condition, message: message)
  }
}

// MARK: - Settings

extension Parser {
  // account = "account" name ;
  private mutating func parseAccount() -> Statement.Content {
    advance()
    return .account(parseName(.name))
  }

  // on-error = "on" "error" ( "stop" | "continue" | "skip" ) ;
  private mutating func parseOnError() -> Statement.Content {
    advance()
    guard take(.error) else {
      reportExpected(.word(.error))
      return .invalid
    }
    guard isName, let policy = ErrorPolicy(rawValue: script.text(current.range)) else {
      reportExpected(
        .errorPolicy,
        fixIts: replacements(among: ErrorPolicy.allCases.map(\.rawValue))
      )
      return .invalid
    }
    advance()
    return .onError(policy)
  }

  /// Consumes a word that names something; an empty range where it is missing.
  mutating func parseName(_ expectation: Expectation) -> SourceRange {
    guard isName else {
      reportExpected(expectation)
      return SourceRange(at: place.start)
    }
    let range = current.range
    advance()
    return range
  }

  /// Returns a fix-it that puts the nearest candidate in the place of the current word.
  func replacements(among candidates: [String]) -> [Diagnostic.FixIt] {
    guard isName, diagnostics.hasRoom,
      let near = nearest(to: script.text(current.range), among: candidates)
    else { return [] }
    return [Diagnostic.FixIt("write `\(near)`", [Diagnostic.Edit(current.range, near)])]
  }
}

// MARK: - Control

extension Parser {
  /// Reports a statement that is to come, and passes over it with its blocks.
  private mutating func parseUnavailable(_ keyword: Keyword) -> Statement.Content {
    diagnostics.report(.unavailable(keyword), at: current.range)
    isRecovering = true
    advance()
    if !hasUnclosedBlock { skipBlocks() }
    return .invalid
  }

  /// Moves to the end of a statement whose blocks hold statements.
  ///
  /// Where a block never closes, only the line is passed over; so it is for every later block too,
  /// because looking for each one's end would take time that grows with the square of the source.
  private mutating func skipBlocks() {
    let resume = (lexer, current, currentKeyword, previousEnd)
    var depth = 0
    var unheard = DiagnosticList()
    while depth > 0 || !isAtEnd {
      switch current.kind {
      case .endOfFile:
        hasUnclosedBlock = true
        bytesReread += lexer.offset - resume.0.offset
        (lexer, current, currentKeyword, previousEnd) = resume
        return
      case .leftBrace, .leftBracket, .leftParenthesis: depth += 1
      case .rightBrace, .rightBracket, .rightParenthesis:
        if depth == 0 { return }
        depth -= 1
      default: break
      }
      previousEnd = current.range.end
      current = lexer.nextSignificant(&unheard)
      currentKeyword = nil
    }
  }
}
