import DTXEvaluator
import DTXExecution
import DTXJournal
import DTXLedger
import DTXPlanning
import DTXReport
import DTXSyntax

/// Carries plans out: claims, journals, shows progress, and listens for Ctrl-C.
struct PlanRunner {
  /// What a person may say about how a plan is carried out.
  struct Options {
    var errorPolicy = ErrorPolicy.stop
    var waitSeconds = 120.0
    var firstOnly: Int?

    /// The same as the execution wants it.
    func execution(at pace: Connection.Pace) -> ExecutionOptions {
      var execution = ExecutionOptions()
      execution.errorPolicy =
        switch errorPolicy {
        case .stop: .stop
        case .continue: .continue
        case .skip: .skip
        }
      execution.concurrency = pace.concurrency
      execution.ratePerSecond = pace.rate
      execution.pendingWaitSeconds = waitSeconds
      execution.firstOnly = firstOnly
      execution.patience = pace.patience
      return execution
    }
  }

  let connection: Connection
  let output: Output
  let options: Options
  /// Whether the rest after a trial is carried out without asking.
  let isConfirmed: Bool

  /// Carries out a plan that a person has seen.
  ///
  /// - Throws: `CommandFailure` when it cannot begin; nothing was sent then.
  func carryOut(_ planned: PlannedScript) async throws(CommandFailure) -> RunReport {
    let plan = planned.plan
    try connection.checkPolicy(of: plan)
    try connection.checkApprovals(planned.approvers)
    let file = PlanFile.encode(plan, header: planned.header, places: planned.places)
    let run = RunID.make(at: Place.now())
    try await claim(plan, for: run)
    let record = RunRecord(
      id: run,
      startedAt: Place.now(),
      person: connection.place.person,
      profile: connection.profile,
      account: connection.account,
      script: file.header.script,
      scriptDigest: file.header.scriptDigest,
      planDigest: file.digest,
      operationCount: plan.steps.count,
      approvers: planned.approvers
    )
    let execution = Execution(of: plan, run: run, options: options.execution(at: connection.pace))
    let result = await Self.caught { () async throws(CommandFailure) in
      try await checkOpenOperations(of: plan)
      do throws(JournalError) {
        return try await driver(planned, Array(plan.steps.indices))
          .carryOut(execution, as: record, plan: file.bytes)
      } catch { throw CommandFailure(error) }
    }
    await release(run)
    return try result.get()
  }

  /// Goes on with an interrupted run; nil where nothing is left of it.
  ///
  /// The run's transactions are claimed before the journal is read, so that nobody else goes on
  /// with the run meanwhile.
  ///
  /// - Parameters:
  ///   - planned: The run's plan.
  ///   - record: What the journal knows of the run.
  ///   - confirm: Asks about what is left.
  /// - Returns: What came of it.
  /// - Throws: `CommandFailure` when the journal does not allow it, or nobody confirms it.
  func resume(
    _ planned: PlannedScript,
    _ record: RunRecord,
    confirm: (RecoveredState) throws(CommandFailure) -> Void
  ) async throws(CommandFailure) -> RunReport? {
    try connection.checkPolicy(of: planned.plan)
    try await claim(planned.plan, for: record.id)
    let result = await Self.caught { () async throws(CommandFailure) -> RunReport? in
      let recovered: RecoveredState
      do throws(JournalError) {
        recovered = try await connection.journal.recoveredState(of: record)
      } catch { throw CommandFailure(error) }
      guard !recovered.isAllDone else { return nil }
      try confirm(recovered)
      return await driver(planned, recovered.untouched)
        .resume(try execution(of: planned, from: recovered))
    }
    await release(record.id)
    return try result.get()
  }

  private func execution(
    of planned: PlannedScript,
    from recovered: RecoveredState
  ) throws(CommandFailure) -> Execution {
    do throws(RecoveryError) {
      return try Execution(
        resuming: recovered,
        of: planned.plan,
        options: options.execution(at: connection.pace)
      )
    } catch {
      throw CommandFailure(
        JournalError(.corrupt, "the journal's entries do not fit the run's plan")
      )
    }
  }

  private static func caught<Value>(
    _ work: () async throws(CommandFailure) -> Value
  ) async -> Result<Value, CommandFailure> {
    do throws(CommandFailure) { return .success(try await work()) } catch {
      return .failure(error)
    }
  }

  private func driver(_ planned: PlannedScript, _ open: [Int]) -> Driver {
    let output = output
    let isConfirmed = isConfirmed
    let rest = restQuestions(planned.plan, open)
    return Driver(
      reader: connection.reader,
      writer: connection.writer,
      journal: connection.journal,
      interruptions: Interruptions.stream {
        output.note(
          "\nSending nothing new; waiting for what is on its way. Ctrl-C again leaves at once."
        )
      },
      confirmRest: { report in
        output.show(report, of: planned)
        // Nobody need be asked about the rest after a trial in which everything went well.
        guard isConfirmed else { return Confirmation.isPossible && Confirmation.ask(rest) }
        let summary = report.summary
        return summary.failed == 0 && summary.pending == 0 && summary.unresolved == 0
      },
      reportProgress: output.progress(total: planned.plan.steps.count)
    )
  }
}

