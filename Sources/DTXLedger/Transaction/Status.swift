/// Where a transaction stands, in the provider's words.
///
/// A status that the provider adds one day is read as `unknown`, which allows no operation.
package enum Status: String, CaseIterable, Hashable, Sendable {
  case initiated = "INITIATED"
  case onHold = "ON_HOLD"
  case authorized = "AUTHORIZED"
  case authorizationVoided = "AUTHORIZATION_VOIDED"
  case partiallyCaptured = "PARTIALLY_CAPTURED"
  case partiallyCapturedRefunded = "PARTIALLY_CAPTURED_REFUNDED"
  case captured = "CAPTURED"
  case partiallyRefunded = "PARTIALLY_REFUNDED"
  case refunded = "REFUNDED"
  case declined = "DECLINED"
  case failed = "FAILED"
  case unknown = "UNKNOWN"
}

/// How much of a transaction has reached the merchant's bank.
package enum SettlementStatus: String, CaseIterable, Hashable, Sendable {
  case notSettled = "NOT_SETTLED"
  case pending = "PENDING_SETTLEMENT"
  case partiallySettled = "PARTIALLY_SETTLED"
  case settled = "SETTLED"
}
