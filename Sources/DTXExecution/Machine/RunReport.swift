package import DTXLedger

/// What came of a run: an outcome for every operation of the plan, in plan order.
///
/// Entries are made when they are asked for, so that the report of a million operations is no
/// larger than the plan and four bytes for each.
package struct RunReport: Hashable, Sendable {
  /// Why nothing further was sent before the plan was through.
  package enum Stop: Hashable, Sendable {
    /// This operation failed, or nobody knows, and the policy is to stop.
    case failure(OperationID)
    /// After this operation the transaction is not as predicted, and the policy is to stop.
    case difference(OperationID)
    /// The operation's transaction was not as planned or could not be read; the policy is to stop.
    case notSent(OperationID)
    /// So many operations failed one after the other.
    case failuresInARow(Int)
    case journal(JournalError)
    case interrupted
    /// Nobody wanted the rest after the trial.
    case trialEnded
    /// Left at once, with requests in flight.
    case abandoned
  }

  /// One operation and what became of it.
  package struct Entry: Hashable, Sendable {
    package let id: OperationID
    package let transaction: TransactionID
    package let currency: Currency
    package let kind: Operation.Kind
    package let amount: MinorUnits
    package let reference: String?
    /// The number of the statement that asked for it.
    package let statement: Int32
    /// For a success without surprises, event and request ids stand in the journal alone.
    package let outcome: Outcome
  }

  package let run: RunID
  package let plan: Plan
  package let summary: RunSummary
  package let stop: Stop?
  /// Whether a provider that could not be reached kept an operation from being sent.
  package let isUnreachable: Bool
  /// Whether any request that changes something left.
  package let hasSent: Bool
  private let table: OutcomeTable
  /// What is said of steps without an outcome.
  private let rest: Outcome

  init(
    run: RunID,
    plan: Plan,
    table: OutcomeTable,
    summary: RunSummary,
    stop: Stop?,
    isUnreachable: Bool,
    hasSent: Bool
  ) {
    self.run = run
    self.plan = plan
    self.table = table
    self.summary = summary
    self.stop = stop
    self.isUnreachable = isUnreachable
    self.hasSent = hasSent
    rest = .notSent(Self.reason(of: stop))
  }

  static func reason(of stop: Stop?) -> Outcome.Reason {
    switch stop {
    case .interrupted, .abandoned: .interrupted
    case .trialEnded, nil: .beyondTrial
    case .failure, .difference, .notSent, .failuresInARow, .journal: .stopped
    }
  }

  /// How many operations the plan has.
  package var count: Int { plan.steps.count }

  /// The operations that were on their transactions already and left out, in script order.
  package var alreadyApplied: [AlreadyApplied] { plan.alreadyApplied }

  /// Returns what became of the operation at a place of the plan.
  package subscript(index: Int) -> Entry {
    let step = plan.steps[index]
    let transaction = plan.transactions[Int(step.transaction)]
    return Entry(
      id: OperationID(run: run, step: Int32(index)),
      transaction: transaction.id,
      currency: transaction.currency,
      kind: step.kind,
      amount: step.amount,
      reference: plan.reference(of: step),
      statement: step.statement,
      outcome: outcome(at: index)
    )
  }

  /// All entries, made one by one.
  package var entries: some Sequence<Entry> { plan.steps.indices.lazy.map { self[$0] } }

  private func outcome(at index: Int) -> Outcome {
    let step = Int32(index)
    if table.isDoneAsPredicted(step) {
      return .done(
        Outcome.Completion(
          eventID: nil,
          requestID: nil,
          after: plan.steps[index].after,
          isAsPredicted: true
        )
      )
    }
    return table.unusualOutcome(of: step) ?? rest
  }
}

extension RunReport {
  /// What a run comes to, one for each exit status of the command line.
  package enum Category: Hashable, Sendable {
    case allDone
    /// Some operations failed or were left out.
    case someFailed
    /// Some are unresolved or still pending: a person must look, or the run be resumed.
    case needsAttention
    /// The journal failed, so the run stopped.
    case journalFailed
    /// The provider could not be reached, and nothing was sent.
    case unreachable
    case interrupted
  }

  /// The gravest thing that can be said of the run.
  package var category: Category {
    if case .journal = stop { return .journalFailed }
    if summary.unresolved > 0 || summary.pending > 0 { return .needsAttention }
    // What was left at once may be done and not recorded, which a resumed run puts right.
    if stop == .abandoned { return .interrupted }
    if summary.done == count { return .allDone }
    if stop == .interrupted { return .interrupted }
    if isUnreachable, !hasSent { return .unreachable }
    return .someFailed
  }
}
