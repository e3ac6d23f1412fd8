import DTXExecution
import DTXLedger
import DTXTestSupport
import Synchronization
import Testing

@Suite("Driver", .timeLimit(.minutes(1)))
struct DriverTests {
  /// A plan, and around it a provider, a journal, a clock and the way to interrupt.
  struct Stage {
    let plan: Plan
    let provider: FakeProvider
    let journal: MemoryJournal
    var clock = JumpingClock()
    let interruptions = AsyncStream.makeStream(of: Void.self)
    var options = ExecutionOptions()

    init(
      transactions count: Int,
      operationsEach: Int = 1,
      failingAfter appends: Int? = nil,
      isJournalSlow: Bool = false,
      latency: @escaping @Sendable () async -> Void = { await Task.yield() }
    ) throws {
      plan = try Plans.plan(
        (0..<operationsEach).flatMap { round in
          (0..<count).map { Plans.Wish.capture($0, Int64(1_000 + round)) }
        }
      )
      let account = try #require(Account(Plans.account))
      provider = FakeProvider(
        account: account,
        FakeProviderModel(plan.transactions),
        latency: latency
      )
      journal = MemoryJournal(
        failingAfter: appends,
        latency: isJournalSlow ? Self.diskLatency : Self.noLatency
      )
      options.ratePerSecond = nil
    }

    /// Long enough for other lanes to get ready meanwhile.
    private static let diskLatency: @Sendable () async -> Void = {
      for _ in 0..<100 { await Task.yield() }
    }

    private static let noLatency: @Sendable () async -> Void = {}

    var execution: Execution { Execution(of: plan, run: Plans.run, options: options) }

    var record: RunRecord {
      RunRecord(
        id: Plans.run,
        startedAt: 0,
        person: "kari",
        profile: "sandbox",
        account: provider.account,
        script: "fix.dtx",
        scriptDigest: "5c",
        planDigest: "91",
        operationCount: plan.steps.count
      )
    }

    func driver(
      reader: (any TransactionReader)? = nil,
      confirmRest: @escaping @Sendable (RunReport) async -> Bool = { _ in false },
      reportProgress: @escaping @Sendable (RunSummary) -> Void = { _ in }
    ) -> Driver {
      Driver(
        reader: reader ?? provider,
        writer: provider,
        journal: journal,
        clock: clock.clock,
        interruptions: interruptions.stream,
        confirmRest: confirmRest,
        reportProgress: reportProgress
      )
    }

    func recovered() async throws -> RecoveredState {
      try RecoveredState(
        run: Plans.run,
        operationCount: plan.steps.count,
        entries: await journal.entries
      )
    }

    /// How often each operation was carried out, in plan order.
    func effects() async -> [Int] {
      let effects = await provider.model.effects
      return plan.steps.indices.map { step in
        effects[OperationID(run: Plans.run, step: Int32(step))] ?? 0
      }
    }
  }

  @Test("carries out a plan on several lanes, and reads each transaction once")
  func allDone() async throws {
    var stage = try Stage(transactions: 20, operationsEach: 3)
    stage.options.concurrency = 8
    let reader = RecordingReader(stage.provider)
    let report = try await stage.driver(reader: reader)
      .carryOut(stage.execution, as: stage.record, plan: [1, 2, 3])
    #expect(report.category == .allDone)
    #expect(report.summary.done == 60)
    #expect(await stage.effects().allSatisfy { $0 == 1 })
    #expect(await stage.journal.runs == [stage.record])
    #expect(await stage.journal.plans == [[1, 2, 3]])
    let readIDs = await reader.readIDs.flatMap { $0 }
    #expect(Set(readIDs) == Set(stage.plan.transactions.map(\.id)))
    #expect(readIDs.count == 20)
    #expect(await reader.queries.isEmpty)
    let most = await stage.provider.mostInFlight
    #expect((2...8).contains(most))
    let recovered = try await stage.recovered()
    #expect(recovered.hasEnded)
    #expect((0..<60).allSatisfy { recovered.progress(of: $0) == .settledAsPredicted })
    #expect(stage.clock.sleepCount == 0)
  }

  @Test("puts what several lanes have ready into one append")
  func groups() async throws {
    var stage = try Stage(transactions: 64, isJournalSlow: true)
    stage.options.concurrency = 64
    _ = try await stage.driver().carryOut(stage.execution, as: stage.record, plan: [])
    let batches = await stage.journal.batches
    #expect(batches.flatMap { $0 }.count == 64 * 2 + 1)
    #expect(batches.count < 64)
  }

