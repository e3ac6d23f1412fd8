import ArgumentParser
import DTXExecution
import DTXJournal
import DTXPlanning
import DTXSyntax

/// `dtx revert`: a script that takes back what a run has done.
struct RevertCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "revert",
    abstract: "Write a script that takes back what a run has done, to be looked at and run.",
    discussion: """
      Captures become refunds. What can't be taken back, such as a void, stands in the script as a \
      remark. Nothing is sent and nothing is asked of the provider.
      """
  )

  @Argument(help: "The name of the run, from `dtx journal list`.")
  var run: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The file for the script, or `-` for standard output."
  )
  var path: String

  func execute() async throws(CommandFailure) -> ExitStatus {
    let journal = try Place.current(Process.variables).journal
    let recorded: RecordedRun
    let bytes: [UInt8]
    let state: RecoveredState
    do throws(JournalError) {
      recorded = try await journal.run(RunID(run)).run
      bytes = try await journal.plan(of: RunID(run))
      state = try await journal.recoveredState(of: recorded.record)
    } catch { throw CommandFailure(error) }
    guard recorded.end != nil else {
      throw CommandFailure(
        code: DiagnosticCode(5038),
        text: "run \(run) is not finished, so nobody knows yet what there is to take back",
        help: "finish it with `dtx resume \(run)`"
      )
    }
    let plan = try PlanFile.read(bytes, path: "the plan of run \(run)").plan
    let script = RevertScript(of: recorded.record, plan: plan, open: state.open) {
      state.isDone(Int32($0))
    }
    guard path != "-" else {
      StandardStreams.write(script.text)
      return .success
    }
    try StandardStreams.replace(path, with: Array(script.text.utf8))
    output.note(Self.summary(of: script, path))
    if !state.open.isEmpty {
      output.note(
        "Of \(state.open.count) more nobody knows yet whether they were done; it says which, and"
          + " `dtx resume \(run)` looks for them."
      )
    }
    return .success
  }

  private static func summary(of script: RevertScript, _ path: String) -> String {
    let count = script.statementCount
    let statements = count == 1 ? "1 statement" : "\(count) statements"
    let final = script.finalCount == 1 ? "1 operation" : "\(script.finalCount) operations"
    let remark = script.finalCount > 0 ? " \(final) can't be taken back; it says which." : ""
    let next = count > 0 ? " Look at it, then: dtx run \(path)" : ""
    return "The script in \(path) has \(statements).\(remark)\(next)"
  }
}
