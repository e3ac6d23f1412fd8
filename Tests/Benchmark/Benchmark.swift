import DTXEvaluator
import DTXLedger
import DTXSyntax
import Foundation

/// Measures the way from the text of a script to a full plan, stage by stage.
///
///     dtx-benchmark plan OPERATIONS ROUNDS     times and memory, the median of the rounds
///     dtx-benchmark write OPERATIONS FOLDER    the same work as work.dtx and work.sql
@main
struct Benchmark {
  static func main() throws { try run(Array(CommandLine.arguments.dropFirst())) }

  static func run(_ arguments: [String]) throws {
    guard arguments.count == 3, let operations = Int(arguments[1]) else {
      print("usage: dtx-benchmark plan OPERATIONS ROUNDS | write OPERATIONS FOLDER")
      exit(64)
    }
    let workload = Workload(operations: operations)
    switch arguments[0] {
    case "write":
      let folder = URL(filePath: arguments[2])
      try Data(workload.script).write(to: folder.appending(path: "work.dtx"))
      try Data(workload.sqlInserts).write(to: folder.appending(path: "inserts.sql"))
      try Data(workload.sqlInserts + workload.sqlUpdates)
        .write(to: folder.appending(path: "work.sql"))
    default:
      measure(workload, operations: operations, rounds: Int(arguments[2]) ?? 5)
    }
  }

  private static func measure(_ workload: Workload, operations: Int, rounds: Int) {
    guard let account = Account("T12345678") else { return }
    let snapshot = Snapshot(transactions: workload.transactions)
    var options = Evaluator.Options()
    options.operationLimit = operations
    var times: [[Double]] = [[], [], []]
    var steps = 0
    let memoryBefore = residentBytes()
    var peak = 0
    for _ in 0..<rounds {
      let start = cpuSeconds()
      let (script, syntax) = Parser.parse(workload.script, mode: .script)
      let parsed = cpuSeconds()
      let (program, names) = Checker.check(script, account: account)
      let checked = cpuSeconds()
      let evaluation = Evaluator.evaluate(program, against: snapshot, options: options)
      let evaluated = cpuSeconds()
      precondition(syntax.isEmpty && names.isEmpty, "the work parses")
      precondition(!evaluation.diagnostics.contains { $0.severity == .error }, "the work holds")
      steps = evaluation.plan.steps.count
      // Later rounds find the memory of earlier ones in pieces.
      if times[0].isEmpty { peak = max(0, residentBytes() - memoryBefore) }
      times[0].append(parsed - start)
      times[1].append(checked - parsed)
      times[2].append(evaluated - checked)
    }
    let medians = times.map { $0.sorted()[$0.count / 2] * 1e9 / Double(operations) }
    print("statements \(operations) steps \(steps) bytes \(workload.script.count)")
    print("parse \(Int(medians[0])) ns  check \(Int(medians[1])) ns  dry run \(Int(medians[2])) ns")
    print("total_ns_per_statement \(Int(medians.reduce(0, +)))")
    print("peak_bytes_per_statement \(peak / operations)")
  }

  private static func cpuSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The most memory the process has had, in bytes.
  private static func residentBytes() -> Int {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
