extension Money: CustomStringConvertible {
  /// The amount in major units with its currency, as the language writes it: `299.90 NOK`.
  package var description: String { "\(amount.majorUnits(in: currency)) \(currency.code)" }
}
