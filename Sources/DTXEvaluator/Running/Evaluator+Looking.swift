import DTXLedger
import DTXSyntax

extension Evaluator {
  /// Shows the transactions that a condition holds for, in the order asked for.
  mutating func evaluate(_ list: Selection, at index: Int) {
    guard let found = transactions(of: list) else { return }
    show(found.map { planned($0) }, at: index)
  }

  /// The transactions that a selection is about, as the plan has left them so far.
  ///
  /// - Returns: Their indices; nil where they are not known, or where that is wrong and reported.
  mutating func transactions(of selection: Selection) -> [Int32]? {
    guard let candidates = candidates(for: selection.condition) else { return nil }
    work += candidates.count
    guard let found = filter(candidates, by: selection.condition),
      let limit = limit(of: selection.limit)
    else { return nil }
    // While the ledger is not known, nobody can say which come first.
    if isCollecting { return found }
    return Array(sorted(found, by: selection).prefix(limit))
  }

  private mutating func filter(_ candidates: [Int32], by condition: ExpressionID?) -> [Int32]? {
    guard let condition else { return candidates }
    let outer = subject
    defer { subject = outer }
    var found: [Int32] = []
    for transaction in candidates {
      subject = transaction
      guard let holds = boolean(condition) else {
        if !isCollecting { return nil }
        found.append(transaction)
        continue
      }
      if holds { found.append(transaction) }
    }
    return found
  }

  private mutating func limit(of operand: Operand) -> Int? {
    if operand.kind == .none { return .max }
    let range = script.range(of: operand)
    switch read(value(of: operand), as: .integer, at: range) {
    case .integer(let limit) where limit >= 0: return Int(clamping: limit)
    case .integer: report(.limitIsNegative, at: range)
    case .invalid: break
    case let other: report(.wrongKind(expected: "an integer", found: other.kind), at: range)
    }
    return nil
  }

  private func sorted(_ transactions: [Int32], by selection: Selection) -> [Int32] {
    guard let order = selection.order,
      let field = TransactionField(rawValue: script.name(order)), field.isOrdered
    else { return transactions }
    let keyed = transactions.map { ($0, value(of: field, transaction: $0)) }
    return keyed.enumerated()
      .sorted { left, right in
        let order = TransactionField.order(
          left.element.1,
          right.element.1,
          isDescending: selection.isDescending
        )
        return order == 0 ? left.offset < right.offset : order < 0
      }
      .map(\.element.0)
  }
}

// MARK: - Candidates

extension Evaluator {
  /// The transactions for which a condition may hold, newest first; nil where they must be read.
  private mutating func candidates(for condition: ExpressionID?) -> [Int32]? {
    var listing = Listing()
    if let condition {
      guard narrow(&listing, by: condition) else { return nil }
    }
    guard let listed = snapshot.listings[listing] else {
      need(listing)
      return nil
    }
    // What the plan has changed may hold now although it did not when the provider was asked.
    guard listing.dependsOnState else { return listed }
    let known = Set(listed)
    let touched = snapshot.transactions.indices.map { Int32($0) }.filter {
      builder.lastStep(of: $0) >= 0 && !known.contains($0)
    }
    if touched.isEmpty { return listed }
    return (listed + touched).enumerated()
      .sorted { left, right in
        let times = (created(left.element), created(right.element))
        return times.0 == times.1 ? left.offset < right.offset : times.0 > times.1
      }
      .map(\.element)
  }

  private func created(_ transaction: Int32) -> Int64 {
    snapshot.transactions[Int(transaction)].details.createdAt
  }

  /// Takes in what a condition says that the provider can tell; false where that is not known yet.
  private mutating func narrow(_ listing: inout Listing, by condition: ExpressionID) -> Bool {
    guard case .binary(let sign, let left, let right) = script[condition].content else {
      return true
    }
    if sign == .and { return narrow(&listing, by: left) && narrow(&listing, by: right) }
    let (field, comparison, other): (TransactionField, BinaryOperator, ExpressionID)
    if case .subject(let name) = expressionMeanings[Int(left.index)], isFixed(right) {
      (field, comparison, other) = (name, sign, right)
    } else if case .subject(let name) = expressionMeanings[Int(right.index)], isFixed(left),
      let mirrored = sign.mirrored
    {
      (field, comparison, other) = (name, mirrored, left)
    } else {
      return true
    }
    guard field.isListed else { return true }
    let value = quietly { $0.evaluate(other) }
    if value.isInvalid { return !isCollecting }
    listing.narrow(field, comparison, value) { quietText(of: $0) }
    return true
  }

  private func quietText(of value: Value) -> String? {
    guard value.kind.isText else { return nil }
    var text = ""
    append(value, to: &text)
    return text
  }

