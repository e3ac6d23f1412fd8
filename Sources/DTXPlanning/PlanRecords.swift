import DTXEvaluator
import DTXLedger

/// One line of a plan file: exactly one of its members is present.
struct PlanRecord: Codable {
  var plan: PlanHeader?
  var transaction: TransactionRecord?
  var operation: OperationRecord?
  var applied: AppliedRecord?
  var end: TrailerRecord?
}

struct TrailerRecord: Codable {
  let transactions: Int
  let operations: Int
  let digest: String
}

/// A transaction as it was read: amounts in minor units, and nothing about the customer.
struct TransactionRecord: Codable {
  let id: String
  let product: String
  let currency: String
  let status: String
  let authorized: Int64
  let captured: Int64
  let refunded: Int64
  let voided: Int64
  let pendingCapture: Int64?
  let pendingRefund: Int64?
  let voidPending: Bool?
  let preauthorization: Bool?
  /// Whether the history contradicts itself, so that only a tag can be planned.
  let contradictory: Bool?
  let reference2: String?
  let lines: [LineRecord]
  let events: [EventRecord]

  init(_ transaction: Transaction) {
    let state = transaction.state
    id = transaction.id.text
    product = transaction.product.name
    currency = transaction.currency.code
    status = state.status.rawValue
    authorized = state.authorized.count
    captured = state.captured.count
    refunded = state.refunded.count
    voided = state.voided.count
    pendingCapture = state.pendingCapture == .zero ? nil : state.pendingCapture.count
    pendingRefund = state.pendingRefund == .zero ? nil : state.pendingRefund.count
    voidPending = state.isVoidPending ? true : nil
    preauthorization = state.isPreauthorization ? true : nil
    contradictory = state.isConsistent ? nil : true
    reference2 = state.secondReference
    lines = zip(state.lines, state.lineBalances).map { LineRecord($0, $1) }
    events = transaction.events.map(EventRecord.init)
  }

  /// The transaction; nil where a word is unknown or a total is one that no reader gives.
  var value: Transaction? {
    let totals = [
      authorized, captured, refunded, voided, pendingCapture ?? 0, pendingRefund ?? 0,
    ]
    guard let currency = Currency(code: currency), let status = Status(rawValue: status),
      totals.allSatisfy({ 0...MinorUnits.largestAmount.count ~= $0 })
    else { return nil }
    var state = Transaction.State(
      status: status,
      authorized: MinorUnits(authorized),
      lines: lines.map(\.item)
    )
    state.lineBalances = lines.map(\.balance)
    state.captured = MinorUnits(captured)
    state.refunded = MinorUnits(refunded)
    state.voided = MinorUnits(voided)
    state.pendingCapture = MinorUnits(pendingCapture ?? 0)
    state.pendingRefund = MinorUnits(pendingRefund ?? 0)
    state.isVoidPending = voidPending ?? false
    state.isPreauthorization = preauthorization ?? false
    state.isConsistent = contradictory != true
    state.secondReference = reference2
    return Transaction(
      id: TransactionID(id),
      product: PaymentProduct(product),
      currency: currency,
      state: state,
      events: events.map(\.value)
    )
  }
}

struct LineRecord: Codable {
  let id: String
  let description: String
  let quantity: Int64
  let amount: Int64
  let vat: Int32?
  let kind: String?
  let captured: Int64?
  let refunded: Int64?

  init(_ item: LineItem, _ balance: LineBalance? = nil) {
    id = item.id
    description = item.description
    quantity = item.quantity.millionths
    amount = item.amount.count
    vat = item.vatBasisPoints
    kind = item.kind?.rawValue
    captured = balance?.captured.count
    refunded = balance?.refunded.count
  }

  var item: LineItem {
    LineItem(
      id: id,
      description: description,
      quantity: Quantity(millionths: quantity),
      amount: MinorUnits(amount),
      vatBasisPoints: vat,
      kind: kind.flatMap(LineItem.Kind.init)
    )
  }

  var balance: LineBalance {
    LineBalance(captured: MinorUnits(captured ?? 0), refunded: MinorUnits(refunded ?? 0))
  }
}

/// What the ledger's rules need of an event.
struct EventRecord: Codable {
  struct Line: Codable {
    let id: String
    let amount: Int64
    let quantity: Int64?
  }

  let id: String
  let kind: String
  let success: Bool
  let amount: Int64?
  let reference: String?
  /// The reference of an extension, which has a place of its own.
  let `extension`: String?
  let status: String
  let at: Int64
  let request: String?
  let correlation: String?
  let correctedBy: [String]?
  let lines: [Line]?

  /// The only entry of an event's metadata that a rule depends on.
  ///
  /// Source: Dintero's payments reference, metadata of authorization events.
  private static let extensionReferenceName = "klarna:authorization_expiration_reference"

  init(_ event: Event) {
    id = event.id
    kind = event.kind.name
    success = event.isSuccessful
    amount = event.amount?.count
    reference = event.reference
    self.extension = event.metadata[Self.extensionReferenceName]
    status = event.statusAfter.rawValue
    at = event.createdAt
    request = event.requestID
    correlation = event.correlationRequestID
    correctedBy = event.correctedBy.isEmpty ? nil : event.correctedBy
    lines =
      event.lines.isEmpty
      ? nil
      : event.lines.map {
        Line(id: $0.id, amount: $0.amount.count, quantity: $0.quantity?.millionths)
      }
  }

