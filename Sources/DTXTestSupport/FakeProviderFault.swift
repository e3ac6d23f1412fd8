/// What a provider in memory does with a request instead of simply carrying it out.
package enum FakeProviderFault: Hashable, Sendable, CaseIterable {
  /// Answers 400 and does nothing.
  case refused
  /// Answers 200 with an event that failed.
  case failedEvent
  /// Answers 202 and completes the operation when the transaction is read for the second time.
  case acceptedThenCompleted
  /// Answers 202 and fails when the transaction is read for the second time.
  case acceptedThenFailed
  /// Answers 202 and never comes back to it.
  case acceptedForever
  /// Carries the operation out; the answer is lost.
  case timeoutApplied
  /// Loses the request.
  case timeoutNotApplied
  /// Carries the operation out after the transaction was read twice; the answer is lost.
  case timeoutAppliedLate
  /// Carries the operation out and answers 500.
  case errorApplied
  /// Answers 500 and does nothing.
  case errorNotApplied
  /// Answers 409 and does nothing.
  case conflict
  /// Answers 503 and does nothing.
  case unavailable
  /// Answers 429, once, with a wait of three seconds.
  case throttled
  /// Answers 401: even a fresh token was refused.
  case unauthorized
  /// Answers nothing, logs a failed event, and corrects it when the transaction is next read.
  case failedThenCorrected
  /// Answers 200 with an event that failed, and corrects it when the transaction is next read.
  case failedEventThenCorrected
  /// Can't be reached: nothing arrives.
  case noConnection
}
