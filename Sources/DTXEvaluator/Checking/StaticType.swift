import DTXLedger

/// What is known of a value before anything is read.
struct StaticType: Hashable {
  static let any = StaticType(.any)
  static let field = StaticType(.field)
  static let boolean = StaticType(.boolean)

  let kind: Kind
  /// The currency of money, where a literal says it.
  var currency: Currency?
  /// What the elements of a list are.
  var element = Kind.any
  /// The field of a transaction that it is.
  var field: TransactionField?

  init(_ kind: Kind, currency: Currency? = nil, element: Kind = .any) {
    self.kind = kind
    self.currency = currency
    self.element = element
  }

  /// Whether a value of this type may turn out to be of a kind, or become it.
  func canBe(_ other: Kind) -> Bool {
    kind == other || kind == .any || kind == .field && other.isWritten
  }

  /// What is known of a value that is one of two.
  func joined(with other: StaticType) -> StaticType {
    guard kind == other.kind else { return .any }
    return StaticType(
      kind,
      currency: currency == other.currency ? currency : nil,
      element: element == other.element ? element : .any
    )
  }

  /// Whether two values can be compared.
  func isComparable(with other: StaticType) -> Bool {
    if kind == .any || other.kind == .any { return true }
    if kind.isText && other.kind.isText { return true }
    if kind == .field { return other.kind.isWritten || other.kind == .totals }
    if other.kind == .field { return kind.isWritten || kind == .totals }
    switch (kind, other.kind) {
    case (.totals, .money), (.money, .totals), (.totals, .totals), (.decimal, .integer),
      (.integer, .decimal), (.date, .timestamp), (.timestamp, .date):
      return true
    case (.list, _), (.line, _), (.row, _), (.plan, _): return false
    case (let left, let right): return left == right
    }
  }
}

extension TransactionField {
  var type: StaticType {
    var type =
      switch self {
      case .id, .status, .product, .provider, .currency, .settlement: StaticType(.word)
      case .authorized, .captured, .refunded, .voided, .remaining, .refundable: StaticType(.money)
      case .reference, .reference2, .session, .customer, .store: StaticType(.string)
      case .created, .updated, .expires: StaticType(.timestamp)
      case .lines: StaticType(.list, element: .line)
      }
    type.field = self
    return type
  }
}

extension LineField {
  var type: StaticType {
    switch self {
    case .id: StaticType(.word)
    case .description: StaticType(.string)
    case .quantity: StaticType(.decimal)
    case .amount, .captured, .refunded, .remaining, .refundable: StaticType(.money)
    case .vat: StaticType(.percent)
    }
  }
}

extension PlanField {
  var type: StaticType { StaticType(self == .operations ? .integer : .totals) }
}
