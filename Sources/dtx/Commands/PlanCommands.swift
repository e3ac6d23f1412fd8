import DTXEvaluator
import DTXProfiles
import ArgumentParser
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
    output.show(PlannedScript(try PlanFile.read(at: path)))
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

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var executing: ExecutingOptions
  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let flow = try RunFlow(
      output: output,
      connection: connection,
      executing: executing,
      isDry: false
    )
    let file = try PlanFile.read(at: path)
    try file.check(for: flow.connection, path: path)
    var planned = PlannedScript(file)
    planned.policyRules = flow.connection.policy.rules
    planned.approvers = Approval.approvers(
      of: file,
      try ApprovalFile.read(of: path),
      among: flow.connection.policy.approvers
    )
    output.show(planned)
    return try await flow.proceed(
      planned,
      help: "look at the plan with `dtx show \(path)`, then give --yes"
    )
  }
}

extension PlanFile {
  /// Reads a saved plan.
  static func read(at path: String) throws(CommandFailure) -> PlanFile {
    try read(
      StandardStreams.read(path: path, byteLimit: StandardStreams.planByteLimit),
      path: path
    )
  }

  /// Reads a plan from its bytes; the path is for messages.
  static func read(_ bytes: [UInt8], path: String) throws(CommandFailure) -> PlanFile {
    do throws(PlanFileError) {
      let file = try PlanFile.decode(bytes)
      // A digest shows that the file is whole, not that dtx made it.
      guard Account(file.header.account) != nil else { throw .unreadable(line: 1) }
      return file
    } catch {
      throw CommandFailure(error, path: path)
    }
  }

  /// Makes sure that the plan is for the account that a command works with, and still good.
  func check(for connection: Connection, path: String) throws(CommandFailure) {
    guard header.account == connection.account.text else {
      throw .planOfOtherAccount(header.account, connected: connection.account.text)
    }
    guard Place.now() < header.expiresAt else {
      throw .planExpired(path, on: header.expiryText)
    }
  }
}

extension PlannedScript {
  /// A plan that was read back.
  init(_ file: PlanFile) {
    self.init(
      header: file.header,
      plan: file.plan,
      places: file.places,
      warningCount: 0,
      hasOutputs: false
    )
  }
}
