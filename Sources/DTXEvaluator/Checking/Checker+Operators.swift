import DTXLedger
import DTXSyntax

extension Checker {
  mutating func checkBoolean(_ id: ExpressionID) {
    let type = infer(id)
    if !type.canBe(.boolean) { report(.conditionIsNotBoolean(type.kind), at: script[id].range) }
  }

  mutating func negative(_ type: StaticType, at range: SourceRange) -> StaticType {
    switch type.kind {
    case .integer, .money: return type
    case .any, .field: return .any
    default:
      report(.wrongKind(expected: "a number or an amount", found: type.kind), at: range)
      return .any
    }
  }

  /// The type of `25% of $t.captured`, which is an integer where the plan has moved nothing.
  mutating func share(_ share: ExpressionID, of whole: ExpressionID) -> StaticType {
    let base = infer(whole)
    if !base.canBe(.money), base.kind != .totals {
      report(
        .wrongKind(expected: "an amount of money", found: base.kind),
        at: script[whole].range
      )
    }
    let part = infer(share)
    if !part.canBe(.percent) {
      report(.wrongKind(expected: "a percentage", found: part.kind), at: script[share].range)
    }
    return base.kind == .money ? StaticType(.money, currency: base.currency) : .any
  }

  mutating func binary(
    _ sign: BinaryOperator,
    _ left: ExpressionID,
    _ right: ExpressionID,
    at range: SourceRange
  ) -> StaticType {
    switch sign {
    case .and, .or:
      checkBoolean(left)
      checkBoolean(right)
      return .boolean
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      checkComparison(left, right, at: range)
      return .boolean
    case .in:
      checkMembership(of: left, in: right, at: range)
      return .boolean
    case .contains:
      checkMembership(of: right, in: left, at: range)
      return .boolean
    case .add, .subtract, .multiply, .divide:
      let types = (infer(left), infer(right))
      if let type = calculated(sign, types.0, types.1) { return type }
      if case (.money, .money) = (types.0.kind, types.1.kind), sign == .add || sign == .subtract,
        let first = types.0.currency, let second = types.1.currency
      {
        report(.differentCurrencies(first, second), at: range)
      } else {
        report(.noSuchOperation(sign, types.0.kind, types.1.kind), at: range)
      }
      return .any
    }
  }

  /// What an operator makes of two types; nil where it does not work between them.
  private func calculated(
    _ sign: BinaryOperator,
    _ left: StaticType,
    _ right: StaticType
  ) -> StaticType? {
    let isSum = sign == .add || sign == .subtract
    switch (left.kind, right.kind) {
    case (.any, _), (_, .any), (.field, .field): return .any
    case (.field, let other), (let other, .field):
      switch other {
      case .integer, .money, .percent, .date, .timestamp, .duration: return .any
      default: return nil
      }
    case (.integer, .integer): return StaticType(.integer)
    case (.money, .money) where isSum:
      if let first = left.currency, let second = right.currency, first != second { return nil }
      return StaticType(.money, currency: left.currency ?? right.currency)
    case (.money, .integer) where sign == .multiply, (.money, .percent) where sign == .multiply:
      return StaticType(.money, currency: left.currency)
    case (.integer, .money) where sign == .multiply, (.percent, .money) where sign == .multiply:
      return StaticType(.money, currency: right.currency)
    case (.date, .duration) where isSum: return StaticType(.date)
    case (.timestamp, .duration) where isSum: return StaticType(.timestamp)
    case (.timestamp, .timestamp) where sign == .subtract,
      (.date, .date) where sign == .subtract:
      return StaticType(.duration)
    default: return nil
    }
  }

  private mutating func checkComparison(
    _ left: ExpressionID,
    _ right: ExpressionID,
    at range: SourceRange
  ) {
    let types = (infer(left), infer(right))
    if reportUnknownField(left, types.1) || reportUnknownField(right, types.0) { return }
    if reportUnknownWord(right, types.0) || reportUnknownWord(left, types.1) { return }
    if let first = types.0.currency, let second = types.1.currency, first != second {
      report(.differentCurrencies(first, second), at: range)
    } else if !types.0.isComparable(with: types.1) {
      report(.notComparable(types.0.kind, types.1.kind), at: range)
    }
  }

  private mutating func checkMembership(
    of element: ExpressionID,
    in container: ExpressionID,
    at range: SourceRange
  ) {
    let (part, whole) = (infer(element), infer(container))
    if reportUnknownField(element, whole) { return }
    if case .list(let elements) = script[container].content {
      for word in script.elements[elements.indices] where reportUnknownWord(word, part) { return }
    }
    let isPossible =
      whole.kind == .any
      || whole.kind == .list && (part.isComparable(with: StaticType(whole.element)))
      || whole.kind.isText && (part.kind == .any || part.kind.isText)
    if !isPossible { report(.notComparable(part.kind, whole.kind), at: range) }
  }

  // MARK: Words

  /// In a condition, a bare word that is compared with something fixed must be a field.
  private mutating func reportUnknownField(_ id: ExpressionID, _ other: StaticType) -> Bool {
    guard isAboutTransactions, isPlainWord(id), other.field == nil, other.kind != .any,
      other.kind != .transaction
    else { return false }
    report(.unknownTransactionField(script.text(script[id].range)), at: script[id].range)
    return true
  }

  /// A word or a text that is compared with a field of known values must be one of them.
  private mutating func reportUnknownWord(_ id: ExpressionID, _ other: StaticType) -> Bool {
    guard let field = other.field, let literal = script[id].literal else { return false }
    switch literal.kind {
    case .word:
      // A word that is also a field's name is the field, unless that cannot be compared.
      if case .subject(let named) = expressions[unit][Int(id.index)],
        named.type.isComparable(with: other)
      {
        return false
      }
    case .string, .escapedString: break
    default: return false
    }
    let text = script.stringValue(of: literal)
    if field.canBe(text) { return false }
    report(
      .unknownWord(text, field: field.rawValue, nearest: field.nearestWord(to: text)),
      at: script[id].range
    )
    return true
  }

  /// Whether an expression is a bare word that stands for itself.
  private func isPlainWord(_ id: ExpressionID) -> Bool {
    guard case .literal(.word) = script[id].content else { return false }
    if case .subject = expressions[unit][Int(id.index)] { return false }
    return true
  }
}
