import DTXProfiles
import DTXEvaluator
import DTXExecution
import DTXLedger
import DTXPlanning
import DTXReport
import DTXSyntax

/// The way of one script: plan, preview, confirm, carry out, report.
struct RunFlow {
  let connection: Connection
  let output: Output
  let options: PlanRunner.Options
  let operationLimit: Int
  /// The values of the script's parameters, by name.
  let parameters: [String: String]
  let executing: Executing
  let isDry: Bool

  /// What the options say about carrying out, as far as it is not the runner's.
  struct Executing {
    var isConfirmed = false
    var expectedOperations: Int?
    var expectedSums: [Money] = []
    /// The file for the outcomes.
    var resultPath: String?
  }

  /// The way of a script for a command that has the options of one stage, or of both.
  ///
  /// The option groups are what was parsed: one that is made in code has no values to read.
  init(
    output: Output,
    connection selection: ConnectionOptions,
    executing: ExecutingOptions? = nil,
    planning: PlanningOptions? = nil,
    isDry: Bool
  ) throws(CommandFailure) {
    connection = try Connection(
      Place.current(Process.variables),
      selection,
      executing: executing
    )
    self.output = output
    options = executing?.runner ?? PlanRunner.Options()
    operationLimit = planning?.maxOperations ?? Evaluator.Options.defaultOperationLimit
    parameters = planning?.parameters ?? [:]
    self.executing = executing?.flow ?? Executing()
    self.isDry = isDry
  }

  /// Runs one script from its bytes; what it names is relative to where it is, if that is a file.
  func run(
    _ source: [UInt8],
    named name: String,
    at path: String? = nil
  ) async throws(CommandFailure) -> ExitStatus {
    switch try await planned(source, named: name, at: path) {
    case .failure(let status): return status
    case .success(let planned):
      output.show(planned)
      return try await proceed(planned, help: "look at the plan with --dry-run, then give --yes")
    }
  }

  /// Plans a script and says what is wrong with it; what it asked to see is shown.
  func planned(
    _ source: [UInt8],
    named name: String,
    at path: String? = nil
  ) async throws(CommandFailure) -> PlanningOutcome {
    let planner = connection.planner(operationLimit: operationLimit, parameters: parameters)
    let result: Planner.Result
    do throws(ProviderError) {
      result = try await planner.plan(source, named: name, at: path)
    } catch {
      throw CommandFailure(error)
    }
    output.report(result.diagnostics, in: result.sources)
    if let evaluation = result.evaluation { output.show(evaluation.outputs) }
    guard let evaluation = result.evaluation, !result.hasErrors else {
      return .failure(ExitStatus(result.diagnostics))
    }
    let header = PlanHeader(
      script: name,
      scriptDigest: Digest.hexadecimal(of: source),
      parameters: parameters,
      files: Array(result.sources.dropFirst()),
      profile: connection.profile,
      account: connection.account,
      plannedBy: connection.place.person,
      plannedAt: result.plannedAt,
      onError: result.errorPolicy
    )
    return .success(
      PlannedScript(
        header: header,
        plan: evaluation.plan,
        places: result.places,
        warningCount: result.diagnostics.count { $0.severity == .warning },
        hasOutputs: !evaluation.outputs.isEmpty,
        policyRules: connection.policy.rules
      )
    )
  }

  /// Goes on with a plan that was shown: compares it with what was expected, and carries it out
  /// unless that was not asked for, or nothing is left to do.
  ///
  /// The help is for where nobody can be asked: how to look at the plan first.
  func proceed(
    _ planned: PlannedScript,
    help: String
  ) async throws(CommandFailure) -> ExitStatus {
    try connection.checkPolicy(of: planned.plan)
    try executing.compare(ControlTotals(of: planned.plan))
    // What was only accepted before is left out, and not done for all that.
    let status = planned.plan.leavesOutPending ? ExitStatus.needsAttention : .success
    if planned.plan.steps.isEmpty { return status }
    guard isDry else {
      let carriedOut = try await carryOut(planned, help)
      return carriedOut == .success ? status : carriedOut
    }
    try await runner(onError: planned.header.errorPolicy).checkOpenOperations(of: planned.plan)
    return status
  }

  private func runner(onError policy: ErrorPolicy) -> PlanRunner {
    var options = options
    options.errorPolicy = policy
    return PlanRunner(
      connection: connection,
      output: output,
      options: options,
      isConfirmed: executing.isConfirmed
    )
  }

