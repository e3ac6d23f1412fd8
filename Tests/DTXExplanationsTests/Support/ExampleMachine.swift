import DTXEvaluator
import DTXExecution
import DTXLedger
import DTXPlanning
import DTXReport
import DTXSandbox
import DTXSyntax
import DTXTestSupport

/// A new sandbox at a fixed time, with some files beside the script: what examples are run on.
struct ExampleMachine {
  /// 2026-11-25T12:00Z.
  private static let now: Int64 = 1_795_608_000_000
  private static let folder = TemporaryFolder()
  private static let sandbox: Sandbox = {
    guard let account = Account("T12345678") else { preconditionFailure("no account") }
    return Sandbox(
      path: folder.file("sandbox.db"),
      account: account,
      environment: SandboxEnvironment(now: { now }, nextID: SandboxEnvironment.live.nextID)
    )
  }()

  private let planner: Planner

  init(files: [String: String] = [:]) {
    var options = Evaluator.Options()
    options.now = Self.now
    // As a command does, which is given the values of all parameters or none.
    options.parameters = [:]
    planner = Planner(
      reader: Self.sandbox.reader,
      options: options,
      files: ExampleFiles(files: files)
    )
  }

  func plan(_ source: [UInt8]) async throws -> Planner.Result {
    try await planner.plan(source, named: "example.dtx", at: "/example.dtx")
  }

  /// What comes out of a script, as a session would show it.
  func output(of source: String) async throws -> String {
    let result = try await plan(Array(source.utf8))
    return diagnostics(of: result) + outputs(of: result) + operations(of: result)
  }

  private static let options = OutputOptions(columns: 100)

  /// What is wrong, as a person reads it.
  func diagnostics(of result: Planner.Result) -> String {
    var sources = SourceSet()
    for source in result.sources { sources.append(Source(name: source.name, bytes: source.bytes)) }
    var builder = TextBuilder(options: Self.options)
    DiagnosticReport(result.diagnostics, in: sources).append(to: &builder)
    return builder.text
  }

  /// What the script shows; nothing where it has errors.
  func outputs(of result: Planner.Result) -> String {
    guard let evaluation = result.evaluation, !result.hasErrors else { return "" }
    var builder = TextBuilder(options: Self.options)
    for output in evaluation.outputs { output.append(to: &builder) }
    return builder.text
  }

  /// What the script would do; nothing where it has errors.
  func operations(of result: Planner.Result) -> String {
    guard let evaluation = result.evaluation, !result.hasErrors else { return "" }
    var builder = TextBuilder(options: Self.options)
    StagedReport(evaluation.plan, since: nil).append(to: &builder)
    return builder.text
  }
}

/// Files in memory, and an environment with a home.
private struct ExampleFiles: PlanningFiles {
  let files: [String: String]

  func file(
    _ path: String,
    relativeTo script: String?,
    byteLimit: Int
  ) throws(FileProblem) -> PlanningFile {
    guard let text = files[path] else { throw FileProblem("no such file or directory") }
    return PlanningFile(path: "/" + path, name: path, bytes: Array(text.utf8))
  }

  func variable(_ name: String) -> String? { name == "HOME" ? "/home/kari" : nil }
}
