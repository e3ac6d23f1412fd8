/// One payment as the ledger sees it: facts that do not change, and the state that operations move.
package struct Transaction: Hashable, Sendable {
  package let id: TransactionID
  package let product: PaymentProduct
  package let currency: Currency
  package var state: State
  /// The provider's history, in the order in which it was appended.
  package var events: [Event]
  package var details: Details

  package init(
    id: TransactionID,
    product: PaymentProduct,
    currency: Currency,
    state: State,
    events: [Event] = [],
    details: Details = Details()
  ) {
    self.id = id
    self.product = product
    self.currency = currency
    self.state = state
    self.events = events
    self.details = details
  }
}

extension Transaction {
  /// What operations change: the totals, the lines and the status.
  ///
  /// Kept small and flat, because a dry run holds one for every transaction it touches.
  package struct State: Hashable, Sendable {
    package var status: Status
    package var isVoidPending = false
    /// A pre-authorization that must be finalized before it can be captured.
    package var isPreauthorization = false
    /// False if the history from which the totals were computed contradicts itself.
    package var isConsistent = true
    package var authorized: MinorUnits
    package var captured = MinorUnits.zero
    package var refunded = MinorUnits.zero
    /// Released from the authorization, by a void or by a final capture.
    package var voided = MinorUnits.zero
    /// Accepted by the provider and not completed yet; counted as consumed.
    package var pendingCapture = MinorUnits.zero
    package var pendingRefund = MinorUnits.zero
    package var lines: [LineItem] = []
    /// One for each of `lines`, in the same order.
    package var lineBalances: [LineBalance] = []
    package var secondReference: String?

    package init(status: Status, authorized: MinorUnits, lines: [LineItem] = []) {
      self.status = status
      self.authorized = authorized
      self.lines = lines
      lineBalances = Array(repeating: LineBalance(), count: lines.count)
    }

    /// What can still be captured, and released by a void.
    package var capturable: MinorUnits { authorized - captured - voided - pendingCapture }
    /// What can still be given back.
    package var refundable: MinorUnits { captured - refunded - pendingRefund }
  }

  /// What people look at and search for, and no rule depends on.
  package struct Details: Hashable, Sendable {
    package var merchantReference: String?
    package var sessionID: String?
    package var settlement = SettlementStatus.notSettled
    /// Milliseconds since 1970-01-01T00:00Z.
    package var createdAt: Int64 = 0
    package var updatedAt: Int64 = 0
    package var expiresAt: Int64?
    package var customer: String?
    package var store: String?

    package init() {}
  }
}
