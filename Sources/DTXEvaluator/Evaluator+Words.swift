import DTXLedger
import DTXSyntax

// What a bare word in a comparison may be: one of the values of a field or, in a condition about
// transactions, a field itself.

extension Evaluator {
  /// A bare word that is compared with a field of known values must be one of them.
  mutating func isKnownWord(
    _ word: ExpressionID,
    comparedWith other: ExpressionID
  ) -> Bool {
    guard case .literal(.word) = script[word].content, field(readBy: word) == nil,
      let field = field(readBy: other), let known = field.knownWords
    else { return true }
    let text = script.text(script[word].range)
    if known.contains(text) { return true }
    let nearest =
      field == .currency
      ? Currency.nearest(to: text)?.code : nearest(to: text.uppercased(), among: known)
    report(.unknownWord(text, field: field.rawValue, nearest: nearest), at: script[word].range)
    return false
  }

  /// The same for an element and each of the words that a list is written with.
  mutating func areKnownWords(_ element: ExpressionID, in container: ExpressionID) -> Bool {
    guard isKnownField(element, comparedWith: container) else { return false }
    guard case .list(let elements) = script[container].content else { return true }
    for word in script.elements[elements.indices]
    where !isKnownWord(word, comparedWith: element) {
      return false
    }
    return true
  }

  /// In a condition, a bare word that is compared with something fixed must be a field.
  mutating func isKnownField(_ word: ExpressionID, comparedWith other: ExpressionID) -> Bool {
    guard subject != nil, case .literal(.word) = script[word].content,
      field(readBy: word) == nil, field(readBy: other) == nil
    else { return true }
    report(unknownField(script.text(script[word].range)), at: script[word].range)
    return false
  }

  /// The field of a transaction that an expression reads, if it reads one.
  private func field(readBy id: ExpressionID) -> TransactionField? {
    switch script[id].content {
    case .field(_, let name): TransactionField(rawValue: script.name(name))
    case .literal(.word) where subject != nil:
      TransactionField(rawValue: script.text(script[id].range))
    default: nil
    }
  }
}
