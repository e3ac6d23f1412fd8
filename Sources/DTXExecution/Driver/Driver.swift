import DTXLedger

/// Performs an execution's effects: reads, sends, journals and waits.
///
/// It decides nothing. A few lanes run from the beginning to the end, one for each request that
/// may be in flight and one for the journal; each takes an effect, performs it and hands in the
/// event. Cancelling the task that runs it leaves at once, as a second interruption does.
package struct Driver: Sendable {
  package let reader: any TransactionReader
  package let writer: any TransactionWriter
  package let journal: any Journal
  package let clock: RunClock
  /// One element for each time that a person interrupts: the first ends the run gently, the second
  /// leaves at once.
  package let interruptions: AsyncStream<Void>
  /// Asks after a trial whether the rest is to be carried out; must return when cancelled.
  package let confirmRest: @Sendable (RunReport) async -> Bool
  /// Told how many operations of each outcome there are, whenever that changes; must be quick.
  package let reportProgress: @Sendable (RunSummary) -> Void

  package init(
    reader: any TransactionReader,
    writer: any TransactionWriter,
    journal: any Journal,
    clock: RunClock = .system(),
    interruptions: AsyncStream<Void>,
    confirmRest: @escaping @Sendable (RunReport) async -> Bool = { _ in false },
    reportProgress: @escaping @Sendable (RunSummary) -> Void = { _ in }
  ) {
    self.reader = reader
    self.writer = writer
    self.journal = journal
    self.clock = clock
    self.interruptions = interruptions
    self.confirmRest = confirmRest
    self.reportProgress = reportProgress
  }

  /// Carries out a plan from its beginning.
  ///
  /// - Throws: `JournalError` when the run can't be recorded as begun; nothing was sent then. A
  ///   journal that fails later ends the run, and the report says so.
  @concurrent package func carryOut(
    _ execution: Execution,
    as record: RunRecord,
    plan: [UInt8]
  ) async throws(JournalError) -> RunReport {
    precondition(record.id == execution.run, "a run is recorded under its own name")
    try await journal.begin(record, plan: plan)
    return await run(execution)
  }

  /// Carries out what an interrupted run left, whose beginning the journal has already.
  @concurrent package func resume(_ execution: Execution) async -> RunReport {
    await run(execution)
  }

  @concurrent private func run(_ execution: Execution) async -> RunReport {
    let board = RunBoard(execution, clock: clock, reportProgress: reportProgress)
    let laneCount = execution.options.concurrency + 1
    let run = execution.run
    return await withTaskGroup(of: Void.self) { group in
      await board.start()
      group.addTask { await listen(board) }
      group.addTask { await keepTime(board) }
      for _ in 0..<laneCount {
        group.addTask { await work(board, run: run) }
      }
      let report = await board.finalReport()
      group.cancelAll()
      return report
    }
  }
}

// MARK: - The tasks

extension Driver {
  /// Performs one effect after the other until the run is over.
  @concurrent private func work(_ board: RunBoard, run: RunID) async {
    var event: Execution.Event?
    while let effect = await board.next(after: event) {
      event = await perform(effect, run: run)
      if Task.isCancelled { await board.abandon(after: event) }
    }
  }

  private func perform(_ effect: Execution.Effect, run: RunID) async -> Execution.Event? {
    switch effect {
    case .record(let entries):
      do throws(JournalError) {
        try await journal.append(entries, to: run)
        return .recorded
      } catch {
        return .recordFailed(error)
      }
    case .read(let transaction, let id):
      do throws(ProviderError) {
        return .transactionRead(try await reader.transaction(transaction), for: id)
      } catch {
        return .readFailed(error, for: id)
      }
    case .send(let request):
      return .answered(await writer.send(request), for: request.id)
    case .trialDone(let report):
      return await confirmRest(report) ? .continueAfterTrial : .endAfterTrial
    case .wait, .finished:
      preconditionFailure("waiting and finishing are not a lane's work")
    }
  }

  /// Hands in that time has passed, at each moment asked for.
  @concurrent private func keepTime(_ board: RunBoard) async {
    while let alarm = await board.nextAlarm() {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await clock.sleep(alarm.moment) }
        group.addTask {
          // The stream has no elements; it ends when an earlier moment takes this one's place.
          for await _ in alarm.replaced {}
        }
        await group.next()
        group.cancelAll()
      }
      if Task.isCancelled { return await board.abandon() }
      await board.alarmEnded()
    }
  }

  /// Hands in the first interruption, and leaves at once at the second.
  @concurrent private func listen(_ board: RunBoard) async {
    var count = 0
    for await _ in interruptions {
      count += 1
      if count > 1 { return await board.abandon() }
      await board.interrupt()
    }
  }
}

extension TransactionReader {
  /// Returns one transaction, or nil where there is none of that id.
  ///
  /// - Throws: `ProviderError` when the provider cannot be asked or does not answer.
  func transaction(_ id: TransactionID) async throws(ProviderError) -> Transaction? {
    try await transactions(withIDs: [id]).first { $0.id == id }
  }
}
