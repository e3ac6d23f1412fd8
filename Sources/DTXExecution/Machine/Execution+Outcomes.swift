import DTXLedger

// MARK: - Settling an operation

extension Execution {
  /// Settles a lane's operation, or has it waited for, according to what its traces say.
  mutating func judge(
    _ transaction: Int32,
    _ finding: Finding,
    seeing current: Transaction,
    requestID: String?,
    at now: Moment
  ) {
    switch finding {
    case .done(let event):
      complete(transaction, by: event, requestID: requestID, seeing: current, at: now)
    case .pending(let accepted):
      beginWait(transaction, requestID: accepted ?? requestID, at: now)
    case .failed(let event):
      fail(transaction, Outcome.Failure(event, requestID: requestID), at: now)
    case .nothing:
      doubt(transaction, "the provider's answer shows no trace of the operation", at: now)
    }
  }

  private mutating func complete(
    _ transaction: Int32,
    by event: DTXLedger.Event?,
    requestID: String?,
    seeing current: Transaction,
    at now: Moment
  ) {
    guard let id = operationID(of: transaction) else { return }
    let step = plan.steps[Int(id.step)]
    let after = Balance(current.state)
    let isAsPredicted = Prediction.agrees(after, with: step.after, after: step.kind)
    let outcome = Outcome.done(
      Outcome.Completion(
        eventID: event?.id,
        requestID: requestID ?? event?.requestID,
        after: after,
        isAsPredicted: isAsPredicted,
        status: lanes[transaction]?.acceptedStatus
      )
    )
    journal.add(.outcome(id, outcome))
    // The plan stands in for the outcome only where it says the very same.
    if after == step.after { table.markDone(id.step) } else { markOne(id.step, outcome) }
    summary.done += 1
    failuresInARow = 0
    lanes[transaction]?.transaction = Boxed(current)
    if !isAsPredicted, options.errorPolicy == .stop { end(because: .difference(id), at: now) }
    proceed(transaction, at: now)
  }

  mutating func fail(_ transaction: Int32, _ failure: Outcome.Failure, at now: Moment) {
    guard let id = operationID(of: transaction) else { return }
    journal.add(.outcome(id, .failed(failure)))
    markOne(id.step, .failed(failure))
    summary.failed += 1
    failuresInARow += 1
    // A failed event may have been recorded, or corrected since: the history must be read again.
    lanes[transaction]?.transaction = nil
    endAfterTrouble(.failure(id), at: now)
    goOn(afterFailureOf: id.step, on: transaction, at: now)
  }

  /// Leaves a failure of the interrupted run as it is: the provider has not corrected it.
  mutating func keepFailed(_ transaction: Int32, at now: Moment) {
    guard let step = lanes[transaction]?.step, let recovered,
      case .settled(let outcome) = recovered.progress(of: step)
    else { return }
    markOne(step, outcome)
    summary.failed += 1
    goOn(afterFailureOf: step, on: transaction, at: now)
  }

  /// Begins the next operation of a transaction after one that failed, if that is the policy.
  private mutating func goOn(
    afterFailureOf step: Int32,
    on transaction: Int32,
    at now: Moment
  ) {
    if options.errorPolicy == .continue {
      proceed(transaction, at: now)
    } else {
      markRest(from: following[Int(step)], .stopped)
      close(transaction)
    }
  }

  /// Leaves an operation to a person: nobody knows, so nothing more is sent to its transaction.
  private mutating func leaveUnresolved(_ transaction: Int32, at now: Moment) {
    guard let id = operationID(of: transaction), let lane = lanes[transaction] else { return }
    markOne(id.step, .unresolved(lane.doubt))
    markRest(from: following[Int(id.step)], .stopped)
    summary.unresolved += 1
    close(transaction)
    // What the interrupted run had given up already is no news, and keeps nothing else from going on.
    if case .settled(.unresolved) = recovered?.progress(of: id.step) { return }
    journal.add(.outcome(id, .unresolved(lane.doubt)))
    failuresInARow += 1
    endAfterTrouble(.failure(id), at: now)
  }

  /// Stops waiting for an accepted operation.
  mutating func leavePending(_ transaction: Int32) {
    guard let id = operationID(of: transaction), let wait = lanes[transaction]?.wait else { return }
    journal.add(.outcome(id, .pending(requestID: wait.requestID)))
    markOne(id.step, .pending(requestID: wait.requestID))
    markRest(from: following[Int(id.step)], .stopped)
    summary.pending += 1
    close(transaction)
  }

  /// Says in the journal that an intent was not followed by a request.
  mutating func settleAsNotSent(_ transaction: Int32) {
    guard let id = operationID(of: transaction) else { return }
    journal.add(.outcome(id, .notSent(RunReport.reason(of: stop))))
    close(transaction)
  }

