import DTXEvaluator
import DTXLedger
import DTXReport
import DTXSyntax

/// A plan and its outputs as the text of a golden file: every fact, and nothing to read nicely.
struct PlanText {
  private let planned: PlannedScript

  init(_ planned: PlannedScript) { self.planned = planned }

  /// The whole file: what is wrong, what is planned, what is shown.
  var text: String {
    var sections = ["-- diagnostics\n\(diagnostics)"]
    if let evaluation = planned.evaluation {
      sections.append("-- plan\n\(lines(of: evaluation.plan).map { "\($0)\n" }.joined())")
      if !evaluation.outputs.isEmpty {
        sections.append("-- output\n\(evaluation.outputs.map { "\(text(of: $0))\n" }.joined())")
      }
    } else {
      sections.append("-- plan\nnothing is read for a script with errors\n")
    }
    if planned.program.errorPolicy != .stop {
      sections.append("-- on error\n\(planned.program.errorPolicy.rawValue)\n")
    }
    return sections.joined(separator: "\n")
  }

  private var diagnostics: String {
    var sources = SourceSet()
    for source in planned.sources {
      sources.append(Source(name: source.name, bytes: Array(source.text.utf8)))
    }
    var builder = TextBuilder(options: OutputOptions(columns: 80))
    DiagnosticReport(planned.diagnostics, in: sources).append(to: &builder)
    return builder.text
  }
}

// MARK: - Plans

extension PlanText {
  private func lines(of plan: Plan) -> [String] {
    plan.steps.indices.map { line(ofStep: $0, in: plan) }
      + plan.alreadyApplied.map { line(of: $0, in: plan) }
      + plan.totals.map(line)
  }

  private func line(ofStep index: Int, in plan: Plan) -> String {
    let step = plan.steps[index]
    let transaction = plan.transactions[Int(step.transaction)]
    var parts = ["\(step.kind.name) \(transaction.id)"]
    if step.amount != .zero { parts.append(echo(step.amount, transaction.currency)) }
    let lines = plan.lines(beforeStep: index)
    parts += plan.portions(of: step).map { portion in
      let quantity = portion.quantity.map { " qty \($0.millionths)/\(Quantity.scale)" } ?? ""
      return "line \(lines[Int(portion.line)].id)\(quantity) \(portion.amount.count)"
    }
    if step.isFinal { parts.append("final") }
    if step.isRemainder { parts.append("remaining") }
    if let reference = plan.reference(of: step) {
      parts.append("ref \"\(reference)\"\(step.isReferenceWritten ? "" : " (derived)")")
    }
    parts += plan.extras(of: step).map(self.parts) ?? []
    return "\(parts.joined(separator: ", "))\n  \(change(plan.before(step), step.after))"
  }

  private func parts(of extras: StepExtras) -> [String] {
    var parts: [String] = []
    if let reason = extras.reason { parts.append("reason \"\(reason)\"") }
    if let description = extras.description { parts.append("describe \"\(description)\"") }
    if let again = extras.again { parts.append("again \"\(again)\"") }
    if let text = extras.text { parts.append("text \"\(text)\"") }
    parts += extras.metadata.map { "meta \($0.name) \"\($0.value)\"" }
    parts += extras.items.map { item in
      let quantity = item.quantity == .one ? "" : " qty \(item.quantity.millionths)"
      let vat = item.vatBasisPoints.map { " vat \($0)" } ?? ""
      return "item \(item.id) \"\(item.description)\"\(quantity) \(item.amount.count)\(vat)"
    }
    return parts
  }

  private func change(_ before: Balance, _ after: Balance) -> String {
    func text(_ balance: Balance) -> String {
      "\(balance.status.rawValue) A \(balance.authorized.count) C \(balance.captured.count)"
        + " R \(balance.refunded.count) V \(balance.voided.count)"
    }
    return "\(text(before)) -> \(text(after))"
  }

  private func line(of applied: AlreadyApplied, in plan: Plan) -> String {
    let transaction = plan.transactions[Int(applied.transaction)]
    let precedent =
      switch applied.precedent {
      case .step(let index): "step \(index + 1)"
      case .event(let index): "event \(transaction.events[Int(index)].id)"
      case .state: "the transaction's state"
      }
    let amount = applied.amount == .zero ? "" : " " + echo(applied.amount, transaction.currency)
    return "already applied: \(applied.kind.name) \(transaction.id)\(amount), by \(precedent)"
  }

  private func line(of totals: PlanTotals) -> String {
    "total \(totals.currency): operations \(totals.operations),"
      + " captured \(totals.captured.count), refunded \(totals.refunded.count),"
      + " released \(totals.released.count), adjusted \(totals.adjusted.count)"
  }

  private func echo(_ amount: MinorUnits, _ currency: Currency) -> String {
    "\(amount.count) = \(Money(amount, currency))"
  }
}

// MARK: - Outputs

extension PlanText {
  private func text(of output: Output) -> String {
    switch output {
    case .text(let text): "print \(text)"
    case .transaction(let transaction): "show \(summary(of: transaction))"
    case .list(let transactions):
      "list of \(transactions.count)" + transactions.map { "\n  \(summary(of: $0))" }.joined()
    }
  }

  private func summary(of transaction: Transaction) -> String {
    let balance = Balance(transaction.state)
    return "\(transaction.id) \(transaction.currency) \(balance.status.rawValue)"
      + " A \(balance.authorized.count) C \(balance.captured.count)"
      + " R \(balance.refunded.count) V \(balance.voided.count)"
  }
}
