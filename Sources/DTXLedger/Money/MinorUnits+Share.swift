extension MinorUnits {
  /// Returns a share in hundredths of a percent, rounded half to even; nil where it cannot be held.
  ///
  /// The only division of money that rounds.
  package func share(basisPoints: Int64) -> MinorUnits? {
    let whole: Int128 = 10_000
    let product = Int128(count) * Int128(basisPoints)
    var (quotient, remainder) = product.quotientAndRemainder(dividingBy: whole)
    let twice = remainder.magnitude * 2
    if twice > whole.magnitude || twice == whole.magnitude && !quotient.isMultiple(of: 2) {
      quotient += product < 0 ? -1 : 1
    }
    return Int64(exactly: quotient).map { MinorUnits($0) }
  }
}
