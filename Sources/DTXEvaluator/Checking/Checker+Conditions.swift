import DTXSyntax

// Conditions that hold always or never are most likely written otherwise than they were meant.

extension Checker {
  mutating func checkCondition(_ id: ExpressionID) {
    let count = diagnostics.count
    checkBoolean(id)
    // What is wrong has no value.
    if diagnostics.count == count { checkConstancy(of: id) }
  }

  private mutating func checkConstancy(of id: ExpressionID) {
    switch script[id].content {
    case .binary(.and, let left, let right), .binary(.or, let left, let right):
      checkConstancy(of: left)
      checkConstancy(of: right)
    case .not(let operand): checkConstancy(of: operand)
    case .binary(let sign, let left, let right) where sign.isComparison && isSame(left, right):
      let holds = sign == .equal || sign == .lessOrEqual || sign == .greaterOrEqual
      report(.conditionIsConstant(holds), at: script[id].range)
    // `if false { … }` says what it does.
    case .literal(.word): return
    default:
      guard isConstant(id), case .boolean(let holds) = Evaluator.constant(id, in: self) else {
        return
      }
      report(.conditionIsConstant(holds), at: script[id].range)
    }
  }

  /// Whether two expressions are written alike, and mean something by themselves.
  private func isSame(_ left: ExpressionID, _ right: ExpressionID) -> Bool {
    !isConstant(left) && script.text(script[left].range) == script.text(script[right].range)
  }

  /// Whether the value is the same on every day, for every account and in every turn.
  private func isConstant(_ id: ExpressionID) -> Bool {
    switch script[id].content {
    case .missing, .variable, .transaction: return false
    case .literal(.word):
      if case .subject = expressions[unit][Int(id.index)] { return false }
      let text = script.text(script[id].range)
      return text != "today" && text != "now"
    case .literal: return true
    case .field(let operand, _), .not(let operand), .negative(let operand):
      return isConstant(operand)
    case .binary(_, let left, let right), .share(let left, let right):
      return isConstant(left) && isConstant(right)
    case .call where expressions[unit][Int(id.index)] == .function(.env): return false
    case .list(let elements), .call(_, let elements), .interpolation(let elements):
      return script.elements[elements.indices].allSatisfy { isConstant($0) }
    }
  }
}

extension BinaryOperator {
  fileprivate var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    case .or, .and, .in, .contains, .add, .subtract, .multiply, .divide: false
    }
  }
}
