@testable import DTXExecution
import DTXEvaluator
import DTXLedger
import DTXReport

extension Fixtures {
  /// A result of the mixed plan in which every outcome appears.
  static func mixedResult(ids: [String]) -> RunResult {
    let plan = mixedPlan(ids: ids)
    var table = OutcomeTable(count: plan.steps.count)
    table.markDone(0)
    let outcomes: [(Int32, Outcome)] = [
      (1, .done(different(from: plan.steps[1].after))),
      (
        2,
        .failed(
          Outcome.Failure(
            status: 400,
            code: "INVALID",
            message: "items amount do not match, see \"items\"",
            requestID: "req-77"
          )
        )
      ),
      (3, .notSent(.stopped)),
      (5, .pending(requestID: "req-81")),
      (6, .unresolved("the connection was lost, and after 60 s there is no sign of it")),
      (
        7,
        .notSent(.drift(was: plan.before(plan.steps[7]), is: plan.steps[7].after))
      ),
      (8, .notSent(.unreadable("no answer within 30 s"))),
    ]
    for (step, outcome) in outcomes { table.mark(step, as: table.share(outcome)) }
    var summary = RunSummary()
    summary.done = 2
    summary.pending = 1
    summary.failed = 1
    summary.unresolved = 1
    summary.notSent = 4
    let report = RunReport(
      run: runID,
      plan: plan,
      table: table,
      summary: summary,
      stop: .failure(OperationID(run: runID, step: 2)),
      isUnreachable: false,
      hasSent: true
    )
    return RunResult(report, heading: heading, places: mixedPlaces)
  }

  static let runID = RunID("20260804-0700-k3f")

  /// The statements of the mixed plan, with those that were left out in between.
  private static var mixedPlaces: StatementPlaces { places(count: 11) }

  private static func different(from predicted: Balance) -> Outcome.Completion {
    var state = Transaction.State(status: .partiallyCaptured, authorized: predicted.authorized)
    state.captured = predicted.captured - MinorUnits(10000)
    state.refunded = predicted.refunded
    state.voided = predicted.voided
    return Outcome.Completion(
      eventID: "e-9",
      requestID: "req-70",
      after: Balance(state),
      isAsPredicted: false
    )
  }

  /// A result in which every step is done, except some.
  static func longResult(count: Int, failing failed: Set<Int32>) -> RunResult {
    var builder = PlanBuilder(transactions: [transaction("tx1", "vipps", "NOK", Int64(count))])
    for number in 0..<count {
      builder.plan(Operation(.capture, amount: MinorUnits(1)), on: 0, ref: "r\(number)")
    }
    let plan = builder.finish()
    var table = OutcomeTable(count: count)
    let failure = Outcome.Failure(status: nil, code: nil, message: "no", requestID: nil)
    let shared = table.share(.failed(failure))
    for step in 0..<Int32(count) {
      if failed.contains(step) { table.mark(step, as: shared) } else { table.markDone(step) }
    }
    var summary = RunSummary()
    summary.done = count - failed.count
    summary.failed = failed.count
    let report = RunReport(
      run: runID,
      plan: plan,
      table: table,
      summary: summary,
      stop: nil,
      isUnreachable: false,
      hasSent: true
    )
    return RunResult(report, heading: heading, places: places(count: count))
  }
}

extension Fixtures {
  /// The result of a plan of which every step is done as predicted.
  static func result(of plan: Plan) -> RunResult {
    var table = OutcomeTable(count: plan.steps.count)
    for step in plan.steps.indices { table.markDone(Int32(step)) }
    var summary = RunSummary()
    summary.done = plan.steps.count
    let report = RunReport(
      run: runID,
      plan: plan,
      table: table,
      summary: summary,
      stop: nil,
      isUnreachable: false,
      hasSent: true
    )
    let count = plan.steps.count + plan.alreadyApplied.count
    return RunResult(report, heading: heading, places: places(count: count))
  }
}
