import DTXLedger
import DTXSyntax

/// What a literal amount says, before anyone knows the transaction.
struct LiteralAmount {
  let amount: MinorUnits
  /// The currency that was written, or nil for minor units of the transaction's own.
  let currency: Currency?
}

/// What is wrong with a literal amount, and where.
struct AmountProblem: Error {
  let message: ProgramMessage
  let range: SourceRange
}

extension Script {
  /// Returns the amount that a literal integer or a literal with a currency says.
  ///
  /// - Throws: What is wrong with it: zero, too large, no such currency, other decimals than the
  ///   currency has.
  func literalAmount(of operand: Operand) throws(AmountProblem) -> LiteralAmount {
    guard operand.kind == .money else {
      return LiteralAmount(amount: try units(of: operand), currency: nil)
    }
    let money = try money(operand)
    if money.amount == .zero {
      throw AmountProblem(message: .amountIsZero, range: operand.literalRange)
    }
    return LiteralAmount(amount: money.amount, currency: money.currency)
  }

  /// Reads `299.90 NOK`: the decimals must be exactly the currency's.
  func money(_ operand: Operand) throws(AmountProblem) -> Money {
    let parts = decimalParts(of: operand)
    let code = source.span.extracting(parts.currency.bytes)
    guard let currency = Currency(code) else {
      let written = text(parts.currency)
      throw AmountProblem(
        message: .unknownCurrency(written, nearest: Currency.nearest(to: written)?.code),
        range: parts.currency
      )
    }
    guard parts.fraction.count == currency.decimals else {
      let written = text(parts.major.union(parts.fraction))
      throw AmountProblem(
        message: parts.fraction.isEmpty
          ? .decimalsMissing(written: written, currency: currency)
          : .wrongDecimals(written: written, currency: currency),
        range: operand.literalRange
      )
    }
    guard case .value(let count) = scaledValue(of: operand, decimals: currency.decimals),
      count <= MinorUnits.largestAmount.count
    else { throw AmountProblem(message: .amountTooLarge, range: operand.literalRange) }
    return Money(MinorUnits(count), currency)
  }

  private func units(of operand: Operand) throws(AmountProblem) -> MinorUnits {
    guard case .value(let count) = integerValue(of: operand),
      count <= MinorUnits.largestAmount.count
    else { throw AmountProblem(message: .amountTooLarge, range: operand.literalRange) }
    if count == 0 { throw AmountProblem(message: .amountIsZero, range: operand.literalRange) }
    return MinorUnits(count)
  }
}
