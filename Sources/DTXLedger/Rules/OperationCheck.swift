/// The rules for one product: each function lets an operation pass or throws the first violation.
///
/// Every function checks in the order in which the cases of `Violation` stand, and changes nothing.
struct OperationCheck {
  // What a capture or a refund goes through is inlined: a state that is passed by value is moved
  // word by word at every call, which costs more than most of the checks.

  let capabilities: Capabilities
  let rules: LedgerRules

  @inline(__always)
  func capture(_ operation: Operation, on state: Transaction.State) throws(Violation) {
    try amountMoves(operation.amount)
    try totalsHold(state)
    try statusAllows(.capture, on: state)
    try productAllows(.capture, on: state)
    try productAllowsCapture(operation, on: state)
    try nothingPends(against: .capture, on: state)
    if operation.amount > state.capturable {
      throw .exceedsCapturable(left: state.capturable)
    }
    try state.checkPortions(of: operation)
    try state.checkCeilings(of: operation, under: rules)
  }

  @inline(__always)
  func refund(_ operation: Operation, on state: Transaction.State) throws(Violation) {
    try amountMoves(operation.amount)
    try totalsHold(state)
    try statusAllows(.refund, on: state)
    try productAllows(.refund, on: state)
    if operation.isFinal { throw .finalUnsupported(.refund) }
    try linesAreNamed(operation, on: state)
    try nothingPends(against: .refund, on: state)
    if operation.amount > state.refundable {
      throw .exceedsRefundable(left: state.refundable)
    }
    try state.checkPortions(of: operation)
    try state.checkCeilings(of: operation, under: rules)
  }

  func void(_ operation: Operation, on state: Transaction.State) throws(Violation) {
    try amountIsWithinLimits(operation.amount)
    try totalsHold(state)
    try statusAllows(.void, on: state)
    try productAllows(.void, on: state)
    if state.captured > .zero, !operation.isRemainder {
      throw .remainderNotStated(captured: state.captured, left: state.capturable)
    }
    if state.captured == .zero, operation.isRemainder { throw .nothingCaptured }
    try nothingPends(against: .void, on: state)
    let left = state.capturable
    if left == .zero { throw .nothingToVoid }
    if operation.amount != .zero, operation.amount != left { throw .releaseDiffers(left: left) }
  }

  /// Checks an adjustment and returns the balances of the new list of lines.
  func adjustment(
    _ operation: Operation,
    on state: Transaction.State
  ) throws(Violation) -> [LineBalance] {
    try amountMoves(operation.amount)
    try totalsHold(state)
    try statusAllows(.adjust, on: state)
    try productAllows(.adjust, on: state)
    try productAllowsAdjustment(operation, on: state)
    try nothingPends(against: .adjust, on: state)
    if state.capturable == .zero { throw .nothingToAdjust }
    let taken = state.captured + state.voided + state.pendingCapture
    if operation.amount < taken { throw .belowCaptured(captured: taken) }
    if capabilities.amountUpdate == .preauthorization, !operation.isFinal,
      operation.amount <= state.authorized
    {
      throw .preauthorizationMustGrow(authorized: state.authorized)
    }
    return try state.checkItems(of: operation)
  }

  func `extension`(on state: Transaction.State) throws(Violation) {
    try totalsHold(state)
    try statusAllows(.extend, on: state)
    try productAllows(.extend, on: state)
    try nothingPends(against: .extend, on: state)
  }

  func authorization(_ operation: Operation, on state: Transaction.State) throws(Violation) {
    try amountIsWithinLimits(operation.amount)
    try totalsHold(state)
    try statusAllows(.authorize, on: state)
    try productAllows(.authorize, on: state)
    if operation.amount != .zero, operation.amount != state.authorized {
      throw .authorizedDiffers(authorized: state.authorized)
    }
  }

  func tag(_ operation: Operation, on state: Transaction.State) throws(Violation) {
    let length = operation.text?.utf8.count ?? 0
    if length == 0 { throw .textIsEmpty }
    if length > Operation.textLengthLimit { throw .textTooLong(length: length) }
    try statusAllows(.tag, on: state)
  }
}

// MARK: - The operation by itself

extension OperationCheck {
  @inline(__always)
  private func amountMoves(_ amount: MinorUnits) throws(Violation) {
    if amount == .zero { throw .amountIsZero }
    try amountIsWithinLimits(amount)
  }

  @inline(__always)
  private func amountIsWithinLimits(_ amount: MinorUnits) throws(Violation) {
    if amount < .zero { throw .amountIsNegative(amount) }
    if amount > .largestAmount { throw .amountAboveLimit(amount) }
  }
}

// MARK: - The status

extension OperationCheck {
  @inline(__always)
  func totalsHold(_ state: Transaction.State) throws(Violation) {
    if !state.totalsHold { throw .totalsContradict }
  }

  @inline(__always)
  func statusAllows(_ kind: Operation.Kind, on state: Transaction.State) throws(Violation) {
    if !Self.isAllowed(kind, in: state.decidingStatus) {
      throw .statusForbids(kind, state.status)
    }
  }

