import Synchronization

/// Where the editor asks what a line would do, and finds the answer when there is one.
///
/// The editor asks between two keys and never waits. One task works the answers out, always for the
/// newest text; whoever made the board is told when there is one.
package final class HintBoard: Sendable {
  private struct State {
    var session: Session
    /// The text to work on next.
    var wanted: String?
    /// A block that was pasted, to be summed up.
    var pasted: String?
    /// The last text that was worked on, and what it would do.
    var answered: (text: String, effect: LineEffect?)?
    /// How often what was found out was forgotten: an answer from before that is none.
    var age = 0

    mutating func forget() {
      answered = nil
      age += 1
    }
  }

  private let state: Mutex<State>
  private let known: KnownTransactions
  private let questions: AsyncStream<Void>
  private let ask: AsyncStream<Void>.Continuation

  /// Makes a board for a session.
  package init(session: Session, known: KnownTransactions) {
    state = Mutex(State(session: session))
    self.known = known
    (questions, ask) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// The session as it is now: what was found out about lines before holds no more.
  package var session: Session {
    get { state.withLock { $0.session } }
    set {
      state.withLock { state in
        state.session = newValue
        state.pasted = nil
        state.forget()
      }
    }
  }

  /// Returns what a text would do, if that is known by now, and has it found out if not.
  package func effect(of text: String) -> LineEffect? {
    state.withLock { state in
      if let answered = state.answered, answered.text == text { return answered.effect }
      state.wanted = text
      ask.yield()
      return nil
    }
  }

  /// Forgets what was found out about lines, because more is known now.
  package func forget() { state.withLock { $0.forget() } }

  /// Has a pasted block summed up.
  package func sumUp(_ text: String) {
    state.withLock { state in
      state.pasted = text
      ask.yield()
    }
  }

  /// Works answers out until the task is cancelled.
  ///
  /// - Parameters:
  ///   - announce: Called when there is an answer about a line.
  ///   - tell: Called with what a pasted block comes to.
  package func work(
    announce: @Sendable () -> Void,
    tell: @Sendable (PasteSummary) -> Void
  ) async {
    for await _ in questions {
      let (wanted, pasted, session, age) = state.withLock { state in
        defer { (state.wanted, state.pasted) = (nil, nil) }
        return (state.wanted, state.pasted, state.session, state.age)
      }
      if let pasted, let summary = await session.summary(of: pasted) { tell(summary) }
      guard let wanted else { continue }
      let effect = await session.effect(of: wanted, knowing: known.index)
      let isNews = state.withLock { state in
        guard state.age == age else {
          state.wanted = state.wanted ?? wanted
          ask.yield()
          return false
        }
        state.answered = (wanted, effect)
        return effect != nil && state.wanted == nil
      }
      if isNews { announce() }
    }
  }
}
