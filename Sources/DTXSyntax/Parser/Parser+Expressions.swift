/// How tightly an operator binds, loosest first.
enum Precedence: Int, Comparable {
  case or, and, not, comparison, sum, product, prefix

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The precedence of what may stand to the right of an operator.
  var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .prefix }
}

extension BinaryOperator {
  var precedence: Precedence {
    switch self {
    case .or: .or
    case .and: .and
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .contains:
      .comparison
    case .add, .subtract: .sum
    case .multiply, .divide: .product
    }
  }
}

extension Parser {
  // expression = conjunction { "or" conjunction } ;
  mutating func parseExpression(_ expectation: Expectation) -> ExpressionID {
    parseBinary(.or, expectation)
  }

  // conjunction = negation { "and" negation } ;
  // comparison = sum [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "contains" ) sum ] ;
  // sum = product { ( "+" | "-" ) product } ;
  // product = prefix { ( "*" | "/" ) prefix } ;
  private mutating func parseBinary(
    _ minimum: Precedence,
    _ expectation: Expectation
  ) -> ExpressionID {
    let start = current.range.start
    var left = parsePrefix(minimum, expectation)
    // The right side of a comparison, which may turn out to be the middle of two.
    var middle: (id: ExpressionID, range: SourceRange)?
    while !isRecovering, let operation = takeOperator(minimum, start) {
      let isComparison = operation.precedence == .comparison
      let rightStart = current.range.start
      if let middle, isComparison { reportChain(middle.range) }
      let right = parseBinary(operation.precedence.next, .value)
      if let middle, isComparison {
        // It is read as it is meant, so that nothing else is found to be wrong with it.
        let second = node(
          .binary(operation, middle.id, right),
          from: middle.range.start,
          over: middle.id,
          right
        )
        left = node(.binary(.and, left, second), from: start, over: left, second)
      } else {
        left = node(.binary(operation, left, right), from: start, over: left, right)
      }
      middle = isComparison ? (right, range(from: rightStart)) : nil
    }
    return left
  }

  // negation = "not" negation | comparison ;
  // prefix = "-" prefix | part ;
  private mutating func parsePrefix(
    _ minimum: Precedence,
    _ expectation: Expectation
  ) -> ExpressionID {
    let start = current.range.start
    let isNegation = minimum <= .not && currentKeyword == .not
    guard isNegation || current.kind == .minus else { return parsePart(expectation) }
    return nested { parser in
      parser.advance()
      let operand =
        isNegation ? parser.parseBinary(.not, .condition) : parser.parsePrefix(.prefix, .value)
      let content: Expression.Content = isNegation ? .not(operand) : .negative(operand)
      return parser.node(content, from: start, over: operand)
    }
  }

  // part = path [ "of" path ] ;
  private mutating func parsePart(_ expectation: Expectation) -> ExpressionID {
    let start = current.range.start
    let part = parseFields(of: parsePrimary(expectation))
    guard !isRecovering, take(.of) else { return part }
    let whole = parseFields(of: parsePrimary(.shareBase))
    return node(.share(part, of: whole), from: start, over: part, whole)
  }

  // path = primary { "." field } ;
  // variable = VARIABLE { "." field } ;
  mutating func parseFields(of base: ExpressionID) -> ExpressionID {
    var base = base
    let start = script[base].range.start
    while !isRecovering, take(.dot) { base = parseField(of: base, from: start) }
    return base
  }

  // field = name | STRING ;
  private mutating func parseField(of base: ExpressionID, from start: UInt32) -> ExpressionID {
    switch current.kind {
    case .string, .richString:
      let name = current.range
      // A field is known before anything is evaluated.
      if Lexer.hasInterpolation(name, in: source) { reportExpected(.field) }
      advance()
      return node(.field(of: base, name: name), from: start, over: base)
    case let kind where kind.isName: return parseFieldPath(of: base, from: start)
    default:
      reportExpected(.field)
      return base
    }
  }

