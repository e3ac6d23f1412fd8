package import DTXLedger

/// Carries out a plan without doing any of the work: it takes events and returns effects.
///
/// Whoever drives it performs each effect and hands back the event that came of it, with the time.
/// Nothing here waits, reads a clock, or fails, so that every order of events can be tested. It is
/// made only from a plan, and sends nothing that the plan does not hold.
///
/// An operation's way: its transaction is read and must be as planned; its intent is recorded; it
/// is sent, once; the answer, or what the transaction's history shows in place of one, settles it;
/// the outcome is recorded, together with the next intent. Operations of one transaction follow
/// one another in plan order; transactions share a few lanes.
package struct Execution: Sendable {
  /// Work for the driver.
  package enum Effect: Hashable, Sendable {
    /// Append these to the journal, all or none; the next batch comes only after this one.
    case record([JournalEntry])
    /// Read a transaction, for the operation that needs it.
    case read(TransactionID, for: OperationID)
    /// Send a request, once.
    case send(OperationRequest)
    /// Hand in `elapsed` at this moment, in place of any later moment asked for before.
    case wait(until: Moment)
    /// Show what came of the trial, and hand in `continueAfterTrial` or `endAfterTrial`.
    indirect case trialDone(RunReport)
    /// The run is over.
    indirect case finished(RunReport)
  }

  /// News from the driver.
  package enum Event: Hashable, Sendable {
    case recorded
    case recordFailed(JournalError)
    /// The transaction, or nil where there is none of that id.
    case transactionRead(Transaction?, for: OperationID)
    case readFailed(ProviderError, for: OperationID)
    case answered(Answer, for: OperationID)
    case elapsed
    case interrupted
    case continueAfterTrial
    case endAfterTrial
  }

  enum Phase: Hashable, Sendable {
    case running
    /// The trial is over, and a person is asked about the rest.
    case askingAfterTrial
    /// Everything is settled; the last entries are on their way into the journal.
    case ending
    case finished
  }

  let plan: Plan
  let run: RunID
  let options: ExecutionOptions

  var table: OutcomeTable
  var summary = RunSummary()
  /// For each step the next one of the same transaction, or -1.
  var following: [Int32]
  /// No step before this one is the first of a transaction that no lane has taken.
  var cursor: Int32 = 0
  /// No step from this one on is begun; the number of steps, except during a trial.
  var limit: Int32
  /// Operations of the resumed run whose fate is to be found out before anything else, last first.
  var unsettled: [Int32] = []
  let recovered: RecoveredState?

  /// The transactions being worked on, by index.
  var lanes: [Int32: Lane] = [:]
  /// How many lanes wait only for the provider to complete an accepted operation.
  var waitingBesideLanes = 0
  var requestsInFlight = 0
  var turns = Queue<Int32>()
  var reads = Queue<Int32>()
  var sends = Queue<Int32>()
  var journal = JournalQueue()

  var alarms = Alarms()
  /// The moment that the driver was last asked to wait for.
  var announced: Moment?
  /// When the next operation may be begun.
  var turnPace: Pace
  /// When the next request may leave.
  var sendPace: Pace

  var phase = Phase.running
  var stop: RunReport.Stop?
  var isInterrupted = false
  var failuresInARow = 0
  var isUnreachable = false
  var hasSent = false
  var effects: [Effect] = []

  /// Makes the execution of a plan from its first operation.
  package init(of plan: Plan, run: RunID, options: ExecutionOptions) {
    self.init(plan: plan, run: run, options: options, recovered: nil)
  }

  /// Makes the execution of what an interrupted run left of its plan.
  ///
  /// - Throws: `RecoveryError.otherPlan` when the journal is not of a plan of this size.
  package init(
    resuming recovered: RecoveredState,
    of plan: Plan,
    options: ExecutionOptions
  ) throws(RecoveryError) {
    guard recovered.operationCount == plan.steps.count else { throw RecoveryError(.otherPlan) }
    self.init(plan: plan, run: recovered.run, options: options, recovered: recovered)
    adopt(recovered)
  }

  private init(plan: Plan, run: RunID, options: ExecutionOptions, recovered: RecoveredState?) {
    precondition(options.isValid, "an execution needs options within their ranges")
    self.plan = plan
    self.run = run
    self.options = options
    self.recovered = recovered
    table = OutcomeTable(count: plan.steps.count)
    following = Array(repeating: -1, count: plan.steps.count)
    limit = Int32(min(options.firstOnly ?? plan.steps.count, plan.steps.count))
    turnPace = Pace(perSecond: options.ratePerSecond)
    sendPace = Pace(perSecond: options.ratePerSecond)
    for (index, step) in plan.steps.enumerated() {
      if step.previous >= 0 {
        following[Int(step.previous)] = Int32(index)
      } else {
        table.markFirst(Int32(index))
      }
    }
  }

  /// Returns the first effects; call once, before any event.
  package mutating func start(at now: Moment) -> [Effect] { advance(to: now) }

  /// Returns what to do after an event; traps if the event can't follow the effects so far.
  package mutating func handle(_ event: Event, at now: Moment) -> [Effect] {
    // An interruption or a wait may come to its end after the run has.
    guard phase != .finished else { return [] }
    switch event {
    case .recorded: recorded(at: now)
    case .recordFailed(let error): recordFailed(error, at: now)
    case .transactionRead(let transaction, let id): read(transaction, for: id, at: now)
    case .readFailed(let error, let id): readFailed(error, for: id, at: now)
    case .answered(let answer, let id): answered(answer, for: id, at: now)
    case .elapsed: announced = nil
    case .interrupted: end(because: .interrupted, at: now)
    case .continueAfterTrial: continueAfterTrial()
    case .endAfterTrial: end(because: .trialEnded, at: now)
    }
    return advance(to: now)
  }

  /// Returns the moment so many of the usual seconds later.
  func moment(_ seconds: Double, after now: Moment) -> Moment {
    now.advanced(bySeconds: seconds * options.patience)
  }

  /// What came of the run so far.
  package var report: RunReport {
    RunReport(
      run: run,
      plan: plan,
      table: table,
      summary: completeSummary,
      stop: stop,
      isUnreachable: isUnreachable,
      hasSent: hasSent
    )
  }

  /// How far the run has come: how many operations of each outcome there are by now.
  ///
  /// Those that nothing was decided about yet are not counted.
  package var progress: RunSummary { summary }

  /// The outcomes so far, and everything without one as not sent.
  var completeSummary: RunSummary {
    var complete = summary
    let settled = summary.done + summary.pending + summary.failed + summary.unresolved
    complete.notSent = plan.steps.count - settled
    return complete
  }

  private mutating func continueAfterTrial() {
    // Whoever was asked may answer after the run was interrupted.
    guard stop == nil else { return }
    precondition(phase == .askingAfterTrial, "only a trial that is over can be continued")
    phase = .running
    limit = Int32(plan.steps.count)
  }
}
