import DTXEvaluator
import DTXLedger
import DTXSyntax
import Foundation

/// Measures the way from the text of a script to a full plan, stage by stage.
///
///     dtx-benchmark plan OPERATIONS ROUNDS     times and memory, the median of the rounds
///     dtx-benchmark rows OPERATIONS ROUNDS     captures as statements, and as rows of a file
///     dtx-benchmark write OPERATIONS FOLDER    the same work as work.dtx, work.sql and work.ledger
@main
struct Benchmark {
  static func main() throws { try run(Array(CommandLine.arguments.dropFirst())) }

  static func run(_ arguments: [String]) throws {
    guard arguments.count == 3, let operations = Int(arguments[1]) else {
      print("usage: dtx-benchmark plan|rows OPERATIONS ROUNDS | write OPERATIONS FOLDER")
      exit(64)
    }
    if arguments[0] == "rows" {
      compare(RowWork(operations: operations), operations, rounds: Int(arguments[2]) ?? 5)
      return
    }
    let workload = Workload(operations: operations)
    switch arguments[0] {
    case "write":
      let folder = URL(filePath: arguments[2])
      try Data(workload.script).write(to: folder.appending(path: "work.dtx"))
      try Data(workload.sqlInserts).write(to: folder.appending(path: "inserts.sql"))
      try Data(workload.sqlInserts + workload.sqlUpdates)
        .write(to: folder.appending(path: "work.sql"))
      try Data(workload.ledgerOpening).write(to: folder.appending(path: "opening.ledger"))
      try Data(workload.ledgerOpening + workload.ledgerEntries)
        .write(to: folder.appending(path: "work.ledger"))
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
    let seconds = medians.reduce(0, +) * Double(operations) / 1e9
    print("megabytes_per_second \(Int(Double(workload.script.count) / 1e6 / seconds))")
    print("statements_per_second \(Int(Double(operations) / seconds))")
  }

  /// Plans the same operations from statements and from rows, in turns.
  private static func compare(_ work: RowWork, _ operations: Int, rounds: Int) {
    guard let account = Account("T12345678") else { return }
    var options = Evaluator.Options()
    options.operationLimit = operations
    var times: [[Double]] = [[], []]
    for _ in 0..<rounds {
      let start = cpuSeconds()
      let flat = work.planFlat(for: account, options)
      let middle = cpuSeconds()
      let loop = work.planLoop(for: account, options)
      let end = cpuSeconds()
      precondition(!flat.diagnostics.contains { $0.severity == .error }, "the work holds")
      // An amount may happen to be a hundredth of what is left, which both warn about.
      precondition(flat.diagnostics.count == loop.diagnostics.count, "both say the same")
      precondition(flat.plan.steps.count == operations, "every operation is a step")
      precondition(flat.plan.references == loop.plan.references, "both make the same plan")
      precondition(flat.finalStates == loop.finalStates, "both make the same plan")
      times[0].append(middle - start)
      times[1].append(end - middle)
    }
    let medians = times.map { $0.sorted()[$0.count / 2] * 1e9 / Double(operations) }
    print("flat_ns_per_operation \(Int(medians[0]))")
    print("rows_ns_per_operation \(Int(medians[1]))")
    print("rows_to_flat \(Double(Int(medians[1] / medians[0] * 100)) / 100)")
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
