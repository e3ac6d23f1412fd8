import DTXLedger

extension Status {
  /// What the status means, in words for people who do not know the provider's.
  ///
  /// Source: Dintero's page on transaction statuses.
  var words: StaticString {
    switch self {
    case .initiated: "the customer has begun to pay"
    case .onHold: "the payment waits for a review"
    case .authorized: "the amount is reserved, and nothing is captured"
    case .authorizationVoided: "the reservation was released"
    case .partiallyCaptured: "a part is captured, and the rest can be"
    case .partiallyCapturedRefunded: "a part is captured, and some of it was refunded"
    case .captured: "everything is captured"
    case .partiallyRefunded: "everything is captured, and a part was refunded"
    case .refunded: "everything that was captured has been refunded"
    case .declined: "the payment was declined"
    case .failed: "the payment failed for a technical reason"
    case .unknown: "nobody knows how the payment ended: look at it with the provider"
    }
  }
}

extension Transaction.State {
  /// What is left to capture or refund; nothing where the payment never came about.
  ///
  /// The amount of a declined payment is what was asked for, and none of it is there to take.
  func remaining(for kind: Operation.Kind) -> MinorUnits {
    switch status {
    case .initiated, .declined, .failed, .unknown: .zero
    case .onHold, .authorized, .authorizationVoided, .partiallyCaptured,
      .partiallyCapturedRefunded, .captured, .partiallyRefunded, .refunded:
      left(for: kind)
    }
  }

  /// What is left to capture of one line; nothing where the payment never came about.
  func remaining(onLine index: Int) -> MinorUnits {
    remaining(for: .capture) == .zero ? .zero : leftOnLine(Int32(index), for: .capture)
  }

  /// What was done with one line.
  func balance(ofLine index: Int) -> LineBalance {
    lineBalances.indices.contains(index) ? lineBalances[index] : LineBalance()
  }
}

extension SettlementStatus {
  /// What the settlement status means.
  var words: StaticString {
    switch self {
    case .notSettled: "nothing is paid out to the merchant's bank"
    case .pending: "the payout is on its way"
    case .partiallySettled: "a part is paid out to the merchant's bank"
    case .settled: "all of it is paid out to the merchant's bank"
    }
  }
}

extension Event {
  /// What happened, as the heading of a line in the history.
  var words: String {
    let name =
      switch kind {
      case .initialize: "start"
      case .authorize: "authorization"
      case .capture: "capture"
      case .refund: "refund"
      case .void: "void"
      case .initiateCapture: "capture accepted"
      case .initiateRefund: "refund accepted"
      case .initiateVoid: "void accepted"
      case .settlement: "settlement"
      case .other(let name): name
      }
    return isSuccessful ? name : name + " failed"
  }
}
