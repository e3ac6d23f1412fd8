import ArgumentParser
import DTXEvaluator

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

  mutating func validate() throws {
    guard maxOperations > 0 else { throw ValidationError("--max-operations must be above zero") }
  }
}

/// Options of every command that carries plans out.
struct ExecutingOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Carry out without asking.")
  var yes = false

  @Option(name: .long, help: "Carry out so many operations as a trial, then ask.")
  var first: Int?

  @Option(name: .long, help: "The most transactions worked on at the same time.")
  var concurrency = 4

  @Option(name: .long, help: "The most operations sent per second; without it, no limit.")
  var rate: Double?

  @Option(name: .long, help: "Seconds to wait for an operation that was accepted.")
  var wait = 120.0

  mutating func validate() throws {
    guard first ?? 1 > 0 else { throw ValidationError("--first must be above zero") }
    var options = PlanRunner.Options()
    apply(to: &options)
    guard options.isValid else {
      throw ValidationError(
        "--concurrency is 1 to 256, --rate 0.01 to 10000, and --wait not negative"
      )
    }
  }

  func apply(to options: inout PlanRunner.Options) {
    options.firstOnly = first
    options.concurrency = concurrency
    options.rate = rate
    options.waitSeconds = wait
  }
}