// MARK: - Trials

extension PlanRunner {
  /// What to ask after a trial, about every open operation that was not part of it.
  private func restQuestions(_ plan: Plan, _ open: [Int]) -> [ConfirmationQuestion] {
    guard let firstOnly = options.firstOnly, firstOnly < open.count else { return [] }
    guard connection.account.isProduction else {
      return [ConfirmationQuestion("Carry out the rest?")]
    }
    return ControlTotals(of: plan, steps: open.dropFirst(firstOnly))
      .questions(profile: connection.profile, account: connection.account)
  }
}

// MARK: - Claims

extension PlanRunner {
  /// Makes sure that no other run works on the plan's transactions.
  private func claim(_ plan: Plan, for run: RunID) async throws(CommandFailure) {
    let conflicts: [ClaimConflict]
    do throws(JournalError) {
      conflicts = try await connection.journal.claim(
        plan.changedTransactions,
        for: run,
        by: connection.place.person
      )
    } catch { throw CommandFailure(error) }
    guard let first = conflicts.first else { return }
    let more = conflicts.count > 1 ? " and \(conflicts.count - 1) more" : ""
    throw CommandFailure(
      code: DiagnosticCode(5037),
      text:
        "\(first.transaction)\(more) is being worked on by \(first.person), in run \(first.run)",
      help: "wait until that run is done, then try again"
    )
  }

  /// Gives the claims up; a failure leaves them to be found stale when this process is gone.
  private func release(_ run: RunID) async {
    do throws(JournalError) { try await connection.journal.release(run) } catch {
      output.note("The claims of run \(run) could not be released: \(error.message)")
    }
  }
}

// MARK: - What nobody knows

extension PlanRunner {
  /// Makes sure that nothing is sent a second time of which nobody knows whether it arrived the
  /// first time, since its event may still come.
  ///
  /// The embedded provider answers before anybody else can ask: what it does not show, it has not
  /// done. A person who has looked says so by `again`, or by a reference of its own for each, and is
  /// reminded of what is open.
  func checkOpenOperations(of plan: Plan) async throws(CommandFailure) {
    guard !connection.isEmbedded else { return }
    let open: [OpenOperation]
    do throws(JournalError) {
      open = try await connection.journal.openOperations(on: plan.changedTransactions)
    } catch { throw CommandFailure(error) }
    var openByTransaction = Dictionary(grouping: open, by: \.request.transaction)
    guard !openByTransaction.isEmpty else { return }
    for step in plan.steps {
      let transaction = plan.transactions[Int(step.transaction)].id
      guard let operations = openByTransaction[transaction] else { continue }
      let repeated = operations.last {
        plan.isRepetition(step, of: $0.request.operation, reference: $0.request.reference)
      }
      guard let repeated else { continue }
      throw CommandFailure(
        code: DiagnosticCode(5039),
        text: unknownFate(of: repeated, in: plan, step),
        help: "`dtx resume \(repeated.run.id)` looks for it; when you are sure that it did not"
          + " happen, write `again \"…\"` with the reason"
      )
    }
    for step in plan.steps {
      let transaction = plan.transactions[Int(step.transaction)].id
      guard let last = openByTransaction.removeValue(forKey: transaction)?.last else { continue }
      output.note("warning: \(unknownFate(of: last, in: plan, step)); this is sent all the same")
    }
  }

  private func unknownFate(of open: OpenOperation, in plan: Plan, _ step: Step) -> String {
    let transaction = plan.transactions[Int(step.transaction)]
    let operation = open.request.operation
    let amount = Money(operation.amount, transaction.currency)
    return "\(operation.kind.name) of \(amount) on \(transaction.id) was sent in run"
      + " \(open.run.id) by \(open.run.person) at \(TextBuilder.minute(of: open.intendedAt)), and"
      + " nobody knows what became of it"
  }
}

extension Plan {
  /// The transactions that have steps, each once.
  fileprivate var changedTransactions: [TransactionID] {
    steps.filter { $0.previous < 0 }.map { transactions[Int($0.transaction)].id }
  }
}

extension RunID {
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
  /// Letters of the time in milliseconds: enough until the year 3084.
  private static let timeLetters = 9
  /// Letters by chance, so that two runs of one millisecond differ.
  private static let chanceLetters = 3

  /// Makes a name that sorts by time.
  static func make(at time: Int64) -> RunID {
    var text = ""
    for place in (0..<timeLetters).reversed() {
      text.append(alphabet[Int(time >> (5 * Int64(place))) & 31])
    }
    for _ in 0..<chanceLetters { text.append(alphabet[Int.random(in: 0..<32)]) }
    return RunID(text)
  }
}
