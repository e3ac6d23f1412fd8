import DTXProfiles
import ArgumentParser
import DTXExecution
import DTXLedger
import DTXPlanning
import DTXReport
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
    abstract: "Read and check scripts without reading any transaction.",
    discussion: """
      --fix makes the repairs of which nobody needs to be asked, such as missing quotes. It never \
      changes the digits of an amount. `dtx explain CODE` explains what a message means.
      """
  )

  @Argument(help: "Scripts, or `-` for standard input.")
  var files: [String]

  @Flag(name: .long, help: "Repair what can be repaired without asking.")
  var fix = false

  @Flag(name: .long, help: "Show the repairs as a diff; without --fix nothing is changed.")
  var diff = false

  @Flag(name: .long, help: "Write what was found to standard output as one SARIF 2.1.0 log.")
  var sarif = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func validate() throws {
    let writesOutput = report.json || diff || fix && files.contains("-")
    guard !sarif || !writesOutput else {
      throw ValidationError("--sarif goes with neither --json, --diff, nor --fix of standard input")
    }
  }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let place = try Place.current(Process.variables, makingFolder: false)
    let account = try place.selectedProfile(connection.profile).account
    var status = ExitStatus.success
    var reports: [DiagnosticReport] = []
    for file in files {
      let name = StandardStreams.name(of: file)
      let source = try repaired(try StandardStreams.read(path: file), of: file, account)
      let (_, _, diagnostics) = Planner.check(source, account: account)
      if sarif {
        let sources = SourceSet(name: name, bytes: source)
        reports.append(DiagnosticReport(diagnostics, in: sources))
      } else {
        output.report(diagnostics, of: source, named: name)
      }
      if diagnostics.contains(where: { $0.severity == .error }) {
        status = ExitStatus(diagnostics)
      } else if !report.json, !sarif {
        output.note("\(name) is well formed.")
      }
    }
    if sarif { output.json(SARIFLog(reports, version: DTXCommand.version).append) }
    return status
  }

  /// Repairs a script as far as was asked for, and returns what is to be checked.
  private func repaired(
    _ source: [UInt8],
    of file: String,
    _ account: Account
  ) throws(CommandFailure) -> [UInt8] {
    guard fix || diff else { return source }
    let name = StandardStreams.name(of: file)
    let repair = Repair(of: source) { Planner.check($0, account: account).diagnostics }
    if diff { output.show(LineDiff(from: source, to: repair.text), of: name) }
    guard fix else { return source }
    if file == "-" {
      if !diff { StandardStreams.write(repair.text) }
    } else if repair.text != source {
      try StandardStreams.rewrite(file, with: repair.text)
    }
    output.report(RepairReport(repair, in: name))
    return repair.text
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
