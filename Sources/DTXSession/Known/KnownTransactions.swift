import Dispatch
package import DTXExecution
package import DTXLedger
import Synchronization

/// What was read of an account, shared between the editor, which only looks, and whoever reads.
package final class KnownTransactions: Sendable {
  private struct State {
    var index = TransactionIndex()
    /// Whether a reading is on its way.
    var isReading = false
    /// What others have read since the reading began: newer than what it will bring.
    var mergedMeanwhile: [Transaction] = []
    /// Goes up when everything is forgotten: what was being read then is of another profile.
    var epoch = 0
    /// When the last reading ended, and how long it took.
    var readAt: ContinuousClock.Instant?
    var duration = Duration.zero
  }

  /// A reading that is felt is followed by a pause of so many times its duration, whatever is asked
  /// for: two parts in a hundred of the machine, or of the provider, are enough.
  private static let pauseFactor = 50
  private static let feltDuration = Duration.milliseconds(100)

  private let state = Mutex(State())
  private let first = DispatchSemaphore(value: 0)

  package init() {}

  /// What is known at this moment.
  package var index: TransactionIndex { state.withLock { $0.index } }

  /// Takes in what was read, by whoever did.
  package func merge(_ transactions: [Transaction]) {
    // In place: a copy of everything would be felt at every answer.
    guard !transactions.isEmpty else { return }
    state.withLock { state in
      state.index.merge(transactions)
      if state.isReading { state.mergedMeanwhile += transactions }
    }
  }

  /// Forgets everything, because other transactions are worked with from now on.
  package func forget() {
    state.withLock { state in
      let epoch = state.epoch + 1
      state = State()
      state.epoch = epoch
    }
  }

  /// Reads the newest transactions anew, unless that was done a moment ago or is being done.
  ///
  /// What cannot be read stays as it was: without it statements still work, and say what is wrong.
  ///
  /// - Parameters:
  ///   - reader: Where to read.
  ///   - limit: How many are kept in mind.
  ///   - age: How old what is known may be before it is read again.
  /// - Returns: Whether something was read.
  @discardableResult
  package func refresh(
    from reader: any TransactionReader,
    limit: Int,
    ifOlderThan age: Duration
  ) async -> Bool {
    let begun: Int? = state.withLock { state in
      let isFelt = state.duration > Self.feltDuration
      let pause = isFelt ? max(age, state.duration * Self.pauseFactor) : age
      if state.isReading || state.readAt.map({ .now - $0 < pause }) ?? false { return nil }
      state.isReading = true
      return state.epoch
    }
    guard let begun else { return false }
    var query = TransactionQuery()
    query.limit = limit
    let start = ContinuousClock.now
    let found = try? await reader.transactions(matching: query)
    // Fewer than were asked for are all that there are, and others are gone.
    var index = found.map { $0.count < limit } ?? false ? TransactionIndex() : self.index
    index.merge(found ?? [])
    defer { first.signal() }
    return state.withLock { state in
      guard state.epoch == begun else { return false }
      if found != nil {
        index.merge(state.mergedMeanwhile)
        state.index = index
      }
      state.mergedMeanwhile = []
      state.isReading = false
      state.readAt = .now
      state.duration = .now - start
      return found != nil
    }
  }

  /// Whether the very first reading is still on its way.
  var isFirstOnItsWay: Bool { state.withLock { $0.readAt == nil && $0.isReading } }

  /// Waits until something was read for the first time; false if the time is over before.
  func waitForFirst(milliseconds: Int) -> Bool {
    let deadline = DispatchTime.now() + .milliseconds(milliseconds)
    // Readings of another profile may have left a signal behind.
    while isFirstOnItsWay {
      guard first.wait(timeout: deadline) == .success else { return false }
    }
    return true
  }
}

/// A provider that answers from what is known, at once, or not at all.
///
/// What a line would do is found out with it while the line is typed: nothing is asked of anybody.
package struct KnownReader: TransactionReader {
  package let account: Account
  private let index: TransactionIndex

  package init(account: Account, index: TransactionIndex) {
    self.account = account
    self.index = index
  }

  /// Returns the transactions, all of which must be known.
  ///
  /// - Throws: `ProviderError` where one is not: that says nothing about whether it exists.
  package func transactions(
    withIDs ids: [TransactionID]
  ) async throws(ProviderError) -> [Transaction] {
    var found: [Transaction] = []
    for id in ids {
      guard let transaction = index[id] else { throw Self.unknown }
      found.append(transaction)
    }
    return found
  }

  /// Answers nothing: what is known may be a part of what there is.
  ///
  /// - Throws: `ProviderError`.
  package func transactions(
    matching query: TransactionQuery
  ) async throws(ProviderError) -> [Transaction] {
    throw Self.unknown
  }

  private static let unknown = ProviderError(.unreachable, "not read yet")
}
