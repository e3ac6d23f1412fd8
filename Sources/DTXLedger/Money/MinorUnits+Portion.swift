extension MinorUnits {
  /// Returns what a part of a quantity has of an amount for the whole of it; nil where that is no
  /// whole number of minor units, or cannot be held.
  ///
  /// Nothing is rounded: one of three pieces for 100.00 NOK has no amount.
  package func portion(of part: Quantity, outOf whole: Quantity) -> MinorUnits? {
    guard whole.millionths > 0 else { return nil }
    let product = Int128(count) * Int128(part.millionths)
    let (quotient, remainder) = product.quotientAndRemainder(dividingBy: Int128(whole.millionths))
    return remainder == 0 ? Int64(exactly: quotient).map { MinorUnits($0) } : nil
  }
}
