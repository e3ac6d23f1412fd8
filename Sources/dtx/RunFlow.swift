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
  let isConfirmed: Bool
  let isDry: Bool

  /// The way of a script for a command that has the options of one stage, or of both.
  ///
  /// The option groups are what was parsed: one that is made in code has no values to read.
  init(
    output: Output,
    executing: ExecutingOptions? = nil,
    planning: PlanningOptions? = nil,
    isDry: Bool
  ) throws(CommandFailure) {
    connection = Connection(try Place.current(Process.variables))
    self.output = output
    var options = PlanRunner.Options()
    executing?.apply(to: &options)
    self.options = options
    operationLimit = planning?.maxOperations ?? Evaluator.Options.defaultOperationLimit
    isConfirmed = executing?.yes ?? false
    self.isDry = isDry
  }

  /// Runs one script from its bytes.
  func run(_ source: [UInt8], named name: String) async throws(CommandFailure) -> ExitStatus {
    switch try await planned(source, named: name) {
    case .failure(let status): return status
    case .success(let planned):
      output.show(planned)
      guard !isDry, !planned.plan.steps.isEmpty else { return .success }
      return try await carryOut(planned)
    }
  }

  /// Plans a script and says what is wrong with it; what it asked to see is shown.
  func planned(
    _ source: [UInt8],
    named name: String
  ) async throws(CommandFailure) -> PlanningOutcome {
    let planner = connection.planner(operationLimit: operationLimit)
    let result: Planner.Result
    do throws(ProviderError) { result = try await planner.plan(source) } catch {
      throw CommandFailure(error)
    }
    output.report(result.diagnostics, of: source, named: name)
    if let evaluation = result.evaluation { output.show(evaluation.outputs) }
    guard let evaluation = result.evaluation, !result.hasErrors else {
      return .failure(ExitStatus(result.diagnostics))
    }
    let header = PlanHeader(
      script: name,
      scriptDigest: Digest.hexadecimal(of: source),
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
        lines: result.script.statementLines(),
        warningCount: result.diagnostics.count { $0.severity == .warning },
        hasOutputs: !evaluation.outputs.isEmpty
      )
    )
  }

  /// Asks, carries out and reports.
  ///
  /// The help is for where nobody can be asked: how to look at the plan first.
  func carryOut(
    _ planned: PlannedScript,
    help: String = "look at the plan with --dry-run, then give --yes"
  ) async throws(CommandFailure) -> ExitStatus {
    // A plan that nobody could see is not carried out.
    if let failure = StandardStreams.outputFailure { throw failure }
    try confirm(planned.plan, help)
    var options = options
    options.errorPolicy = planned.header.errorPolicy
    let runner = PlanRunner(
      connection: connection,
      output: output,
      options: options,
      isConfirmed: isConfirmed
    )
    let report = try await runner.carryOut(planned)
    output.show(report, of: planned)
    if let advice = report.advice, !output.isJSON { output.note(advice) }
    return ExitStatus(report)
  }

  private func confirm(_ plan: Plan, _ help: String) throws(CommandFailure) {
    guard !isConfirmed else { return }
    guard Confirmation.isPossible else { throw .noTerminal(help: help) }
    let question = Confirmation.question(
      for: plan,
      firstOnly: options.firstOnly,
      profile: connection.profile,
      account: connection.account
    )
    guard Confirmation.ask(question) else { throw .notConfirmed() }
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
  /// The line of every statement that the plan's steps name, by its number.
  let lines: [UInt32]
  let warningCount: Int
  /// Whether the script showed something, so that an empty plan needs no words.
  let hasOutputs: Bool

  /// Where the statements stand, for tables.
  var places: StatementPlaces {
    StatementPlaces(
      sourceNames: [header.script],
      places: lines.map { StatementPlaces.Place(line: $0) }
    )
  }
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
    case .allDone, .someFailed, .unreachable: nil
    }
  }
}

extension PlanHeader {
  var errorPolicy: ErrorPolicy { ErrorPolicy(rawValue: onError) ?? .stop }

  /// When the plan expires, for a person.
  var expiryText: String {
    var builder = TextBuilder()
    builder.append(minuteOf: expiresAt)
    return builder.text + " UTC"
  }
}
