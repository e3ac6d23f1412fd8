package import DTXLedger
package import DTXSyntax

/// The transactions that a program needs, as they were read: what an evaluation starts from.
package struct Snapshot: Sendable {
  package var transactions: [Transaction] = []
  /// What each lookup found, as indices of `transactions`.
  package var found: [Needs.Lookup: [Int32]] = [:]
  /// All transactions that a listing shows, as indices of `transactions`, newest first.
  package var listing: [Int32] = []

  package init() {}

  package init(transactions: [Transaction]) { self.transactions = transactions }
}

/// What an evaluation gives: a plan, all that is wrong, and what the script wanted shown.
package struct Evaluation: Sendable {
  package let plan: Plan
  /// The state of each of the plan's transactions once all of it is done.
  package let finalStates: [Transaction.State]
  package let diagnostics: [Diagnostic]
  package let outputs: [Output]
}

/// Something a script shows, in the state that the plan has reached there.
package enum Output: Hashable, Sendable {
  case transaction(Transaction)
  case list([Transaction])
  case text(String)
}
