import DTXLedger
import DTXSyntax

extension Evaluator {
  /// Returns an amount in the transaction's currency, or reports why it is none.
  mutating func amount(
    _ operand: Operand,
    of transaction: Int32,
    line: Int32? = nil
  ) -> MinorUnits? {
    switch operand.kind {
    case .integer, .money:
      do throws(AmountProblem) {
        let literal = try script.literalAmount(of: operand)
        return inCurrency(
          literal.amount,
          literal.currency,
          transaction,
          operand.literalRange,
          .invalid
        )
      } catch {
        report(error.message, at: error.range)
        return nil
      }
    case .none, .missing: return nil
    default:
      let value = value(of: operand)
      let range = script.range(of: operand)
      if isShare(operand), value.isZero {
        report(.shareIsZero, at: range)
        return nil
      }
      return amount(value, of: transaction, at: range)
    }
  }

  private func isShare(_ operand: Operand) -> Bool {
    guard let expression = operand.expression, case .share = script[expression].content else {
      return false
    }
    return true
  }

  mutating func amount(
    _ value: Value,
    of transaction: Int32,
    at range: SourceRange
  ) -> MinorUnits? {
    switch value {
    case .integer(let count):
      return inCurrency(MinorUnits(count), nil, transaction, range, value)
    case .money(let money):
      return inCurrency(money.amount, money.currency, transaction, range, value)
    case .cell, .given:
      return amount(ofField: value, of: transaction, at: range)
    case .totals(let totals):
      guard let value = one(of: totals, at: range) else { return nil }
      if case .money = value { return amount(value, of: transaction, at: range) }
      report(.amountIsZero, at: range)
      return nil
    case .invalid: return nil
    default:
      report(.wrongKind(expected: "an amount", found: value.kind), at: range)
      return nil
    }
  }

  private mutating func amount(
    ofField field: Value,
    of transaction: Int32,
    at range: SourceRange
  ) -> MinorUnits? {
    switch readAmount(field, at: range) {
    case .integer(let count):
      return inCurrency(MinorUnits(count), nil, transaction, range, field)
    case .money(let money):
      return inCurrency(money.amount, money.currency, transaction, range, field)
    default: return nil
    }
  }

  /// The value of a total of the plan, which must be in one currency or in none.
  mutating func one(of totals: [Money], at range: SourceRange) -> Value? {
    guard totals.count <= 1 else {
      report(.severalCurrencies(totals.map(\.currency)), at: range)
      return nil
    }
    return totals.first.map(Value.money) ?? .totals([])
  }

  /// Returns the amount if it is one of the transaction's currency, and within the limits.
  private mutating func inCurrency(
    _ amount: MinorUnits,
    _ written: Currency?,
    _ transaction: Int32,
    _ range: SourceRange,
    _ value: Value
  ) -> MinorUnits? {
    let currency = snapshot.transactions[Int(transaction)].currency
    let message: ProgramMessage
    if let written, written != currency {
      message = .wrongCurrency(written: written, transaction: currency)
    } else if amount > .largestAmount {
      message = .amountTooLarge
    } else if amount == .zero {
      message = .amountIsZero
    } else if amount < .zero {
      message = .amountIsNegative(operation.kind)
    } else {
      return amount
    }
    report(message, about: value, at: range)
    return nil
  }

  /// The value of an operand of any kind.
  mutating func value(of operand: Operand) -> Value {
    operand.expression.map { evaluate($0) } ?? literal(operand)
  }

  /// The text of an operand: a word or string as written, or the text of a value.
  mutating func text(of operand: Operand) -> String? {
    switch operand.kind {
    case .none, .missing: return nil
    case .string, .escapedString: return script.stringValue(of: operand)
    case .expression:
      return requiredText(of: value(of: operand), at: script.range(of: operand))
    default: return script.text(operand.literalRange)
    }
  }
}

// MARK: - A factor of a hundred

extension Evaluator {
  /// Warns where an amount is exactly a hundredth of what it is taken from, or a hundred times it.
  ///
  /// That is what happens when major and minor units are mistaken for one another.
  mutating func warnAboutFactor(
    _ amount: MinorUnits,
    at operand: Operand,
    of transaction: Int32,
    line: Int32?
  ) {
    let wholes = builder.wholes(of: transaction, line: line, for: operation.kind)
    if let amountOfLine = wholes.line, Self.isFactorOfHundred(amount, amountOfLine) {
      reportFactor(amount, at: operand, of: transaction, from: amountOfLine, "the line")
    } else if let left = wholes.leftOfLine, Self.isFactorOfHundred(amount, left) {
      reportFactor(amount, at: operand, of: transaction, from: left, "what is left of the line")
    } else if Self.isFactorOfHundred(amount, wholes.total) {
      reportFactor(amount, at: operand, of: transaction, from: wholes.total, "the total")
    } else if Self.isFactorOfHundred(amount, wholes.left) {
      reportFactor(amount, at: operand, of: transaction, from: wholes.left, "what is left")
    }
  }

  /// Warns where the new amount of a line is exactly a hundredth of what it was, or a hundred times
  /// it.
  ///
  /// It is compared with nothing else: a line may well be a hundredth of the whole order.
  mutating func warnAboutFactor(
    _ amount: MinorUnits,
    at operand: Operand,
    of transaction: Int32,
    replacing current: MinorUnits
  ) {
    guard Self.isFactorOfHundred(amount, current) else { return }
    reportFactor(amount, at: operand, of: transaction, from: current, "the line")
  }

  private mutating func reportFactor(
    _ amount: MinorUnits,
    at operand: Operand,
    of transaction: Int32,
    from whole: MinorUnits,
    _ what: String
  ) {
    // Who writes a share of one percent means a hundredth.
    if isShare(operand) { return }
    let currency = snapshot.transactions[Int(transaction)].currency
    report(
      .factorOfHundred(amount: Money(amount, currency), than: Money(whole, currency), what: what),
      at: script.range(of: operand)
    )
  }

  private static func isFactorOfHundred(_ amount: MinorUnits, _ other: MinorUnits) -> Bool {
    // Up to 2^53, a hundred times an amount fits into 64 bits; the provider's may be anything.
    other > .zero && other <= .largestAmount
      && (amount.count * 100 == other.count || amount.count == other.count * 100)
  }
}
