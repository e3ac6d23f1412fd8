package import DTXLedger

/// The read-only view of a provider: all that planning, previewing and a session ever get.
///
/// Nothing that changes anything exists on it, which is what makes a dry run dry.
package protocol TransactionReader: Sendable {
  /// The account whose transactions these are.
  var account: Account { get }

  /// Returns the transactions with these ids, many at a time; those that do not exist are absent.
  ///
  /// - Throws: `ProviderError` when the provider cannot be asked or does not answer.
  func transactions(withIDs ids: [TransactionID]) async throws(ProviderError) -> [Transaction]

  /// Returns the transactions that a query finds, newest first.
  ///
  /// - Throws: `ProviderError` when the provider cannot be asked or does not answer.
  func transactions(matching query: TransactionQuery) async throws(ProviderError) -> [Transaction]
}

/// The view of a provider that moves money: handed to the executor's driver and nobody else.
package protocol TransactionWriter: Sendable {
  /// Sends one request, once, and says what came back; it never repeats a request by itself.
  func send(_ request: OperationRequest) async -> Answer
}

/// One operation as it is sent.
package struct OperationRequest: Hashable, Sendable {
  package let id: OperationID
  package let transaction: TransactionID
  package let operation: Operation
  /// The capture, refund or update reference; absent where the provider takes none.
  package let reference: String?
  package let reason: String?
  package let description: String?
  /// Sent as metadata, each name behind `ext_`.
  package let metadata: [StepExtras.Metadata]
  /// The parts of lines that the operation names, by the lines' own ids.
  ///
  /// The operation has them by number, which says nothing to a provider.
  package let lines: [Event.Line]

  package init(
    id: OperationID,
    transaction: TransactionID,
    operation: Operation,
    reference: String?,
    extras: StepExtras?,
    lines: [Event.Line] = []
  ) {
    self.id = id
    self.transaction = transaction
    self.operation = operation
    self.reference = reference
    reason = extras?.reason
    description = extras?.description
    metadata = extras?.metadata ?? []
    self.lines = lines
  }
}

/// One operation of one plan: the plan's run and the step's place in it.
package struct OperationID: Hashable, Sendable, CustomStringConvertible {
  package let run: RunID
  /// The step's index in the plan.
  package let step: Int32

  package init(run: RunID, step: Int32) {
    self.run = run
    self.step = step
  }

  package var description: String { "\(run)/\(step + 1)" }
}

/// The name of one execution of one plan: short, unique, in order of time, easy to type.
package struct RunID: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { text }
}

/// What came back for a request.
package enum Answer: Hashable, Sendable {
  /// The provider carried it out, or recorded that it failed: the transaction's newest event tells.
  case completed(Transaction, requestID: String?)
  /// Accepted; an event that names this request will say what became of it.
  case accepted(Transaction, requestID: String?)
  /// Refused with certainty: nothing moved.
  case refused(ProviderRefusal)
  /// The token was refused: nothing was processed.
  case unauthorized(ProviderRefusal)
  /// Too many requests: nothing was processed; wait so many seconds.
  case throttled(seconds: Double)
  /// Nothing left: there was no connection to send it on, or no token to send it with.
  case notSent(ProviderError)
  /// No answer, or one that does not say: it may have happened, and it may not.
  case unknown(String)

  /// The HTTP status of an answer that took the request on; nil for every other.
  var acceptedStatus: Int? {
    switch self {
    case .completed: 200
    case .accepted: 202
    case .refused, .unauthorized, .throttled, .notSent, .unknown: nil
    }
  }
}

/// A provider's "no", word for word.
package struct ProviderRefusal: Hashable, Sendable {
  package let status: Int
  package let code: String?
  package let message: String
  package let requestID: String?

  package init(status: Int, code: String? = nil, message: String, requestID: String? = nil) {
    self.status = status
    self.code = code
    self.message = message
    self.requestID = requestID
  }
}

/// Why a provider could not be read.
package struct ProviderError: Error, Hashable, Sendable {
  /// What kind of failure it was.
  package enum Code: Hashable, Sendable {
    /// No connection, or none that holds: the same request may work later.
    case unreachable
    /// The credentials are missing, wrong or not allowed to do this.
    case unauthorized
    /// The provider answered and refused.
    case refused
    /// The answer could not be read.
    case unreadable
    /// The embedded provider's store failed: a full disk, a damaged or locked file.
    case storage
  }

  package let code: Code
  /// What was tried and what went wrong, in one sentence without secrets.
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