  var value: Event {
    var event = Event(
      id: id,
      kind: Event.Kind(name: kind),
      statusAfter: Status(rawValue: status) ?? .unknown,
      createdAt: at
    )
    event.isSuccessful = success
    event.amount = amount.map { MinorUnits($0) }
    event.reference = reference
    event.metadata[Self.extensionReferenceName] = self.extension
    event.requestID = request
    event.correlationRequestID = correlation
    event.correctedBy = correctedBy ?? []
    event.lines = (lines ?? []).map {
      Event.Line(
        id: $0.id,
        amount: MinorUnits($0.amount),
        quantity: $0.quantity.map { Quantity(millionths: $0) }
      )
    }
    return event
  }
}

/// Where in the scripts an operation was asked for.
struct RecordPlace {
  /// The name of a file that the script includes; nil for the script itself.
  let file: String?
  let line: UInt32?

  init(_ statement: Int32, in places: StatementPlaces) {
    let place = places[statement]
    line = place?.line
    file = place.flatMap { $0.source == 0 ? nil : places.name(of: $0) }
  }
}

/// One operation: what is asked, of which transaction, and where in the script it was asked.
struct OperationRecord: Codable {
  struct Portion: Codable {
    let line: Int32
    let amount: Int64
    let quantity: Int64?
  }

  /// The included file that asks for it, and the line of that or of the script.
  let file: String?
  let line: UInt32?
  /// The number of the transaction's record.
  var transaction: Int32
  let kind: String
  let amount: Int64
  let lines: [Portion]?
  let final: Bool?
  let remainder: Bool?
  let reference: String?
  /// Whether a person wrote the reference.
  let written: Bool?
  let reason: String?
  let description: String?
  let metadata: [[String]]?
  let again: String?
  let items: [LineRecord]?
  let text: String?
  /// Authorized, captured, refunded and voided as predicted after it, and the status.
  let after: [Int64]
  let statusAfter: String

  init(_ step: Step, in plan: Plan, at place: RecordPlace) {
    let extras = plan.extras(of: step)
    file = place.file
    line = place.line
    transaction = step.transaction
    kind = step.kind.name
    amount = step.amount.count
    let portions = plan.portions(of: step).map {
      Portion(line: $0.line, amount: $0.amount.count, quantity: $0.quantity?.millionths)
    }
    lines = portions.isEmpty ? nil : portions
    final = step.isFinal ? true : nil
    remainder = step.isRemainder ? true : nil
    reference = plan.reference(of: step)
    written = step.isReferenceWritten ? true : nil
    reason = extras?.reason
    description = extras?.description
    metadata = extras.flatMap {
      $0.metadata.isEmpty ? nil : $0.metadata.map { [$0.name, $0.value] }
    }
    again = extras?.again
    items = extras.flatMap { $0.items.isEmpty ? nil : $0.items.map { LineRecord($0) } }
    text = extras?.text
    after = Self.totals(of: step.after)
    statusAfter = step.after.status.rawValue
  }

  /// Tells whether a balance is the one that was predicted.
  func predicts(_ balance: Balance) -> Bool {
    after == Self.totals(of: balance) && statusAfter == balance.status.rawValue
  }

  private static func totals(of balance: Balance) -> [Int64] {
    [
      balance.authorized.count, balance.captured.count, balance.refunded.count,
      balance.voided.count,
    ]
  }

  var value: Operation? {
    guard let kind = Operation.Kind(name: kind) else { return nil }
    var operation = Operation(kind, amount: MinorUnits(amount))
    operation.lines = (lines ?? []).map {
      LinePortion(
        line: $0.line,
        amount: MinorUnits($0.amount),
        quantity: $0.quantity.map { Quantity(millionths: $0) }
      )
    }
    operation.isFinal = final ?? false
    operation.isRemainder = remainder ?? false
    operation.items = (items ?? []).map(\.item)
    operation.text = text
    return operation
  }

  var extras: StepExtras? {
    guard reason ?? description ?? again ?? text != nil || metadata != nil || items != nil else {
      return nil
    }
    var extras = StepExtras()
    extras.reason = reason
    extras.description = description
    extras.metadata = (metadata ?? []).compactMap {
      $0.count == 2 ? StepExtras.Metadata(name: $0[0], value: $0[1]) : nil
    }
    extras.again = again
    extras.items = (items ?? []).map(\.item)
    extras.text = text
    return extras
  }
}

/// An operation that was found on the transaction already, and what it was found to equal.
struct AppliedRecord: Codable {
  /// The included file that asks for it, and the line of that or of the script.
  let file: String?
  let line: UInt32?
  /// The number of the transaction's record.
  var transaction: Int32
  let kind: String
  let amount: Int64
  /// The index of the equal step of the plan.
  let step: Int32?
  /// The index of the equal event of the transaction; without either, the state said so.
  let event: Int32?

  init(_ applied: AlreadyApplied, at place: RecordPlace) {
    file = place.file
    line = place.line
    transaction = applied.transaction
    kind = applied.kind.name
    amount = applied.amount.count
    switch applied.precedent {
    case .step(let index): (step, event) = (index, nil)
    case .event(let index): (step, event) = (nil, index)
    case .state: (step, event) = (nil, nil)
    }
  }

  /// Returns the operation, as that of a statement with a number of the reader's own.
  func value(statement: Int32) -> AlreadyApplied? {
    guard let kind = Operation.Kind(name: kind) else { return nil }
    return AlreadyApplied(
      statement: statement,
      transaction: transaction,
      kind: kind,
      amount: MinorUnits(amount),
      precedent: step.map(Precedent.step) ?? event.map(Precedent.event) ?? .state
    )
  }
}
