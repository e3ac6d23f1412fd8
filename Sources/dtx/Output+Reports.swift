import DTXEvaluator
import DTXExecution
import DTXLedger
import DTXPlanning
import DTXReport

extension Output {
  /// Shows what a plan would do.
  ///
  /// A script that only looked at something has no plan to speak of, and nothing is said.
  func show(_ planned: PlannedScript) {
    if planned.plan.steps.isEmpty, planned.plan.alreadyApplied.isEmpty, planned.hasOutputs {
      return
    }
    show(PlanPreview(planned.plan, heading: planned.heading, places: planned.places))
  }

  /// Shows what came of a run.
  func show(_ report: RunReport, of planned: PlannedScript) {
    // The preview ends in a table, and this begins with a line of its own.
    if !isJSON { StandardStreams.write("\n") }
    show(RunResult(report, heading: planned.heading, places: planned.places))
  }

  /// Returns what shows how far a run has come: a line that is rewritten on a terminal.
  func progress(total: Int) -> @Sendable (RunSummary) -> Void {
    // A short run is over before anyone has read its progress.
    guard total >= Self.fewestForProgress, StandardStreams.isErrorTerminal, !isJSON, !isForReader
    else {
      return { _ in }
    }
    let start = ContinuousClock.now
    let options = errorOptions
    return { summary in
      let elapsed = ContinuousClock.now - start
      let settled = summary.done + summary.failed + summary.pending + summary.unresolved
      guard settled.isMultiple(of: Self.progressStep) || settled == total else { return }
      var builder = TextBuilder(options: options)
      RunProgress(
        total: total,
        summary: summary,
        elapsedSeconds: Double(elapsed.components.seconds)
      ).append(to: &builder)
      StandardStreams.writeError("\r" + builder.text + "\u{1B}[K" + (settled == total ? "\n" : ""))
    }
  }

  private static let fewestForProgress = 20
  private static let progressStep = 10
}

extension PlannedScript {
  /// What stands above the plan and above its results.
  var heading: PlanPreview.Heading {
    guard let account = Account(header.account) else {
      preconditionFailure("a header is made with an account, and read with one")
    }
    return PlanPreview.Heading(
      script: header.script,
      profile: header.profile,
      account: account,
      plannedAt: header.plannedAt,
      plannedBy: header.plannedBy,
      warningCount: warningCount,
      policyRules: policyRules,
      approvers: approvers
    )
  }
}
