import DTXExecution
import DTXJSON
import DTXLedger

/// Works out what a request does, without touching the store.
struct OperationEffectBuilder {
  let request: OperationRequest
  let requestID: String
  let client: String
  let transaction: Transaction
  let environment: SandboxEnvironment
  let rules: SandboxRules
  let now: Int64
  /// Whether a request is carried out that was accepted before, rather than a new one.
  var isCompletion = false

  /// Applies the ledger's rules and makes the events.
  ///
  /// - Throws: The first `Violation` that applies.
  func effect() throws(Violation) -> OperationEffect {
    var after = transaction.state
    try apply(request.operation, to: &after, of: transaction.product, under: rules.ledger)
    var effect = OperationEffect(on: transaction, leaving: after)
    switch request.operation.kind {
    case .capture:
      try addCapture(to: &effect)
    case .refund:
      var refund = event(.refund, amount: request.operation.amount, after.status)
      refund.lines = lines(of: request.operation)
      effect.events = [refund]
      let isSlow = transaction.product.capabilities.traits.contains(.asynchronousRefund)
      if isSlow, !isCompletion {
        return effect.accepted(.done)
      }
    case .void:
      let released = rules.voidEventsHaveAmount ? transaction.state.capturable : nil
      effect.events = [event(.void, amount: released, after.status)]
    case .adjust:
      var event = event(.authorize, amount: after.authorized, after.status)
      event.lines = request.operation.items.map {
        Event.Line(id: $0.id, amount: $0.amount, quantity: $0.quantity)
      }
      effect.events = [event]
      effect.changesLines = !request.operation.items.isEmpty
    case .extend:
      effect.expiresAt = AuthorizationLife.extended(transaction.details, now: now)
      var event = event(.authorize, amount: nil, after.status)
      event.metadata[AuthorizationLife.reasonKey] = request.reason
      event.metadata[AuthorizationLife.referenceKey] = request.reference
      event.metadata[AuthorizationLife.expirationKey] =
        effect.expiresAt.map { UTCTime(milliseconds: $0).text }
      effect.events = [event]
    case .authorize:
      effect.events = [event(.authorize, amount: after.authorized, after.status)]
    case .tag:
      break
    }
    return effect
  }

  private func addCapture(to effect: inout OperationEffect) throws(Violation) {
    var partial = transaction.state
    var operation = request.operation
    operation.isFinal = false
    try apply(operation, to: &partial, of: transaction.product, under: rules.ledger)
    let released = partial.capturable
    let isVoidTold = request.operation.isFinal && released > .zero && rules.finalCaptureAppendsVoid
    var capture = event(
      .capture,
      amount: operation.amount,
      isVoidTold ? partial.status : effect.state.status
    )
    capture.lines = lines(of: operation)
    if released > .zero, transaction.details.expiresAt != nil {
      // What a partial capture leaves of an order at Klarna lives on from that day.
      let expiresAt = now + AuthorizationLife.windowMilliseconds
      effect.expiresAt = expiresAt
      capture.metadata[AuthorizationLife.expirationKey] = UTCTime(milliseconds: expiresAt).text
    }
    effect.events = [capture]
    if isVoidTold {
      var void = event(
        .void,
        amount: rules.voidEventsHaveAmount ? released : nil,
        effect.state.status
      )
      void.reference = nil
      void.metadata = [:]
      effect.events.append(void)
    }
  }

  private func event(_ kind: Event.Kind, amount: MinorUnits?, _ status: Status) -> Event {
    var event = Event(
      id: environment.nextEventID(),
      kind: kind,
      statusAfter: status,
      createdAt: now + rules.eventClockSkewMilliseconds
    )
    event.amount = amount
    event.reference = request.reference
    event.createdBy = client
    event.requestID = requestID
    if rules.keepsMetadata {
      for entry in request.metadata { event.metadata["ext_" + entry.name] = entry.value }
    }
    return event
  }

  private func lines(of operation: Operation) -> [Event.Line] {
    operation.lines.map { portion in
      Event.Line(
        id: transaction.state.lines[Int(portion.line)].id,
        amount: portion.amount,
        quantity: portion.quantity
      )
    }
  }
}

/// How long an order at Klarna can be captured; other products name no end that can be read.
///
/// Source: Dintero's documentation, duration of authorizations.
enum AuthorizationLife {
  /// What an authorization, an extension and a partial capture each give.
  static let windowMilliseconds = 28 * millisecondsPerDay
  /// No extension reaches further than about six months after the payment.
  static let limitMilliseconds = 183 * millisecondsPerDay
  static let expirationKey = "klarna:authorization_expiration"
  static let reasonKey = "klarna:authorization_expiration_reason"
  static let referenceKey = "klarna:authorization_expiration_reference"
  private static let millisecondsPerDay: Int64 = 86_400_000

  /// Returns the end of an authorization's life once it is extended.
  static func extended(_ details: Transaction.Details, now: Int64) -> Int64 {
    (details.expiresAt ?? now) + windowMilliseconds
  }

  /// Tells whether an authorization has lapsed; one without a known end never does.
  static func isOver(_ details: Transaction.Details, now: Int64) -> Bool {
    details.expiresAt.map { $0 <= now } ?? false
  }

  /// Tells whether an extension would reach too far.
  static func isTooLong(_ details: Transaction.Details, now: Int64) -> Bool {
    extended(details, now: now) > details.createdAt + limitMilliseconds
  }
}
