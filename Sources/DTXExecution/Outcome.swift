package import DTXLedger

/// What became of one operation.
///
/// An operation goes `intended → sent → done | pending | failed | unresolved`, and only forward;
/// an operation that was never sent is `notSent`.
package enum Outcome: Hashable, Sendable {
  case done(Completion)
  /// Accepted by the provider, not completed within the time one was ready to wait.
  case pending(requestID: String?)
  case failed(Failure)
  /// Sent, and nobody knows: a person must look before anything else is done to the transaction.
  case unresolved(String)
  case notSent(Reason)

  /// A success and what it left behind.
  package struct Completion: Hashable, Sendable {
    package let eventID: String?
    package let requestID: String?
    /// The totals and status the provider reported afterwards.
    package let after: Balance
    /// Whether they are what the plan predicted.
    package let isAsPredicted: Bool
    /// The answer's HTTP status; nil where none came, and the history told.
    package let status: Int?

    package init(
      eventID: String?,
      requestID: String?,
      after: Balance,
      isAsPredicted: Bool,
      status: Int? = nil
    ) {
      self.eventID = eventID
      self.requestID = requestID
      self.after = after
      self.isAsPredicted = isAsPredicted
      self.status = status
    }
  }

  /// The provider's "no", or a failed event.
  package struct Failure: Hashable, Sendable {
    package let status: Int?
    package let code: String?
    /// The provider's message, word for word.
    package let message: String
    package let requestID: String?

    package init(status: Int?, code: String?, message: String, requestID: String?) {
      self.status = status
      self.code = code
      self.message = message
      self.requestID = requestID
    }
  }

  /// Why an operation was not sent.
  package enum Reason: Hashable, Sendable {
    /// The transaction is not as it was when the plan was made.
    case drift(was: Balance, is: Balance)
    /// The transaction no longer exists, or can't be read.
    case unreadable(String)
    /// An earlier operation stopped the run, or this transaction's part of it.
    case stopped
    /// A person interrupted the run.
    case interrupted
    /// Beyond the first N of a trial.
    case beyondTrial
  }
}
