package import DTXExecution
package import DTXLedger

/// How the sandbox behaves where the provider's documentation leaves a choice.
package struct SandboxRules: Sendable {
  /// When a request that was accepted is completed.
  package enum Completion: Hashable, Sendable {
    /// The next read of any transaction finds it completed.
    case onNextRead
    /// Only `Sandbox.completePendingRequests` does it.
    case onDemand
    /// It is completed so long after it was accepted, whether or not the sandbox runs then.
    case after(milliseconds: Int64)

    /// When what is accepted at a time is due; zero for as soon as anybody looks.
    func dueTime(after time: Int64) -> Int64 {
      if case .after(let milliseconds) = self { time + milliseconds } else { 0 }
    }
  }

  package static let standard = SandboxRules()

  /// The rules that operations are held to.
  package var ledger = LedgerRules.standard
  package var completion = Completion.onNextRead
  /// What happens to an operation on a card whose number asks for a time-out; nil for nothing.
  package var testCardFault: Fault? = .silentApplied
  /// What else goes wrong.
  package var faults = FaultPolicy.none
  /// Whether a refusal by the payment processor leaves a failed event in the history.
  package var recordsRefusals = true
  /// Whether a void's event says how much it released.
  package var voidEventsHaveAmount = true
  /// Whether what a final capture leaves is released by an event of its own.
  package var finalCaptureAppendsVoid = true
  /// Whether a final capture of a product that has none is turned down rather than taken as plain.
  package var refusesForeignFinalCapture = true
  /// Whether a request's metadata is kept in the event that it leads to.
  package var keepsMetadata = true
  /// How far the times of events are from the clock's, in milliseconds.
  package var eventClockSkewMilliseconds: Int64 = 0

  package init() {}
}

/// Something that goes wrong with a request that is right.
///
/// The names are those by which a fault is asked for on the command line, in a request's metadata
/// or through the control address of the server.
package enum Fault: String, CaseIterable, Hashable, Sendable {
  /// Nothing; stated where something else would be chosen.
  case none = "ok"
  /// Accepted, and carried out later.
  case acceptedThenDone = "async-ok"
  /// Accepted, and failed later.
  case acceptedThenFailed = "async-fail"
  /// The processor refuses, and the answer says so.
  case refused = "fail-4xx"
  /// The processor refuses, and only the event in a successful answer says so.
  case failedEvent = "fail-200"
  /// Carried out, and no answer comes.
  case silentApplied = "timeout-applied"
  /// Not carried out, and no answer comes.
  case silentNotApplied = "timeout-not-applied"
  /// Carried out, and the answer is an error of the provider's.
  case brokenApplied = "500-applied"
  case brokenNotApplied = "500-not-applied"
  /// Not carried out: the processor can't be reached.
  case unavailable = "503"
  /// Not carried out: something else is changing the transaction.
  case conflict = "409"
  /// Not carried out: too many requests.
  case throttled = "429"
  /// Recorded as failed, and put right later, because it was carried out after all.
  case failedThenCorrected = "fail-then-correct"

  /// Whether it can befall what changes nothing: no answer comes, or one that says "later".
  package var befallsReads: Bool {
    switch self {
    case .none, .silentApplied, .silentNotApplied, .brokenApplied, .brokenNotApplied, .unavailable,
      .throttled:
      true
    case .acceptedThenDone, .acceptedThenFailed, .refused, .failedEvent, .conflict,
      .failedThenCorrected:
      false
    }
  }

  /// Returns what of the fault can happen to a kind of operation.
  ///
  /// Only captures, refunds and voids are ever accepted for later or corrected.
  package func applied(to kind: Operation.Kind) -> Fault {
    switch kind {
    case .capture, .refund, .void: return self
    case .adjust, .extend, .authorize, .tag: break
    }
    switch self {
    case .acceptedThenDone: return .none
    case .acceptedThenFailed, .failedThenCorrected: return .failedEvent
    default: return self
    }
  }
}

/// Decides which requests go wrong, once they have passed every rule.
package struct FaultPolicy: Sendable {
  /// The entry of a request's metadata that asks for a fault: `ext_sim_fault` on the wire.
  static let metadataName = "sim_fault"
  /// Nothing goes wrong.
  package static let none = FaultPolicy { _ in nil }

  package let fault: @Sendable (OperationRequest) -> Fault?

  package init(_ fault: @escaping @Sendable (OperationRequest) -> Fault?) { self.fault = fault }
}

/// The test cards that make an operation on their transaction time out.
///
/// Source: Dintero's documentation, test data for cards.
enum TestCard {
  /// Tells whether an operation on a card of this masked number (`410000******0019`) times out.
  static func timesOut(_ kind: Operation.Kind, maskedNumber: String) -> Bool {
    guard maskedNumber.hasPrefix("4100") || maskedNumber.hasPrefix("5100") else { return false }
    let isVisa = maskedNumber.hasPrefix("4")
    let suffix =
      switch kind {
      case .capture: isVisa ? "0019" : "0016"
      case .refund: isVisa ? "0027" : "0024"
      case .void: isVisa ? "0043" : "0040"
      case .adjust, .extend, .authorize, .tag: ""
      }
    return !suffix.isEmpty && maskedNumber.hasSuffix(suffix)
  }
}
