extension Parser {
  // statement = action | param | define | include | account | on-error | "preview" | command ;
  // action = let | for | if | call | operation | show | list | print | expect ;
  mutating func parseStatement() {
    isAfterUnclosedBlock = false
    noteIndentation()
    let start = current.range.start
    isRecovering = false
    nesting = 0
    let content: Statement.Content
    if let keyword = currentKeyword {
      content = parseStatement(keyword)
    } else {
      content = parseUnknownStatement()
    }
    append(content, range(from: start))
  }

  /// Adds a statement whose last operand was consumed, and reads what ends it or begins its block.
  mutating func append(_ content: Statement.Content, _ range: SourceRange) {
    let end = UInt32(script.statements.count + 1)
    let statement = Statement(content, range: range, end: end)
    script.statements.append(statement)
    if let block = statement.block {
      parseBlock(block)
    } else if case .invalid = content, current.kind == .leftBrace, bracketDepth == 0 {
      parseBlock(nil)
    } else {
      parseStatementEnd()
    }
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
      reportUnlessTopLevel(.preview)
      advance()
      return .preview
    case .let: return parseLet()
    case .param: return parseParameter()
    case .for: return parseLoop()
    case .if: return parseIf()
    case .else: return parseStrayElse()
    case .define: return parseProcedure()
    case .call: return parseInvocation()
    case .include: return parseInclude()
    case .commit, .discard, .undo, .autocommit, .run, .save, .edit, .use, .set, .journal, .watch,
      .help, .quit:
      return parseCommand(keyword)
    default: return parseUnknownStatement()
    }
  }

  /// Reports what stands between the statement and its end, and moves there.
  mutating func parseStatementEnd() {
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
  ///
  /// What is between braces behind it are statements, most likely, and is read as such.
  private mutating func parseUnknownStatement() -> Statement.Content {
    let range = current.range
    guard current.kind.isName else { return parseNoStatement() }
    let word = diagnostics.hasRoom ? script.text(range) : ""
    let verbs = verbs(near: word)
    reportOnce(
      .unknownStatement,
      at: range,
      label: verbs.isEmpty ? "" : "did you mean \(Self.choice(verbs))?",
      fixIts: verbs.map {
        Diagnostic.FixIt(
          "write `\($0)`",
          [Diagnostic.Edit(range, $0)],
          isCertain: isSlip(word, of: $0)
        )
      }
    )
    advance()
    // Its braces hold items.
    if verbs != [Keyword.adjust.rawValue] { skipToBrace() }
    return .invalid
  }

  /// Returns what a word that begins no statement may be meant to say, best guess first.
  private mutating func verbs(near word: String) -> [String] {
    if let verbs = Synonyms.statements[word.lowercased()] { return verbs }
    guard currentKeyword == nil else { return [] }
    let next = peek()
    if next.kind == .leftParenthesis, next.range.start == current.range.end {
      return ["call \(word)"]
    }
    return nearest(to: word, among: verbs).map { [$0] } ?? []
  }

  /// Whether a word is this verb with a slip, and not a verb of another system or several verbs.
  private func isSlip(_ word: String, of verb: String) -> Bool {
    Synonyms.statements[word.lowercased()] == nil && verbs.contains(verb)
      && hasOneNearest(word, among: verbs)
  }

  private var verbs: [String] {
    (Keyword.scriptStatements + (mode == .session ? Keyword.sessionStatements : []))
      .map(\.rawValue)
  }

  /// Reports what cannot begin a statement because it is no word.
  private mutating func parseNoStatement() -> Statement.Content {
    if current.kind.isClosing {
      reportUnexpected()
      advance()
    } else if current.kind == .variable, peek().kind == .equal {
      let edit = Diagnostic.Edit(SourceRange(at: current.range.start), "let ")
      let fixIt = Diagnostic.FixIt("write `let` before it", [edit], isCertain: true)
      reportExpected(.statement, fixIts: [fixIt])
    } else {
      reportExpected(.statement)
    }
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
    let selection = parseSelection()
    if !isAtEnd { reportUnknownClause(after: .list, candidates: [.where, .order, .limit]) }
    return .list(selection)
  }

  /// Reads `where`, `order by` and `limit`, in any order.
  mutating func parseSelection() -> Selection {
    var selection = Selection()
    var places = ClausePlaces()
    while !isRecovering, let keyword = currentKeyword {
      let start = current.range
      guard keyword == .where || keyword == .order || keyword == .limit else { break }
      advance()
      switch keyword {
      case .where:
        let condition = parseExpression(.condition)
        if selection.condition == nil { selection.condition = condition }
      case .order: parseOrder(into: &selection)
      default:
        let limit = parseCount()
        if selection.limit == .none { selection.limit = limit }
      }
      note(keyword, at: range(from: start.start), in: &places)
    }
    return selection
  }

  // sorting = "order" "by" name [ "desc" ] ;
  private mutating func parseOrder(into selection: inout Selection) {
    guard take(.by) else { return reportExpected(.word(.by)) }
    guard isName else { return reportExpected(.field) }
    let field = current.range
    advance()
    let isDescending = take(.desc)
    if selection.order == nil {
      selection.order = field
      selection.isDescending = isDescending
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
    reportUnlessTopLevel(.account)
    advance()
    return .account(parseName(.name))
  }

  // on-error = "on" "error" ( "stop" | "continue" | "skip" ) ;
  private mutating func parseOnError() -> Statement.Content {
    reportUnlessTopLevel(.on)
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
    guard isName, diagnostics.hasRoom else { return [] }
    let word = script.text(current.range)
    guard let near = nearest(to: word, among: candidates) else { return [] }
    return [
      Diagnostic.FixIt(
        "write `\(near)`",
        [Diagnostic.Edit(current.range, near)],
        isCertain: hasOneNearest(word, among: candidates)
      )
    ]
  }
}
