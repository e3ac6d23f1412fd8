import DTXLedger

/// Comparing what a provider reports after an operation with what the plan predicted.
enum Prediction {
  /// Tells whether a transaction's totals and status are what the plan predicted for a step.
  ///
  /// The totals must be equal. The status must be too, except where the provider does not say
  /// which it will be: there, any status that belongs to a captured payment is as good.
  ///
  /// Source: Dintero's documentation of transaction statuses, which leaves open the status after a
  /// release of the rest, and after refunds of a payment that is captured in part.
  static func agrees(_ actual: Balance, with predicted: Balance, after kind: Operation.Kind) -> Bool
  {
    guard actual.authorized == predicted.authorized, actual.captured == predicted.captured,
      actual.refunded == predicted.refunded, actual.voided == predicted.voided
    else { return false }
    if actual.status == predicted.status { return true }
    return isStatusOpen(predicted, after: kind) && statusesAfterCapture.contains(actual.status)
  }

  private static let statusesAfterCapture: Set<Status> = [
    .partiallyCaptured, .partiallyCapturedRefunded, .captured, .partiallyRefunded, .refunded,
    .authorizationVoided,
  ]

  private static func isStatusOpen(_ predicted: Balance, after kind: Operation.Kind) -> Bool {
    guard predicted.captured > .zero else { return false }
    if predicted.voided > .zero || kind == .adjust { return true }
    guard predicted.refunded > .zero else { return false }
    return kind == .capture
      || predicted.refunded == predicted.captured && predicted.captured < predicted.authorized
  }
}
