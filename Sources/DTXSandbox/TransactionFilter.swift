package import DTXLedger
import DTXJSON
import GRDB

/// Which transactions an integration asks for, in which order, and how many.
///
/// Source: Dintero's Checkout API reference, `GET /transactions`.
package struct TransactionFilter: Sendable {
  /// What can be asked for by its exact text, any of several.
  package enum Field: String, CaseIterable, Hashable, Sendable {
    case id, status, currency, channel
    case sessionID = "session_id"
    case storeID = "store_id"
    case tokenID = "token_id"
    case product = "payment_product"
    case productType = "payment_product_type"
    case cardBrand = "card_brand"
    case merchantReference = "merchant_reference"
    case secondReference = "merchant_reference_2"
    case paymentOperation = "payment_operation"
    case customerID = "customer_id"
    case payoutDestinationID = "payout_destination_id"
    case terminalID = "terminal_id"
  }

  /// What can be asked for by its size.
  package enum Measure: String, Hashable, Sendable {
    /// What is authorized, in minor units.
    case amount
    /// Milliseconds since 1970-01-01T00:00Z, as are the others.
    case createdAt = "created_at"
    case capturedAt = "captured_at"
    case refundedAt = "refunded_at"
  }

  /// The transaction that the page before ended with.
  package var cursor: TransactionID?
  package var limit = 10
  package var isOldestFirst = false
  private var conditions: [String] = []
  private var arguments: StatementArguments = []

  package init() {}

  /// Lets through only what has one of these values.
  package mutating func add(_ field: Field, anyOf values: [String]) {
    var writer = JSONWriter()
    writer.array { writer in
      for value in values { writer.value(value) }
    }
    let list = String(decoding: writer.bytes, as: UTF8.self)
    let condition = "\(Self.column(field)) IN (SELECT value FROM json_each(?))"
    guard field == .payoutDestinationID else {
      conditions.append(condition)
      arguments += [list]
      return
    }
    // Part of the money may go elsewhere, line by line.
    conditions.append(
      """
      (\(condition) OR EXISTS (
        SELECT 1 FROM items, json_each(items.document, '$.splits') AS split
        WHERE transaction_number = number
          AND json_extract(split.value, '$.payout_destination_id')
            IN (SELECT value FROM json_each(?))))
      """
    )
    arguments += [list, list]
  }

  /// Lets through only what lies within a range.
  package mutating func add(_ measure: Measure, _ range: ClosedRange<Int64>) {
    let event: String? =
      switch measure {
      case .amount, .createdAt: nil
      case .capturedAt: "CAPTURE"
      case .refundedAt: "REFUND"
      }
    if let event {
      conditions.append(
        """
        EXISTS (SELECT 1 FROM events WHERE transaction_number = number AND kind = '\(event)'
          AND is_successful AND events.created_at BETWEEN ? AND ?)
        """
      )
    } else {
      conditions.append("\(measure.rawValue) BETWEEN ? AND ?")
    }
    arguments += [range.lowerBound, range.upperBound]
  }

  /// Lets through only what has a text as its id, reference, name, address or telephone number.
  package mutating func add(search text: String) {
    let places =
      ["id", "session_id", "merchant_reference", "second_reference"]
      + [
        "$.customer.phone_number", "$.customer.email", "$.billing_address.phone_number",
        "$.billing_address.email", "$.payment_token_id",
      ].map { "json_extract(document, '\($0)')" }
      + ["customer"]
    conditions.append("? IN (\(places.joined(separator: ", ")))")
    arguments += [text]
  }

  /// The clause behind `FROM transactions`.
  var clause: (sql: String, arguments: StatementArguments) {
    var conditions = conditions
    var arguments = arguments
    if let cursor {
      let direction = isOldestFirst ? ">" : "<"
      conditions.append(
        "(created_at, number) \(direction) "
          + "(SELECT created_at, number FROM transactions WHERE id = ?)"
      )
      arguments += [cursor.text]
    }
    let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    let order = isOldestFirst ? "created_at, number" : "created_at DESC, number DESC"
    arguments += [limit]
    return ("\(filter) ORDER BY \(order) LIMIT ?", arguments)
  }

  private static func column(_ field: Field) -> String {
    switch field {
    case .id, .status, .currency, .sessionID, .merchantReference: field.rawValue
    case .secondReference: "second_reference"
    case .productType: "product"
    // What stands before the dot.
    case .product: "substr(product, 1, instr(product || '.', '.') - 1)"
    case .storeID: "json_extract(document, '$.store.id')"
    case .tokenID: "json_extract(document, '$.payment_token_id')"
    case .cardBrand: "json_extract(document, '$.card.brand')"
    case .channel: "json_extract(document, '$.channel')"
    case .paymentOperation: "json_extract(document, '$.payment_operation')"
    case .customerID: "json_extract(document, '$.customer.customer_id')"
    case .payoutDestinationID:
      "coalesce(json_extract(document, '$.payout_destination_id'), "
        + "json_extract(document, '$.metadata.payout.payout_destination_id'))"
    case .terminalID: "json_extract(document, '$.terminal_id')"
    }
  }
}
