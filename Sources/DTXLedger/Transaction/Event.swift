/// One entry of a transaction's history at the provider: the ledger from which totals are computed.
package struct Event: Hashable, Sendable {
  /// What happened; a name that the provider adds one day is kept as `other`.
  package enum Kind: Hashable, Sendable {
    case initialize, authorize, capture, refund, void
    case initiateCapture, initiateRefund, initiateVoid
    case settlement
    case other(String)
  }

  /// A line of the operation, by the line's id.
  package struct Line: Hashable, Sendable {
    package let id: String
    package let amount: MinorUnits
    package let quantity: Quantity?

    package init(id: String, amount: MinorUnits, quantity: Quantity? = nil) {
      self.id = id
      self.amount = amount
      self.quantity = quantity
    }
  }

  /// Why an operation failed, in the provider's words.
  package struct Failure: Hashable, Sendable {
    package let code: String?
    package let message: String

    package init(code: String? = nil, message: String) {
      self.code = code
      self.message = message
    }
  }

  package var id: String
  package var kind: Kind
  package var isSuccessful = true
  /// The amount that moved; absent on some authorizations and voids.
  package var amount: MinorUnits?
  package var lines: [Line] = []
  /// The capture or refund reference; on an authorization, the update's reference.
  package var reference: String?
  /// The status of the transaction after this event.
  package var statusAfter: Status
  /// Milliseconds since 1970-01-01T00:00Z.
  package var createdAt: Int64
  /// Whose credentials made it, as the provider says: for what dtx did, an API client.
  package var createdBy: String?
  /// The person at whose dtx it was made, where a journal knows.
  package var person: String?
  package var requestID: String?
  /// On an event that completes an accepted request: that request's id.
  package var correlationRequestID: String?
  package var failure: Failure?
  /// The events that repair this failed one, if the provider has corrected it since.
  package var correctedBy: [String] = []
  package var metadata: [String: String] = [:]

  package init(id: String, kind: Kind, statusAfter: Status, createdAt: Int64) {
    self.id = id
    self.kind = kind
    self.statusAfter = statusAfter
    self.createdAt = createdAt
  }
}

extension Event {
  /// The person who made it, or else whoever the provider names.
  package var author: String? { person ?? createdBy }
}
