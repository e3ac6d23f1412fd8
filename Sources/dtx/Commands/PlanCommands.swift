import ArgumentParser
import DTXExecution
import DTXJournal
import DTXLedger
import DTXPlanning
import DTXReport

/// `dtx show`: the preview of a saved plan again.
struct ShowCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the preview of a saved plan again."
  )

  @Argument(help: "A plan that `dtx plan` saved.")
  var path: String

  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    output.show(try PlannedScript(planAt: path))
    return .success
  }
}

/// `dtx apply`: carry out a saved plan, once.
struct ApplyCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Carry out a saved plan. A plan is carried out once, and not after 48 hours."
  )

  @Argument(help: "A plan that `dtx plan` saved.")
  var path: String

  @OptionGroup var executing: ExecutingOptions
  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let flow = try RunFlow(output: output, executing: executing, isDry: false)
    let planned = try PlannedScript(planAt: path)
    guard planned.header.account == flow.connection.account.text else {
      throw .planOfOtherAccount(planned.header.account, connected: flow.connection.account.text)
    }
    guard Place.now() < planned.header.expiresAt else {
      throw .planExpired(path, on: planned.header.expiryText)
    }
    output.show(planned)
    guard !planned.plan.steps.isEmpty else { return .success }
    return try await flow.carryOut(
      planned,
      help: "look at the plan with `dtx show \(path)`, then give --yes"
    )
  }
}

/// `dtx resume`: finish what an interruption or a crash left.
struct ResumeCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Settle and finish an interrupted run.",
    discussion: """
      What may have left before the interruption is looked up at the provider and never sent again \
      blindly. Without a name, the only unfinished run is meant.
      """
  )

  @Argument(help: "The name of the run, from `dtx journal list`.")
  var run: String?

  @OptionGroup var executing: ExecutingOptions
  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let connection = Connection(try Place.current(Process.variables))
    guard let recorded = try await recordedRun(in: connection.journal) else {
      if !report.json { output.note("There is no unfinished run.") }
      return .success
    }
    let record = recorded.record
    guard record.account == connection.account else {
      throw .planOfOtherAccount(record.account.text, connected: connection.account.text)
    }
    let bytes: [UInt8]
    let recovered: RecoveredState
    do throws(JournalError) {
      bytes = try await connection.journal.plan(of: record.id)
      recovered = try await connection.journal.recoveredState(of: record)
    } catch { throw CommandFailure(error) }
    let planned = try PlannedScript(bytes: bytes, path: "the plan of run \(record.id)")
    try confirm(record, recovered)
    var options = PlanRunner.Options()
    executing.apply(to: &options)
    options.errorPolicy = planned.header.errorPolicy
    let runner = PlanRunner(
      connection: connection,
      output: output,
      options: options,
      isConfirmed: executing.yes
    )
    let result = try await runner.resume(planned, recovered)
    output.show(result, of: planned)
    return ExitStatus(result)
  }

  private func recordedRun(
    in journal: SQLiteJournal
  ) async throws(CommandFailure) -> RecordedRun? {
    let unfinished: [RecordedRun]
    do throws(JournalError) { unfinished = try await journal.unfinishedRuns() } catch {
      throw CommandFailure(error)
    }
    guard let run else {
      guard unfinished.count <= 1 else {
        throw .usage(
          "\(unfinished.count) runs are unfinished: "
            + unfinished.map(\.record.id.text).joined(separator: ", "),
          help: "name one: dtx resume \(unfinished[0].record.id)"
        )
      }
      return unfinished.first
    }
    guard let found = unfinished.first(where: { $0.record.id.text == run }) else {
      throw .usage("run \(run) is not unfinished", help: "see the runs with `dtx journal list`")
    }
    return found
  }

  private func confirm(_ record: RunRecord, _ state: RecoveredState) throws(CommandFailure) {
    guard !executing.yes else { return }
    guard Confirmation.isPossible else {
      throw .noTerminal(
        help: "look at the run with `dtx journal show \(record.id)`, then give --yes"
      )
    }
    let open = (0..<Int32(state.operationCount)).count { step in
      switch state.progress(of: step) {
      case .untouched, .intended, .sent: true
      case .settledAsPredicted, .settled: false
      }
    }
    let question =
      "Finish run \(record.id) of \(record.script): \(open) of \(state.operationCount)"
      + " operations are open. Go on?"
    guard Confirmation.ask(question) else { throw .notConfirmed() }
  }
}

extension PlannedScript {
  /// Reads a saved plan.
  init(planAt path: String) throws(CommandFailure) {
    let bytes = try StandardStreams.read(path: path, byteLimit: StandardStreams.planByteLimit)
    try self.init(bytes: bytes, path: path)
  }

  init(bytes: [UInt8], path: String) throws(CommandFailure) {
    do throws(PlanFileError) {
      let file = try PlanFile.decode(bytes)
      // A digest shows that the file is whole, not that dtx made it.
      guard Account(file.header.account) != nil else { throw .unreadable(line: 1) }
      self.init(
        header: file.header,
        plan: file.plan,
        lines: file.lines,
        warningCount: 0,
        hasOutputs: false
      )
    } catch {
      throw CommandFailure(error, path: path)
    }
  }
}
