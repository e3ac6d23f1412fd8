import DTXLedger

/// What a transaction's history tells about one operation that was sent to it.
enum Finding: Hashable, Sendable {
  /// It was carried out; by this event, where there is one.
  case done(Event?)
  /// It was accepted and is not completed; the id of the accepted request, where it is known.
  case pending(requestID: String?)
  case failed(Event)
  /// No trace of it, or none that is certain.
  case nothing
}

/// What is known about an operation that was sent, by which its traces are told from others'.
struct Evidence: Hashable, Sendable {
  let request: OperationRequest
  /// The ids of the events that the transaction had before.
  var knownEvents: [String]
  /// The id of the request the provider accepted, if it did.
  var acceptedRequestID: String?
  /// The totals before the operation, as planned.
  let before: Balance

  /// Returns the same evidence, with the id under which the provider accepted the request.
  func accepting(_ requestID: String?) -> Evidence {
    var evidence = self
    evidence.acceptedRequestID = requestID
    return evidence
  }

  /// Looks for the operation's traces in a transaction.
  ///
  /// Only events that were not there before count, because the same capture may have been made
  /// earlier, and a status alone does not tell one partial capture from the next. A successful
  /// event outweighs everything else; a failed one counts only where no request is still open.
  /// Where the provider has confirmed that it carried the operation out, that settles the kinds of
  /// operation that need not leave an event.
  func finding(in transaction: Transaction, isConfirmed: Bool) -> Finding {
    guard let resultKind else { return stateFinding(in: transaction, isConfirmed: isConfirmed) }
    let fresh = newEvents(of: transaction)
    let initiation = fresh.last(where: isInitiation)
    let accepted = acceptedRequestID ?? initiation?.requestID
    var failure: Event?
    for event in fresh
    where event.kind == resultKind && isTrace(event, ofRequestAccepted: accepted) {
      if isCarriedOut(event) { return .done(event) }
      failure = event
    }
    if let failure {
      if let repaired = repairFinding(of: failure, in: transaction) { return repaired }
      let isCorrelated = RequestIDs.areEqual(failure.correlationRequestID, accepted)
      if accepted == nil || isCorrelated { return .failed(failure) }
    }
    if let initiation, !initiation.isSuccessful {
      return repairFinding(of: initiation, in: transaction) ?? .failed(initiation)
    }
    if initiation != nil || acceptedRequestID != nil { return .pending(requestID: accepted) }
    return stateFinding(in: transaction, isConfirmed: isConfirmed)
  }

  /// Looks for an event by which the provider has corrected a failure of the operation.
  ///
  /// A failure may only have looked like one: a gateway gave up waiting, logged it as failed, and
  /// the payment went through. Only what the failed event itself names as its correction counts.
  func correction(in transaction: Transaction) -> Event? {
    for failure in newEvents(of: transaction) where !failure.isSuccessful {
      let isTraced =
        failure.kind == resultKind && isTrace(failure, ofRequestAccepted: acceptedRequestID)
      // The provider may have refused even to accept it, and been wrong about that.
      guard isTraced || isInitiation(failure) else { continue }
      if case .done(let repair) = repairFinding(of: failure, in: transaction) { return repair }
    }
    return nil
  }
}

extension Evidence {
  /// The kind of event that says that the operation was carried out; nil where there is none.
  private var resultKind: Event.Kind? {
    switch request.operation.kind {
    case .capture: .capture
    case .refund: .refund
    case .void: .void
    case .adjust, .extend, .authorize: .authorize
    case .tag: nil
    }
  }

  private var initiationKind: Event.Kind? {
    switch request.operation.kind {
    case .capture: .initiateCapture
    case .refund: .initiateRefund
    case .void: .initiateVoid
    case .adjust, .extend, .authorize, .tag: nil
    }
  }

  /// Returns the events that were not there before.
  private func newEvents(of transaction: Transaction) -> [Event] {
    // Histories are only ever appended to, so the known events are nearly always the first ones.
    let isAppended =
      knownEvents.count <= transaction.events.count
      && zip(knownEvents, transaction.events).allSatisfy { $0 == $1.id }
    if isAppended { return Array(transaction.events.dropFirst(knownEvents.count)) }
    let known = Set(knownEvents)
    return transaction.events.filter { !known.contains($0.id) }
  }

