import DTXLedger
import DTXSyntax

extension Evaluator {
  /// Shows the transactions that a condition holds for, in the order asked for.
  mutating func evaluate(_ list: Selection) {
    guard let found = transactions(where: list.condition),
      let limit = limit(of: list.limit)
    else { return }
    var shown = found.map { planned($0) }
    if let field = list.order {
      guard sort(&shown, by: field, isDescending: list.isDescending) else { return }
    }
    outputs.append(.list(Array(shown.prefix(limit))))
  }

  /// The transactions for which a condition holds; nil where it makes no sense, once reported.
  private mutating func transactions(where condition: ExpressionID?) -> [Int32]? {
    guard let condition else { return snapshot.listing }
    defer { subject = nil }
    var found: [Int32] = []
    for transaction in snapshot.listing {
      subject = transaction
      switch evaluate(condition) {
      case .boolean(let holds): if holds { found.append(transaction) }
      case .invalid: return nil
      case let other:
        report(.conditionIsNotBoolean(other.kind), at: script[condition].range)
        return nil
      }
    }
    return found
  }

  private mutating func limit(of operand: Operand) -> Int? {
    if operand.kind == .none { return .max }
    switch value(of: operand) {
    case .integer(let limit) where limit >= 0: return Int(clamping: limit)
    case .integer: report(.limitIsNegative, at: script.range(of: operand))
    case .invalid: break
    case let other:
      report(.wrongKind(expected: "an integer", found: other.kind), at: script.range(of: operand))
    }
    return nil
  }

  /// Sorts by a field; false where there is no such field, once reported.
  private mutating func sort(
    _ transactions: inout [Transaction],
    by range: SourceRange,
    isDescending: Bool
  ) -> Bool {
    let name = script.text(range)
    guard let field = TransactionField(rawValue: name) else {
      report(unknownField(name), at: range)
      return false
    }
    guard field.isOrdered else {
      report(.wrongKind(expected: "a field with an order", found: "a list"), at: range)
      return false
    }
    transactions = transactions.enumerated()
      .sorted { left, right in
        let order = field.order(left.element, right.element, isDescending: isDescending)
        return order == 0 ? left.offset < right.offset : order < 0
      }
      .map(\.element)
    return true
  }

  /// The message for a field that transactions do not have.
  func unknownField(_ name: String) -> ProgramMessage {
    let names = TransactionField.allCases.map(\.rawValue)
    return .unknownField(name, of: "a transaction", nearest: nearest(to: name, among: names))
  }
}
