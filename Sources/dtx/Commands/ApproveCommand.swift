import DTXProfiles
import ArgumentParser
import DTXLedger
import DTXPlanning
import DTXSyntax
import Glibc

/// `dtx approve`: the second pair of eyes.
struct ApproveCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Look at a plan that somebody else has made, and sign it.",
    discussion: """
      The approval is written beside the plan, in PLAN.approvals, and goes with it to whoever \
      applies it. It is signed with a key of your own, which is made at the first use; the policy \
      of the profile names its public half, which --key shows.
      """
  )

  @Argument(help: "A plan that `dtx plan` saved.")
  var path: String?

  @Flag(name: .long, help: "Show the public half of your key, and approve nothing.")
  var key = false

  @Flag(name: .shortAndLong, help: "Approve without asking.")
  var yes = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  mutating func validate() throws {
    guard key != (path != nil) else {
      throw ValidationError("give the plan to approve, or --key")
    }
  }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let place = try Place.current(Process.variables)
    guard let path else {
      StandardStreams.write("\(place.person) = \"\(try place.approvalKey().publicText)\"\n")
      return .success
    }
    let file = try PlanFile.read(at: path)
    let connection = try Connection(place, connection)
    try file.check(for: connection, path: path)
    var planned = PlannedScript(file)
    planned.policyRules = connection.policy.rules
    output.show(planned)
    try checkApprover(place.person, of: file, connection)
    let key = try place.approvalKey()
    if !yes {
      guard Confirmation.isPossible else {
        throw .noTerminal(help: "look at the plan, then give --yes")
      }
      let question = ConfirmationQuestion("Approve this plan of \(file.header.plannedBy)?")
      guard Confirmation.ask(question) else { throw .notConfirmed() }
    }
    let approval = key.approve(file, as: place.person, at: Place.now())
    try ApprovalFile.add(approval, to: path)
    output.note("Approved. It can be carried out with: dtx apply \(path)")
    warnIfUnknown(key, place.person, connection)
    return .success
  }

  /// Nobody approves what they have planned themselves.
  private func checkApprover(
    _ person: String,
    of file: PlanFile,
    _ connection: Connection
  ) throws(CommandFailure) {
    guard file.header.plannedBy != person else {
      throw CommandFailure(
        code: DiagnosticCode(5062),
        text: "you have made this plan yourself, so your approval would not count"
      )
    }
    try connection.checkPolicy(of: file.plan)
  }

  /// An approval counts where the plan is applied, which may be another machine.
  private func warnIfUnknown(_ key: ApprovalKey, _ person: String, _ connection: Connection) {
    guard connection.policy.approvers[person] != key.publicText else { return }
    output.note(
      "Here the policy of profile \(connection.profile) does not name you with this key. It counts"
        + " where the policy has:\n\n  [profiles.\(connection.profile).policy.approvers]\n"
        + "  \(person) = \"\(key.publicText)\""
    )
  }
}

/// The approvals that go with a plan.
enum ApprovalFile {
  /// Some dozen approvals; a device may never end.
  private static let byteLimit = 1 << 16

  static func path(of plan: String) -> String { plan + ".approvals" }

  /// Reads the approvals beside a plan; none where there is no such file.
  static func read(of plan: String) throws(CommandFailure) -> [Approval] {
    Approval.read(try bytes(of: plan))
  }

  /// Adds an approval to those beside a plan; whoever applies the plan must be able to read them.
  static func add(_ approval: Approval, to plan: String) throws(CommandFailure) {
    try StandardStreams.replace(
      path(of: plan),
      with: try bytes(of: plan) + approval.line,
      mode: 0o644
    )
  }

  private static func bytes(of plan: String) throws(CommandFailure) -> [UInt8] {
    let path = path(of: plan)
    guard unsafe access(path, F_OK) == 0 else { return [] }
    return try StandardStreams.read(path: path, byteLimit: byteLimit)
  }
}

extension Place {
  private var approvalKeyPath: String { configurationFolder + "/approval.key" }

  /// Returns the person's own key, which is made at the first use.
  ///
  /// - Throws: `CommandFailure` where it can't be read or kept, or others may read it.
  fileprivate func approvalKey() throws(CommandFailure) -> ApprovalKey {
    let path = approvalKeyPath
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw .cannotRead(path, StandardStreams.reason(errno)) }
      let key = ApprovalKey()
      try Self.makeFolder(configurationFolder)
      try StandardStreams.replace(path, with: Array((key.privateText + "\n").utf8))
      return key
    }
    guard status.st_mode & 0o077 == 0 else {
      throw .configuration(
        "others may read your approval key \(path)",
        help: "chmod 600 \(path); if somebody has read it, remove it and have a new one named"
      )
    }
    let bytes = try StandardStreams.read(path: path, byteLimit: 1_024)
    guard let key = ApprovalKey(privateText: String(decoding: bytes, as: UTF8.self)) else {
      throw .configuration("\(path) is no approval key")
    }
    return key
  }
}
