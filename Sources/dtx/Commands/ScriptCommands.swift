import DTXProfiles
import ArgumentParser
import DTXExecution
import DTXPlanning
import DTXSyntax

/// `dtx run`: plan, preview, confirm, carry out.
struct RunCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Plan scripts, show what they would do, ask, and carry them out.",
    discussion: "Several scripts run one after the other; the first that fails ends the run."
  )

  @Argument(help: "Scripts, or `-` for standard input.")
  var files: [String]

  @Flag(name: .long, help: "Plan and show, and carry nothing out.")
  var dryRun = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var executing: ExecutingOptions
  @OptionGroup var planning: PlanningOptions
  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let flow = try RunFlow(
      output: output,
      connection: connection,
      executing: executing,
      planning: planning,
      isDry: dryRun
    )
    for file in files {
      let source = try StandardStreams.read(path: file)
      let status = try await flow.run(source, named: StandardStreams.name(of: file))
      if status != .success { return status }
    }
    return .success
  }
}

/// `dtx check`: read and check, without asking any provider.
struct CheckCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read and check scripts without reading any transaction."
  )

  @Argument(help: "Scripts, or `-` for standard input.")
  var files: [String]

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let place = try Place.current(Process.variables, makingFolder: false)
    let account = try place.selectedProfile(connection.profile).account
    var status = ExitStatus.success
    for file in files {
      let source = try StandardStreams.read(path: file)
      let (_, _, diagnostics) = Planner.check(source, account: account)
      let name = StandardStreams.name(of: file)
      output.report(diagnostics, of: source, named: name)
      if diagnostics.contains(where: { $0.severity == .error }) {
        status = ExitStatus(diagnostics)
      } else if !report.json {
        output.note("\(name) is well formed.")
      }
    }
    return status
  }
}

/// `dtx plan`: plan a script and keep the plan.
struct PlanCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Plan a script and save the plan, to be looked at and applied later."
  )

  @Argument(help: "A script, or `-` for standard input.")
  var file: String

  @Option(name: [.customShort("o"), .customLong("output")], help: "The file to write the plan to.")
  var path: String

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var planning: PlanningOptions
  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let flow = try RunFlow(output: output, connection: connection, planning: planning, isDry: true)
    let source = try StandardStreams.read(path: file)
    switch try await flow.planned(source, named: StandardStreams.name(of: file)) {
    case .failure(let status): return status
    case .success(let planned):
      output.show(planned)
      try flow.connection.checkPolicy(of: planned.plan)
      try StandardStreams.replace(
        path,
        with: PlanFile.encode(planned.plan, header: planned.header, lines: planned.lines).bytes
      )
      if !report.json {
        let approval = flow.connection.policy.approvals > 0 ? "dtx approve \(path), then " : ""
        output.note("The plan is in \(path); carry it out with: \(approval)dtx apply \(path)")
      }
      return .success
    }
  }
}
