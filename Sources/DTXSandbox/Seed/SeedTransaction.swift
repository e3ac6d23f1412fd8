import DTXLedger

/// A transaction as it enters the store.
struct SeedTransaction {
  /// Where it stands in its file.
  var offset = 0
  var id: TransactionID
  var product: PaymentProduct
  var currency: Currency
  var amount: MinorUnits
  var isPreauthorization = false
  var secondReference: String?
  var details = Transaction.Details()
  var items: [LineItem] = []
  /// By a line's id everything that was said of it, as a JSON object.
  var itemDocuments: [String: String] = [:]
  var events: [Event] = []
  var maskedCardNumber: String?
  /// The members of the file's object that have no place of their own, as a JSON object.
  var document: [UInt8] = Array("{}".utf8)

  /// The state that the events add up to.
  var state: Transaction.State {
    var state = Transaction.State(replaying: events, authorized: amount, lines: items)
    state.isPreauthorization = isPreauthorization
    state.secondReference = secondReference
    return state
  }
}
