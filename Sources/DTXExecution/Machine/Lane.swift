import DTXLedger

/// One transaction being worked on: the operation it is at, and what is awaited.
struct Lane: Hashable, Sendable {
  enum State: Hashable, Sendable {
    /// The next operation waits until the rate and the lanes before it allow it.
    case waitingForTurn
    /// The transaction is to be read as soon as a request may leave.
    case readDue(Purpose)
    case reading(Purpose)
    /// The intent is on its way into the journal.
    case recordingIntent
    /// The intent is recorded; the request leaves as soon as one may.
    case sendDue
    case sending
    case sleeping(until: Moment, before: Purpose)
  }

  /// Why the transaction is read.
  enum Purpose: Hashable, Sendable {
    /// Before an operation: whether the transaction is as planned. Counts the failed attempts.
    case check(failures: Int)
    /// After too many requests: whether the operation was carried out all the same.
    case resend
    /// After an operation without an answer; the index of the wait that follows if nothing is found.
    case inspection(nextDelay: Int)
    /// After an operation was accepted: whether it has been completed.
    case poll
    /// After an operation failed in a run that is resumed: whether the provider has corrected that.
    case correction
  }

  /// An operation that the provider accepted.
  struct Wait: Hashable, Sendable {
    var requestID: String?
    let since: Moment
    /// How long to wait before the next poll.
    var pollSeconds = ExecutionLimits.firstPollSeconds
  }

  var step: Int32
  var state: State
  /// The transaction as last seen, or nil when it must be read before the next operation.
  var transaction: Boxed<Transaction>?
  /// What the operation is recognised by, from its intent to its outcome.
  var evidence: Boxed<Evidence>?
  /// The HTTP status with which the provider took the operation on, if it did.
  var acceptedStatus: Int?
  /// Why nobody knows what became of the operation.
  var doubt = ""
  /// Whether the journal says that the request left.
  var isSentRecorded = false
  var throttles = 0
  /// How often the operation could not be sent at all.
  var failedSends = 0
  var wait: Wait?

  init(step: Int32, state: State) {
    self.step = step
    self.state = state
  }

  /// Prepares the lane for its transaction's next operation.
  mutating func advance(to step: Int32) {
    self.step = step
    state = .waitingForTurn
    evidence = nil
    acceptedStatus = nil
    doubt = ""
    isSentRecorded = false
    throttles = 0
    failedSends = 0
    wait = nil
  }
}
