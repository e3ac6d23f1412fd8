import DTXExecution
import DTXLedger
import DTXSession

// MARK: - What is known

extension SessionLoop {
  /// How old what completion knows may be before it is read again, while nobody waits for it.
  private static let embeddedFreshness = Duration.seconds(30)
  private static let remoteFreshness = Duration.seconds(120)
  /// The newest of an account: what is worked on these days, and three requests of those that the
  /// provider allows in a second.
  private static let remoteLimit = 300
  /// More than a sandbox has, and some hundred megabytes.
  private static let embeddedLimit = 200_000

  /// Has the transactions read anew for completion, if they are not fresh.
  func refreshKnown() {
    let reader = connection.reader
    let limit = connection.isEmbedded ? Self.embeddedLimit : Self.remoteLimit
    let (known, board, notices) = (known, board, editor.notices)
    let freshness = connection.isEmbedded ? Self.embeddedFreshness : Self.remoteFreshness
    Task.detached { @concurrent in
      let isNews = await known.refresh(from: reader, limit: limit, ifOlderThan: freshness)
      guard isNews else { return }
      board.forget()
      notices.wake()
    }
  }

  /// Reads anew what a run has changed.
  func reread(_ ids: [TransactionID]) async {
    let reader = connection.reader
    let changed = try? await waited { () async throws(ProviderError) in
      try await reader.transactions(withIDs: ids)
    }
    if let changed { known.merge(changed) }
  }

  /// Works out what lines would do while they are typed.
  func hinting() -> Task<Void, Never> {
    let board = board
    let notices = editor.notices
    return Task.detached {
      await board.work(
        announce: { notices.wake() },
        tell: { notices.printAbove("Pasted: \($0.text). \($0.enter.text)") }
      )
    }
  }
}
