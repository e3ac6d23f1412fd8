import DTXLedger

extension MinorUnits: ExpressibleByIntegerLiteral {
  package init(integerLiteral count: Int64) { self.init(count) }
}

/// A short name for a violation's case, without its facts.
func caseName(_ violation: Violation) -> String {
  String("\(violation)".prefix { $0 != "(" })
}

/// A product with which everything goes, unless a test takes something away.
func makeProduct(
  _ traits: Capabilities.Traits = [
    .partialCapture, .multipleCaptures, .voidAuthorization, .voidRemainder, .refund,
    .finalCapture,
  ],
  flow: Capabilities.Flow = .authorization,
  update: Capabilities.AmountUpdate = .none,
  uncertain: Capabilities.Traits = []
) -> PaymentProduct {
  PaymentProduct(
    "test.product",
    capabilities: Capabilities(
      flow: flow,
      amountUpdate: update,
      traits: traits,
      uncertain: uncertain
    )
  )
}

/// Lines with the ids "1", "2" and so on, and a quantity of two.
func makeLines(_ amounts: MinorUnits...) -> [LineItem] {
  amounts.enumerated().map { index, amount in
    LineItem(
      id: "\(index + 1)",
      description: "line \(index + 1)",
      quantity: Quantity(millionths: 2 * Quantity.scale),
      amount: amount,
      kind: amount < .zero ? .giftCard : .physical
    )
  }
}

/// A state with the given totals, of which no line knows.
func makeState(
  _ status: Status,
  _ authorized: MinorUnits,
  captured: MinorUnits = 0,
  refunded: MinorUnits = 0,
  voided: MinorUnits = 0,
  lines: [LineItem] = []
) -> Transaction.State {
  var state = Transaction.State(status: status, authorized: authorized, lines: lines)
  state.captured = captured
  state.refunded = refunded
  state.voided = voided
  return state
}

extension Operation {
  /// Captures an amount, of which lines may be named as `line: amount`.
  static func capture(_ amount: MinorUnits, _ lines: KeyValuePairs<Int32, MinorUnits> = [:]) -> Self
  {
    movement(.capture, amount, lines)
  }

  static func refund(_ amount: MinorUnits, _ lines: KeyValuePairs<Int32, MinorUnits> = [:]) -> Self
  {
    movement(.refund, amount, lines)
  }

  static let void = Operation(.void)

  static var voidRemaining: Operation {
    var operation = Operation(.void)
    operation.isRemainder = true
    return operation
  }

  static func adjust(to amount: MinorUnits, _ items: [LineItem] = []) -> Operation {
    var operation = Operation(.adjust, amount: amount)
    operation.items = items
    return operation
  }

  static func tag(_ text: String?) -> Operation {
    var operation = Operation(.tag)
    operation.text = text
    return operation
  }

  /// The same operation, final.
  var final: Operation {
    var operation = self
    operation.isFinal = true
    return operation
  }

  /// The same operation with a quantity on its first part.
  func quantity(_ count: Int64) -> Operation {
    var operation = self
    let first = operation.lines[0]
    operation.lines[0] = LinePortion(
      line: first.line,
      amount: first.amount,
      quantity: Quantity(millionths: count * Quantity.scale)
    )
    return operation
  }

  private static func movement(
    _ kind: Kind,
    _ amount: MinorUnits,
    _ lines: KeyValuePairs<Int32, MinorUnits>
  ) -> Self {
    var operation = Operation(kind, amount: amount)
    operation.lines = lines.map { LinePortion(line: $0.key, amount: $0.value) }
    return operation
  }
}

extension Transaction.State {
  /// The state after operations, every one of which must hold.
  func after(
    _ operations: Operation...,
    of product: PaymentProduct = makeProduct(),
    under rules: LedgerRules = .standard
  ) throws -> Transaction.State {
    var state = self
    for operation in operations { try apply(operation, to: &state, of: product, under: rules) }
    return state
  }

  /// The violation of an operation, or nil if it holds.
  func violation(
    of operation: Operation,
    _ product: PaymentProduct = makeProduct(),
    under rules: LedgerRules = .standard
  ) -> Violation? {
    var state = self
    do throws(Violation) {
      try apply(operation, to: &state, of: product, under: rules)
      return nil
    } catch {
      return error
    }
  }
}
