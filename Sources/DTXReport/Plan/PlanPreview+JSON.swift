import DTXLedger

extension PlanPreview {
  /// Appends the preview as JSON lines: the plan, its operations, what is left out, the totals.
  ///
  /// Every operation is written, whatever its number.
  ///
  /// Shape: `plan`: script, profile, account, production, planned_at, planned_by, operations,
  /// transactions, already_applied, warnings, policy,
  /// approved_by. `operation`: index, file, line, transaction, kind,
  /// amount_minor, amount, currency, lines, final, remainder, reference, reference_written, reason,
  /// again, description, text, metadata, items, before, after. `already_applied`: file, line,
  /// transaction, kind, amount_minor, amount, currency, and step or event, if
  /// one of them is what did it.
  /// `totals`: one for each currency.
  /// Units: amounts ending in `_minor` in minor units, the others in major units as a string.
  package func append(to writer: inout JSONWriter) {
    writer.record("plan") { record in
      record.member("script", heading.script)
      record.member("profile", heading.profile)
      record.member("account", heading.account.text)
      record.member("production", heading.account.isProduction)
      record.member("planned_at") { $0.append(timestamp: heading.plannedAt) }
      record.member("planned_by", heading.plannedBy)
      record.member("operations", plan.steps.count)
      record.member("transactions", transactionCount)
      record.member("already_applied", plan.alreadyApplied.count)
      record.member("warnings", heading.warningCount)
      record.strings("policy", heading.policyRules)
      record.strings("approved_by", heading.approvers)
    }
    for index in plan.steps.indices {
      writer.record("operation") { append(step: index, to: &$0) }
    }
    for entry in plan.alreadyApplied {
      writer.record("already_applied") { append(entry, to: &$0) }
    }
    for totals in plan.totals {
      writer.record("totals") { $0.members(of: totals) }
    }
  }

  private func append(step index: Int, to record: inout JSONWriter) {
    let step = plan.steps[index]
    let lines = plan.lines(beforeStep: index)
    let transaction = plan.transactions[Int(step.transaction)]
    let currency = transaction.currency
    let extras = plan.extras(of: step)
    record.member("index", index + 1)
    record.members(of: step.statement, in: places)
    record.member("transaction", transaction.id.text)
    record.member("kind", step.kind.name)
    record.members(amount: step.amount, in: currency)
    record.array("lines", plan.portions(of: step)) { portion, line in
      line.member("line_id", lines[Int(portion.line)].id)
      line.members(portion.amount, named: "amount_minor", "amount", in: currency)
      line.member("quantity", portion.quantity)
    }
    record.member("final", step.isFinal)
    record.member("remainder", step.isRemainder)
    record.member("reference", plan.reference(of: step))
    record.member("reference_written", step.isReferenceWritten)
    record.member("reason", extras?.reason)
    record.member("again", extras?.again)
    record.member("description", extras?.description)
    record.member("text", extras?.text)
    record.array("metadata", extras?.metadata ?? []) { entry, member in
      member.member("name", entry.name)
      member.member("value", entry.value)
    }
    record.array("items", extras?.items ?? []) { $1.members(of: $0, in: currency) }
    record.object("before") { $0.members(of: plan.before(step)) }
    record.object("after") { $0.members(of: step.after) }
  }

  private func append(_ entry: AlreadyApplied, to record: inout JSONWriter) {
    let transaction = plan.transactions[Int(entry.transaction)]
    record.members(of: entry.statement, in: places)
    record.member("transaction", transaction.id.text)
    record.member("kind", entry.kind.name)
    record.members(amount: entry.amount, in: transaction.currency)
    var step: Int32?
    var event: String?
    switch entry.precedent {
    case .step(let index): step = index + 1
    case .event(let index): event = transaction.events[Int(index)].id
    case .state: break
    }
    record.member("step", step)
    record.member("event", event)
  }
}
