package import DTXExecution
package import DTXLedger

/// A provider in memory, as a value: its transactions, and what it does with each request.
///
/// Operations are carried out by the ledger's own rules, and every change is an event. Like the
/// real one it never recognises a request that it has seen before.
package struct FakeProviderModel: Sendable {
  /// Something that happens to a transaction once it has been read so many times more.
  private struct Later {
    var readsLeft: Int
    let change: Change
  }

  private enum Change {
    case apply(OperationRequest)
    case complete(OperationRequest, requestID: String, isSuccessful: Bool)
    case correct(OperationRequest, eventID: String)
  }

  /// How many reads it takes before something put off happens: the second read shows it.
  private static let readsBeforeChange = 1

  package private(set) var transactions: [TransactionID: Transaction]
  /// Every request, in the order of arrival.
  package private(set) var received: [OperationRequest] = []
  /// How often each operation moved money or changed something.
  package private(set) var effects: [OperationID: Int] = [:]
  /// What to do with an operation's next requests, the first first.
  private var faults: [OperationID: [FakeProviderFault]] = [:]
  private var later: [TransactionID: [Later]] = [:]
  private var counter = 0

  package init(_ transactions: [Transaction]) {
    self.transactions = [:]
    for transaction in transactions { self.transactions[transaction.id] = transaction }
  }

  /// Plans faults for an operation's next requests, one for each.
  package mutating func inject(_ faults: [FakeProviderFault], into operation: OperationID) {
    self.faults[operation, default: []] += faults
  }

  /// Changes a transaction as somebody else would.
  package mutating func change(_ id: TransactionID, _ body: (inout Transaction) -> Void) {
    guard var transaction = transactions[id] else { return }
    body(&transaction)
    transactions[id] = transaction
  }

  /// Removes a transaction.
  package mutating func remove(_ id: TransactionID) { transactions[id] = nil }

  /// Returns a transaction as it is now, after what was put off until now has happened.
  package mutating func read(_ id: TransactionID) -> Transaction? {
    var due: [Change] = []
    later[id] = later[id]?.compactMap { item in
      if item.readsLeft > 0 { return Later(readsLeft: item.readsLeft - 1, change: item.change) }
      due.append(item.change)
      return nil
    }
    for change in due { perform(change) }
    return transactions[id]
  }

  /// Does with a request what its faults say, and answers it.
  package mutating func receive(_ request: OperationRequest) -> Answer {
    received.append(request)
    let fault = faults[request.id].flatMap(\.first)
    if fault != nil { faults[request.id]?.removeFirst() }
    switch fault {
    case nil: return answer(request)
    case .refused:
      return .refused(ProviderRefusal(status: 400, code: "REFUSED", message: "refused on purpose"))
    case .failedEvent: return failInHistory(request)
    case .acceptedThenCompleted: return accept(request, completing: true)
    case .acceptedThenFailed: return accept(request, completing: false)
    case .acceptedForever: return accept(request, completing: nil)
    case .timeoutApplied:
      _ = answer(request)
      return .unknown("timed out")
    case .timeoutNotApplied: return .unknown("timed out")
    case .timeoutAppliedLate:
      putOff(.apply(request), of: request.transaction)
      return .unknown("timed out")
    case .errorApplied:
      _ = answer(request)
      return .unknown("500 internal error")
    case .errorNotApplied: return .unknown("500 internal error")
    case .conflict: return .unknown("409 conflict")
    case .unavailable: return .unknown("503 unavailable")
    case .throttled: return .throttled(seconds: 3)
    case .unauthorized: return .unauthorized(ProviderRefusal(status: 401, message: "bad token"))
    case .failedThenCorrected: return failAndCorrect(request)
    case .failedEventThenCorrected:
      _ = failAndCorrect(request)
      return transactions[request.transaction].map { .completed($0, requestID: nil) }
        ?? .refused(.missing)
    case .noConnection: return .notSent(ProviderError(.unreachable, "no connection"))
    }
  }
}

// MARK: - Answers

extension FakeProviderModel {
  private mutating func answer(_ request: OperationRequest) -> Answer {
    let requestID = nextID("request")
    if let refusal = carryOut(request, requestID: requestID) { return .refused(refusal) }
    guard let transaction = transactions[request.transaction] else { return .refused(.missing) }
    return .completed(transaction, requestID: requestID)
  }

  private mutating func failInHistory(_ request: OperationRequest) -> Answer {
    let requestID = nextID("request")
    guard let kind = request.operation.kind.event else { return answer(request) }
    appendFailure(of: request, kind: kind, requestID: requestID)
    guard let transaction = transactions[request.transaction] else { return .refused(.missing) }
    return .completed(transaction, requestID: requestID)
  }

  private mutating func failAndCorrect(_ request: OperationRequest) -> Answer {
    guard let kind = request.operation.kind.event else { return answer(request) }
    let eventID = appendFailure(of: request, kind: kind, requestID: nextID("request"))
    later[request.transaction, default: []].append(
      Later(readsLeft: 0, change: .correct(request, eventID: eventID))
    )
    return .unknown("timed out")
  }

