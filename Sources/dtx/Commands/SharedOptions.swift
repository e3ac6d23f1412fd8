import DTXExecution
import ArgumentParser
import DTXEvaluator
import DTXLedger

/// Options of every command that reports.
struct ReportOptions: ParsableArguments {
  @Flag(name: .long, help: "Write JSON lines instead of text.")
  var json = false

  @Flag(name: .long, help: "Show every row of a long table.")
  var all = false
}

/// Options of every command that plans.
struct PlanningOptions: ParsableArguments {
  @Option(name: .long, help: "The most operations that a plan may have.")
  var maxOperations = Evaluator.Options.defaultOperationLimit

  @Option(name: .long, help: "A parameter of the script, as name=value; again for each.")
  var set: [GivenParameter] = []

  mutating func validate() throws {
    guard maxOperations > 0 else { throw ValidationError("--max-operations must be above zero") }
    let names = set.map(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw ValidationError("--set gives \(twice) twice")
    }
  }

  /// The values of parameters, by name.
  var parameters: [String: String] {
    Dictionary(set.map { ($0.name, $0.value) }) { first, _ in first }
  }
}

/// A parameter as it is given on the command line: `name=value`.
struct GivenParameter: ExpressibleByArgument {
  let name: String
  let value: String

  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "=") else { return nil }
    // A person may write the name as the script does.
    name = String(argument[..<sign].drop { $0 == "$" })
    value = String(argument[argument.index(after: sign)...])
    if name.isEmpty { return nil }
  }
}

/// Options of every command that carries plans out.
struct ExecutingOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Carry out without asking.")
  var yes = false

  @Option(name: .long, help: "Carry out so many operations as a trial, then ask.")
  var first: Int?

  @Option(name: .long, help: "The most transactions worked on at the same time; 4 by default.")
  var concurrency: Int?

  @Option(
    name: .long,
    help: "The most operations sent per second; 5 by default, and no limit in the sandbox."
  )
  var rate: Double?

  @Option(name: .long, help: "Seconds to wait for an operation that was accepted.")
  var wait = 120.0

  @Option(name: .long, help: "How many operations the plan must have, or nothing is done.")
  var expectOperations: Int?

  @Option(
    name: .long,
    help: "What the plan must move, as \"12480.50 NOK\"; again for each further currency."
  )
  var expectTotal: [Money] = []

  @Option(name: .long, help: "A file for the outcome of every operation, in CSV.")
  var result: String?

  mutating func validate() throws {
    guard first ?? 1 > 0 else { throw ValidationError("--first must be above zero") }
    let pace = Connection.Pace(rate: rate, concurrency: concurrency ?? 1)
    guard runner.execution(at: pace).isValid else {
      throw ValidationError(
        "--concurrency is 1 to 256, --rate 0.01 to 10000, and --wait not negative"
      )
    }
  }

  /// What of them is for the runner.
  var runner: PlanRunner.Options {
    PlanRunner.Options(waitSeconds: wait, firstOnly: first)
  }

  /// What of them is for the way to the runner, and from it.
  var flow: RunFlow.Executing {
    RunFlow.Executing(
      isConfirmed: yes,
      expectedOperations: expectOperations,
      expectedSums: expectTotal,
      resultPath: result
    )
  }
}

/// Which profile a command works with.
struct ConnectionOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The profile; the sandbox, unless another is the default.")
  var profile: String?
}

extension Money: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
