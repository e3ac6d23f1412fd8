package import DTXExecution
package import DTXLedger

/// An operation as an integration asks for it, before it is known what it means.
///
/// What one and the same call is depends on the transaction it names: a call of the authorization
/// lengthens it, changes its total or releases it from hold, and lines are known by their names
/// alone.
package struct SandboxCall: Sendable {
  /// Which of the provider's calls it is, with what belongs to that alone.
  package enum Action: Sendable {
    case capture(MinorUnits, isFinal: Bool)
    case refund(MinorUnits)
    case void
    /// The amount is absent where only the life of the authorization or its hold is meant.
    case authorization(MinorUnits?, [Item], isFinal: Bool)
    case tag(String)
  }

  /// A line of an order with everything that was said of it.
  package struct Item: Sendable {
    package let line: LineItem
    /// The line as it was written, in JSON; nil where only the ledger's values are known.
    package let document: String?

    package init(line: LineItem, document: String? = nil) {
      self.line = line
      self.document = document
    }
  }

  package let transaction: TransactionID
  package let action: Action
  /// The parts of lines that a capture or refund names.
  package var lines: [Event.Line] = []
  package var reference: String?
  package var reason: String?
  package var description: String?
  /// Without the `ext_` in front of the names.
  package var metadata: [StepExtras.Metadata] = []
  /// The headers by which a system tells who it is, with their names in small letters.
  package var headers: [(name: String, value: String)] = []
  /// The API client that asks.
  package var client = SandboxRequest.client

  package init(_ transaction: TransactionID, _ action: Action) {
    self.transaction = transaction
    self.action = action
  }
}

extension SandboxCall {
  /// Returns what the call means for a transaction.
  ///
  /// A line that the transaction does not have gets a number behind the last, so that the ledger's
  /// rules find it where they look for unknown lines.
  func request(on transaction: Transaction, under rules: SandboxRules) -> OperationRequest {
    var operation = operation(on: transaction, under: rules)
    let known = transaction.state.lines
    for (offset, line) in lines.enumerated() {
      let number = known.firstIndex { $0.id == line.id } ?? known.count + offset
      operation.lines.append(
        LinePortion(line: Int32(number), amount: line.amount, quantity: line.quantity)
      )
    }
    var extras = StepExtras()
    extras.reason = reason
    extras.description = description
    extras.metadata = metadata
    return OperationRequest(
      id: OperationID(run: RunID("wire"), step: 0),
      transaction: self.transaction,
      operation: operation,
      reference: reference,
      extras: extras,
      lines: lines
    )
  }

  private func operation(on transaction: Transaction, under rules: SandboxRules) -> Operation {
    switch action {
    case .capture(let amount, let isFinal):
      var operation = Operation(.capture, amount: amount)
      let isKnown = transaction.product.capabilities.traits.contains(.finalCapture)
      operation.isFinal = isFinal && (isKnown || rules.refusesForeignFinalCapture)
      return operation
    case .refund(let amount):
      return Operation(.refund, amount: amount)
    case .void:
      // Nothing less can be voided than what is left, and the call does not name it.
      var operation = Operation(.void)
      operation.isRemainder = transaction.state.captured > .zero
      return operation
    case .authorization(let amount, let items, let isFinal):
      var operation = Operation(authorizationKind(transaction, amount), amount: amount ?? .zero)
      operation.items = operation.kind == .adjust ? items.map(\.line) : []
      operation.isFinal = isFinal
      return operation
    case .tag(let text):
      var operation = Operation(.tag)
      operation.text = text
      return operation
    }
  }

  private func authorizationKind(
    _ transaction: Transaction,
    _ amount: MinorUnits?
  ) -> Operation.Kind {
    if transaction.product.capabilities.traits.contains(.holdRelease) { return .authorize }
    if amount == nil, transaction.product.capabilities.amountUpdate == .klarna { return .extend }
    return .adjust
  }

  /// Checks that there is what the provider demands with a call about this product.
  ///
  /// The ledger asks for less, because dtx adds to what it sends.
  ///
  /// Source: Dintero's Checkout API reference, capture, refund and authorization.
  func checkDemands(
    as kind: Operation.Kind,
    of product: PaymentProduct,
    _ requestID: String
  ) throws(Refused) {
    switch kind {
    case .capture, .refund:
      guard product.capabilities.traits.contains(.lineItemsRequired),
        let line = lines.first(where: { $0.quantity == nil })
      else { return }
      let message = "quantity is required: line_id \(line.id)"
      throw Refused(400, code: "invalid_items", message, requestID)
    case .extend:
      guard reason == nil || reference == nil else { return }
      let message = "reason and reference are required without an amount"
      throw Refused(400, code: "INVALID_REQUEST", message, requestID)
    case .void, .adjust, .authorize, .tag: return
    }
  }

  /// The lines of a new list as they were written, by their names.
  var itemDocuments: [String: String] {
    guard case .authorization(_, let items, _) = action else { return [:] }
    return Dictionary(
      items.compactMap { item in item.document.map { (item.line.id, $0) } },
      uniquingKeysWith: { first, _ in first }
    )
  }
}

/// What came of a call.
package enum SandboxReply: Sendable {
  case completed(StoredTransaction, requestID: String)
  case accepted(StoredTransaction, requestID: String)
  /// Turned down, or broken off with an error: the status tells.
  case refused(ProviderRefusal)
  case throttled(seconds: Int, requestID: String)
  /// The processor does not answer in time, and so nobody does.
  case silence
}

/// A transaction with what the sandbox keeps of it beside the ledger's values.
package struct StoredTransaction: Sendable {
  package var transaction: Transaction
  /// The members of the transaction that have no place of their own, as a JSON object.
  package let document: String
  /// For each line everything that was said of it, as a JSON object; nil where nothing was.
  package let itemDocuments: [String?]
  /// The repair of each corrected event, as a JSON object, by the event's id.
  package let corrections: [String: String]
  /// The headers of the request that led to an event, as a JSON object, by the event's id.
  package let requestHeaders: [String: String]
}
