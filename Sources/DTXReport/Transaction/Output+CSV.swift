package import DTXEvaluator
import DTXLedger

extension Output {
  /// Returns what a script asked to see as comma-separated values, with a row of names above them.
  ///
  /// Shape of transactions: id, status, product, currency, authorized, captured, refunded, released,
  /// remaining, refundable, reference, reference2, customer, created_at, expires_at, settlement. A
  /// text is one field named text. Rows end in CR LF; the text is UTF-8 without a byte-order mark.
  ///
  /// Units: amounts in major units with as many decimals as the currency has, without the currency.
  package func csv() -> [UInt8] {
    var writer = CSVWriter()
    switch self {
    case .transaction(let transaction): writer.append([transaction])
    case .list(let transactions): writer.append(transactions)
    case .text(let text):
      writer.field("text")
      writer.endRow()
      writer.field(text)
      writer.endRow()
    }
    return writer.output.bytes
  }
}

extension CSVWriter {
  private static let transactionColumns: [StaticString] = [
    "id", "status", "product", "currency", "authorized", "captured", "refunded", "released",
    "remaining", "refundable", "reference", "reference2", "customer", "created_at", "expires_at",
    "settlement",
  ]

  fileprivate mutating func append(_ transactions: [Transaction]) {
    for column in Self.transactionColumns { field(column) }
    endRow()
    for transaction in transactions {
      let state = transaction.state
      field(transaction.id.text)
      field(state.status.rawValue)
      field(transaction.product.name)
      field(transaction.currency.code)
      for amount in [
        state.authorized, state.captured, state.refunded, state.voided,
        state.remaining(for: .capture), state.remaining(for: .refund),
      ] {
        field { $0.append(amount, in: transaction.currency) }
      }
      field(transaction.details.merchantReference)
      field(state.secondReference)
      field(transaction.details.customer)
      field { $0.append(timestamp: transaction.details.createdAt) }
      field { if let time = transaction.details.expiresAt { $0.append(timestamp: time) } }
      field(transaction.details.settlement.rawValue)
      endRow()
    }
  }
}
