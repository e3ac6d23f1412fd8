import DTXExecution
import DTXLedger
import DTXTestSupport

/// A whole run in a world that misbehaves: late and lost answers, a slow journal, crashes.
///
/// Everything that is under way may come next, in any order. The same seed gives the same world.
struct Simulation {
  /// Something that the execution asked for and that has not come back.
  enum Underway {
    case record([JournalEntry])
    case read(TransactionID, OperationID)
    /// On its way to the provider.
    case request(OperationRequest)
    /// On its way back.
    case answer(Answer, OperationID)
    case question
  }

  let plan: Plan
  let options: ExecutionOptions
  private(set) var random: SplitMix64
  private(set) var provider: FakeProviderModel
  /// What a power cut leaves.
  private(set) var journal: [JournalEntry] = []
  private(set) var report: RunReport?
  /// What went against the rules, in words.
  private(set) var problems: [String] = []
  /// How many events there have been.
  private(set) var turn = 0

  private var execution: Execution
  private var now = Moment(nanoseconds: 0)
  private var deadline: Moment?
  var underway: [Underway] = []
  /// Requests that outlived the process that sent them.
  private var adrift: [OperationRequest] = []
  private var lastSend: Moment?
  private var sendCounts: [OperationID: Int] = [:]
  /// How often an operation may be sent again, because it was not looked at.
  private var secondChances: [OperationID: Int] = [:]

  init(
    _ plan: Plan,
    options: ExecutionOptions,
    faults: [(OperationID, [FakeProviderFault])],
    seed: UInt64
  ) {
    self.plan = plan
    self.options = options
    random = SplitMix64(seed: seed)
    provider = FakeProviderModel(plan.transactions)
    for (operation, list) in faults { provider.inject(list, into: operation) }
    execution = Execution(of: plan, run: Plans.run, options: options)
    take(execution.start(at: now))
  }

  /// Goes on until the run is over, or so many turns have been.
  mutating func run(untilTurn last: Int) {
    while report == nil, turn < last { goOn() }
  }

  /// Lets the process end without warning, and starts another from the journal.
  mutating func crash() throws {
    for item in underway {
      switch item {
      // A batch that was on its way to the disk may be on it, whole, or not.
      case .record(let entries): if isTrue(in: 2) { journal += entries }
      case .request(let request): if isTrue(in: 2) { adrift.append(request) }
      case .read, .answer, .question: break
      }
    }
    try resume()
  }

  /// Starts another run of what the journal says is left.
  mutating func resume() throws {
    underway = []
    deadline = nil
    lastSend = nil
    report = nil
    let recovered = try RecoveredState(
      run: Plans.run,
      operationCount: plan.steps.count,
      entries: journal
    )
    execution = try Execution(resuming: recovered, of: plan, options: options)
    take(execution.start(at: now))
  }

  /// Interrupts the run.
  mutating func interrupt() { handle(.interrupted) }

  mutating func isTrue(in count: Int) -> Bool { .random(in: 0..<count, using: &random) == 0 }
}

// MARK: - The world

extension Simulation {
  private mutating func goOn() {
    turn += 1
    now = now.advanced(bySeconds: Double.random(in: 0...0.05, using: &random))
    if !adrift.isEmpty, isTrue(in: 4) { _ = provider.receive(adrift.removeFirst()) }
    if let deadline, underway.isEmpty || deadline <= now || isTrue(in: 8) {
      now = max(now, deadline)
      self.deadline = nil
      return handle(.elapsed)
    }
    guard !underway.isEmpty else {
      problems.append("nothing is under way, and the run is not over")
      report = execution.report
      return
    }
    comeBack(underway.remove(at: .random(in: underway.indices, using: &random)))
  }

  private mutating func comeBack(_ item: Underway) {
    switch item {
    case .record(let entries):
      journal += entries
      handle(.recorded)
    case .read(let transaction, let id):
      if isTrue(in: 12) {
        handle(.readFailed(ProviderError(.unreachable, "no connection"), for: id))
      } else {
        handle(.transactionRead(provider.read(transaction), for: id))
      }
    case .request(let request):
      let answer = provider.receive(request)
      switch answer {
      case .throttled, .notSent: secondChances[request.id, default: 0] += 1
      case .completed, .accepted, .refused, .unauthorized, .unknown: break
      }
      underway.append(.answer(answer, request.id))
    case .answer(let answer, let id): handle(.answered(answer, for: id))
    case .question: handle(isTrue(in: 4) ? .endAfterTrial : .continueAfterTrial)
    }
  }