  /// Reads a word whose dots separate one field from the next, as they do after a value.
  private mutating func parseFieldPath(
    of base: ExpressionID,
    from start: UInt32
  ) -> ExpressionID {
    let word = current.range
    advance()
    var base = base
    var nameStart = word.start
    for offset in word.start...word.end
    where offset == word.end || source[Int(offset)] == "." {
      let name = SourceRange(nameStart, offset)
      guard !name.isEmpty else {
        // `$row.parcel."Order No"`: the last dot belongs to the string.
        if offset == word.end, isAdjacent { return parseField(of: base, from: start) }
        reportOnce(.expected(.field, found: .dot), at: SourceRange(at: offset))
        return base
      }
      let path = SourceRange(start, offset)
      base = append(.field(of: base, name: name), path, height: heights[Int(base.index)])
      guard !isRecovering else { return base }
      nameStart = offset + 1
    }
    return base
  }
}

// MARK: - Operators

extension Parser {
  private var currentOperator: BinaryOperator? {
    switch current.kind {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .plus: .add
    case .minus: .subtract
    case .star: .multiply
    case .slash: .divide
    case .word:
      switch currentKeyword {
      case .or: .or
      case .and: .and
      case .in: .in
      case .contains: .contains
      default: nil
      }
    default: nil
    }
  }

  /// Consumes an operator that binds at least as tightly as asked.
  private mutating func takeOperator(
    _ minimum: Precedence,
    _ leftStart: UInt32
  ) -> BinaryOperator? {
    if minimum <= .comparison, currentKeyword == .not { passMisplacedNot(leftStart) }
    guard let operation = currentOperator, operation.precedence >= minimum else { return nil }
    let first = current
    advance()
    return isAdjacent ? takeForeignOperator(first) ?? operation : operation
  }

  /// Consumes the second half of an operator of other languages, and reports it.
  private mutating func takeForeignOperator(_ first: Token) -> BinaryOperator? {
    let operation: BinaryOperator
    switch (first.kind, current.kind) {
    case (.equal, .equal): operation = .equal
    case (.equal, .less): operation = .lessOrEqual
    case (.equal, .greater): operation = .greaterOrEqual
    case (.less, .greater): operation = .notEqual
    default: return nil
    }
    advance()
    diagnostics.report(
      .foreignOperator(operation),
      at: range(from: first.range.start),
      fixIt: ("write `\(operation.rawValue)`", operation.rawValue),
      isCertain: true
    )
    return operation
  }

  /// Reports `x not in y`, and moves on to the operator.
  private mutating func passMisplacedNot(_ leftStart: UInt32) {
    let not = current.range
    let next = peek()
    guard let keyword = keyword(of: next), keyword == .in || keyword == .contains else { return }
    diagnostics.report(
      .misplacedNot,
      at: not,
      fixIts: [
        Diagnostic.FixIt(
          "write `not` before the comparison",
          [
            Diagnostic.Edit(SourceRange(at: leftStart), "not "),
            Diagnostic.Edit(SourceRange(not.start, next.range.start), ""),
          ],
          isCertain: true
        )
      ]
    )
    advance()
  }

  /// Reports the second operator of `1 < $x < 5`, which is about to be read.
  private mutating func reportChain(_ middle: SourceRange) {
    let operation = SourceRange(middle.end, previousEnd)
    let text = diagnostics.hasRoom ? script.text(middle) : ""
    let edit = Diagnostic.Edit(SourceRange(at: middle.end), " and \(text)")
    diagnostics.report(
      .chainedComparison,
      at: SourceRange(operationStart(operation), operation.end),
      fixIts: [Diagnostic.FixIt("compare twice, with `and` between", [edit], isCertain: true)]
    )
  }

  private func operationStart(_ range: SourceRange) -> UInt32 {
    let bytes = range.bytes
    return UInt32(source[bytes].firstIndex { !$0.isBlank && !$0.isLineEnd } ?? bytes.upperBound)
  }
}
