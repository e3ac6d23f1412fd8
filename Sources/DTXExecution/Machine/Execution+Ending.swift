import DTXLedger

// MARK: - Going on, and not

extension Execution {
  /// Goes on to the transaction's next operation, if there is one and it may be begun.
  mutating func proceed(_ transaction: Int32, at now: Moment) {
    guard let step = lanes[transaction]?.step else { return }
    endWait(transaction)
    var next = following[Int(step)]
    // A resumed run has settled operations behind one that it had to look up.
    while next >= 0, table.isSettled(next) { next = following[Int(next)] }
    if next >= limit { table.markFirst(next) }
    guard stop == nil, next >= 0, next < limit else { return close(transaction) }
    lanes[transaction]?.advance(to: next)
    if let recovered, wasBegun(next) {
      reopen(next, recovered, at: now)
    } else {
      turns.append(transaction)
    }
  }

  mutating func close(_ transaction: Int32) {
    endWait(transaction)
    lanes[transaction] = nil
  }

  private mutating func endWait(_ transaction: Int32) {
    guard lanes[transaction]?.wait != nil else { return }
    lanes[transaction]?.wait = nil
    waitingBesideLanes -= 1
  }

  /// Ends the run after something went wrong, if that is the policy, or if too much did.
  mutating func endAfterTrouble(_ reason: RunReport.Stop, at now: Moment) {
    if options.errorPolicy == .stop {
      end(because: reason, at: now)
    } else if failuresInARow >= ExecutionLimits.failuresInARow {
      end(because: .failuresInARow(failuresInARow), at: now)
    }
  }

  /// Sends nothing further; what is in flight is still waited for.
  mutating func end(because reason: RunReport.Stop, at now: Moment) {
    if stop == nil { stop = reason }
    if reason == .interrupted { isInterrupted = true }
    if phase == .askingAfterTrial { phase = .running }
    for transaction in lanes.keys.sorted() { endLane(transaction) }
  }

  private mutating func endLane(_ transaction: Int32) {
    switch lanes[transaction]?.state {
    case .waitingForTurn, .readDue(.check), .readDue(.correction), .sleeping(_, before: .check):
      close(transaction)
    case .sendDue: settleAsNotSent(transaction)
    case .sleeping(_, before: .resend): makeReadDue(transaction, .resend)
    case .readDue(.poll), .sleeping(_, before: .poll):
      // The provider has accepted it; a resumed run can ask again.
      if isInterrupted { leavePending(transaction) }
    case .readDue, .sleeping, .reading, .recordingIntent, .sending, nil: break
    }
  }

  /// Sends nothing further, because it could not be recorded.
  mutating func recordFailed(_ error: JournalError, at now: Moment) {
    journal.fail()
    stop = .journal(error)
    for transaction in lanes.keys.sorted() where lanes[transaction]?.state == .recordingIntent {
      close(transaction)
    }
    end(because: .journal(error), at: now)
  }

  /// Ends the run at once, and says of everything in flight that nobody knows.
  ///
  /// The journal holds every intent, so that the run can be resumed. Nothing may be handed in
  /// afterwards.
  package mutating func abandon() -> RunReport {
    stop = .abandoned
    for transaction in lanes.keys.sorted() {
      guard let lane = lanes[transaction] else { continue }
      switch lane.state {
      case .waitingForTurn, .readDue(.check), .reading(.check), .sleeping(_, before: .check),
        .readDue(.correction), .reading(.correction), .recordingIntent, .sendDue:
        break
      case .sending, .readDue, .reading, .sleeping:
        if let wait = lane.wait {
          summary.pending += 1
          markOne(lane.step, .pending(requestID: wait.requestID))
        } else {
          summary.unresolved += 1
          markOne(lane.step, .unresolved("the run was left before an answer came"))
        }
      }
    }
    settleWhatWasNotLookedAt()
    phase = .finished
    return report
  }
}
