import DTXExecution
import DTXLedger

extension RunResult {
  /// Appends the result as JSON lines: the operations in script order, what moved, the summary.
  ///
  /// Shape: `outcome`: index (`null` if already applied), file, line, transaction, kind,
  /// amount_minor, amount, currency, reference, outcome, message, request_id, event_id, status,
  /// code, as_predicted, after. `moved`: as the `totals` of a preview. `run`: run, script, profile,
  /// account, production, operations, done, already_applied, pending, failed, unresolved, not_sent,
  /// stopped (why nothing further was sent, or `null`).
  package func append(to writer: inout JSONWriter) {
    for row in rows {
      writer.record("outcome") { record in
        switch row {
        case .step(let index): append(step: Int(index), to: &record)
        case .alreadyApplied(let index): append(alreadyApplied: Int(index), to: &record)
        }
      }
    }
    for totals in moved { writer.record("moved") { $0.members(of: totals) } }
    writer.record("run") { append(to: &$0, report.summary) }
  }

  private func append(to record: inout JSONWriter, _ summary: RunSummary) {
    record.member("run", report.run.text)
    record.member("script", heading.script)
    record.member("profile", heading.profile)
    record.member("account", heading.account.text)
    record.member("production", heading.account.isProduction)
    record.member("operations", report.count)
    record.member("done", summary.done)
    record.member("already_applied", report.alreadyApplied.count)
    record.member("pending", summary.pending)
    record.member("failed", summary.failed)
    record.member("unresolved", summary.unresolved)
    record.member("not_sent", summary.notSent)
    record.member("stopped", report.stop.map(\.name))
  }

  private func append(step index: Int, to record: inout JSONWriter) {
    let entry = report[index]
    var facts = OutcomeFacts(entry.outcome)
    facts.message = message(of: entry.outcome, step: index, in: entry.currency)
    record.member("index", Int?(index + 1))
    record.members(of: entry.statement, in: places)
    record.member("transaction", entry.transaction.text)
    record.member("kind", entry.kind.name)
    record.members(amount: entry.amount, in: entry.currency)
    record.member("reference", entry.reference)
    record.member("outcome", entry.outcome.name)
    append(facts, to: &record)
  }

  private func append(alreadyApplied index: Int, to record: inout JSONWriter) {
    let plan = report.plan
    let entry = plan.alreadyApplied[index]
    let transaction = plan.transactions[Int(entry.transaction)]
    var message = TextBuilder()
    message.append(entry.precedent, of: transaction, in: plan)
    record.member("index", Int?.none)
    record.members(of: entry.statement, in: places)
    record.member("transaction", transaction.id.text)
    record.member("kind", entry.kind.name)
    record.members(amount: entry.amount, in: transaction.currency)
    record.member("reference", String?.none)
    record.member("outcome", "already_applied")
    append(OutcomeFacts(message: message.text), to: &record)
  }

  private func append(_ facts: OutcomeFacts, to record: inout JSONWriter) {
    record.member("message", facts.message)
    record.member("request_id", facts.requestID)
    record.member("event_id", facts.eventID)
    record.member("status", facts.status)
    record.member("code", facts.code)
    record.member("as_predicted", facts.isAsPredicted)
    guard let after = facts.after else { return record.member("after", String?.none) }
    record.object("after") { $0.members(of: after) }
  }

  /// Returns the remark on an outcome; for a failure the provider's message and nothing else.
  private func message(of outcome: Outcome, step: Int, in currency: Currency) -> String? {
    if case .failed(let failure) = outcome { return failure.message }
    var message = TextBuilder()
    message.append(
      remarkOn: outcome,
      predicted: report.plan.steps[step].after,
      in: currency
    )
    return message.bytes.isEmpty ? nil : message.text
  }
}

/// The members that an outcome fills, each of its cases some of them.
private struct OutcomeFacts {
  var message: String?
  var requestID: String?
  var eventID: String?
  var status: Int?
  var code: String?
  var isAsPredicted: Bool?
  var after: Balance?

  init(message: String) { self.message = message }

  init(_ outcome: Outcome) {
    switch outcome {
    case .done(let completion):
      requestID = completion.requestID
      eventID = completion.eventID
      isAsPredicted = completion.isAsPredicted
      after = completion.after
    case .pending(let requestID): self.requestID = requestID
    case .failed(let failure):
      requestID = failure.requestID
      status = failure.status
      code = failure.code
    case .unresolved: break
    case .notSent(.drift(_, let now)): after = now
    case .notSent: break
    }
  }
}

extension Outcome {
  /// The outcome as a name for machines.
  fileprivate var name: String {
    switch self {
    case .done: "done"
    case .pending: "pending"
    case .failed: "failed"
    case .unresolved: "unresolved"
    case .notSent: "not_sent"
    }
  }
}

extension RunReport.Stop {
  /// Why nothing further was sent, as a name for machines.
  fileprivate var name: String {
    switch self {
    case .failure: "failure"
    case .difference: "difference"
    case .notSent: "not_sent"
    case .failuresInARow: "failures_in_a_row"
    case .journal: "journal"
    case .interrupted: "interrupted"
    case .trialEnded: "trial_ended"
    case .abandoned: "abandoned"
    }
  }
}