  private mutating func handle(_ event: Execution.Event) {
    take(execution.handle(event, at: now))
  }

  private mutating func take(_ effects: [Execution.Effect]) {
    for effect in effects {
      switch effect {
      case .record(let entries):
        if underway.contains(where: \.isRecord) { problems.append("two batches at once") }
        underway.append(.record(entries))
      case .read(let transaction, let id): underway.append(.read(transaction, id))
      case .send(let request):
        check(request)
        underway.append(.request(request))
      case .wait(let moment): deadline = moment
      case .trialDone: underway.append(.question)
      case .finished(let report): finish(report)
      }
    }
    if underway.count(where: \.isRequest) > options.concurrency {
      problems.append("more requests in flight than \(options.concurrency)")
    }
  }

  private mutating func finish(_ report: RunReport) {
    if !underway.isEmpty { problems.append("the run is over with something under way") }
    self.report = report
  }
}

extension Simulation.Underway {
  var isRecord: Bool { if case .record = self { true } else { false } }

  var isRequest: Bool {
    switch self {
    case .read, .request, .answer: true
    case .record, .question: false
    }
  }

  var sentOperation: OperationID? {
    switch self {
    case .request(let request): request.id
    case .answer(_, let id): id
    case .record, .read, .question: nil
    }
  }
}

// MARK: - The rules

extension Simulation {
  /// Holds a request that leaves to everything that must be true then.
  private mutating func check(_ request: OperationRequest) {
    let id = request.id
    let step = plan.steps[Int(id.step)]
    let isIntended = journal.contains { entry in
      if case .intended(request, _) = entry { true } else { false }
    }
    if !isIntended { problems.append("\(id) left before its intent was recorded") }
    for other in underway.compactMap(\.sentOperation)
    where plan.steps[Int(other.step)].transaction == step.transaction {
      problems.append("\(id) left while \(other) was in flight on the same transaction")
    }
    if let last = provider.received.last(where: { $0.transaction == request.transaction }),
      last.id.step > id.step
    {
      problems.append("\(id) left after \(last.id), which comes later in the plan")
    }
    sendCounts[id, default: 0] += 1
    if sendCounts[id, default: 0] > secondChances[id, default: 0] + 1 {
      problems.append("\(id) left twice")
    }
    checkRate(id)
  }

  private mutating func checkRate(_ id: OperationID) {
    defer { lastSend = now }
    guard let rate = options.ratePerSecond, let lastSend else { return }
    if now < lastSend.advanced(bySeconds: 1 / rate) {
      problems.append("\(id) left too soon after the one before")
    }
  }

  /// Compares what the report says with what the provider did and with what the journal holds.
  mutating func checkReport() throws {
    guard let report else { return problems.append("the run never ends") }
    let recovered = try RecoveredState(
      run: Plans.run,
      operationCount: plan.steps.count,
      entries: journal
    )
    var counts = RunSummary()
    for entry in report.entries {
      let effects = provider.effects[entry.id] ?? 0
      let isWaitedFor = adrift.contains { $0.id == entry.id }
      if effects > 1 { problems.append("\(entry.id) was carried out \(effects) times") }
      switch entry.outcome {
      case .done:
        counts.done += 1
        if effects != 1 { problems.append("\(entry.id) is called done and is not") }
      case .failed:
        counts.failed += 1
        if effects != 0 { problems.append("\(entry.id) is called failed and is done") }
      case .notSent:
        counts.notSent += 1
        let isInTheWorld = effects != 0 || isWaitedFor
        if isInTheWorld { problems.append("\(entry.id) is called not sent and was") }
      case .pending: counts.pending += 1
      case .unresolved: counts.unresolved += 1
      }
      compare(entry, with: recovered.progress(of: entry.id.step))
    }
    if counts != report.summary { problems.append("the counts are not those of the entries") }
  }

  private mutating func compare(_ entry: RunReport.Entry, with progress: RecoveredState.Progress) {
    let isSame =
      switch (entry.outcome, progress) {
      case (.done(let completion), .settledAsPredicted): completion.isAsPredicted
      case (.notSent, .untouched): true
      // What was in doubt and not looked at again before the run stopped.
      case (.unresolved, .intended), (.unresolved, .sent): true
      case (let outcome, .settled(let recorded)): outcome == recorded
      default: false
      }
    if !isSame {
      problems.append("\(entry.id) is \(entry.outcome), and in the journal \(progress)")
    }
  }
}