  @Test("waits by the clock it is given", arguments: FakeProviderFault.allCases)
  func faults(fault: FakeProviderFault) async throws {
    var stage = try Stage(transactions: 6, operationsEach: 2)
    stage.options.errorPolicy = .continue
    let faulty = OperationID(run: Plans.run, step: 2)
    await stage.provider.update { $0.inject([fault], into: faulty) }
    let report = try await stage.driver()
      .carryOut(stage.execution, as: stage.record, plan: [])
    let outcome = Rig.text(of: report[2].outcome)
    switch fault {
    case .refused, .failedEvent, .failedEventThenCorrected, .unauthorized, .acceptedThenFailed:
      #expect(outcome == "failed")
    case .acceptedThenCompleted, .timeoutApplied, .timeoutAppliedLate, .errorApplied, .throttled,
      .failedThenCorrected, .noConnection:
      #expect(outcome == "done")
    case .acceptedForever: #expect(outcome == "pending")
    case .timeoutNotApplied, .errorNotApplied, .conflict, .unavailable:
      #expect(outcome == "unresolved")
    }
    let others = report.entries.filter { $0.transaction != report[2].transaction }
    #expect(others.allSatisfy { Rig.text(of: $0.outcome) == "done" })
    #expect(await stage.effects().allSatisfy { $0 <= 1 })
  }

  @Test("sends no faster than the rate")
  func rate() async throws {
    var stage = try Stage(transactions: 4, operationsEach: 3)
    stage.options.ratePerSecond = 2
    let report = try await stage.driver()
      .carryOut(stage.execution, as: stage.record, plan: [])
    #expect(report.category == .allDone)
    #expect(stage.clock.now >= Moment(nanoseconds: 5_500_000_000))
  }

  @Test("sends nothing of a plan that was carried out before")
  func planUsed() async throws {
    let stage = try Stage(transactions: 2)
    try await stage.journal.begin(stage.record, plan: [])
    let error = await #expect(throws: JournalError.self) {
      try await stage.driver().carryOut(stage.execution, as: stage.record, plan: [])
    }
    #expect(error?.code == .planUsed)
    #expect(await stage.provider.model.received.isEmpty)
  }

  @Test("sends nothing that the journal does not hold", arguments: 0..<12)
  func journalFails(appends: Int) async throws {
    let stage = try Stage(transactions: 5, operationsEach: 2, failingAfter: appends)
    let report = try await stage.driver()
      .carryOut(stage.execution, as: stage.record, plan: [])
    let intended = await stage.journal.entries.compactMap { entry in
      if case .intended(let request, _) = entry { request.id } else { nil }
    }
    let received = await stage.provider.model.received.map(\.id)
    #expect(Set(received).isSubset(of: intended))
    #expect(report.summary.done == received.count)
    if case .journal(let error) = report.stop {
      #expect(report.category == .journalFailed)
      #expect(error.code == .cannotWrite)
    } else {
      #expect(report.category == .allDone)
    }
  }

  @Test("tells how far it is, and never backwards")
  func progress() async throws {
    let stage = try Stage(transactions: 10)
    let counts = Mutex<[Int]>([])
    let driver = stage.driver(reportProgress: { summary in
      counts.withLock { $0.append(summary.done) }
    })
    _ = try await driver.carryOut(stage.execution, as: stage.record, plan: [])
    let seen = counts.withLock { $0 }
    #expect(seen == Array(1...10))
  }
}

// MARK: - Interruptions and trials

