import DTXEvaluator
import DTXLedger

/// The operations of a plan by their transactions, to say of a shown one what is not done yet.
///
/// A session shows transactions as they would be after what is staged.
struct StagedChanges {
  private let plan: Plan
  private let steps: [TransactionID: [Step]]

  init(_ plan: Plan) {
    self.plan = plan
    steps = Dictionary(grouping: plan.steps) { plan.transactions[Int($0.transaction)].id }
  }

  /// Returns what to say under an answer; nil where it shows what the provider has.
  func note(under output: Output) -> String? {
    switch output {
    case .text: return nil
    case .transaction(let transaction):
      let steps = steps(shownIn: transaction)
      guard !steps.isEmpty else { return nil }
      var parts = steps.prefix(Self.namedSteps).map { step in
        step.amount == .zero
          ? step.kind.name : "\(step.kind.name) \(Money(step.amount, transaction.currency))"
      }
      if steps.count > parts.count { parts.append("\(steps.count - parts.count) more") }
      return "With what is staged: \(parts.joined(separator: ", ")); not carried out yet."
    case .list(let transactions):
      let count = transactions.count { !steps(shownIn: $0).isEmpty }
      guard count > 0 else { return nil }
      return (count == 1 ? "1 row shows" : "\(count) rows show")
        + " what is staged as if it were done; it is not carried out yet."
    }
  }

  private static let namedSteps = 4

  /// The steps after which the transaction is shown; those of statements that follow are none.
  private func steps(shownIn transaction: Transaction) -> ArraySlice<Step> {
    guard let steps = steps[transaction.id] else { return [] }
    let shown = Balance(transaction.state)
    return steps[..<(steps.lastIndex { $0.after == shown }.map { $0 + 1 } ?? 0)]
  }
}
