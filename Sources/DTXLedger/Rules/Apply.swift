/// Changes a transaction's state as the provider would, if every rule lets the operation pass.
///
/// Pure and total: the same arguments give the same result, every operation on every state has
/// one, and a state that an operation is refused on stays as it was. Afterwards
/// 0 ≤ refunded ≤ captured, and captured, voided and pending together are at most authorized.
///
/// An amount that names no lines is attributed to none. A void releases all that is left, and so
/// does a final capture with what it leaves.
///
/// - Throws: The first `Violation` that applies.
/// Source: Dintero's payments reference and its page on transaction statuses.
package func apply(
  _ operation: Operation,
  to state: inout Transaction.State,
  of product: PaymentProduct,
  under rules: LedgerRules = .standard
) throws(Violation) {
  try state.apply(operation, with: product.capabilities, under: rules)
}

extension Transaction.State {
  /// Changes the state by an operation; see the function of the same name.
  mutating func apply(
    _ operation: Operation,
    with capabilities: Capabilities,
    under rules: LedgerRules
  ) throws(Violation) {
    let check = OperationCheck(capabilities: capabilities, rules: rules)
    switch operation.kind {
    case .capture:
      try check.capture(operation, on: self)
      capture(operation)
    case .refund:
      try check.refund(operation, on: self)
      refund(operation, under: rules)
    case .void:
      try check.void(operation, on: self)
      void(under: rules)
    case .adjust:
      let captured = try check.adjustment(operation, on: self)
      adjust(operation, captured: captured)
    case .extend:
      try check.extension(on: self)
    case .authorize:
      try check.authorization(operation, on: self)
      status = .authorized
    case .tag:
      try check.tag(operation, on: self)
      secondReference = operation.text
      return
    }
    precondition(totalsHold, "the rules let an operation break the totals")
  }

  @inline(__always)
  private mutating func capture(_ operation: Operation) {
    captured += operation.amount
    for portion in operation.lines {
      lineBalances[Int(portion.line)].captured += portion.amount
    }
    if operation.isFinal { voided += capturable }
    status = derivedStatus
  }

  @inline(__always)
  private mutating func refund(_ operation: Operation, under rules: LedgerRules) {
    refunded += operation.amount
    for portion in operation.lines {
      lineBalances[Int(portion.line)].refunded += portion.amount
    }
    status =
      refunded == captured && uncaptured > .zero
      ? rules.statusAfterFullRefundOfPart : derivedStatus
  }

  private mutating func void(under rules: LedgerRules) {
    voided += capturable
    status =
      captured > .zero && refunded == .zero ? rules.statusAfterRemainderVoid : derivedStatus
  }

  private mutating func adjust(_ operation: Operation, captured balances: [LineBalance]) {
    authorized = operation.amount
    if operation.isFinal { isPreauthorization = false }
    if !operation.items.isEmpty {
      lines = operation.items
      lineBalances = balances
    }
    status = derivedStatus
  }
}

extension Transaction.State {
  /// Tells whether the totals are what a sequence of operations can lead to.
  package var totalsHold: Bool {
    guard isConsistent, lines.count == lineBalances.count,
      authorized <= .largestAmount, captured >= .zero, captured <= authorized,
      refunded >= .zero, refunded <= captured, voided >= .zero, pendingCapture >= .zero,
      pendingRefund >= .zero
    else { return false }
    // Nothing is negative and nothing above the limit, so that no difference can overflow.
    return voided <= authorized - captured && pendingCapture <= authorized - captured - voided
      && pendingRefund <= captured - refunded
  }

  /// What is neither captured nor released, pending or not.
  private var uncaptured: MinorUnits {
    authorized.saturatingSubtracting(captured).saturatingSubtracting(voided)
  }

  /// The status that the totals of an authorized transaction stand for.
  var derivedStatus: Status {
    let left = uncaptured
    if captured == .zero { return voided > .zero ? .authorizationVoided : .authorized }
    if refunded == .zero { return left > .zero ? .partiallyCaptured : .captured }
    if left > .zero { return .partiallyCapturedRefunded }
    return refunded < captured ? .partiallyRefunded : .refunded
  }

  /// The status that decides what is allowed.
  ///
  /// After the rest of a partial capture is voided, a provider may call the whole authorization
  /// voided; what was captured can be refunded all the same.
  var decidingStatus: Status {
    switch status {
    case .authorizationVoided where captured > .zero:
      refunded == .zero ? .captured : refunded < captured ? .partiallyRefunded : .refunded
    default: status
    }
  }
}
