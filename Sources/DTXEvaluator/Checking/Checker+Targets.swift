import DTXLedger
import DTXSyntax

extension Checker {
  /// Returns which transaction a target is, where the text says it.
  mutating func number(of target: Target) -> Meaning {
    if target.operand.kind == .expression {
      checkTargetValue(target)
      return .none
    }
    guard target.operand.kind != .missing else { return .none }
    let range = target.operand.literalRange
    if target.kind == .id { return .id(idNumber(of: target.operand, range: range)) }
    let lookup = Needs.Lookup(kind: target.kind, text: script.stringValue(of: target.operand))
    if let number = lookupNumbers[lookup] { return .lookup(number) }
    let number = Int32(needs.lookups.count)
    needs.lookups.append(lookup)
    lookupNumbers[lookup] = number
    return .lookup(number)
  }

  private mutating func checkTargetValue(_ target: Target) {
    let type = checkOperand(target.operand)
    let isTarget = type.kind == .any || type.kind.isText
    guard !isTarget, target.kind != .id || type.kind != .transaction else { return }
    let expected = target.kind == .id ? "a transaction" : "a text"
    report(
      .wrongKind(expected: expected, found: type.kind),
      at: script.range(of: target.operand)
    )
  }

  private mutating func idNumber(of operand: Operand, range: SourceRange) -> Int32 {
    let count = table.ids.count
    let source = script.source
    let number: Int32
    switch operand.kind {
    case .string:
      number = table.number(of: range.bytes.dropFirst().dropLast(), in: source.span)
    case .escapedString:
      number = table.number(of: script.stringValue(of: operand))
    default:
      number = table.number(of: range.bytes, in: source.span)
    }
    if number == count, let other = table.ids[count].otherAccount {
      report(.idOfOtherAccount(other, connected: account), at: range)
    }
    return number
  }
}

extension TransactionID {
  /// The account that an id names although it was put behind another account's.
  ///
  /// The account's own prefix was taken off, so that what is left has another's or none.
  var otherAccount: Account? {
    let local = text.utf8.dropFirst(Account.length + 1)
    guard local.count > Account.length,
      local[local.index(local.startIndex, offsetBy: Account.length)] == UInt8(ascii: ".")
    else { return nil }
    return Account(String(decoding: local.prefix(Account.length), as: UTF8.self))
  }
}
