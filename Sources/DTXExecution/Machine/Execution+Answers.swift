import DTXLedger

// MARK: - What came back

extension Execution {
  mutating func recorded(at now: Moment) {
    for transaction in journal.finishBatch() {
      if stop == nil {
        lanes[transaction]?.state = .sendDue
        sends.append(transaction)
      } else {
        settleAsNotSent(transaction)
      }
    }
  }

  mutating func answered(_ answer: Answer, for id: OperationID, at now: Moment) {
    let transaction = transaction(of: id)
    requestsInFlight -= 1
    guard let lane = lanes[transaction], lane.state == .sending,
      let evidence = lane.evidence?.value
    else {
      preconditionFailure("only a request that was sent can be answered")
    }
    if case .notSent(let error) = answer { return unsent(transaction, error, at: now) }
    hasSent = true
    lanes[transaction]?.acceptedStatus = answer.acceptedStatus
    switch answer {
    case .completed(let current, _) where current.id != evidence.request.transaction,
      .accepted(let current, _) where current.id != evidence.request.transaction:
      doubt(transaction, "the answer is about another transaction, \(current.id)", at: now)
    case .completed(let current, let requestID):
      let finding = evidence.finding(in: current, isConfirmed: true)
      judge(transaction, finding, seeing: current, requestID: requestID, at: now)
    case .accepted(let current, let requestID):
      let finding = evidence.accepting(requestID).finding(in: current, isConfirmed: false)
      let isOpen = finding == .nothing
      judge(
        transaction,
        isOpen ? .pending(requestID: requestID) : finding,
        seeing: current,
        requestID: requestID,
        at: now
      )
    case .refused(let refusal) where Self.leavesDoubt(refusal):
      doubt(transaction, "the provider answered \(refusal.status): \(refusal.message)", at: now)
    case .refused(let refusal), .unauthorized(let refusal):
      fail(transaction, Outcome.Failure(refusal), at: now)
    case .throttled(let seconds): throttle(transaction, seconds: seconds, at: now)
    case .unknown(let reason): doubt(transaction, reason, at: now)
    case .notSent: preconditionFailure("what was not sent was dealt with before")
    }
  }

  /// Tries again later what never left, as long as the provider may come back.
  private mutating func unsent(_ transaction: Int32, _ error: ProviderError, at now: Moment) {
    let delays = ExecutionLimits.inspectionDelaysSeconds
    let count = lanes[transaction]?.failedSends ?? 0
    if stop == nil, error.code == .unreachable, delays.indices.contains(count) {
      lanes[transaction]?.failedSends += 1
      return sleep(transaction, until: moment(delays[count], after: now), before: .resend)
    }
    if error.code == .unreachable { isUnreachable = true }
    failuresInARow += 1
    leaveOut(transaction, because: .unreadable(error.message), at: now)
  }

  mutating func read(_ current: Transaction?, for id: OperationID, at now: Moment) {
    let transaction = transaction(of: id)
    let purpose = endReading(transaction)
    if case .check = purpose { return checked(current, of: transaction, at: now) }
    guard let current, let evidence = lanes[transaction]?.evidence?.value else {
      return foundNothing(transaction, purpose, at: now)
    }
    if case .correction = purpose {
      guard let repair = evidence.correction(in: current) else {
        return keepFailed(transaction, at: now)
      }
      return judge(transaction, .done(repair), seeing: current, requestID: nil, at: now)
    }
    switch evidence.finding(in: current, isConfirmed: false) {
    case .nothing: foundNothing(transaction, purpose, at: now)
    case .pending where purpose == .poll: foundNothing(transaction, purpose, at: now)
    case let finding: judge(transaction, finding, seeing: current, requestID: nil, at: now)
    }
  }

  mutating func readFailed(_ error: ProviderError, for id: OperationID, at now: Moment) {
    let transaction = transaction(of: id)
    let purpose = endReading(transaction)
    guard case .check(let failures) = purpose else {
      return foundNothing(transaction, purpose, at: now)
    }
    guard stop == nil else { return close(transaction) }
    let delays = ExecutionLimits.inspectionDelaysSeconds
    if error.code == .unreachable, delays.indices.contains(failures) {
      let later = moment(delays[failures], after: now)
      return sleep(transaction, until: later, before: .check(failures: failures + 1))
    }
    if error.code == .unreachable { isUnreachable = true }
    failuresInARow += 1
    leaveOut(transaction, because: .unreadable(error.message), at: now)
  }

  private func transaction(of id: OperationID) -> Int32 {
    precondition(id.run == run, "an event belongs to the run that asked for it")
    return plan.steps[Int(id.step)].transaction
  }

  private mutating func endReading(_ transaction: Int32) -> Lane.Purpose {
    guard case .reading(let purpose) = lanes[transaction]?.state else {
      preconditionFailure("only a read that was asked for can come back")
    }
    requestsInFlight -= 1
    return purpose
  }

  /// Tells whether a refusal is of a kind that does not exclude that something moved.
  ///
  /// A writer should have said that it does not know; about money its word is not enough.
  private static func leavesDoubt(_ refusal: ProviderRefusal) -> Bool {
    refusal.status == 408 || refusal.status == 409 || refusal.status >= 500
  }
}

// MARK: - Before an operation

extension Execution {
  /// Compares a transaction with what it should be before the lane's operation.
  private mutating func checked(_ current: Transaction?, of transaction: Int32, at now: Moment) {
    guard stop == nil else { return close(transaction) }
    guard let step = lanes[transaction]?.step else { return }
    guard let current else {
      return leaveOut(transaction, because: .unreadable("it does not exist"), at: now)
    }
    let expected = expectation(before: step)
    let actual = Balance(current.state)
    let isAsExpected =
      if let kind = expected.kind {
        // An operation of this plan has left, so the history differs from the plan's anyway.
        Prediction.agrees(actual, with: expected.balance, after: kind)
      } else {
        current.fingerprint == plan.transactions[Int(transaction)].fingerprint
      }
    if isAsExpected {
      intend(transaction, seeing: current)
    } else {
      leaveOut(transaction, because: .drift(was: expected.balance, is: actual), at: now)
    }
  }

  /// Returns the totals that the operations before a step left, and the kind of the last of them.
  ///
  /// The kind is nil where nothing was sent to the transaction before.
  private func expectation(before step: Int32) -> (balance: Balance, kind: Operation.Kind?) {
    var previous = plan.steps[Int(step)].previous
    let lastKind = previous >= 0 ? plan.steps[Int(previous)].kind : nil
    while previous >= 0 {
      let earlier = plan.steps[Int(previous)]
      if table.isDoneAsPredicted(previous) { return (earlier.after, lastKind) }
      if case .done(let completion) = table.unusualOutcome(of: previous) {
        return (completion.after, lastKind)
      }
      previous = earlier.previous
    }
    return (Balance(plan.transactions[Int(plan.steps[Int(step)].transaction)].state), lastKind)
  }

  /// Leaves out what remains of a transaction, because it is not what the plan was made from.
  private mutating func leaveOut(
    _ transaction: Int32,
    because reason: Outcome.Reason,
    at now: Moment
  ) {
    guard let step = lanes[transaction]?.step else { return }
    let id = OperationID(run: run, step: step)
    // One entry stands for the rest of the transaction too: none of it was intended.
    journal.add(.outcome(id, .notSent(reason)))
    markRest(from: step, reason)
    close(transaction)
    endAfterTrouble(.notSent(id), at: now)
  }
}
