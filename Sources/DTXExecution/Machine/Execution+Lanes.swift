import DTXLedger

// MARK: - Handing out work

extension Execution {
  /// Lets everything happen that can happen now, and returns the effects of it.
  mutating func advance(to now: Moment) -> [Effect] {
    wakeLanes(at: now)
    startReads()
    startSends(at: now)
    giveTurns(at: now)
    // A turn may have found its transaction in memory or due to be read.
    startReads()
    endIfDone()
    recordWaiting()
    announceWait()
    defer { effects.removeAll() }
    return effects
  }

  private mutating func wakeLanes(at now: Moment) {
    while let alarm = alarms.popDue(at: now) {
      // A lane may have been woken early or closed since its alarm was set.
      guard case .sleeping(let moment, let purpose) = lanes[alarm.transaction]?.state,
        moment == alarm.moment
      else { continue }
      makeReadDue(alarm.transaction, purpose)
    }
  }

  mutating func makeReadDue(_ transaction: Int32, _ purpose: Lane.Purpose) {
    lanes[transaction]?.state = .readDue(purpose)
    reads.append(transaction)
  }

  mutating func sleep(_ transaction: Int32, until moment: Moment, before purpose: Lane.Purpose) {
    lanes[transaction]?.state = .sleeping(until: moment, before: purpose)
    alarms.add(Alarms.Alarm(moment: moment, transaction: transaction))
  }

  private mutating func startReads() {
    while requestsInFlight < options.concurrency, let transaction = reads.popFirst() {
      guard let lane = lanes[transaction], case .readDue(let purpose) = lane.state else { continue }
      lanes[transaction]?.state = .reading(purpose)
      requestsInFlight += 1
      let id = plan.transactions[Int(transaction)].id
      effects.append(.read(id, for: OperationID(run: run, step: lane.step)))
    }
  }

  private mutating func startSends(at now: Moment) {
    while requestsInFlight < options.concurrency, !sends.isEmpty, sendPace.take(at: now) {
      guard let transaction = sends.popFirst(), let lane = lanes[transaction],
        lane.state == .sendDue, let evidence = lane.evidence
      else { continue }
      lanes[transaction]?.state = .sending
      requestsInFlight += 1
      effects.append(.send(evidence.value.request))
    }
  }

  /// Begins operations: first on transactions that have a lane, then on further ones.
  private mutating func giveTurns(at now: Moment) {
    guard phase == .running, stop == nil else { return }
    while true {
      if let step = unsettled.last, hasFreeLane {
        unsettled.removeLast()
        open(step, at: now)
      } else if !turns.isEmpty {
        guard turnPace.take(at: now), let transaction = turns.popFirst() else { return }
        begin(transaction)
      } else if hasFreeLane, let step = nextFirst() {
        guard turnPace.take(at: now) else { return }
        cursor += 1
        open(step, at: now)
      } else {
        return
      }
    }
  }

  private var hasFreeLane: Bool {
    let beside = min(waitingBesideLanes, ExecutionLimits.waitingBesideLanes)
    return lanes.count - beside < options.concurrency
  }

  /// Returns the first step of the next transaction that no lane has taken.
  private mutating func nextFirst() -> Int32? {
    while cursor < limit, !table.isFirst(cursor) { cursor += 1 }
    return cursor < limit ? cursor : nil
  }

  /// Gives a transaction a lane, and has it read.
  private mutating func open(_ step: Int32, at now: Moment) {
    let transaction = plan.steps[Int(step)].transaction
    lanes[transaction] = Lane(step: step, state: .waitingForTurn)
    table.markFollowing(step)
    guard let recovered else { return makeReadDue(transaction, .check(failures: 0)) }
    reopen(step, recovered, at: now)
  }

  /// Begins a lane's next operation.
  private mutating func begin(_ transaction: Int32) {
    guard let lane = lanes[transaction], lane.state == .waitingForTurn else { return }
    if let known = lane.transaction {
      intend(transaction, seeing: known.value)
    } else {
      makeReadDue(transaction, .check(failures: 0))
    }
  }

  /// Has the intent of a lane's operation recorded.
  mutating func intend(_ transaction: Int32, seeing current: Transaction) {
    guard let step = lanes[transaction]?.step else { return }
    let request = plan.request(of: step, in: run)
    let knownEvents = current.events.map(\.id)
    let evidence = Boxed(evidence(for: request, knownEvents: knownEvents))
    lanes[transaction]?.state = .recordingIntent
    // The answer will show the transaction anew.
    lanes[transaction]?.transaction = nil
    lanes[transaction]?.evidence = evidence
    journal.addIntent(.intended(request, knownEvents: knownEvents), ofTransaction: transaction)
  }

  func evidence(for request: OperationRequest, knownEvents: [String]) -> Evidence {
    Evidence(
      request: request,
      knownEvents: knownEvents,
      before: plan.before(plan.steps[Int(request.id.step)])
    )
  }

  private mutating func recordWaiting() {
    if let batch = journal.nextBatch() { effects.append(.record(batch)) }
  }

  /// Asks to be told when something can happen that can't happen yet, unless that is known.
  private mutating func announceWait() {
    guard phase == .running || phase == .askingAfterTrial else { return }
    var soonest = alarms.soonest
    let wantsTurn = phase == .running && stop == nil && (!turns.isEmpty || canOpen)
    if wantsTurn { soonest = min(soonest ?? turnPace.next, turnPace.next) }
    if !sends.isEmpty, requestsInFlight < options.concurrency {
      soonest = min(soonest ?? sendPace.next, sendPace.next)
    }
    guard let soonest, announced.map({ soonest < $0 }) ?? true else { return }
    announced = soonest
    effects.append(.wait(until: soonest))
  }

  private var canOpen: Bool { hasFreeLane && cursor < limit }
}

// MARK: - Ending

extension Execution {
  private mutating func endIfDone() {
    guard lanes.isEmpty else { return }
    switch phase {
    case .running:
      if stop == nil {
        guard unsettled.isEmpty, nextFirst() == nil else { return }
        if limit < plan.steps.count { return askAfterTrial() }
      }
      settleWhatWasNotLookedAt()
      journal.add(.ended(completeSummary))
      phase = .ending
    case .askingAfterTrial, .ending, .finished: break
    }
    if phase == .ending, journal.isIdle {
      phase = .finished
      effects.append(.finished(report))
    }
  }

  /// Shows the trial once the journal holds all of it.
  private mutating func askAfterTrial() {
    guard journal.isIdle else { return }
    phase = .askingAfterTrial
    effects.append(.trialDone(report))
  }
}
