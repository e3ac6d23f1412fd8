/// A sum of money that knows its currency.
package struct Money: Hashable, Sendable {
  package let amount: MinorUnits
  package let currency: Currency

  package init(_ amount: MinorUnits, _ currency: Currency) {
    self.amount = amount
    self.currency = currency
  }
}
