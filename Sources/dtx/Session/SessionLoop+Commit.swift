import DTXEvaluator
import DTXExecution
import DTXLedger
import DTXPlanning
import DTXProfiles
import DTXReport
import DTXSession

// MARK: - Carrying out

extension SessionLoop {
  func commit(_ staged: Session.Planned, first: Int?) async {
    let planned = PlannedScript(
      header: PlanHeader(
        script: Session.sourceName,
        scriptDigest: Digest.hexadecimal(of: staged.source),
        profile: connection.profile,
        account: connection.account,
        plannedBy: connection.place.person,
        plannedAt: staged.plannedAt,
        onError: staged.errorPolicy
      ),
      plan: staged.plan,
      places: staged.places,
      warningCount: staged.warningCount,
      hasOutputs: false,
      policyRules: connection.policy.rules
    )
    output.show(planned)
    do throws(CommandFailure) {
      try connection.checkPolicy(of: planned.plan)
      try connection.checkApprovals(planned.approvers)
    } catch { return output.report(error) }
    let trial = first.flatMap { $0 < planned.plan.steps.count ? $0 : nil }
    let steps = 0..<(trial ?? planned.plan.steps.count)
    let questions = ControlTotals(of: planned.plan, steps: steps).questions(
      ofTotal: trial.map { _ in planned.plan.steps.count },
      profile: connection.profile,
      account: connection.account,
      typesTotal: session.settings.confirmation == .total
    )
    let isConfirmed = questions.allSatisfy { question in
      question.isConfirmed(by: ask(question.text))
    }
    guard isConfirmed else {
      output.note("Nothing was sent; it is still staged.")
      return
    }
    var options = PlanRunner.Options()
    options.errorPolicy = staged.errorPolicy
    options.firstOnly = first
    let runner = PlanRunner(
      connection: connection,
      output: output,
      options: options,
      isConfirmed: false
    )
    do throws(CommandFailure) {
      let report = try await runner.carryOut(planned)
      output.show(report, of: planned)
      await forget(report)
      await reread(planned.plan.transactions.map(\.id))
    } catch {
      output.report(error)
    }
    editor.discardTypedAhead()
  }

  /// Drops what a run was through with from what is staged; what it did not send stays.
  private func forget(_ report: RunReport) async {
    let outcome = Session.CommitOutcome(report)
    memory.markDone(session.statements(doneIn: outcome), in: editor)
    // Also where the rest cannot be planned anew, what was carried out is staged no more.
    show(session.settle(outcome))
    do throws(ProviderError) {
      let reply = try await changed { session async throws(ProviderError) in
        try await session.planAnew()
      }
      if let reply { show(reply) }
    } catch {
      output.report(CommandFailure(error))
    }
  }

  private func show(_ reply: Session.Reply) {
    StandardStreams.write(reply.output)
    StandardStreams.writeError(reply.errors)
  }
}

extension Session.CommitOutcome {
  fileprivate init(_ report: RunReport) {
    self.init()
    for entry in report.entries {
      if case .done = entry.outcome {
        done.insert(entry.id.step)
      } else {
        undone.insert(entry.id.step)
      }
      // What was left in flight, or beyond the journal, is for `dtx resume` to settle.
      if case .notSent = entry.outcome, report.canBeTakenUpAgain { unsent.insert(entry.id.step) }
    }
  }
}

extension RunReport {
  /// Whether what was not sent is known for certain.
  fileprivate var canBeTakenUpAgain: Bool {
    switch stop {
    case .abandoned, .journal: false
    case .failure, .difference, .notSent, .failuresInARow, .interrupted, .trialEnded, nil: true
    }
  }
}
