import ArgumentParser
import DTXExecution
import DTXJournal
import DTXLedger
import DTXPlanning

/// `dtx resume`: finish what an interruption or a crash left.
struct ResumeCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Settle and finish an interrupted run.",
    discussion: """
      What may have left before the interruption is looked up at the provider and never sent again \
      blindly, and so is what failed, since the provider may have corrected it. Without a name, the \
      only unfinished run is meant.
      """
  )

  @Argument(help: "The name of the run, from `dtx journal list`.")
  var run: String?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var executing: ExecutingOptions
  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let place = try Place.current(Process.variables)
    guard let record = try await record(in: place.journal) else {
      if !report.json { output.note("There is no unfinished run.") }
      return .success
    }
    let connection = try connection(for: record, at: place)
    let bytes: [UInt8]
    do throws(JournalError) { bytes = try await connection.journal.plan(of: record.id) } catch {
      throw CommandFailure(error)
    }
    var planned = PlannedScript(try PlanFile.read(bytes, path: "the plan of run \(record.id)"))
    planned.approvers = record.approvers
    if let path = executing.result { try StandardStreams.checkWritable(path) }
    var options = executing.runner
    options.errorPolicy = planned.header.errorPolicy
    let runner = PlanRunner(
      connection: connection,
      output: output,
      options: options,
      isConfirmed: executing.yes
    )
    let plan = planned.plan
    let resumed = try await runner.resume(planned, record) { (state) throws(CommandFailure) in
      try confirm(record, state, plan, connection)
    }
    guard let resumed else {
      if !report.json { output.note("Run \(record.id) is done: there is nothing left of it.") }
      return .success
    }
    return try output.end(resumed, of: planned, resultPath: executing.result)
  }

  /// Connects to the profile that was asked for, or to that of the run.
  private func connection(
    for record: RunRecord,
    at place: Place
  ) throws(CommandFailure) -> Connection {
    var selection = connection
    if selection.profile == nil { selection.profile = record.profile }
    let connection = try Connection(place, selection, executing: executing)
    guard record.account == connection.account else {
      throw .planOfOtherAccount(record.account.text, connected: connection.account.text)
    }
    return connection
  }

  private func record(
    in journal: SQLiteJournal
  ) async throws(CommandFailure) -> RunRecord? {
    let unfinished: [RecordedRun]
    do throws(JournalError) {
      if let run { return try await journal.run(RunID(run)).run.record }
      unfinished = try await journal.unfinishedRuns()
    } catch { throw CommandFailure(error) }
    guard unfinished.count <= 1 else {
      throw .usage(
        "\(unfinished.count) runs are unfinished: "
          + unfinished.map(\.record.id.text).joined(separator: ", "),
        help: "name one: dtx resume \(unfinished[0].record.id)"
      )
    }
    return unfinished.first?.record
  }

  /// Asks before anything is sent; what is only looked up needs no confirmation.
  private func confirm(
    _ record: RunRecord,
    _ state: RecoveredState,
    _ plan: Plan,
    _ connection: Connection
  ) throws(CommandFailure) {
    let open = state.untouched
    guard !open.isEmpty else { return }
    try executing.flow.check(ControlTotals(of: plan, steps: open), account: connection.account)
    guard !executing.yes else { return }
    guard Confirmation.isPossible else {
      throw .noTerminal(
        help: "look at the run with `dtx journal show \(record.id)`, then give --yes"
      )
    }
    output.note(
      "Run \(record.id) of \(record.script): \(open.count) of \(plan.steps.count) operations are"
        + " still to be done."
    )
    let questions = connection.questions(about: open, of: plan, trial: executing.first)
    guard Confirmation.ask(questions) else { throw .notConfirmed() }
  }
}
