import DTXLedger

extension TextBuilder {
  /// Appends an amount in major units without its currency, as in `299.90`.
  mutating func append(_ amount: MinorUnits, in currency: Currency) {
    amount.appendMajorUnits(in: currency, to: &bytes)
  }

  /// Appends an amount with its currency, as in `299.90 NOK`.
  mutating func append(money amount: MinorUnits, in currency: Currency) {
    append(amount, in: currency)
    bytes.append(fixedBlank)
    append(safe: currency.code)
  }

  /// Appends both sides of an amount, as in `29990 = 299.90 NOK`.
  ///
  /// A person who meant the one and wrote the other sees it here.
  mutating func append(echo amount: MinorUnits, in currency: Currency) {
    append(amount.count)
    bytes.append(fixedBlank)
    append("=")
    bytes.append(fixedBlank)
    append(money: amount, in: currency)
  }

  /// Appends a gain or a loss with its sign, as in `+299.90` or `-12.00`; nothing is `0.00`.
  mutating func append(signed amount: MinorUnits, in currency: Currency) {
    if amount > .zero { append("+") }
    append(amount, in: currency)
  }

  /// Appends a quantity with as few decimals as it needs, as in `2` or `0.5`.
  mutating func append(_ quantity: Quantity) {
    let units = quantity.millionths.magnitude / Quantity.scale.magnitude
    var fraction = quantity.millionths.magnitude % Quantity.scale.magnitude
    if quantity.millionths < 0 { append("-") }
    append(units)
    guard fraction > 0 else { return }
    append(".")
    var place = Quantity.scale.magnitude / 10
    while fraction > 0 {
      append(byte: UInt8(ascii: "0") + UInt8(fraction / place))
      fraction %= place
      place /= 10
    }
  }
}
