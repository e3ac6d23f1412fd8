/// Something that can be done with a transaction as it stands.
package struct AvailableOperation: Hashable, Sendable {
  package let kind: Operation.Kind
  /// The most that can move; for an adjustment the largest total, zero where no amount belongs.
  package let maximum: MinorUnits
  /// Whether a void must say that it means the rest.
  package let isRemainder: Bool
}

/// Returns what can be done with a transaction, by asking the rules that operations are held to.
package func availableOperations(
  of transaction: Transaction,
  under rules: LedgerRules = .standard
) -> [AvailableOperation] {
  transaction.state.availableOperations(of: transaction.product, under: rules)
}

extension Transaction.State {
  /// Returns what can be done in this state, in the order of `Operation.Kind`.
  ///
  /// Single operations may still be refused, for their amount or their lines.
  package func availableOperations(
    of product: PaymentProduct,
    under rules: LedgerRules = .standard
  ) -> [AvailableOperation] {
    let check = OperationCheck(capabilities: product.capabilities, rules: rules)
    return Operation.Kind.allCases.compactMap { kind in
      guard check.isAvailable(kind, on: self) else { return nil }
      return AvailableOperation(
        kind: kind,
        maximum: kind == .adjust ? .largestAmount : left(for: kind),
        isRemainder: kind == .void && captured > .zero
      )
    }
  }
}

extension OperationCheck {
  /// Tells whether some operation of a kind passes the rules about status, product and amounts.
  fileprivate func isAvailable(_ kind: Operation.Kind, on state: Transaction.State) -> Bool {
    do throws(Violation) {
      if kind != .tag { try totalsHold(state) }
      try statusAllows(kind, on: state)
      try productAllows(kind, on: state)
      if kind == .capture { try secondCaptureIsAllowed(on: state) }
      try nothingPends(against: kind, on: state)
    } catch {
      return false
    }
    switch kind {
    case .capture, .refund, .void: return state.left(for: kind) > .zero
    case .adjust: return state.capturable > .zero
    case .extend, .authorize, .tag: return true
    }
  }
}
