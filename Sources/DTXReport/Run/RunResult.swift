package import DTXEvaluator
package import DTXExecution
package import DTXLedger

/// What came of a run, ready to be written: every operation in script order, and what it comes to.
package struct RunResult: Report, Sendable {
  /// An operation of the plan, or one that was left out, by its index in the plan.
  enum Row: Hashable, Sendable {
    case step(Int32)
    case alreadyApplied(Int32)
  }

  package let report: RunReport
  /// The plan's heading: the script, the profile and the account.
  package let heading: PlanPreview.Heading
  package let places: StatementPlaces
  let rows: [Row]

  package init(_ report: RunReport, heading: PlanPreview.Heading, places: StatementPlaces) {
    self.report = report
    self.heading = heading
    self.places = places
    rows = Self.rows(of: report.plan)
  }

  /// Merges the steps and what was left out, each in its own order, by their statements.
  private static func rows(of plan: Plan) -> [Row] {
    var rows: [Row] = []
    rows.reserveCapacity(plan.steps.count + plan.alreadyApplied.count)
    var applied = 0
    for (index, step) in plan.steps.enumerated() {
      while applied < plan.alreadyApplied.count,
        plan.alreadyApplied[applied].statement < step.statement
      {
        rows.append(.alreadyApplied(Int32(applied)))
        applied += 1
      }
      rows.append(.step(Int32(index)))
    }
    rows += (applied..<plan.alreadyApplied.count).map { .alreadyApplied(Int32($0)) }
    return rows
  }

  /// Returns what was really moved, one entry per currency in order of first use.
  ///
  /// Only what is known to have been done counts; pending and unresolved operations do not.
  package var moved: [PlanTotals] {
    var totals: [PlanTotals] = []
    let plan = report.plan
    for (index, step) in plan.steps.enumerated() {
      guard case .done = report[index].outcome else { continue }
      let currency = plan.transactions[Int(step.transaction)].currency
      let known = totals.firstIndex { $0.currency == currency }
      if known == nil { totals.append(PlanTotals(currency: currency)) }
      totals[known ?? totals.count - 1].add(step, after: plan.before(step))
    }
    return totals
  }
}

extension PlanTotals {
  /// Adds what a step that is done has moved; the plan's own totals bound the sums.
  fileprivate mutating func add(_ step: Step, after before: Balance) {
    operations += 1
    switch step.kind {
    case .capture:
      captured += step.amount
      released += step.after.voided - before.voided
    case .refund: refunded += step.amount
    case .void: released += step.amount
    case .adjust: adjusted += step.after.authorized - before.authorized
    case .extend, .authorize, .tag: break
    }
  }
}