  private func isInitiation(_ event: Event) -> Bool {
    event.kind == initiationKind && isOfSameReference(event)
      && (event.amount == nil || isOfSameAmount(event))
  }

  /// Tells whether an event of the right kind is this operation's and not somebody else's.
  private func isTrace(_ event: Event, ofRequestAccepted accepted: String?) -> Bool {
    if let correlation = event.correlationRequestID, let accepted {
      return RequestIDs.areEqual(correlation, accepted)
    }
    switch request.operation.kind {
    case .capture, .refund: return isOfSameReference(event) && isOfSameAmount(event)
    // A void carries no reference, and its event need not carry an amount: that it is new is all
    // there is to go by. There is nothing more to release after one, whoever asked for it.
    case .void: return true
    case .adjust:
      return (event.reference == nil || isOfSameReference(event))
        && (event.amount == nil || isOfSameAmount(event))
    case .extend, .authorize: return event.reference == nil || isOfSameReference(event)
    case .tag: return false
    }
  }

  /// Tells whether an event moved the same amount; without one, its lines say how much.
  private func isOfSameAmount(_ event: Event) -> Bool {
    if let amount = event.amount { return amount == request.operation.amount }
    guard !event.lines.isEmpty else { return false }
    var sum: MinorUnits? = .zero
    for line in event.lines { sum = sum?.adding(line.amount) }
    return sum == request.operation.amount
  }

  /// Tells whether the references are the same; one that was not sent is the provider's to choose.
  private func isOfSameReference(_ event: Event) -> Bool {
    request.reference == nil || event.reference == request.reference
  }

  private func isCarriedOut(_ event: Event) -> Bool {
    event.isSuccessful && UpdateError.message(of: event) == nil
  }

  /// Says what became of a failed operation that the provider has corrected since.
  private func repairFinding(of failure: Event, in transaction: Transaction) -> Finding? {
    guard !failure.correctedBy.isEmpty else { return nil }
    let corrections = transaction.events.filter { failure.correctedBy.contains($0.id) }
    if let repair = corrections.first(where: { $0.kind == resultKind && isCarriedOut($0) }) {
      return .done(repair)
    }
    // A correction is announced and can't be seen yet: it is too early to say.
    return corrections.count < failure.correctedBy.count ? .nothing : nil
  }

  /// Looks at the transaction itself, for operations that need not leave an event.
  ///
  /// Without an answer, a state that was there before proves nothing.
  private func stateFinding(in transaction: Transaction, isConfirmed: Bool) -> Finding {
    let operation = request.operation
    let isReached =
      switch operation.kind {
      case .capture, .refund, .void: false
      case .adjust:
        transaction.state.authorized == operation.amount
          && (isConfirmed || before.authorized != operation.amount)
      case .extend: isConfirmed
      case .authorize: transaction.state.status == .authorized
      case .tag: transaction.state.secondReference == operation.text
      }
    return isReached ? .done(nil) : .nothing
  }
}

/// Comparing the ids that the provider gives requests.
enum RequestIDs {
  /// Tells whether two ids are the same, written with dashes or without, large or small.
  ///
  /// The provider declares them UUIDs and shows them as 32 hexadecimal digits.
  static func areEqual(_ left: String?, _ right: String?) -> Bool {
    guard let left, let right else { return false }
    return left == right || canonical(left) == canonical(right)
  }

  private static func canonical(_ id: String) -> String {
    id.lowercased().filter { $0 != "-" }
  }
}

/// The provider's way of recording a failed update inside an event that is not marked as failed.
///
/// Source: Dintero's Checkout API reference, `POST /transactions/{id}/authorization` (Klarna).
enum UpdateError {
  private static let metadataNames = [
    "klarna:order_amount_update_error", "klarna:authorization_expiration_error_reason",
  ]

  /// Returns what an event says went wrong with an update, if it does.
  static func message(of event: Event) -> String? {
    for name in metadataNames {
      if let message = event.metadata[name] { return message }
    }
    return nil
  }
}
