extension Money: CustomStringConvertible {
  /// The amount in major units with its currency, as the language writes it: `299.90 NOK`.
  package var description: String { "\(amount.majorUnits(in: currency)) \(currency.code)" }
}

extension Money {
  /// Reads what `description` writes: major units with exactly the currency's decimals, a blank and
  /// the currency; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, let currency = Currency(code: String(parts[1])),
      let amount = try? MinorUnits(majorUnits: String(parts[0]), in: currency)
    else { return nil }
    self.init(amount, currency)
  }
}
