/// Where the clauses of one statement were first written, so that a second one is noticed.
struct ClausePlaces {
  /// A slot for each keyword that a statement may hold once.
  private var slots = InlineArray<12, SourceRange>(repeating: SourceRange(at: 0))

  /// The place of a clause; the setter is used once.
  subscript(keyword: Keyword) -> SourceRange {
    get { slots[Self.slot(of: keyword)] }
    set { slots[Self.slot(of: keyword)] = newValue }
  }

  /// The place of the amount, which has no keyword of its own.
  var amount: SourceRange {
    get { slots[11] }
    set { slots[11] = newValue }
  }

  /// The amount or the first line, whichever was written first; empty where neither was.
  var firstPart: SourceRange {
    let line = self[.line]
    if amount.isEmpty || line.isEmpty { return amount.isEmpty ? line : amount }
    return amount.start < line.start ? amount : line
  }

  private static func slot(of keyword: Keyword) -> Int {
    switch keyword {
    case .all: 0
    case .line: 1
    case .final: 2
    case .remaining: 3
    case .ref: 4
    case .reason: 5
    case .again: 6
    case .describe: 7
    case .where: 8
    case .order: 9
    default: 10
    }
  }
}

extension Parser {
  /// Records that a clause was written, and reports it if it was written before.
  ///
  /// - Returns: Whether it is the first.
  @discardableResult
  mutating func note(
    _ keyword: Keyword,
    at range: SourceRange,
    in places: inout ClausePlaces
  ) -> Bool {
    let first = places[keyword]
    guard first.isEmpty else {
      diagnostics.report(
        Diagnostic(
          SyntaxMessage.duplicateClause(keyword),
          at: Diagnostic.Label(range),
          secondary: [Diagnostic.Label(first, "it was given here")]
        )
      )
      return false
    }
    places[keyword] = range
    return true
  }

  /// Reads what follows the target of an operation, up to the end of the statement.
  ///
  /// The scope comes first; what follows it comes in any order.
  mutating func parseClauses(
    of verb: Keyword,
    _ allowed: ClauseSet,
    into operation: inout OperationStatement
  ) {
    var places = ClausePlaces()
    let lineStart = UInt32(script.lines.count)
    let clauseStart = UInt32(script.clauses.count)
    while !isRecovering, !isAtEnd {
      if current.kind == .leftBrace, allowed.contains(.items) {
        parseItems(into: &operation, &places)
      } else if let keyword = currentKeyword {
        parseClause(keyword, of: verb, allowed, into: &operation, &places)
      } else {
        parseScopeAmount(of: verb, allowed, into: &operation, &places)
      }
    }
    operation.lines = poolRange(from: lineStart, to: script.lines.count)
    operation.clauses = poolRange(from: clauseStart, to: script.clauses.count)
    if allowed.contains(.all) { checkScope(of: verb, operation, places) }
  }

  func poolRange(from start: UInt32, to end: Int) -> PoolRange {
    UInt32(end) == start ? .none : PoolRange(start: start, count: UInt32(end) - start)
  }

  private mutating func parseClause(
    _ keyword: Keyword,
    of verb: Keyword,
    _ allowed: ClauseSet,
    into operation: inout OperationStatement,
    _ places: inout ClausePlaces
  ) {
    guard let clause = ClauseSet(keyword) else {
      return reportMisplaced(keyword, of: verb, allowed)
    }
    guard allowed.contains(clause) else {
      return reportOnce(.clauseNotAllowed(keyword, after: verb), at: current.range)
    }
    switch keyword {
    case .all: parseOption(.all, keyword, &operation, &places)
    case .final: parseOption(.final, keyword, &operation, &places)
    case .remaining: parseOption(.remaining, keyword, &operation, &places)
    case .line: parseLine(&places)
    case .ref: parseTextClause(.ref, keyword, &places)
    case .reason: parseTextClause(.reason, keyword, &places)
    case .again: parseTextClause(.again, keyword, &places)
    case .describe: parseTextClause(.describe, keyword, &places)
    default: parseMetadata()
    }
  }

  private mutating func parseOption(
    _ option: OperationStatement.Options,
    _ keyword: Keyword,
    _ operation: inout OperationStatement,
    _ places: inout ClausePlaces
  ) {
    operation.options.insert(option)
    note(keyword, at: current.range, in: &places)
    advance()
  }

  // reference = "ref" text ;
  // reason = "reason" text ;
  // again = "again" text ;
  // description = "describe" text ;
  private mutating func parseTextClause(
    _ kind: Clause.Kind,
    _ keyword: Keyword,
    _ places: inout ClausePlaces
  ) {
    let start = current.range.start
    advance()
    let value = parseText()
    let range = range(from: start)
    guard note(keyword, at: range, in: &places) else { return }
    let noName = SourceRange(at: range.start)
    script.clauses.append(Clause(kind, value: value, name: noName, range: range))
  }

  // metadata = "meta" name text ;
  private mutating func parseMetadata() {
    let start = current.range.start
    advance()
    let name = parseName(.name)
    let value = parseText()
    script.clauses.append(Clause(.meta, value: value, name: name, range: range(from: start)))
  }

  // line = "line" id [ "qty" number ] [ amount ] ;
  private mutating func parseLine(_ places: inout ClausePlaces) {
    let start = current.range.start
    advance()
    let id = parseIdentifier(.lineID)
    let quantity = take(.qty) ? parseNumber() : .none
    let amount = !isRecovering && beginsAmount() ? parseAmount() : .none
    let range = range(from: start)
    if places[.line].isEmpty { places[.line] = range }
    script.lines.append(LineClause(id: id, quantity: quantity, amount: amount, range: range))
  }