  /// Asks, carries out and reports.
  private func carryOut(
    _ planned: PlannedScript,
    _ help: String
  ) async throws(CommandFailure) -> ExitStatus {
    // A plan that nobody could see is not carried out.
    if let failure = StandardStreams.outputFailure { throw failure }
    try connection.checkApprovals(planned.approvers)
    try confirm(planned.plan, help)
    if let path = executing.resultPath { try StandardStreams.checkWritable(path) }
    return try output.end(
      try await runner(onError: planned.header.errorPolicy).carryOut(planned),
      of: planned,
      resultPath: executing.resultPath
    )
  }

  private func confirm(_ plan: Plan, _ help: String) throws(CommandFailure) {
    try executing.check(ControlTotals(of: plan), account: connection.account)
    guard !executing.isConfirmed else { return }
    guard Confirmation.isPossible else { throw .noTerminal(help: help) }
    let steps = Array(plan.steps.indices)
    let questions = connection.questions(about: steps, of: plan, trial: options.firstOnly)
    guard Confirmation.ask(questions) else { throw .notConfirmed() }
  }
}

extension Connection {
  /// Returns what to ask before steps of a plan are carried out, or the first of them as a trial.
  func questions(about steps: [Int], of plan: Plan, trial: Int?) -> [ConfirmationQuestion] {
    let trial = trial.flatMap { $0 < steps.count ? $0 : nil }
    return ControlTotals(of: plan, steps: steps.prefix(trial ?? steps.count)).questions(
      ofTotal: trial.map { _ in steps.count },
      profile: profile,
      account: account
    )
  }
}

extension RunFlow.Executing {
  /// Compares what a plan would do with what was expected.
  func compare(_ totals: ControlTotals) throws(CommandFailure) {
    do throws(ControlTotals.Difference) {
      try totals.check(operations: expectedOperations, moved: expectedSums)
    } catch { throw .controlTotals(error.message) }
  }

  /// Compares what is about to be done with what was expected, and in production insists on that
  /// where nobody is asked.
  func check(_ totals: ControlTotals, account: Account) throws(CommandFailure) {
    try compare(totals)
    guard isConfirmed, account.isProduction else { return }
    guard expectedOperations != nil, !expectedSums.isEmpty || totals.moved.isEmpty else {
      throw .controlTotalsMissing()
    }
  }
}

extension Output {
  /// Shows what came of a run, writes its outcomes to a file if that was asked for, and says how
  /// the program ends.
  func end(
    _ report: RunReport,
    of planned: PlannedScript,
    resultPath: String?
  ) throws(CommandFailure) -> ExitStatus {
    show(report, of: planned)
    if let resultPath {
      let result = RunResult(report, heading: planned.heading, places: planned.places)
      try StandardStreams.replace(resultPath, with: result.csv())
    }
    if let advice = report.advice, !isJSON { note(advice) }
    return ExitStatus(report)
  }
}

/// A plan, or how the program ends without one.
enum PlanningOutcome {
  case success(PlannedScript)
  case failure(ExitStatus)
}

/// A plan that holds, with what its preview and its file say about it.
struct PlannedScript {
  let header: PlanHeader
  let plan: Plan
  /// Where every statement stands that the plan's steps name, for tables.
  let places: StatementPlaces
  let warningCount: Int
  /// Whether the script showed something, so that an empty plan needs no words.
  let hasOutputs: Bool
  /// The rules of the profile's policy, in words.
  var policyRules: [String] = []
  /// Who has approved the plan, of those who may.
  var approvers: [String] = []
}

extension ExitStatus {
  /// The status of a script that is wrong: names and syntax before the rules.
  init(_ diagnostics: [Diagnostic]) {
    let errors = diagnostics.filter { $0.severity == .error }
    self = errors.contains { $0.code.number < 3000 } ? .wrongScript : .refused
  }

  /// The status of a plan that was carried out.
  init(_ report: RunReport) {
    self =
      switch report.category {
      case .allDone: .success
      case .someFailed: .someFailed
      case .needsAttention: .needsAttention
      case .journalFailed: .configuration
      case .unreachable: .unreachable
      case .interrupted: .interrupted
      }
  }
}

extension RunReport {
  /// How to go on with a run that was cut short; nil where there is nothing to go on with.
  var advice: String? {
    switch category {
    case .needsAttention, .journalFailed: "`dtx resume` settles and finishes this run."
    case .interrupted where stop == .abandoned: "`dtx resume` settles and finishes this run."
    case .interrupted: "To go on, run the script again: what is done already is left out."
    case .unreachable: "`dtx resume \(run)` goes on when the provider can be reached again."
    case .allDone, .someFailed: nil
    }
  }
}

extension PlanHeader {
  var errorPolicy: ErrorPolicy { ErrorPolicy(rawValue: onError) ?? .stop }

  /// When the plan expires, for a person.
  var expiryText: String { TextBuilder.minute(of: expiresAt) }
}
