import DTXLedger

extension JSONWriter {
  /// Writes `amount_minor`, `amount` and `currency`.
  mutating func members(amount: MinorUnits, in currency: Currency) {
    members(amount, named: "amount_minor", "amount", in: currency)
    member("currency", currency.code)
  }

  /// Writes an amount in minor units as a number and in major units as a string.
  ///
  /// A reader that takes all numbers for doubles would lose units of the largest amounts in major
  /// units; a string can't be misread.
  mutating func members(
    _ amount: MinorUnits,
    named minor: StaticString,
    _ major: StaticString,
    in currency: Currency
  ) {
    member(minor, amount.count)
    member(major) { $0.append(amount, in: currency) }
  }

  /// Writes a quantity as a string with as few decimals as it needs.
  mutating func member(_ key: StaticString, _ quantity: Quantity?) {
    guard let quantity else { return member(key, String?.none) }
    member(key) { $0.append(quantity) }
  }

  /// Writes a moment as RFC 3339, or `null`.
  mutating func member(_ key: StaticString, timestamp milliseconds: Int64?) {
    guard let milliseconds else { return member(key, String?.none) }
    member(key) { $0.append(timestamp: milliseconds) }
  }

  /// Writes the totals and the status at one moment.
  mutating func members(of balance: Balance) {
    member("authorized_minor", balance.authorized.count)
    member("captured_minor", balance.captured.count)
    member("refunded_minor", balance.refunded.count)
    member("released_minor", balance.voided.count)
    member("status", balance.status.rawValue)
  }

  /// Writes a line item.
  mutating func members(of item: LineItem, in currency: Currency) {
    member("line_id", item.id)
    member("description", item.description)
    member("quantity", item.quantity)
    members(item.amount, named: "amount_minor", "amount", in: currency)
    member("vat_basis_points", item.vatBasisPoints)
    member("kind", item.kind?.rawValue)
  }

  /// Writes what a plan moves in one currency.
  mutating func members(of totals: PlanTotals) {
    let currency = totals.currency
    member("currency", currency.code)
    member("operations", totals.operations)
    members(totals.captured, named: "captured_minor", "captured", in: currency)
    members(totals.refunded, named: "refunded_minor", "refunded", in: currency)
    members(totals.released, named: "released_minor", "released", in: currency)
    members(totals.adjusted, named: "adjusted_minor", "adjusted", in: currency)
    members(totals.net, named: "net_minor", "net", in: currency)
  }
}
