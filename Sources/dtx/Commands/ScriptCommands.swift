import DTXEvaluator
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

  func validate() throws {
    if let result = executing.result {
      guard !files.contains(result) else {
        throw ValidationError("--result would overwrite the script \(result)")
      }
    }
    let isForOne =
      executing.result != nil || executing.expectOperations != nil || !executing.expectTotal.isEmpty
    guard files.count == 1 || !isForOne else {
      throw ValidationError(
        "--result, --expect-operations and --expect-total are about one script: run each by itself"
      )
    }
  }

  func execute() async throws(CommandFailure) -> ExitStatus {
    if files.count > 1, dryRun, !report.json {
      output.note(
        "Each script is planned from the payments as they are now, without what the scripts before"
          + " it would do."
      )
    }
    let flow = try RunFlow(
      output: output,
      connection: connection,
      executing: executing,
      planning: planning,
      isDry: dryRun
    )
    for file in files {
      let source = try StandardStreams.read(path: file)
      let status = try await flow.run(
        source,
        named: StandardStreams.name(of: file),
        at: LocalFiles.path(ofScript: file)
      )
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
      let checker = ScriptCheck(
        account: account,
        name: name,
        path: LocalFiles.path(ofScript: file),
        files: LocalFiles(variables: place.variables)
      )
      let source = try repaired(try StandardStreams.read(path: file), of: file, checker)
      let check = checker.check(source)
      let diagnostics = check.diagnostics
      if sarif {
        reports.append(DiagnosticReport(diagnostics, in: SourceSet(check.sources)))
      } else {
        output.report(diagnostics, in: check.sources)
      }
      if diagnostics.contains(where: { $0.severity == .error }) {
        status = ExitStatus(diagnostics)
      } else if !report.json, !sarif {
        output.note("\(name) is well formed.")
        for line in check.program.parameterLines { output.note(line) }
      }
    }
    if sarif { output.json(SARIFLog(reports, version: DTXCommand.version).append) }
    return status
  }

  /// Repairs a script as far as was asked for, and returns what is to be checked.
  private func repaired(
    _ source: [UInt8],
    of file: String,
    _ checker: ScriptCheck
  ) throws(CommandFailure) -> [UInt8] {
    guard fix || diff else { return source }
    let name = StandardStreams.name(of: file)
    let repair = Repair(of: source) { checker.check($0).diagnostics }
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

extension Program {
  /// The parameters as a person sets them, one a line, below a line that says how.
  fileprivate var parameterLines: [String] {
    guard !parameters.isEmpty else { return [] }
    let rows = parameters.map { [$0.name, $0.standard ?? "required", $0.purpose] }
    func width(_ column: Int) -> Int { rows.map(\.[column].count).max() ?? 0 }
    func padded(_ text: String, _ column: Int) -> String {
      text + String(repeating: " ", count: width(column) - text.count + 2)
    }
    return ["Its parameters, each given with --set name=value:"]
      + rows.map { ("  " + padded($0[0], 0) + padded($0[1], 1) + $0[2]).trimmedAtEnd }
  }
}

extension String {
  fileprivate var trimmedAtEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}

/// What a script is checked with, whatever its text is by then.
private struct ScriptCheck {
  let account: Account
  let name: String
  let path: String?
  let files: LocalFiles

  func check(_ source: [UInt8]) -> Planner.Check {
    Planner.check(source, account: account, named: name, at: path, files: files)
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
    let name = StandardStreams.name(of: file)
    let place = LocalFiles.path(ofScript: file)
    switch try await flow.planned(source, named: name, at: place) {
    case .failure(let status): return status
    case .success(let planned):
      output.show(planned)
      try flow.connection.checkPolicy(of: planned.plan)
      try StandardStreams.replace(
        path,
        with: PlanFile.encode(planned.plan, header: planned.header, places: planned.places).bytes
      )
      if !report.json {
        let approval = flow.connection.policy.approvals > 0 ? "dtx approve \(path), then " : ""
        output.note("The plan is in \(path); carry it out with: \(approval)dtx apply \(path)")
      }
      return .success
    }
  }
}
