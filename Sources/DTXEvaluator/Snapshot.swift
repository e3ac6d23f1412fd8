package import DTXCSV
package import DTXLedger
package import DTXSyntax

/// All that was read for a program so far: what an evaluation starts from.
package struct Snapshot: Sendable {
  /// A data file as it was read.
  package enum DataFile: Sendable {
    /// Its rows, and its number among the sources of diagnostics.
    case table(CSVTable, SourceID)
    /// Why it could not be read, in words.
    case unreadable(String)
  }

  package var transactions: [Transaction] = []
  /// The ids that were asked for besides those of the program's own needs, in the order of asking.
  package var furtherIDs: [TransactionID] = []
  /// What each lookup found, as indices of `transactions`.
  package var found: [Needs.Lookup: [Int32]] = [:]
  /// What each listing found, as indices of `transactions`, newest first.
  package var listings: [Listing: [Int32]] = [:]
  package var files: [Needs.DataFile: DataFile] = [:]
  /// The values of environment variables; nil for one that is not set.
  package var variables: [String: String?] = [:]

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
  /// What must be read before the script can be evaluated to its end.
  ///
  /// Where there is anything, the plan is none: it ends where the first of it was met.
  package let needs: Needs
  /// The loops, choices, calls and included files of the script itself that made steps.
  let compounds: [Compound]

  /// Steps that one statement of the script made by others.
  struct Compound: Hashable, Sendable {
    let steps: Range<Int>
    let statement: Int32
  }
}

extension Evaluation {
  /// Returns the statement of the script itself, and of no block, that a step comes from.
  package func statement(ofStep step: Int) -> Int32 {
    var (low, high) = (0, compounds.count)
    while low < high {
      let middle = (low + high) / 2
      if compounds[middle].steps.upperBound <= step { low = middle + 1 } else { high = middle }
    }
    guard low < compounds.count, compounds[low].steps.contains(step) else {
      return plan.steps[step].statement
    }
    return compounds[low].statement
  }
}

/// Something a script shows, in the state that the plan has reached there.
package enum Output: Hashable, Sendable {
  case transaction(Transaction)
  case list([Transaction])
  case text(String)
}
