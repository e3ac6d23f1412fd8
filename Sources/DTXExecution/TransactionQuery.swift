package import DTXLedger

/// Which transactions to look for; every condition that is set must hold.
package struct TransactionQuery: Hashable, Sendable {
  /// The merchant's order number, exactly.
  package var merchantReference: String?
  /// The merchant's second reference, exactly.
  package var secondReference: String?
  package var sessionID: String?
  /// Any of these; nil for all.
  package var statuses: [Status]?
  package var products: [String]?
  package var currencies: [Currency]?
  package var stores: [String]?
  /// When it was created, in milliseconds since 1970-01-01T00:00Z, both included.
  package var createdFrom: Int64?
  package var createdTo: Int64?
  /// What was authorized, in minor units of whatever currency, both included.
  package var authorizedFrom: MinorUnits?
  package var authorizedTo: MinorUnits?
  /// At most so many; nil for all.
  package var limit: Int?

  package init() {}
}