  /// Whether an expression is the same for each of the transactions that a condition is about.
  func isFixed(_ id: ExpressionID) -> Bool {
    if case .subject = expressionMeanings[Int(id.index)] { return false }
    switch script[id].content {
    case .missing, .literal, .variable: return true
    case .transaction(let target): return target.operand.expression.map { isFixed($0) } ?? true
    case .field(let operand, _), .not(let operand), .negative(let operand):
      return isFixed(operand)
    case .binary(_, let left, let right), .share(let left, let right):
      return isFixed(left) && isFixed(right)
    case .list(let elements), .call(_, let elements), .interpolation(let elements):
      return script.elements[elements.indices].allSatisfy { isFixed($0) }
    }
  }
}

extension BinaryOperator {
  /// The operator between the same two values the other way round.
  fileprivate var mirrored: BinaryOperator? {
    switch self {
    case .equal: .equal
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .notEqual, .in, .contains, .or, .and, .add, .subtract, .multiply, .divide: nil
    }
  }
}

extension TransactionField {
  /// Whether the provider can tell transactions apart by it.
  fileprivate var isListed: Bool {
    switch self {
    case .status, .product, .currency, .authorized, .reference, .reference2, .session, .created,
      .store:
      true
    case .id, .provider, .captured, .refunded, .voided, .remaining, .refundable, .updated,
      .expires, .settlement, .customer, .lines:
      false
    }
  }
}

extension Listing {
  /// Whether operations change what it finds.
  fileprivate var dependsOnState: Bool {
    statuses != nil || secondReference != nil || authorizedFrom != nil || authorizedTo != nil
  }

  /// Takes in that a field must compare with a value; what the provider cannot tell is left out.
  fileprivate mutating func narrow(
    _ field: TransactionField,
    _ sign: BinaryOperator,
    _ value: Value,
    text: (Value) -> String?
  ) {
    switch field {
    case .created: narrowCreated(sign, value)
    case .authorized: narrowAuthorized(sign, value)
    case .reference, .reference2, .session:
      guard sign == .equal, let text = text(value) else { return }
      switch field {
      case .reference: merchantReference = merchantReference ?? text
      case .reference2: secondReference = secondReference ?? text
      default: sessionID = sessionID ?? text
      }
    default:
      let values: [Value]
      switch (sign, value) {
      case (.equal, _): values = [value]
      case (.in, .list(let elements)): values = elements
      default: return
      }
      let texts = values.compactMap(text)
      guard texts.count == values.count else { return }
      narrow(field, to: texts)
    }
  }

  private mutating func narrow(_ field: TransactionField, to texts: [String]) {
    func both<T: Equatable>(_ known: [T]?, _ new: [T]) -> [T] {
      known.map { known in known.filter { new.contains($0) } } ?? new
    }
    switch field {
    case .status:
      let new = texts.compactMap { Status(rawValue: $0) }
      // What the provider calls a status that dtx does not know, dtx cannot ask for.
      let isNamed = new.count == texts.count && !new.contains(.unknown)
      if isNamed { statuses = both(statuses, new) }
    case .currency:
      let new = texts.compactMap { Currency(code: $0) }
      if new.count == texts.count { currencies = both(currencies, new) }
    case .product: products = both(products, texts)
    case .store: stores = both(stores, texts)
    default: return
    }
  }

  /// Days are whole: what was created on a day is neither before nor after it.
  private mutating func narrowCreated(_ sign: BinaryOperator, _ value: Value) {
    let (first, last): (Int64, Int64)
    switch value {
    case .date(let day):
      let (start, isTooFar) = day.multipliedReportingOverflow(by: Timestamp.millisecondsPerDay)
      guard !isTooFar, start < Int64.max - Timestamp.millisecondsPerDay else { return }
      (first, last) = (start, start + Timestamp.millisecondsPerDay - 1)
    case .timestamp(let time) where time > Int64.min && time < Int64.max:
      (first, last) = (time, time)
    default: return
    }
    switch sign {
    case .equal:
      createdFrom = Swift.max(createdFrom ?? first, first)
      createdTo = Swift.min(createdTo ?? last, last)
    case .less: createdTo = Swift.min(createdTo ?? .max, first - 1)
    case .lessOrEqual: createdTo = Swift.min(createdTo ?? .max, last)
    case .greater: createdFrom = Swift.max(createdFrom ?? .min, last + 1)
    case .greaterOrEqual: createdFrom = Swift.max(createdFrom ?? .min, first)
    default: return
    }
  }

  /// The provider compares numbers whatever their currency, so that it must be known.
  private mutating func narrowAuthorized(_ sign: BinaryOperator, _ value: Value) {
    guard case .money(let money) = value, currencies == [money.currency],
      abs(money.amount.count) <= MinorUnits.largestAmount.count
    else { return }
    let one = MinorUnits(1)
    func raise(_ amount: MinorUnits) {
      authorizedFrom = Swift.max(authorizedFrom ?? amount, amount)
    }
    func lower(_ amount: MinorUnits) { authorizedTo = Swift.min(authorizedTo ?? amount, amount) }
    switch sign {
    case .equal:
      raise(money.amount)
      lower(money.amount)
    case .less: lower(money.amount - one)
    case .lessOrEqual: lower(money.amount)
    case .greater: raise(money.amount + one)
    case .greaterOrEqual: raise(money.amount)
    default: return
    }
  }
}