  private mutating func parseScopeAmount(
    of verb: Keyword,
    _ allowed: ClauseSet,
    into operation: inout OperationStatement,
    _ places: inout ClausePlaces
  ) {
    let hasAmount = operation.amount.kind != .none || !places[.line].isEmpty
    if hasAmount, current.kind == .plus || current.kind == .minus { return reportUnexpected() }
    guard beginsAmount() else {
      return reportUnknownClause(after: verb, candidates: allowed.keywords)
    }
    let start = current.range.start
    let amount = parseAmount()
    let range = range(from: start)
    guard !isRecovering else { return }
    let earlier = places.amount.isEmpty ? places[.line] : places.amount
    if !allowed.contains(.amount) {
      diagnostics.report(.amountNotAllowed(after: verb), at: range)
    } else if !earlier.isEmpty {
      diagnostics.report(
        Diagnostic(
          SyntaxMessage.duplicateAmount,
          at: Diagnostic.Label(range),
          secondary: [Diagnostic.Label(earlier)]
        )
      )
    } else {
      operation.amount = amount
      places.amount = range
    }
  }
}

// MARK: - Mistakes

extension Parser {
  /// Checks that the scope is there, comes first, and says one thing.
  private mutating func checkScope(
    of verb: Keyword,
    _ operation: OperationStatement,
    _ places: ClausePlaces
  ) {
    let all = places[.all]
    let part = places.firstPart
    guard !all.isEmpty || !part.isEmpty else { return reportMissingScope(verb, operation) }
    let isAllFirst = part.isEmpty || !all.isEmpty && all.start < part.start
    if !all.isEmpty, !part.isEmpty {
      diagnostics.report(
        Diagnostic(
          SyntaxMessage.scopeConflict,
          at: Diagnostic.Label(isAllFirst ? part : all),
          secondary: [Diagnostic.Label(isAllFirst ? all : part)]
        )
      )
    }
    checkOrder(isAllFirst ? all : part, operation)
  }

  /// Reports a clause that stands before the scope, with the clause moved behind it as a fix-it.
  private mutating func checkOrder(_ scope: SourceRange, _ operation: OperationStatement) {
    guard !operation.clauses.isEmpty else { return }
    let clause = script.clauses[operation.clauses.indices.lowerBound]
    guard clause.range.start < scope.start else { return }
    let moved = SourceRange(clause.range.start, scope.start)
    let fixIt = Diagnostic.FixIt(
      "write it after the scope",
      [
        Diagnostic.Edit(moved, ""),
        Diagnostic.Edit(SourceRange(at: scope.end), " \(trimmed(moved))"),
      ],
      isCertain: true
    )
    let keyword = Keyword(rawValue: clause.kind.rawValue) ?? .ref
    diagnostics.report(
      Diagnostic(
        SyntaxMessage.clauseBeforeScope(keyword),
        at: Diagnostic.Label(clause.range),
        secondary: [Diagnostic.Label(scope, "the scope")],
        fixIts: [fixIt]
      )
    )
  }

  private func trimmed(_ range: SourceRange) -> String {
    var end = Int(range.end)
    while end > Int(range.start), source[end - 1].isBlank { end -= 1 }
    return String(decoding: source[Int(range.start)..<end], as: UTF8.self)
  }

  private mutating func reportMissingScope(_ verb: Keyword, _ operation: OperationStatement) {
    guard !isRecovering else { return }
    let target = operation.target
    if isBareWord(target, in: [.all, .line, .ref, .reason, .final, .meta, .again]) {
      return reportMissingTarget(verb, before: target)
    }
    let end = SourceRange(at: script.range(of: target.operand).end)
    reportOnce(.missingScope(verb), at: end)
  }

  /// Reports a keyword of another place.
  private mutating func reportMisplaced(
    _ keyword: Keyword,
    of verb: Keyword,
    _ allowed: ClauseSet
  ) {
    if keyword == .qty, allowed.contains(.line) {
      reportOnce(.misplacedQuantity, at: current.range)
    } else if keyword == .to, verb != .adjust {
      reportOnce(.clauseNotAllowed(.to, after: verb), at: current.range)
    } else {
      reportUnknownClause(after: verb, candidates: allowed.keywords)
    }
  }

  /// Reports what goes on with no statement of this kind, with what is meant if that is plain.
  mutating func reportUnknownClause(after verb: Keyword, candidates: [Keyword]) {
    guard isName, diagnostics.hasRoom else { return reportUnexpected() }
    let word = script.text(current.range)
    if peek().kind == .leftParenthesis { return reportOnce(.bareFunction(word), at: current.range) }
    let synonym = Synonyms.clauses[word.lowercased()].flatMap {
      candidates.contains($0) ? $0.rawValue : nil
    }
    let near = synonym ?? nearest(to: word, among: candidates.map(\.rawValue))
    let edit = near.map { Diagnostic.Edit(current.range, $0) }
    let isCertain =
      synonym == nil && near.flatMap(Keyword.init(rawValue:))?.decidesHowMuch == false
      && hasOneNearest(word, among: candidates.map(\.rawValue))
    reportOnce(
      .unknownClause(after: verb),
      at: current.range,
      label: near.map { "did you mean `\($0)`?" } ?? "",
      fixIts: edit.map {
        [Diagnostic.FixIt("write `\($0.replacement)`", [$0], isCertain: isCertain)]
      } ?? []
    )
  }
}

extension Keyword {
  /// Whether the word changes how much money moves, so that a slip is for a person to correct.
  ///
  /// `lines 1 2` means two lines, and `line 1 2` two minor units of one.
  fileprivate var decidesHowMuch: Bool {
    switch self {
    case .all, .final, .remaining, .again, .line: true
    default: false
    }
  }
}
