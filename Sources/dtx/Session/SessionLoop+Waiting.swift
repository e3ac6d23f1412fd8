import DTXExecution
import DTXSession

// MARK: - Waiting

extension SessionLoop {
  /// Has a copy of the session do something, and goes on with the copy when it is done.
  ///
  /// - Returns: The answer; nil where Ctrl-C ended the waiting, so that nothing has changed.
  func changed(
    by work: @escaping @Sendable (inout Session) async throws(ProviderError) -> Session.Reply
  ) async throws(ProviderError) -> Session.Reply? {
    var before = session
    before.options = output.options
    let copy = before
    let changed = try await waited { () async throws(ProviderError) in
      var session = copy
      let reply = try await work(&session)
      return (session: session, reply: reply)
    }
    guard let changed else {
      output.note("\nStopped waiting; what is staged stays as it was.")
      return nil
    }
    session = changed.session
    return changed.reply
  }

  /// Waits for an answer; nil where Ctrl-C ended the waiting.
  ///
  /// What was asked is told to end, but not waited for: it may be in the middle of a long script.
  func waited<Answer: Sendable>(
    for work: @escaping @Sendable () async throws(ProviderError) -> Answer
  ) async throws(ProviderError) -> Answer? {
    let (endings, ended) = AsyncStream<Result<Answer, ProviderError>?>.makeStream()
    let interruptions = Interruptions.stream(onFirst: {})
    let listening = Task.detached { @concurrent in
      for await _ in interruptions { ended.yield(nil) }
    }
    let working = Task.detached { @concurrent in
      do throws(ProviderError) { ended.yield(.success(try await work())) } catch {
        ended.yield(.failure(error))
      }
    }
    var ending: Result<Answer, ProviderError>?
    for await first in endings {
      ending = first
      break
    }
    working.cancel()
    listening.cancel()
    await listening.value
    return try ending?.get()
  }
}