  @inline(__always)
  private static func isAllowed(_ kind: Operation.Kind, in status: Status) -> Bool {
    switch status {
    case .initiated, .declined, .failed, .unknown: false
    case .onHold: kind == .authorize || kind == .tag
    case .authorized:
      switch kind {
      case .capture, .void, .adjust, .extend, .tag: true
      case .refund, .authorize: false
      }
    case .partiallyCaptured:
      switch kind {
      case .capture, .refund, .void, .adjust, .extend, .tag: true
      case .authorize: false
      }
    case .partiallyCapturedRefunded:
      switch kind {
      case .capture, .refund, .void, .tag: true
      case .adjust, .extend, .authorize: false
      }
    case .captured, .partiallyRefunded: kind == .refund || kind == .tag
    case .refunded, .authorizationVoided: kind == .tag
    }
  }
}

// MARK: - The payment product

extension OperationCheck {
  /// Checks whether the product allows a kind of operation on this state at all.
  @inline(__always)
  func productAllows(_ kind: Operation.Kind, on state: Transaction.State) throws(Violation) {
    let isAllowed =
      switch kind {
      case .capture:
        capabilities.flow == .authorization || isFlowOpen
      case .refund:
        capabilities.permits(.refund, under: rules)
      case .void:
        state.captured > .zero || capabilities.permits(.voidAuthorization, under: rules)
      case .adjust:
        capabilities.amountUpdate != .none
          && (state.captured == .zero || capabilities.permits(.updateAfterCapture, under: rules))
      case .extend:
        capabilities.permits(.extension, under: rules)
      case .authorize:
        capabilities.permits(.holdRelease, under: rules)
      case .tag: true
      }
    if !isAllowed { throw .productForbids(kind) }
    if kind == .capture, state.isPreauthorization { throw .preauthorizationNotFinal }
    if kind == .adjust, capabilities.amountUpdate == .preauthorization, !state.isPreauthorization {
      throw .authorizationIsFinal
    }
    if kind == .void, state.captured > .zero, !capabilities.permits(.voidRemainder, under: rules) {
      throw .remainderNotVoidable(captured: state.captured, left: state.capturable)
    }
  }

  /// Whether it is left to the provider how money moves; a product without money is certain.
  private var isFlowOpen: Bool {
    capabilities.flow == .sale && capabilities.permits(.flow, under: rules)
  }

  @inline(__always)
  private func productAllowsCapture(
    _ operation: Operation,
    on state: Transaction.State
  ) throws(Violation) {
    if operation.isFinal, !capabilities.permits(.finalCapture, under: rules) {
      throw .finalUnsupported(.capture)
    }
    try secondCaptureIsAllowed(on: state)
    if operation.amount < state.capturable {
      if !capabilities.permits(.partialCapture, under: rules) {
        throw .partialCaptureUnsupported(left: state.capturable)
      }
      if capabilities.demands(.wholeLinesOnly, under: rules) {
        try linesAreWhole(operation, on: state)
      }
    }
    try linesAreNamed(operation, on: state)
  }

  /// Checks that nothing was captured before, where the product is captured only once.
  @inline(__always)
  func secondCaptureIsAllowed(on state: Transaction.State) throws(Violation) {
    if state.captured > .zero, !capabilities.permits(.multipleCaptures, under: rules) {
      throw .secondCaptureUnsupported(captured: state.captured)
    }
  }

  private func productAllowsAdjustment(
    _ operation: Operation,
    on state: Transaction.State
  ) throws(Violation) {
    if operation.isFinal, capabilities.amountUpdate != .preauthorization {
      throw .finalUnsupported(.adjust)
    }
  }

  private func linesAreWhole(
    _ operation: Operation,
    on state: Transaction.State
  ) throws(Violation) {
    if operation.lines.isEmpty { throw .wholeLinesOnly(line: nil) }
    for portion in operation.lines where state.lines.indices.contains(Int(portion.line)) {
      if portion.amount != state.room(onLine: Int(portion.line), for: .capture) {
        throw .wholeLinesOnly(line: portion.line)
      }
    }
  }

  /// Checks that lines are named, and each with its quantity, where the product demands it.
  ///
  /// A whole line needs no quantity in the operation: its own is the one to send.
  @inline(__always)
  private func linesAreNamed(
    _ operation: Operation,
    on state: Transaction.State
  ) throws(Violation) {
    guard capabilities.demands(.lineItemsRequired, under: rules) else { return }
    if operation.lines.isEmpty { throw .linesRequired(operation.kind) }
    for portion in operation.lines where portion.quantity == nil {
      guard state.lines.indices.contains(Int(portion.line)) else { continue }
      if portion.amount != state.lines[Int(portion.line)].amount {
        throw .quantityRequired(line: portion.line)
      }
    }
  }
}

// MARK: - Pending operations

extension OperationCheck {
  /// Checks that nothing that was accepted and is not completed stands in the way.
  ///
  /// A pending operation blocks its own kind. One that takes from the authorization blocks all
  /// that do, because what a void releases or an update leaves is not known until it completes.
  @inline(__always)
  func nothingPends(
    against kind: Operation.Kind,
    on state: Transaction.State
  ) throws(Violation) {
    guard rules.blocksWhilePending else { return }
    switch kind {
    case .capture, .void, .adjust:
      if state.pendingCapture > .zero { throw .pending(.capture, amount: state.pendingCapture) }
      if state.isVoidPending { throw .pending(.void, amount: state.capturable) }
    case .extend:
      if state.isVoidPending { throw .pending(.void, amount: state.capturable) }
    case .refund:
      if state.pendingRefund > .zero { throw .pending(.refund, amount: state.pendingRefund) }
    case .authorize, .tag: break
    }
  }
}
