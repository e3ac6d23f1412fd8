import DTXLedger
import DTXSyntax

/// A field of a transaction, as expressions, conditions and `order by` name it.
package enum TransactionField: String, CaseIterable, Sendable {
  case id, status, product, provider, currency
  case authorized, captured, refunded, voided, remaining, refundable
  case reference, reference2, session
  case created, updated, expires, settlement, customer, store, lines

  /// Returns the field's value in a state of the transaction, but for its lines.
  func value(of transaction: Transaction, in state: Transaction.State) -> Value {
    func money(_ amount: MinorUnits) -> Value {
      .money(Money(amount, transaction.currency))
    }
    func word(_ text: String) -> Value { .fieldWord(text, self) }
    func string(_ text: String?) -> Value { text.map(Value.string) ?? .nothing }
    return switch self {
    case .id: word(transaction.id.text)
    case .status: word(state.status.rawValue)
    case .product: word(transaction.product.name)
    case .provider: word(transaction.product.family)
    case .currency: word(transaction.currency.code)
    case .authorized: money(state.authorized)
    case .captured: money(state.captured)
    case .refunded: money(state.refunded)
    case .voided: money(state.voided)
    case .remaining: money(state.capturable)
    case .refundable: money(state.refundable)
    case .reference: string(transaction.details.merchantReference)
    case .reference2: string(state.secondReference)
    case .session: string(transaction.details.sessionID)
    case .created: .timestamp(transaction.details.createdAt)
    case .updated: .timestamp(transaction.details.updatedAt)
    case .expires: transaction.details.expiresAt.map(Value.timestamp) ?? .nothing
    case .settlement: word(transaction.details.settlement.rawValue)
    case .customer: string(transaction.details.customer)
    case .store: string(transaction.details.store)
    case .lines: .invalid
    }
  }

  /// Whether operations change it.
  var dependsOnState: Bool {
    switch self {
    case .status, .authorized, .captured, .refunded, .voided, .remaining, .refundable,
      .reference2, .lines:
      true
    case .id, .product, .provider, .currency, .reference, .session, .created, .updated, .expires,
      .settlement, .customer, .store:
      false
    }
  }

  /// Whether transactions can be ordered by it.
  package var isOrdered: Bool { self != .lines }

  /// Compares a field's values for two transactions: negative, zero or positive.
  ///
  /// What is absent comes last, in either direction.
  static func order(_ left: Value, _ right: Value, isDescending: Bool) -> Int {
    switch (left, right) {
    case (.nothing, .nothing): 0
    case (.nothing, _): 1
    case (_, .nothing): -1
    case (let left, let right): order(left, right) * (isDescending ? -1 : 1)
    }
  }

  private static func order(_ left: Value, _ right: Value) -> Int {
    switch (left, right) {
    case (.money(let left), .money(let right)):
      left.currency == right.currency
        ? compare(left.amount, right.amount)
        : compare(left.currency.code, right.currency.code)
    case (.timestamp(let left), .timestamp(let right)): compare(left, right)
    case (let left, let right): compare(left.text ?? "", right.text ?? "")
    }
  }

  private static func compare<T: Comparable>(_ left: T, _ right: T) -> Int {
    left < right ? -1 : left == right ? 0 : 1
  }

  /// Whether a word can be the field's value, as far as its values are known.
  func canBe(_ word: String) -> Bool {
    switch self {
    case .status: Status(rawValue: word) != nil
    case .settlement: SettlementStatus(rawValue: word) != nil
    case .currency: Currency(code: word) != nil
    default: true
    }
  }

  /// The value that is most likely meant by a word that is none of the field's; nil without a guess.
  func nearestWord(to word: String) -> String? {
    switch self {
    case .status: nearest(to: word.uppercased(), among: Status.allCases.map(\.rawValue))
    case .settlement:
      nearest(to: word.uppercased(), among: SettlementStatus.allCases.map(\.rawValue))
    case .currency: Currency.nearest(to: word)?.code
    default: nil
    }
  }
}

/// A field of a line item.
package enum LineField: String, CaseIterable, Sendable {
  case id, description, quantity, amount, captured, refunded, remaining, refundable, vat

  /// Returns the field's value for a line of a transaction in a state.
  func value(of line: Int, in state: Transaction.State, _ currency: Currency) -> Value {
    let item = state.lines[line]
    let balance = state.lineBalances[line]
    func money(_ amount: MinorUnits) -> Value { .money(Money(amount, currency)) }
    return switch self {
    case .id: .word(item.id)
    case .description: .string(item.description)
    case .quantity: .decimal(item.quantity.millionths, scale: 6)
    case .amount: money(item.amount)
    case .captured: money(balance.captured)
    case .refunded: money(balance.refunded)
    // The provider's amounts are not held to any limit, so that a difference may not exist.
    case .remaining: item.amount.subtracting(balance.captured).map(money) ?? .nothing
    case .refundable: balance.captured.subtracting(balance.refunded).map(money) ?? .nothing
    case .vat: item.vatBasisPoints.map { .percent(Int64($0)) } ?? .nothing
    }
  }
}

/// A field of `$plan`: the plan so far.
package enum PlanField: String, CaseIterable, Sendable {
  case operations, captured, refunded, released
}
