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
  }

  package static let standard = SandboxRules()

  /// The rules that operations are held to.
  package var ledger = LedgerRules.standard
  package var completion = Completion.onNextRead
  /// What happens to an operation on a card whose number asks for a time-out; nil for nothing.
  package var testCardFault: Fault? = .noAnswer(isApplied: true)
  /// What else goes wrong.
  package var faults = FaultPolicy.none

  package init() {}
}

/// Something that goes wrong with a request that is right.
package enum Fault: Hashable, Sendable {
  /// The request is carried out, or is not, and no answer comes.
  case noAnswer(isApplied: Bool)
}

/// Decides which requests go wrong, once they have passed every rule.
package struct FaultPolicy: Sendable {
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
