package import DTXLedger

/// What statements that have just been staged would do: a line each.
package struct StagedReport: Sendable {
  private let plan: Plan
  private let firstStep: Int
  private let firstApplied: Int

  /// Makes the report of what a plan has beyond an earlier one.
  package init(_ plan: Plan, since earlier: Plan?) {
    self.plan = plan
    firstStep = min(earlier?.steps.count ?? 0, plan.steps.count)
    firstApplied = min(earlier?.alreadyApplied.count ?? 0, plan.alreadyApplied.count)
  }

  /// Appends a line for each new operation, and for each that was left out.
  ///
  ///     staged capture of 29990 = 299.90 NOK from tx123, of line 1, ref ship-1; captured …
  package func append(to builder: inout TextBuilder) {
    for index in firstStep..<plan.steps.count {
      let step = plan.steps[index]
      let transaction = plan.transactions[Int(step.transaction)]
      builder.appendParagraph(indentation: Self.indentation) { text in
        text.append("staged: ", as: .success)
        append(step.kind, step.amount, of: transaction, to: &text)
        text.append(" ")
        text.append(detailsOfStep: index, in: plan)
        text.append("; ")
        text.append(changeFrom: plan.before(step), to: step.after, in: transaction.currency)
      }
    }
    for applied in plan.alreadyApplied[firstApplied...] {
      let transaction = plan.transactions[Int(applied.transaction)]
      builder.appendParagraph(indentation: Self.indentation) { text in
        text.append("already applied: ", as: .note)
        append(applied.kind, applied.amount, of: transaction, to: &text)
        text.append("; nothing will move")
      }
    }
  }

  private static let indentation = 2

  private func append(
    _ kind: Operation.Kind,
    _ amount: MinorUnits,
    of transaction: Transaction,
    to builder: inout TextBuilder
  ) {
    builder.append(kind.verb)
    builder.append(" ")
    builder.append(foreign: transaction.id.text)
    let end = builder.bytes.count
    builder.append(" ")
    builder.append(amountOf: kind, amount, in: transaction.currency)
    // An operation without an amount has no blank for it either.
    builder.trimBlanks(after: end)
  }
}
