/// What may follow the target of an operation.
struct ClauseSet: OptionSet {
  static let all = ClauseSet(rawValue: 1 << 0)
  static let amount = ClauseSet(rawValue: 1 << 1)
  static let line = ClauseSet(rawValue: 1 << 2)
  static let final = ClauseSet(rawValue: 1 << 3)
  static let remaining = ClauseSet(rawValue: 1 << 4)
  static let items = ClauseSet(rawValue: 1 << 5)
  static let ref = ClauseSet(rawValue: 1 << 6)
  static let reason = ClauseSet(rawValue: 1 << 7)
  static let again = ClauseSet(rawValue: 1 << 8)
  static let meta = ClauseSet(rawValue: 1 << 9)
  static let describe = ClauseSet(rawValue: 1 << 10)

  static let scope: ClauseSet = [.all, .amount, .line]

  let rawValue: UInt16

  /// The clause that a keyword begins, if it begins one.
  init?(_ keyword: Keyword) {
    switch keyword {
    case .all: self = .all
    case .line: self = .line
    case .final: self = .final
    case .remaining: self = .remaining
    case .ref: self = .ref
    case .reason: self = .reason
    case .again: self = .again
    case .meta: self = .meta
    case .describe: self = .describe
    default: return nil
    }
  }

  init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The keywords that may be meant by a word that is none.
  var keywords: [Keyword] {
    let clauses: [Keyword] = [
      .all, .line, .final, .remaining, .ref, .reason, .again, .meta, .describe,
    ]
    return clauses.filter { ClauseSet($0).map(contains) == true }
      + (contains(.line) ? [.qty] : [])
  }
}

extension Parser {
  // capture = "capture" target
  //           ( "all" ( [ reference ] & [ "final" ] & { metadata } & [ again ] )
  //           | ( amount | line )
  //             ( { line } & [ reference ] & [ "final" ] & { metadata } & [ again ] ) ) ;
  mutating func parseCapture() -> OperationStatement {
    parseOperation(.capture, .capture, [.scope, .ref, .final, .meta, .again])
  }

  // refund = "refund" target
  //          ( "all" ( [ reason ] & [ reference ] & { metadata } & [ again ] )
  //          | ( amount | line )
  //            ( { line } & [ reason ] & [ reference ] & { metadata } & [ again ] ) ) ;
  mutating func parseRefund() -> OperationStatement {
    parseOperation(.refund, .refund, [.scope, .reason, .ref, .meta, .again])
  }

  // void = "void" target [ "remaining" ] ;
  mutating func parseVoid() -> OperationStatement {
    parseOperation(.void, .void, [.remaining])
  }

  // extend = "extend" target ( [ reason ] & [ reference ] ) ;
  mutating func parseExtend() -> OperationStatement {
    parseOperation(.extend, .extend, [.reason, .ref])
  }

  // authorize = "authorize" target [ amount ] ;
  mutating func parseAuthorize() -> OperationStatement {
    parseOperation(.authorize, .authorize, [.amount])
  }

  // tag = "tag" target text ;
  mutating func parseTag() -> OperationStatement {
    advance()
    var operation = OperationStatement(verb: .tag, target: parseTarget(of: .tag))
    if isRecovering { return operation }
    operation.amount = parseText()
    return operation
  }

  // adjust = "adjust" target
  //          ( "to" amount
  //            ( [ "final" ] & [ items ] & [ reason ] & [ reference ] & [ description ] )
  //          | changes ( [ reason ] & [ reference ] & [ description ] ) ) ;
  mutating func parseAdjust() -> OperationStatement {
    advance()
    var operation = OperationStatement(verb: .adjust, target: parseTarget(of: .adjust))
    if isRecovering { return operation }
    var allowed: ClauseSet = [.reason, .ref, .describe]
    if take(.to) {
      operation.amount = parseAmount()
      allowed.formUnion([.final, .items])
    } else if current.kind == .leftBrace {
      operation.options.insert(.changes)
      operation.changes = parseChanges()
    } else if isAtEnd, isBareWord(operation.target, in: [.to]) {
      reportMissingTarget(.adjust, before: operation.target)
    } else {
      reportExpected(.adjustment)
    }
    parseClauses(of: .adjust, allowed, into: &operation)
    return operation
  }

  private mutating func parseOperation(
    _ keyword: Keyword,
    _ verb: OperationStatement.Verb,
    _ allowed: ClauseSet
  ) -> OperationStatement {
    advance()
    var operation = OperationStatement(verb: verb, target: parseTarget(of: keyword))
    if isRecovering { return operation }
    parseClauses(of: keyword, allowed, into: &operation)
    if verb == .void, operation.options.isEmpty, isBareWord(operation.target, in: [.remaining]) {
      reportMissingTarget(keyword, before: operation.target)
    }
    return operation
  }
}

// MARK: - Targets

extension Parser {
  // target = id | ( "order" | "session" ) text ;
  mutating func parseTarget(of keyword: Keyword) -> Target {
    switch currentKeyword {
    case .order: return parseNamedTarget(.order)
    case .session: return parseNamedTarget(.session)
    case .line where precedesLineID():
      return missingTarget(keyword)
    default: break
    }
    if isAtEnd { return missingTarget(keyword) }
    let target = Target(.id, parseIdentifier(.target))
    // `capture ref "ship-1"`: the word in the target's place already begins a clause.
    if keyword != .tag, current.kind == .string || current.kind == .richString,
      isBareWord(target, in: [.ref, .reason, .again, .describe])
    {
      reportMissingTarget(keyword, before: target)
    }
    return target
  }

  /// Consumes `order` or `session` and the text that must follow it.
  ///
  /// A transaction that is called so itself is written as a string.
  private mutating func parseNamedTarget(_ kind: Target.Kind) -> Target {
    advance()
    return Target(kind, parseText())
  }

  /// Whether the word `line` that stands in a target's place is a scope without a target.
  private mutating func precedesLineID() -> Bool {
    let next = peek()
    switch keyword(of: next) {
    case .all, .line, .ref, .reason, .remaining, .to: return false
    default: return next.kind.isName || next.kind == .string
    }
  }

  private mutating func missingTarget(_ keyword: Keyword) -> Target {
    let place = SourceRange(at: previousEnd)
    reportOnce(.missingTarget(keyword), at: place)
    return Target(.id, Operand(.missing, place))
  }

  /// Reports that what was taken for a target already goes on with the statement.
  mutating func reportMissingTarget(_ keyword: Keyword, before target: Target) {
    reportOnce(.missingTarget(keyword), at: SourceRange(at: target.operand.literalRange.start))
  }

  /// Whether a target is one of the keywords that may follow it, without quotes.
  func isBareWord(_ target: Target, in keywords: [Keyword]) -> Bool {
    guard target.kind == .id, target.operand.kind == .word else { return false }
    return self.keywords.keyword(at: target.operand.literalRange, in: source)
      .map(keywords.contains) == true
  }
}
