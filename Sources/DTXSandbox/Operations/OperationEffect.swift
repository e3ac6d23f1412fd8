import DTXLedger

/// What a request does to a transaction: the events that it appends and the state afterwards.
struct OperationEffect {
  /// In the order in which they are appended.
  var events: [Event] = []
  var state: Transaction.State
  /// The new end of the authorization's life; nil where it has none that is known.
  var expiresAt: Int64?
  /// Whether the request sets the lines of the order.
  var changesLines = false
  /// What becomes later of a request that is only accepted, or that failed by mistake.
  var completion: PendingRequests.Outcome?
  private let stateBefore: Transaction.State
  private let expiresAtBefore: Int64?

  init(on transaction: Transaction, leaving state: Transaction.State) {
    self.state = state
    expiresAt = transaction.details.expiresAt
    stateBefore = transaction.state
    expiresAtBefore = transaction.details.expiresAt
  }

  /// Whether the request is only accepted, and completed later.
  var isPending: Bool { completion != nil }
}

// MARK: - What may become of it instead

extension OperationEffect {
  /// Returns the effect of only accepting the request: an event that says so, and nothing moves.
  func accepted(_ outcome: PendingRequests.Outcome) -> OperationEffect {
    guard var event = unmovedEvent, let kind = event.kind.accepting else { return self }
    var effect = unmoved
    event.kind = kind
    effect.events = [event]
    effect.completion = outcome
    return effect
  }

  /// Returns the effect of failing: an event that says so, and nothing moves.
  ///
  /// - Parameters:
  ///   - failure: Why, in the processor's words.
  ///   - metadata: What tells the failure of a kind of operation whose event is no failure but for
  ///     its metadata.
  ///   - isCorrected: Whether the failure is put right later.
  /// - Returns: The effect of failing.
  func failed(
    _ failure: Event.Failure,
    toldBy metadata: [String: String]? = nil,
    isCorrected: Bool = false
  ) -> OperationEffect {
    var effect = unmoved
    guard var event = unmovedEvent else { return effect }
    if let metadata {
      event.metadata.merge(metadata) { _, told in told }
    } else {
      event.isSuccessful = false
      event.failure = failure
    }
    effect.events = [event]
    effect.completion = isCorrected ? .corrected : nil
    return effect
  }

  /// The first event without what it would have changed; nil where there is none.
  private var unmovedEvent: Event? {
    guard var event = events.first else { return nil }
    event.statusAfter = stateBefore.status
    event.metadata[AuthorizationLife.expirationKey] = nil
    return event
  }

  private var unmoved: OperationEffect {
    var effect = self
    effect.state = stateBefore
    effect.expiresAt = expiresAtBefore
    effect.changesLines = false
    effect.completion = nil
    return effect
  }
}

extension Event.Kind {
  /// The kind of the event that accepts what an event of this kind says is done.
  fileprivate var accepting: Event.Kind? {
    switch self {
    case .capture: .initiateCapture
    case .refund: .initiateRefund
    case .void: .initiateVoid
    case .initialize, .authorize, .initiateCapture, .initiateRefund, .initiateVoid, .settlement,
      .other:
      nil
    }
  }
}

extension Event.Failure {
  /// The sandbox's own words, since the provider publishes no list.
  static let declined = Event.Failure(code: "DECLINED", message: "the payment processor declined")
  static let timeout = Event.Failure(code: "TIMEOUT", message: "no answer from the processor")
}

/// How an update at Klarna that failed is told: in the metadata of an event that is no failure.
///
/// Source: Dintero's Checkout API reference, `POST /transactions/{id}/authorization`.
enum UpdateFailure {
  /// Returns the entries; nil for an operation whose event fails as others do.
  static func metadata(
    telling failure: Event.Failure,
    of kind: Operation.Kind,
    of product: PaymentProduct
  ) -> [String: String]? {
    guard product.capabilities.amountUpdate == .klarna else { return nil }
    switch kind {
    case .adjust:
      return [
        "klarna:order_amount_update_error": failure.message,
        "klarna:order_amount_update_can_retry": "0",
      ]
    case .extend: return ["klarna:authorization_expiration_error_reason": failure.message]
    case .capture, .refund, .void, .authorize, .tag: return nil
    }
  }
}
