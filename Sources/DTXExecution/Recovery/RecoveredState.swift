/// How far each operation of a run had come when its journal ended.
///
/// Read from the journal's entries alone. An operation that was intended and has no outcome may
/// have left, whether or not the journal says that it was sent: `sent` is written only once an
/// answer, or the lack of one, shows that the request left. So everything intended is looked up at
/// the provider before anything else happens to its transaction.
package struct RecoveredState: Hashable, Sendable {
  /// How far one operation had come.
  package enum Progress: Hashable, Sendable {
    /// Never intended, or recorded as not sent: it is still to be done.
    case untouched
    /// Recorded before sending; nothing is known of what became of it.
    case intended
    /// It left, and no outcome is recorded.
    case sent
    /// Done, and the transaction was as the plan predicted.
    case settledAsPredicted
    case settled(Outcome)
  }

  /// One byte for each step; what varies stands beside it.
  private enum Mark: UInt8 {
    case untouched, intended, sent, done
    /// Settled, with the outcome among `outcomes`.
    case unusual
  }

  package let run: RunID
  private var marks: [Mark]
  /// Every outcome but a success as predicted.
  private var outcomes: [Int32: Outcome] = [:]
  /// The events known before each operation that may still have to be looked up.
  private var known: [Int32: [String]] = [:]
  /// Whether the last entry says that the run came to its end.
  package private(set) var hasEnded = false

  /// Reads the entries of one run, of a plan of so many operations, from the first to the last.
  ///
  /// - Throws: `RecoveryError` when the entries are not those of one run of such a plan.
  package init(
    run: RunID,
    operationCount: Int,
    entries: some Sequence<JournalEntry>
  ) throws(RecoveryError) {
    self.run = run
    marks = Array(repeating: .untouched, count: operationCount)
    for entry in entries { try take(entry) }
  }

  /// How many operations the run's plan has.
  package var operationCount: Int { marks.count }

  /// Returns how far an operation had come.
  package func progress(of step: Int32) -> Progress {
    switch marks[Int(step)] {
    case .untouched: .untouched
    case .intended: .intended
    case .sent: .sent
    case .done: .settledAsPredicted
    case .unusual: outcomes[step].map(Progress.settled) ?? .untouched
    }
  }

  /// The operations that nothing was done about yet, in order.
  package var untouched: [Int] {
    (0..<operationCount).filter { progress(of: Int32($0)) == .untouched }
  }

  /// The operations of which nobody knows whether they were carried out, in order.
  package var open: [Int] {
    (0..<operationCount).filter { step in
      switch progress(of: Int32(step)) {
      case .intended, .sent, .settled(.pending), .settled(.unresolved): true
      case .untouched, .settledAsPredicted, .settled: false
      }
    }
  }

  /// Returns where a trial of so many operations ends that nothing was done about yet: the number
  /// of the operation behind them.
  func end(ofFirst count: Int) -> Int32 {
    let untouched = untouched
    return Int32(count < untouched.count ? untouched[count] : operationCount)
  }

  /// Tells whether an operation was carried out.
  package func isDone(_ step: Int32) -> Bool {
    switch progress(of: step) {
    case .settledAsPredicted, .settled(.done): true
    case .untouched, .intended, .sent, .settled: false
    }
  }

  /// Whether every operation is done, so that there is nothing to look up or to send.
  package var isAllDone: Bool {
    (0..<Int32(operationCount)).allSatisfy(isDone)
  }

  /// Returns the ids of the events that were known before an operation was sent.
  func knownEvents(before step: Int32) -> [String] { known[step] ?? [] }
}

extension RecoveredState {
  /// Reads one more entry of the run.
  ///
  /// - Throws: `RecoveryError` when the entry can't follow those before it.
  package mutating func take(_ entry: JournalEntry) throws(RecoveryError) {
    hasEnded = false
    switch entry {
    case .intended(let request, let knownEvents):
      try move(request.id, from: [.untouched], to: .intended)
      known[request.id.step] = knownEvents
    case .sent(let id):
      try move(id, from: [.intended], to: .sent)
    case .outcome(let id, .notSent):
      // Nothing left, so the operation is as if it had never been intended.
      try move(id, from: [.untouched, .intended], to: .untouched)
      known[id.step] = nil
    case .outcome(let id, let outcome):
      try settle(id, outcome)
    case .ended:
      hasEnded = true
    }
  }

  private mutating func settle(_ id: OperationID, _ outcome: Outcome) throws(RecoveryError) {
    switch (outcomes[id.step], outcome) {
    // A failure that the provider corrects is the one thing that is not final.
    case (.done, _), (.failed, .pending), (.failed, .failed), (.failed, .unresolved):
      throw RecoveryError(.outOfOrder, at: id)
    default: break
    }
    if case .done(let completion) = outcome, completion.isAsPredicted {
      try move(id, from: [.intended, .sent, .unusual], to: .done)
      outcomes[id.step] = nil
    } else {
      try move(id, from: [.intended, .sent, .unusual], to: .unusual)
      outcomes[id.step] = outcome
    }
    if case .done = outcome { known[id.step] = nil }
  }

  private mutating func move(
    _ id: OperationID,
    from allowed: [Mark],
    to mark: Mark
  ) throws(RecoveryError) {
    guard id.run == run else { throw RecoveryError(.foreignRun, at: id) }
    guard marks.indices.contains(Int(id.step)) else { throw RecoveryError(.unknownStep, at: id) }
    guard allowed.contains(marks[Int(id.step)]) else { throw RecoveryError(.outOfOrder, at: id) }
    marks[Int(id.step)] = mark
  }
}

/// Why a run can't be resumed from a journal's entries.
package struct RecoveryError: Error, Hashable, Sendable {
  /// What is wrong with the entries.
  package enum Code: Hashable, Sendable {
    /// An entry belongs to another run.
    case foreignRun
    /// An entry names an operation that the plan does not have.
    case unknownStep
    /// An entry can't follow those before it: an operation only ever goes forward.
    case outOfOrder
    /// The journal is of a plan with another number of operations.
    case otherPlan
  }

  package let code: Code
  /// The operation whose entry is at fault, if it is one's.
  package let operation: OperationID?

  package init(_ code: Code, at operation: OperationID? = nil) {
    self.code = code
    self.operation = operation
  }
}
