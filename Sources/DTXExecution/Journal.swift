package import DTXLedger

/// The append-only record of what was meant and what became of it.
///
/// Every call returns only when what it appended would survive a power cut.
package protocol Journal: Sendable {
  /// Records that a plan is about to be carried out, with the plan itself, so that an interrupted
  /// run can be finished from the journal alone.
  ///
  /// - Throws: `JournalError`; `.planUsed` when a plan of this digest has been carried out before.
  func begin(_ run: RunRecord, plan: [UInt8]) async throws(JournalError)

  /// Appends entries of one run, in order, all of them or none.
  ///
  /// - Throws: `JournalError`.
  func append(_ entries: [JournalEntry], to run: RunID) async throws(JournalError)
}

/// Who carries out which plan, when and where.
package struct RunRecord: Hashable, Sendable {
  package let id: RunID
  /// Milliseconds since 1970-01-01T00:00Z.
  package let startedAt: Int64
  package let person: String
  package let profile: String
  package let account: Account
  /// The script's file name, or what stands for it (`-c`, `session`).
  package let script: String
  /// SHA-256 of the script, in hexadecimal.
  package let scriptDigest: String
  /// SHA-256 of the plan, in hexadecimal: by it the journal refuses to carry a plan out twice.
  package let planDigest: String
  package let operationCount: Int
  /// Who has approved the plan, where the policy asks for that.
  package let approvers: [String]

  package init(
    id: RunID,
    startedAt: Int64,
    person: String,
    profile: String,
    account: Account,
    script: String,
    scriptDigest: String,
    planDigest: String,
    operationCount: Int,
    approvers: [String] = []
  ) {
    self.id = id
    self.startedAt = startedAt
    self.person = person
    self.profile = profile
    self.account = account
    self.script = script
    self.scriptDigest = scriptDigest
    self.planDigest = planDigest
    self.operationCount = operationCount
    self.approvers = approvers
  }
}

/// One fact about a run.
package enum JournalEntry: Hashable, Sendable {
  /// Recorded before the request leaves, with the event ids known by then.
  case intended(OperationRequest, knownEvents: [String])
  /// The request left, and no outcome is known yet: no answer came, or the provider accepted it.
  ///
  /// An outcome says by itself that its operation was sent. An intent without either may have left
  /// or not, since nothing is written between recording it and sending.
  case sent(OperationID)
  case outcome(OperationID, Outcome)
  /// The run came to its end, with how many of each outcome.
  case ended(RunSummary)
}

/// How many operations came out how.
package struct RunSummary: Hashable, Sendable {
  package var done = 0
  package var pending = 0
  package var failed = 0
  package var unresolved = 0
  package var notSent = 0

  package init() {}
}

/// Why the journal could not be read or written.
package struct JournalError: Error, Hashable, Sendable {
  /// What kind of failure it was.
  package enum Code: Hashable, Sendable {
    /// The folder or file cannot be opened or created.
    case cannotOpen
    /// Another process holds the journal for too long.
    case locked
    /// The disk is full or failing, or the folder is read-only.
    case cannotWrite
    /// The file is not a journal, or its entries do not follow from one another.
    case corrupt
    /// The file was written by a newer version.
    case newerVersion
    /// A plan of this digest has been carried out before.
    case planUsed
    case unknownRun
  }

  package let code: Code
  /// What was tried and what went wrong, in one sentence without secrets.
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
