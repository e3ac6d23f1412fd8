import DTXLedger

extension Execution {
  /// Takes over what an interrupted run had come to.
  mutating func adopt(_ recovered: RecoveredState) {
    let blocked = table.share(.notSent(.stopped))
    for step in 0..<Int32(plan.steps.count) {
      let progress = recovered.progress(of: step)
      hasSent = hasSent || progress != .untouched
      switch progress {
      case .settledAsPredicted:
        table.markDone(step)
        summary.done += 1
      case .settled(let outcome) where outcome.isFinal:
        markOne(step, outcome)
        if case .failed = outcome { summary.failed += 1 } else { summary.done += 1 }
      case .intended, .sent, .settled:
        table.markFollowing(step)
        unsettled.append(step)
      case .untouched:
        let previous = plan.steps[Int(step)].previous
        guard previous >= 0, table.isSettled(previous) else { continue }
        if isBlocked(after: previous) {
          table.mark(step, as: blocked)
          summary.notSent += 1
        } else {
          table.markFirst(step)
        }
      }
    }
    unsettled.reverse()
  }

  /// Tells whether what became of a step keeps the next one of its transaction from being sent.
  private func isBlocked(after previous: Int32) -> Bool {
    switch table.unusualOutcome(of: previous) {
    case .failed: options.errorPolicy != .continue
    case .notSent, .pending, .unresolved: true
    case .done, nil: false
    }
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
    case .settled(let outcome):
      // It was looked for long enough; one more look shows whether it has turned up since.
      if case .unresolved(let doubt) = outcome { lanes[transaction]?.doubt = doubt }
      let delays = ExecutionLimits.inspectionDelaysSeconds
      makeReadDue(transaction, .inspection(nextDelay: delays.count))
    }
    lanes[transaction]?.evidence = Boxed(evidence)
  }

  /// Reports operations of the interrupted run as it left them, if this one stopped before a look.
  mutating func settleWhatWasNotLookedAt() {
    guard let recovered else { return }
    for step in unsettled {
      switch recovered.progress(of: step) {
      case .settled(let outcome):
        markOne(step, outcome)
        if case .pending = outcome { summary.pending += 1 } else { summary.unresolved += 1 }
      case .untouched, .intended, .sent, .settledAsPredicted:
        markOne(step, .unresolved(Self.interruptedDoubt))
        summary.unresolved += 1
      }
    }
    unsettled = []
  }

  private static let interruptedDoubt = "the run ended before its outcome was known"
}

extension Outcome {
  /// Whether nothing can change it any more.
  var isFinal: Bool {
    switch self {
    case .done, .failed: true
    case .pending, .unresolved, .notSent: false
    }
  }
}
