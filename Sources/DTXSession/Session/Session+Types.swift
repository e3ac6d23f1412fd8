package import DTXEvaluator
package import DTXLedger
package import DTXSyntax

extension Session {
  /// What the session says to a text, and what its owner is to do next.
  package struct Reply: Sendable {
    /// For standard output.
    package var output: [UInt8] = []
    /// For standard error: what was wrong.
    package var errors: [UInt8] = []
    package var request = Request.none
    /// Whether every statement of the text was taken.
    package var isAccepted = true
  }

  /// What a run came to, by the numbers of the plan's steps.
  package struct CommitOutcome: Sendable {
    /// Those that were done.
    package var done: Set<Int32> = []
    /// Those that were not done, whatever else became of them.
    package var undone: Set<Int32> = []
    /// Those that were certainly not sent and can be taken up again.
    package var unsent: Set<Int32> = []

    package init() {}
  }

  /// What only the owner of the terminal and of the files can do.
  package enum Request: Sendable {
    case none
    /// Carry the plan out, after showing it and asking.
    case commit(Planned, firstOnly: Int?)
    /// Read the file and hand its text to `stage(_:named:)`.
    case run(String)
    /// Let the person's own editor have the line that comes next.
    case edit
    /// Write a script to a file that is not there yet.
    case save([UInt8], path: String)
    /// Go on with another profile.
    case use(String)
    /// Show the newest runs of the journal, at most so many.
    case journal(limit: Int?)
    /// Carry the statement out again and again, until somebody ends it.
    case watch(String)
    /// Leave; ask first if something is staged.
    case quit
  }

  /// A plan with what a preview and a plan file say about it.
  package struct Planned: Sendable {
    package let plan: Plan
    package let source: [UInt8]
    /// Where the staged statements stand, for tables.
    package let places: StatementPlaces
    package let errorPolicy: ErrorPolicy
    package let warningCount: Int
    /// Milliseconds since 1970-01-01T00:00Z.
    package let plannedAt: Int64
    let finalStates: [Transaction.State]
    /// For every step, which of what is staged asked for it, by whatever loops, calls and files.
    let owners: [Int32]
  }

  /// A statement that is staged, as it was written, on a line or more of its own.
  struct Staged: Sendable {
    let text: String
    let role: Role

    /// What becomes of a statement when its plan was carried out in part.
    enum Role: Sendable {
      /// It stays until it was sent.
      case operation
      /// It stays with the operations that it holds for.
      case setting
      /// It spoke of the plan as a whole, and goes with it.
      case guarding
    }
  }

  /// A statement that was carried out, or a setting that it needed.
  struct Logged: Sendable {
    let text: String
    /// What it did, in a few words; nil for a setting.
    let effect: String?
    /// Milliseconds since 1970-01-01T00:00Z.
    let time: Int64
  }
}