  /// Accepts a request for later; nil for one that is never completed.
  private mutating func accept(_ request: OperationRequest, completing: Bool?) -> Answer {
    guard let kind = request.operation.kind.initiation else { return answer(request) }
    guard var transaction = transactions[request.transaction] else { return .refused(.missing) }
    let requestID = nextID("0F")
    var probe = transaction.state
    do throws(Violation) {
      try apply(request.operation, to: &probe, of: transaction.product)
    } catch {
      return .refused(.violation(error))
    }
    var event = event(kind, of: request, status: transaction.state.status)
    event.requestID = requestID
    transaction.events.append(event)
    transaction.state.hold(request.operation)
    transactions[transaction.id] = transaction
    if let completing {
      let change = Change.complete(request, requestID: requestID, isSuccessful: completing)
      putOff(change, of: transaction.id)
    }
    return .accepted(transaction, requestID: requestID)
  }
}

// MARK: - Changes

extension FakeProviderModel {
  private mutating func putOff(_ change: Change, of id: TransactionID) {
    later[id, default: []].append(Later(readsLeft: Self.readsBeforeChange, change: change))
  }

  private mutating func perform(_ change: Change) {
    switch change {
    case .apply(let request):
      _ = carryOut(request, requestID: nextID("request"))
    case .complete(let request, let requestID, let isSuccessful):
      self.change(request.transaction) { $0.state.letGo(request.operation) }
      let own = nextID("request")
      if isSuccessful {
        // The provider spells the id in two ways: with dashes where it accepted the request only.
        _ = carryOut(
          request,
          requestID: own,
          correlation: requestID.lowercased().filter { $0 != "-" }
        )
      } else if let kind = request.operation.kind.event {
        appendFailure(of: request, kind: kind, requestID: own, correlation: requestID)
      }
    case .correct(let request, let eventID):
      let count = transactions[request.transaction]?.events.count ?? 0
      _ = carryOut(request, requestID: nextID("request"))
      self.change(request.transaction) { transaction in
        let repairs = transaction.events.dropFirst(count).map(\.id)
        for index in transaction.events.indices where transaction.events[index].id == eventID {
          transaction.events[index].correctedBy = repairs
        }
      }
    }
  }

  /// Applies an operation and appends its events, or returns why the rules refuse it.
  private mutating func carryOut(
    _ request: OperationRequest,
    requestID: String,
    correlation: String? = nil
  ) -> ProviderRefusal? {
    guard var transaction = transactions[request.transaction] else { return .missing }
    let before = transaction.state
    do throws(Violation) {
      try apply(request.operation, to: &transaction.state, of: transaction.product)
    } catch {
      return .violation(error)
    }
    effects[request.id, default: 0] += 1
    if let kind = request.operation.kind.event {
      var event = event(kind, of: request, status: transaction.state.status)
      event.requestID = requestID
      event.correlationRequestID = correlation
      if kind == .void { event.amount = transaction.state.voided - before.voided }
      transaction.events.append(event)
      let released = transaction.state.voided - before.voided
      if kind == .capture, released > .zero {
        var release = self.event(.void, of: request, status: transaction.state.status)
        release.amount = released
        transaction.events.append(release)
      }
    }
    transactions[transaction.id] = transaction
    return nil
  }

  @discardableResult
  private mutating func appendFailure(
    of request: OperationRequest,
    kind: Event.Kind,
    requestID: String,
    correlation: String? = nil
  ) -> String {
    let status = transactions[request.transaction]?.state.status ?? .unknown
    var event = event(kind, of: request, status: status)
    event.isSuccessful = false
    event.requestID = requestID
    event.correlationRequestID = correlation
    event.failure = Event.Failure(code: "DECLINED", message: "declined on purpose")
    let failed = event
    change(request.transaction) { $0.events.append(failed) }
    return event.id
  }

  private mutating func event(
    _ kind: Event.Kind,
    of request: OperationRequest,
    status: Status
  ) -> Event {
    var event = Event(
      id: nextID("event"),
      kind: kind,
      statusAfter: status,
      createdAt: Int64(counter)
    )
    event.amount = request.operation.amount
    event.lines = request.lines
    event.reference = request.reference
    return event
  }

  private mutating func nextID(_ prefix: String) -> String {
    counter += 1
    return "\(prefix)-\(counter)"
  }
}

extension Operation.Kind {
  /// The kind of event that carrying it out leaves.
  fileprivate var event: Event.Kind? {
    switch self {
    case .capture: .capture
    case .refund: .refund
    case .void: .void
    case .adjust, .extend, .authorize: .authorize
    case .tag: nil
    }
  }

  /// The kind of event that accepting it leaves.
  fileprivate var initiation: Event.Kind? {
    switch self {
    case .capture: .initiateCapture
    case .refund: .initiateRefund
    case .void: .initiateVoid
    case .adjust, .extend, .authorize, .tag: nil
    }
  }
}

extension Transaction.State {
  /// Counts an accepted operation as pending.
  fileprivate mutating func hold(_ operation: Operation) {
    switch operation.kind {
    case .capture: pendingCapture += operation.amount
    case .refund: pendingRefund += operation.amount
    case .void: isVoidPending = true
    case .adjust, .extend, .authorize, .tag: break
    }
  }

  /// Takes back that an accepted operation is pending.
  fileprivate mutating func letGo(_ operation: Operation) {
    switch operation.kind {
    case .capture: pendingCapture -= operation.amount
    case .refund: pendingRefund -= operation.amount
    case .void: isVoidPending = false
    case .adjust, .extend, .authorize, .tag: break
    }
  }
}

extension ProviderRefusal {
  fileprivate static let missing = ProviderRefusal(status: 404, message: "not found")

  fileprivate static func violation(_ violation: Violation) -> ProviderRefusal {
    ProviderRefusal(status: 400, message: "the rules forbid it: \(violation)")
  }
}
