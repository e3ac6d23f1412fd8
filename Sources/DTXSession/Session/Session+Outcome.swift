package import DTXExecution

// MARK: - After a run

extension Session {
  /// Returns the staged statements of which a run has done everything, as they were written.
  package func statements(doneIn outcome: CommitOutcome) -> [String] {
    owners(of: outcome.done).subtracting(owners(of: outcome.undone)).sorted()
      .map { staged[Int($0)].text }
  }

  /// Which of what is staged asked for steps of the plan.
  func owners(of steps: Set<Int32>) -> Set<Int32> {
    guard let owners = plan?.owners else { return [] }
    return Set(steps.map { owners[Int($0)] })
  }

  /// Forgets what was staged, because it was carried out, but not what was not sent.
  ///
  /// What was sent in part stays too: planned anew, it leaves out what was done.
  ///
  /// - Returns: What to tell about the rest, which has no plan before `planAnew`.
  package mutating func settle(_ outcome: CommitOutcome) -> Reply {
    var reply = Reply()
    log(outcome)
    let before = staged
    let unsent = owners(of: outcome.unsent)
    staged = staged.enumerated().filter { index, statement in
      switch statement.role {
      case .operation: unsent.contains(Int32(index))
      case .setting: !unsent.isEmpty
      case .guarding: false
      }
    }
    .map(\.element)
    plan = nil
    if staged.isEmpty { tellForgotten(before, into: &reply) }
    if !unsent.isEmpty {
      let what = unsent.count == 1 ? "1 statement was" : "\(unsent.count) statements were"
      say(
        "\(what) not sent, and will stay staged: `commit` goes on, `discard` drops it.",
        into: &reply
      )
    }
    return reply
  }

  /// Plans what is staged from the transactions as they are now.
  ///
  /// - Throws: `ProviderError` when they could not be read.
  package mutating func planAnew() async throws(ProviderError) -> Reply {
    var reply = Reply()
    try await replan(into: &reply)
    return reply
  }
}
