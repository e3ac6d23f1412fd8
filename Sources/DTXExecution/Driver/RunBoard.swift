/// Where the lanes of a run meet: it holds the execution, hands out effects and takes in events.
actor RunBoard {
  /// A moment to wait for, and a stream that ends when it need not be waited for any longer.
  struct Alarm: Sendable {
    let moment: Moment
    let replaced: AsyncStream<Never>
  }

  private var execution: Execution
  private let clock: RunClock
  private let reportProgress: @Sendable (RunSummary) -> Void
  private var lastProgress = RunSummary()

  /// Effects that no lane has taken; few, because lanes outnumber what may be in flight.
  private var work: [Execution.Effect] = []
  private var idleLanes: [CheckedContinuation<Execution.Effect?, Never>] = []

  private var moment: Moment?
  private var endAlarm: AsyncStream<Never>.Continuation?
  private var timekeeper: CheckedContinuation<Alarm?, Never>?

  private var report: RunReport?
  private var reader: CheckedContinuation<RunReport, Never>?

  init(
    _ execution: Execution,
    clock: RunClock,
    reportProgress: @escaping @Sendable (RunSummary) -> Void
  ) {
    self.execution = execution
    self.clock = clock
    self.reportProgress = reportProgress
  }

  func start() { take(execution.start(at: clock.now())) }

  /// Hands in the event that came of a lane's last effect, and returns the next one.
  ///
  /// - Returns: nil when the run is over.
  func next(after event: Execution.Event?) async -> Execution.Effect? {
    if let event { handle(event) }
    guard report == nil else { return nil }
    // The lane that is awake takes the first effect, which saves waking another for it.
    let effect = work.isEmpty ? nil : work.removeFirst()
    wakeLanes()
    if let effect { return effect }
    return await withCheckedContinuation { idleLanes.append($0) }
  }

  func interrupt() {
    handle(.interrupted)
    wakeLanes()
  }

  /// Ends the run with what is known by now, and with what a lane has just learnt.
  func abandon(after event: Execution.Event? = nil) {
    if let event { handle(event) }
    guard report == nil else { return }
    finish(execution.abandon())
  }

  /// Returns the report once the run is over.
  func finalReport() async -> RunReport {
    if let report { return report }
    return await withCheckedContinuation { reader = $0 }
  }

  /// Returns the next moment to wait for, once there is one; nil when the run is over.
  func nextAlarm() async -> Alarm? {
    guard report == nil else { return nil }
    if let moment { return makeAlarm(moment) }
    return await withCheckedContinuation { timekeeper = $0 }
  }

  /// Takes note that the wait for an alarm has ended, because of its moment or of an earlier one.
  func alarmEnded() {
    endAlarm = nil
    guard let moment, moment <= clock.now() else { return }
    self.moment = nil
    handle(.elapsed)
    wakeLanes()
  }
}

extension RunBoard {
  private func handle(_ event: Execution.Event) {
    guard report == nil else { return }
    take(execution.handle(event, at: clock.now()))
    guard execution.progress != lastProgress else { return }
    lastProgress = execution.progress
    reportProgress(lastProgress)
  }

  private func take(_ effects: [Execution.Effect]) {
    for effect in effects {
      switch effect {
      case .wait(let moment): wait(until: moment)
      case .finished(let report): finish(report)
      case .record, .read, .send, .trialDone: work.append(effect)
      }
    }
  }

  private func wakeLanes() {
    while !work.isEmpty, let lane = idleLanes.popLast() {
      lane.resume(returning: work.removeFirst())
    }
  }

  private func wait(until moment: Moment) {
    self.moment = moment
    endAlarm?.finish()
    if let timekeeper {
      self.timekeeper = nil
      timekeeper.resume(returning: makeAlarm(moment))
    }
  }

  private func makeAlarm(_ moment: Moment) -> Alarm {
    let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
    endAlarm = continuation
    return Alarm(moment: moment, replaced: stream)
  }

  private func finish(_ report: RunReport) {
    self.report = report
    for lane in idleLanes { lane.resume(returning: nil) }
    idleLanes = []
    endAlarm?.finish()
    timekeeper?.resume(returning: nil)
    timekeeper = nil
    reader?.resume(returning: report)
    reader = nil
  }
}
