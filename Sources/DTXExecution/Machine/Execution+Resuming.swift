import DTXLedger

extension Execution {
  /// Takes over what an interrupted run had come to.
  ///
  /// Of each transaction only the first operation that is not settled is looked up to begin with;
  /// those after it follow in order, as they do in every run.
  mutating func adopt(_ recovered: RecoveredState) {
    var isOpen = [Bool](repeating: false, count: plan.transactions.count)
    for step in 0..<Int32(plan.steps.count) {
      let progress = recovered.progress(of: step)
      hasSent = hasSent || progress != .untouched
      switch progress {
      case .settledAsPredicted:
        table.markDone(step)
        summary.done += 1
      case .settled(.done(let completion)):
        markOne(step, .done(completion))
        summary.done += 1
      case .intended, .sent, .settled:
        table.markFollowing(step)
        let transaction = Int(plan.steps[Int(step)].transaction)
        if !isOpen[transaction] { unsettled.append(step) }
        isOpen[transaction] = true
      case .untouched:
        let previous = plan.steps[Int(step)].previous
        let transaction = Int(plan.steps[Int(step)].transaction)
        if previous >= 0, table.isSettled(previous), !isOpen[transaction] {
          table.markFirst(step)
        }
      }
    }
    unsettled.reverse()
    if let count = options.firstOnly { limit = recovered.end(ofFirst: count) }
  }

  /// Has the fate of an operation of the interrupted run found out, or begins one that never left.
  mutating func reopen(_ step: Int32, _ recovered: RecoveredState, at now: Moment) {
    let transaction = plan.steps[Int(step)].transaction
    let progress = recovered.progress(of: step)
    let request = plan.request(of: step, in: run)
    var evidence = evidence(for: request, knownEvents: recovered.knownEvents(before: step))
    lanes[transaction]?.isSentRecorded = progress != .intended
    switch progress {
    case .untouched, .settledAsPredicted:
      lanes[transaction]?.isSentRecorded = false
      return makeReadDue(transaction, .check(failures: 0))
    case .intended, .sent:
      lanes[transaction]?.doubt = Self.interruptedDoubt
      makeReadDue(transaction, .inspection(nextDelay: 0))
    case .settled(.pending(let requestID)):
      evidence.acceptedRequestID = requestID
      lanes[transaction]?.wait = Lane.Wait(requestID: requestID, since: now)
      waitingBesideLanes += 1
      makeReadDue(transaction, .poll)
    case .settled(.failed):
      makeReadDue(transaction, .correction)
    case .settled(let outcome):
      // It was looked for long enough; one more look shows whether it has turned up since.
      if case .unresolved(let doubt) = outcome { lanes[transaction]?.doubt = doubt }
      let delays = ExecutionLimits.inspectionDelaysSeconds
      makeReadDue(transaction, .inspection(nextDelay: delays.count))
    }
    lanes[transaction]?.evidence = Boxed(evidence)
  }

  /// Tells whether the interrupted run had begun an operation.
  func wasBegun(_ step: Int32) -> Bool {
    recovered.map { $0.progress(of: step) != .untouched } ?? false
  }

  /// Reports operations of the interrupted run as it left them, if this one stopped before a look.
  mutating func settleWhatWasNotLookedAt() {
    guard let recovered else { return }
    for step in 0..<Int32(plan.steps.count) where !table.isSettled(step) {
      switch recovered.progress(of: step) {
      case .untouched: break
      case .settled(let outcome):
        markOne(step, outcome)
        switch outcome {
        case .pending: summary.pending += 1
        case .failed: summary.failed += 1
        case .done, .unresolved, .notSent: summary.unresolved += 1
        }
      case .intended, .sent, .settledAsPredicted:
        markOne(step, .unresolved(Self.interruptedDoubt))
        summary.unresolved += 1
      }
    }
    unsettled = []
  }

  private static let interruptedDoubt = "the run ended before its outcome was known"
}
