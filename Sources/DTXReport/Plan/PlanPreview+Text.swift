import DTXLedger

extension PlanPreview {
  /// Appends the preview for people: what would be done, to what, and what it comes to.
  ///
  /// Of a long plan the first and the last operations are shown, unless the options ask for all.
  package func append(to builder: inout TextBuilder) {
    appendHeading(to: &builder)
    if !plan.steps.isEmpty {
      builder.endLine()
      appendSteps(to: &builder)
    }
    if !plan.alreadyApplied.isEmpty {
      builder.endLine()
      appendAlreadyApplied(to: &builder)
    }
    if !plan.steps.isEmpty {
      builder.endLine()
      builder.append(plan.totals, titled: "Totals")
    }
  }

  private func appendHeading(to builder: inout TextBuilder) {
    builder.appendParagraph(as: .heading) { text in
      text.append("Plan of ")
      text.append(foreign: heading.script)
      text.append(": ")
      guard !plan.steps.isEmpty else { return text.append("nothing to do") }
      text.append(count: plan.steps.count, "operation", "operations")
      text.append(" on ")
      text.append(count: transactionCount, "transaction", "transactions")
    }
    let width = Self.factWidth
    builder.append(fact: "profile", width: width) { $0.append(foreign: heading.profile) }
    builder.append(
      fact: "account",
      width: width,
      as: heading.account.isProduction ? .production : .plain
    ) { text in
      text.append(foreign: heading.account.text)
      text.append(heading.account.isProduction ? ", PRODUCTION: real money" : ", a test account")
    }
    builder.append(fact: "planned", width: width) { text in
      text.append(minuteOf: heading.plannedAt)
      text.append(" UTC by ")
      text.append(foreign: heading.plannedBy)
    }
    if !heading.policyRules.isEmpty {
      builder.append(fact: "policy", width: width) {
        $0.append(foreign: heading.policyRules.joined(separator: "; "))
      }
    }
    if !heading.approvers.isEmpty {
      builder.append(fact: "approved", width: width) {
        $0.append(foreign: "by " + heading.approvers.joined(separator: ", "))
      }
    }
    if !plan.alreadyApplied.isEmpty {
      builder.append(fact: "already applied", width: width) { text in
        text.append(count: plan.alreadyApplied.count, "operation", "operations")
        text.append(", left out")
      }
    }
    if heading.warningCount > 0 {
      builder.append(fact: "warnings", width: width, as: .warning) {
        $0.append(count: heading.warningCount)
      }
    }
  }

  private static let factWidth = 15
}

// MARK: - Operations

extension PlanPreview {
  private static let stepTable = Table(columns: [
    Table.Column(title: "No", place: .number, isRightAligned: true),
    Table.Column(title: "Script", name: "Script line", isRightAligned: true),
    Table.Column(title: "Transaction", place: .line),
    Table.Column(title: "Operation", place: .title),
    Table.Column(title: "Amount", place: .title, isRightAligned: true),
    Table.Column(title: "Details", place: .title, canWrap: true),
    Table.Column(title: "Change", place: .line, canWrap: true),
  ])

  private func appendSteps(to builder: inout TextBuilder) {
    let rows = ShownRows(count: plan.steps.count, isComplete: builder.options.isComplete)
    builder.append(Self.stepTable, rows: rows) { index, row in
      let step = plan.steps[index]
      let transaction = plan.transactions[Int(step.transaction)]
      row.cell { $0.append(index + 1) }
      row.cell { $0.append(lineOf: step.statement, in: places) }
      row.cell(foreign: transaction.id.text)
      row.cell(step.kind.verb)
      row.cell { $0.append(amountOf: step.kind, step.amount, in: transaction.currency) }
      row.cell { $0.append(detailsOfStep: index, in: plan) }
      row.cell {
        $0.append(changeFrom: plan.before(step), to: step.after, in: transaction.currency)
      }
    }
  }

  private static let appliedTable = Table(
    columns: [
      Table.Column(title: "Script", name: "Script line", isRightAligned: true),
      Table.Column(title: "Transaction", place: .line),
      Table.Column(title: "Operation", place: .title),
      Table.Column(title: "Amount", place: .title, isRightAligned: true),
      Table.Column(title: "Done before", canWrap: true),
    ],
    indentation: 2
  )

  private func appendAlreadyApplied(to builder: inout TextBuilder) {
    builder.appendParagraph(as: .heading) { $0.append("Already applied, left out") }
    let applied = plan.alreadyApplied
    let rows = ShownRows(count: applied.count, isComplete: builder.options.isComplete)
    builder.append(Self.appliedTable, rows: rows) { index, row in
      let entry = applied[index]
      let transaction = plan.transactions[Int(entry.transaction)]
      row.cell { $0.append(lineOf: entry.statement, in: places) }
      row.cell(foreign: transaction.id.text)
      row.cell(entry.kind.verb)
      row.cell { $0.append(amountOf: entry.kind, entry.amount, in: transaction.currency) }
      row.cell { $0.append(entry.precedent, of: transaction, in: plan) }
    }
  }
}

extension TextBuilder {
  /// Appends where an operation was done before: in this plan, or in the transaction's history.
  mutating func append(_ precedent: Precedent, of transaction: Transaction, in plan: Plan) {
    switch precedent {
    case .step(let index):
      append("as number ")
      append(index + 1)
      append(" of this plan")
      if plan.steps.indices.contains(Int(index)),
        let reference = plan.reference(of: plan.steps[Int(index)])
      {
        append(", ref ")
        append(name: reference)
      }
    case .state:
      append("the transaction is so already")
    case .event(let index):
      guard transaction.events.indices.contains(Int(index)) else { return }
      let event = transaction.events[Int(index)]
      if event.kind.isAcceptance { append("only accepted, not done yet: ") }
      append(minuteOf: event.createdAt)
      append(" UTC")
      if let author = event.author {
        append(" by ")
        append(foreign: author)
      }
      if let reference = event.reference {
        append(", ref ")
        append(name: reference)
      }
    }
  }
}
