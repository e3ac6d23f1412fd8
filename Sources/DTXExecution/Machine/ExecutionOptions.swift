/// How a plan is carried out: what stops it, how fast it goes, how long it waits.
package struct ExecutionOptions: Hashable, Sendable {
  /// What a failed operation means for the rest.
  package enum ErrorPolicy: Hashable, Sendable {
    /// Nothing further is sent.
    case stop
    /// Nothing further is sent to that transaction.
    case skip
    /// Everything else is sent all the same.
    case `continue`
  }

  /// How many requests may be in flight; above 256 a provider sees an attack, not a customer.
  package static let concurrencyRange = 1...256
  /// How many operations per second may be asked for; below, a run is better made by hand.
  package static let rateRange = 0.01...10_000
  /// How much shorter waits may be made.
  package static let patienceRange = 0.001...1

  package var errorPolicy = ErrorPolicy.stop
  /// How many requests, to as many transactions, are in flight at most.
  package var concurrency = 4
  /// How many operations are sent per second at most; nil for no limit (the embedded sandbox).
  package var ratePerSecond: Double? = 5
  /// How long to wait for the end of an operation that the provider accepted, in seconds.
  ///
  /// Two minutes: polls after 2, 4, 8, 16, 32 and 60 seconds, as the provider advises.
  package var pendingWaitSeconds = 120.0
  /// How long each wait is before the provider is asked again, as a share of the usual one.
  ///
  /// Less than 1 is for a provider that is there to be tested with, and answers at once.
  package var patience = 1.0
  /// Carry out so many operations as a trial, and ask before the rest; nil for no trial.
  package var firstOnly: Int?

  package init() {}

  /// Whether every option is within its range; an execution is made only of options that are.
  package var isValid: Bool {
    Self.concurrencyRange.contains(concurrency)
      && ratePerSecond.map(Self.rateRange.contains) ?? true
      && pendingWaitSeconds >= 0
      && Self.patienceRange.contains(patience)
      && (firstOnly ?? 0) >= 0
  }
}
