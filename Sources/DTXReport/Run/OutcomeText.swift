import DTXExecution
import DTXLedger

extension Outcome {
  /// The outcome as one word or two, the same in every form of report.
  var words: StaticString {
    switch self {
    case .done: "done"
    case .pending: "pending"
    case .failed: "failed"
    case .unresolved: "unresolved"
    case .notSent: "not sent"
    }
  }

  var role: TextRole {
    switch self {
    case .done(let completion): completion.isAsPredicted ? .success : .warning
    case .pending: .note
    case .failed, .unresolved: .error
    case .notSent: .warning
    }
  }
}

extension TextBuilder {
  /// Appends what there is to say about an outcome besides its name; nothing about a plain success.
  mutating func append(
    remarkOn outcome: Outcome,
    predicted: Balance,
    in currency: Currency
  ) {
    switch outcome {
    case .done(let completion):
      guard !completion.isAsPredicted else { return }
      append("not as planned: ")
      append(differenceOf: completion.after, from: predicted, in: currency)
    case .pending(let requestID):
      append("accepted by the provider, not completed yet")
      append(requestID: requestID)
    case .failed(let failure):
      append(failure)
    case .unresolved(let reason):
      append("nobody knows whether it was done: ")
      append(foreign: reason)
    case .notSent(let reason):
      append(reason, in: currency)
    }
  }

  /// Appends the provider's message word for word, and the numbers that its support asks for.
  private mutating func append(_ failure: Outcome.Failure) {
    append(foreign: failure.message)
    if let status = failure.status {
      append(", status")
      append(byte: fixedBlank)
      append(status)
    }
    if let code = failure.code {
      append(", code ")
      append(foreign: code)
    }
    append(requestID: failure.requestID)
  }

  private mutating func append(requestID: String?) {
    guard let requestID else { return }
    append(", request ")
    append(foreign: requestID)
  }

  private mutating func append(_ reason: Outcome.Reason, in currency: Currency) {
    switch reason {
    case .drift(let was, let now):
      append("the transaction has changed since it was planned: ")
      append(changeFrom: was, to: now, in: currency)
    case .unreadable(let message):
      append("the transaction can't be read: ")
      append(foreign: message)
    case .stopped: append("the run had stopped")
    case .interrupted: append("the run was interrupted")
    case .beyondTrial: append("beyond the trial")
    }
  }

  /// Appends what is other than it was predicted to be: `captured is 199.90, not 299.90`.
  private mutating func append(
    differenceOf actual: Balance,
    from predicted: Balance,
    in currency: Currency
  ) {
    var list = Clauses()
    for (name, real, planned) in [
      ("authorized", actual.authorized, predicted.authorized),
      ("captured", actual.captured, predicted.captured),
      ("refunded", actual.refunded, predicted.refunded),
      ("released", actual.voided, predicted.voided),
    ] as [(StaticString, MinorUnits, MinorUnits)] where real != planned {
      list.begin(&self)
      append(name)
      append(" is ")
      append(real, in: currency)
      append(", not ")
      append(planned, in: currency)
    }
    if actual.status != predicted.status {
      list.begin(&self)
      append("the status is ")
      append(safe: actual.status.rawValue)
      append(", not ")
      append(safe: predicted.status.rawValue)
    }
    if list.isEmpty { append("the provider recorded it in another way") }
  }
}