  func operationID(of transaction: Int32) -> OperationID? {
    lanes[transaction].map { OperationID(run: run, step: $0.step) }
  }

  mutating func markOne(_ step: Int32, _ outcome: Outcome) {
    table.mark(step, as: table.share(outcome))
  }

  /// Leaves out a step, if there is one, and all after it on its transaction.
  mutating func markRest(from first: Int32, _ reason: Outcome.Reason) {
    guard first >= 0 else { return }
    let shared = table.share(.notSent(reason))
    var step = first
    while step >= 0 {
      if !table.isSettled(step), !wasBegun(step) {
        table.mark(step, as: shared)
        summary.notSent += 1
      }
      step = following[Int(step)]
    }
  }
}

// MARK: - Operations that are not settled yet

extension Execution {
  /// Goes to find out what became of an operation that got no answer, or none that says.
  mutating func doubt(_ transaction: Int32, _ reason: String, at now: Moment) {
    recordAsSent(transaction)
    lanes[transaction]?.doubt = reason
    let later = moment(ExecutionLimits.inspectionDelaysSeconds[0], after: now)
    sleep(transaction, until: later, before: .inspection(nextDelay: 1))
  }

  private mutating func beginWait(_ transaction: Int32, requestID: String?, at now: Moment) {
    recordAsSent(transaction)
    let evidence = lanes[transaction]?.evidence?.value.accepting(requestID)
    lanes[transaction]?.evidence = evidence.map { Boxed($0) }
    lanes[transaction]?.wait = Lane.Wait(requestID: requestID, since: now)
    waitingBesideLanes += 1
    pollLater(transaction, at: now)
  }

  private mutating func pollLater(_ transaction: Int32, at now: Moment) {
    guard let wait = lanes[transaction]?.wait else { return }
    let end = wait.since.advanced(bySeconds: options.pendingWaitSeconds)
    guard !isInterrupted, now < end else { return leavePending(transaction) }
    lanes[transaction]?.wait?.pollSeconds = min(
      wait.pollSeconds * 2,
      ExecutionLimits.longestPollSeconds
    )
    sleep(transaction, until: min(moment(wait.pollSeconds, after: now), end), before: .poll)
  }

  /// Waits as long as the provider asks, and looks before sending again.
  mutating func throttle(_ transaction: Int32, seconds: Double, at now: Moment) {
    lanes[transaction]?.throttles += 1
    let count = lanes[transaction]?.throttles ?? 0
    guard count <= ExecutionLimits.throttlesPerOperation else {
      let message = "too many requests, \(count) times one after the other"
      let failure = Outcome.Failure(status: 429, code: nil, message: message, requestID: nil)
      return fail(transaction, failure, at: now)
    }
    let longest = ExecutionLimits.longestThrottleSeconds
    let span = seconds < longest ? max(seconds, ExecutionLimits.shortestThrottleSeconds) : longest
    let moment = now.advanced(bySeconds: span)
    turnPace.pause(until: moment)
    sendPace.pause(until: moment)
    if stop == nil {
      sleep(transaction, until: moment, before: .resend)
    } else {
      makeReadDue(transaction, .resend)
    }
  }

  /// Goes on after a look at a transaction that showed nothing new.
  mutating func foundNothing(_ transaction: Int32, _ purpose: Lane.Purpose, at now: Moment) {
    switch purpose {
    case .check: preconditionFailure("a check looks at the state, not for an operation")
    case .poll: pollLater(transaction, at: now)
    case .correction: keepFailed(transaction, at: now)
    case .resend:
      if stop != nil { return settleAsNotSent(transaction) }
      lanes[transaction]?.state = .sendDue
      sends.append(transaction)
    case .inspection(let nextDelay):
      let delays = ExecutionLimits.inspectionDelaysSeconds
      guard delays.indices.contains(nextDelay) else {
        return leaveUnresolved(transaction, at: now)
      }
      let later = moment(delays[nextDelay], after: now)
      sleep(transaction, until: later, before: .inspection(nextDelay: nextDelay + 1))
    }
  }

  /// Records that a request left, where no outcome says so at the same time.
  private mutating func recordAsSent(_ transaction: Int32) {
    guard let id = operationID(of: transaction), lanes[transaction]?.isSentRecorded == false else {
      return
    }
    lanes[transaction]?.isSentRecorded = true
    journal.add(.sent(id))
  }
}

extension Outcome.Failure {
  init(_ refusal: ProviderRefusal) {
    self.init(
      status: refusal.status,
      code: refusal.code,
      message: refusal.message,
      requestID: refusal.requestID
    )
  }

  init(_ event: Event, requestID: String?) {
    self.init(
      status: nil,
      code: event.failure?.code,
      message: event.failure?.message ?? UpdateError.message(of: event)
        ?? "the provider recorded a failure and gave no reason",
      requestID: event.requestID ?? requestID
    )
  }
}