extension DriverTests {
  @Test("interrupted gently, then resumed: everything once", arguments: [1, 2, 5, 9, 17])
  func interruption(request: Int) async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    let requests = Counter()
    let stage = try Stage(transactions: 6, operationsEach: 2) {
      if requests.next() == request { continuation.yield() }
      // Long enough for the interruption to be heard while something is in flight.
      for _ in 0..<50 { await Task.yield() }
    }
    let driver = Driver(
      reader: stage.provider,
      writer: stage.provider,
      journal: stage.journal,
      clock: stage.clock.clock,
      interruptions: stream
    )
    let first = try await driver.carryOut(stage.execution, as: stage.record, plan: [])
    #expect(first.summary.unresolved == 0)
    #expect(await stage.effects().reduce(0, +) == first.summary.done)
    let rest = try Execution(
      resuming: await stage.recovered(),
      of: stage.plan,
      options: stage.options
    )
    let second = await stage.driver().resume(rest)
    #expect(second.category == .allDone)
    #expect(await stage.effects().allSatisfy { $0 == 1 })
  }

  @Test("interrupted again while nothing answers: leaves at once")
  func secondInterruption() async throws {
    let interruptions = AsyncStream.makeStream(of: Void.self)
    let requests = Counter()
    let stage = try Stage(transactions: 3) {
      guard requests.next() > 3 else { return }
      // Once to end gently, and once more because nothing comes back.
      interruptions.continuation.yield()
      interruptions.continuation.yield()
      await waitUntilCancelled()
    }
    let driver = Driver(
      reader: stage.provider,
      writer: stage.provider,
      journal: stage.journal,
      clock: stage.clock.clock,
      interruptions: interruptions.stream
    )
    let report = try await driver.carryOut(stage.execution, as: stage.record, plan: [])
    #expect(report.stop == .abandoned)
    #expect(report.category == .needsAttention)
    #expect(report.summary.unresolved >= 1)
    // The journal knows more than the report: every request that left was intended.
    let recovered = try await stage.recovered()
    let received = await stage.provider.model.received
    #expect(received.allSatisfy { recovered.progress(of: $0.id.step) != .untouched })
  }

  @Test("an earlier moment takes the place of a later one")
  func earlierMoment() async throws {
    var stage = try Stage(transactions: 3)
    stage.options.concurrency = 1
    stage.options.ratePerSecond = 5
    // The first is polled after two seconds, which never come; the others are due before.
    stage.clock = JumpingClock(end: Moment(nanoseconds: 1_500_000_000))
    let accepted = OperationID(run: Plans.run, step: 0)
    await stage.provider.update { $0.inject([.acceptedForever], into: accepted) }
    let interruptions = stage.interruptions.continuation
    let driver = stage.driver(reportProgress: { summary in
      if summary.done == 2 { interruptions.yield() }
    })
    let report = try await driver.carryOut(stage.execution, as: stage.record, plan: [])
    #expect(Rig.outcomes(of: report) == "pending done done")
  }

  @Test("cancelled while it waits: leaves at once")
  func cancelledWait() async throws {
    var stage = try Stage(transactions: 1)
    stage.clock = JumpingClock(end: Moment(nanoseconds: 1))
    let lost = OperationID(run: Plans.run, step: 0)
    await stage.provider.update { $0.inject([.timeoutNotApplied], into: lost) }
    let waiting = stage
    let report = try await withThrowingTaskGroup(of: RunReport.self) { group in
      group.addTask {
        try await waiting.driver().carryOut(waiting.execution, as: waiting.record, plan: [])
      }
      while await stage.journal.entries.count < 2 { await Task.yield() }
      group.cancelAll()
      return try await group.next()
    }
    #expect(report?.stop == .abandoned)
    #expect(report?.summary.unresolved == 1)
    #expect(try await stage.recovered().progress(of: 0) == .sent)
  }

  @Test("cancelled: leaves at once")
  func cancellation() async throws {
    let requests = Counter()
    let started = AsyncStream.makeStream(of: Void.self)
    let stage = try Stage(transactions: 3) {
      guard requests.next() > 3 else { return }
      started.continuation.yield()
      await waitUntilCancelled()
    }
    let report = try await withThrowingTaskGroup(of: RunReport.self) { group in
      group.addTask {
        try await stage.driver().carryOut(stage.execution, as: stage.record, plan: [])
      }
      for await _ in started.stream { break }
      group.cancelAll()
      return try await group.next()
    }
    #expect(report?.stop == .abandoned)
    #expect((report?.summary.unresolved ?? 0) > 0)
    #expect(await stage.effects().reduce(0, +) >= report?.summary.done ?? 0)
  }

  @Test("asks after a trial", arguments: [true, false])
  func trial(goesOn: Bool) async throws {
    var stage = try Stage(transactions: 5)
    stage.options.firstOnly = 2
    let asked = Counter()
    let driver = stage.driver(confirmRest: { report in
      _ = asked.next()
      #expect(Rig.outcomes(of: report) == "done done beyond beyond beyond")
      return goesOn
    })
    let report = try await driver.carryOut(stage.execution, as: stage.record, plan: [])
    #expect(asked.value == 1)
    #expect(report.summary.done == (goesOn ? 5 : 2))
    #expect(report.stop == (goesOn ? nil : .trialEnded))
  }

  @Test("the system's clock goes forward, and sleeps no longer than asked")
  func systemClock() async {
    let clock = RunClock.system()
    let before = clock.now()
    await clock.sleep(before)
    #expect(clock.now() >= before)
    #expect(clock.now() < before.advanced(bySeconds: 60))
  }
}
