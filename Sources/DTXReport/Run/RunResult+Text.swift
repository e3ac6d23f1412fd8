import DTXEvaluator
import DTXExecution
import DTXLedger

extension RunResult {
  private static let table = Table(columns: [
    Table.Column(title: "Script", name: "Script line", isRightAligned: true),
    Table.Column(title: "Transaction", place: .line),
    Table.Column(title: "Operation", place: .title),
    Table.Column(title: "Amount", place: .title, isRightAligned: true),
    Table.Column(title: "Reference", place: .named, canWrap: true),
    Table.Column(title: "Outcome", place: .verdict),
    Table.Column(title: "Remarks", place: .line, canWrap: true),
  ])

  /// Appends the report for people: each operation with its outcome, then what it comes to.
  ///
  /// Of a long run the first and the last operations are shown and every one that is not simply
  /// done, unless the options ask for all.
  package func append(to builder: inout TextBuilder) {
    appendHeading(to: &builder)
    builder.endLine()
    if !rows.isEmpty {
      appendRows(to: &builder)
      builder.endLine()
    }
    appendSummary(to: &builder)
    appendMoved(to: &builder)
  }

  private func appendHeading(to builder: inout TextBuilder) {
    builder.appendParagraph(indentation: 2, as: .heading) { text in
      text.append("Run ")
      text.append(foreign: report.run.text)
      text.append(" of ")
      text.append(foreign: heading.script)
      text.append(" on ")
      text.append(foreign: heading.account.text)
      if heading.account.isProduction { text.append(" (PRODUCTION)") }
    }
  }

  private func appendRows(to builder: inout TextBuilder) {
    let shown = shownRows(isComplete: builder.options.isComplete)
    let all = ShownRows(count: shown.count, isComplete: true)
    builder.append(Self.table, rows: all) { index, row in
      switch rows[Int(shown[index])] {
      case .step(let step): fill(&row, step: Int(step))
      case .alreadyApplied(let entry): fill(&row, alreadyApplied: Int(entry))
      }
    }
    guard shown.count < rows.count else { return }
    builder.appendParagraph { text in
      text.appendEllipsis()
      text.append(" ")
      text.append(count: rows.count - shown.count)
      text.append(" more, all of them done")
      if !report.alreadyApplied.isEmpty { text.append(" or already applied") }
    }
  }

  /// Returns the indices of the rows to show: the ends of a long run, and all that need a look.
  private func shownRows(isComplete: Bool) -> [Int32] {
    let ends = ShownRows(count: rows.count, isComplete: isComplete)
    guard ends.hiddenCount > 0 else { return rows.indices.map { Int32($0) } }
    return rows.indices.compactMap { index in
      let isAtEnd = ends.head.contains(index) || ends.tail.contains(index)
      return isAtEnd || needsLook(rows[index]) ? Int32(index) : nil
    }
  }

  private func needsLook(_ row: Row) -> Bool {
    guard case .step(let index) = row else { return false }
    guard case .done(let completion) = report[Int(index)].outcome else { return true }
    return !completion.isAsPredicted
  }

  private func fill(_ row: inout TableRow, step index: Int) {
    let entry = report[index]
    row.cell { $0.append(lineOf: entry.statement, in: places) }
    row.cell(foreign: entry.transaction.text)
    row.cell(entry.kind.verb)
    row.cell { $0.append(amountOf: entry.kind, entry.amount, in: entry.currency) }
    row.cell { text in
      if let reference = entry.reference { text.append(name: reference) }
    }
    row.cell(as: entry.outcome.role, entry.outcome.words)
    row.cell {
      $0.append(
        remarkOn: entry.outcome,
        predicted: report.plan.steps[index].after,
        in: entry.currency
      )
    }
  }

  private func fill(_ row: inout TableRow, alreadyApplied index: Int) {
    let plan = report.plan
    let entry = plan.alreadyApplied[index]
    let transaction = plan.transactions[Int(entry.transaction)]
    row.cell { $0.append(lineOf: entry.statement, in: places) }
    row.cell(foreign: transaction.id.text)
    row.cell(entry.kind.verb)
    row.cell { $0.append(amountOf: entry.kind, entry.amount, in: transaction.currency) }
    row.emptyCell()
    row.cell("already applied")
    row.cell { $0.append(entry.precedent, of: transaction, in: plan) }
  }
}

// MARK: - What it comes to

extension RunResult {
  private func appendSummary(to builder: inout TextBuilder) {
    let summary = report.summary
    builder.appendParagraph(as: .heading) { text in
      var list = TextBuilder.Clauses()
      for (count, words) in [
        (summary.done, "done"), (report.alreadyApplied.count, "already applied"),
        (summary.pending, "pending"), (summary.failed, "failed"),
        (summary.unresolved, "unresolved"), (summary.notSent, "not sent"),
      ] as [(Int, StaticString)] where count > 0 {
        list.begin(&text)
        text.append(count: count)
        text.append(byte: text.fixedBlank)
        text.append(words)
      }
      text.append(list.isEmpty ? "Nothing was to be done." : ".")
    }
    if let stop = report.stop { builder.appendParagraph(as: .warning) { append(stop, to: &$0) } }
    if summary.unresolved > 0 {
      builder.appendParagraph(as: .error) {
        $0.append("Look at the unresolved transactions before anything else is done to them.")
      }
    }
    if summary.pending > 0 {
      builder.appendParagraph(as: .note) { text in
        text.append("Find out what became of the pending operations with ")
        text.append(resumeOf: report.run)
        text.append(".")
      }
    }
    builder.endLine()
  }

  private func append(_ stop: RunReport.Stop, to text: inout TextBuilder) {
    switch stop {
    case .failure(let operation):
      append("The run stopped because this was not carried out: ", operation, to: &text)
    case .difference(let operation):
      append("The run stopped because this did not come out as planned: ", operation, to: &text)
    case .notSent(let operation):
      append("The run stopped because this could not be sent: ", operation, to: &text)
    case .failuresInARow(let count):
      text.append("The run stopped after ")
      text.append(count: count)
      text.append(" failures in a row.")
    case .journal(let error):
      text.append("The run stopped because the journal failed: ")
      text.append(foreign: error.message)
    case .interrupted: text.append("The run was interrupted.")
    case .trialEnded: text.append("The run ended after the trial.")
    case .abandoned:
      text.append("The run was left with requests under way. The journal knows about them.")
    }
  }

  private func append(
    _ words: StaticString,
    _ operation: OperationID,
    to text: inout TextBuilder
  ) {
    text.append(words)
    guard report.plan.steps.indices.contains(Int(operation.step)) else { return }
    let entry = report[Int(operation.step)]
    text.append(entry.kind.verb)
    text.append(" on ")
    text.append(foreign: entry.transaction.text)
    if places[entry.statement] != nil {
      text.append(", script line")
      text.append(byte: text.fixedBlank)
      text.append(lineOf: entry.statement, in: places)
    }
    text.append(".")
  }

  private func appendMoved(to builder: inout TextBuilder) {
    let moved = self.moved
    if moved.isEmpty {
      let isCertain = report.summary.pending == 0 && report.summary.unresolved == 0
      builder.append(isCertain ? "No money was moved." : "No money is known to have been moved.")
      builder.endLine()
    } else {
      builder.append(moved, titled: "Moved")
    }
  }
}
