package import DTXExecution

/// A journal in memory, which can be made to fail.
package actor MemoryJournal: Journal {
  package private(set) var runs: [RunRecord] = []
  package private(set) var plans: [[UInt8]] = []
  /// Everything appended, in order, batch by batch.
  package private(set) var batches: [[JournalEntry]] = []
  /// How many more appends succeed; nil for all.
  private var appendsUntilFailure: Int?

  /// Runs during each append, as the wait for a disk would.
  private let latency: @Sendable () async -> Void

  package init(
    failingAfter appends: Int? = nil,
    latency: @escaping @Sendable () async -> Void = {}
  ) {
    appendsUntilFailure = appends
    self.latency = latency
  }

  package var entries: [JournalEntry] { batches.flatMap { $0 } }

  /// Remembers a run and its plan.
  ///
  /// - Throws: `.planUsed` for a plan's second run.
  package func begin(_ run: RunRecord, plan: [UInt8]) async throws(JournalError) {
    if runs.contains(where: { $0.planDigest == run.planDigest }) {
      throw JournalError(.planUsed, "a plan of this digest was carried out before")
    }
    runs.append(run)
    plans.append(plan)
  }

  /// Remembers entries, whatever run they belong to.
  ///
  /// - Throws: `.cannotWrite` once as many appends succeeded as were to.
  package func append(_ entries: [JournalEntry], to run: RunID) async throws(JournalError) {
    await latency()
    if let left = appendsUntilFailure {
      guard left > 0 else { throw JournalError(.cannotWrite, "the disk is full") }
      appendsUntilFailure = left - 1
    }
    batches.append(entries)
  }
}
