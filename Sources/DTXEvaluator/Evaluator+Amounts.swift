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
        return inCurrency(literal.amount, literal.currency, transaction, operand.literalRange)
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
      return inCurrency(MinorUnits(count), nil, transaction, range)
    case .money(let money):
      return inCurrency(money.amount, money.currency, transaction, range)
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
    _ range: SourceRange
  ) -> MinorUnits? {
    let currency = snapshot.transactions[Int(transaction)].currency
    if let written, written != currency {
      report(.wrongCurrency(written: written, transaction: currency), at: range)
    } else if amount > .largestAmount {
      report(.amountTooLarge, at: range)
    } else if amount == .zero {
      report(.amountIsZero, at: range)
    } else if amount < .zero {
      report(.amountIsNegative, at: range)
    } else {
      return amount
    }
    return nil
  }

  /// The money of a literal, or nil where it is none and that has been reported.
  mutating func money(_ operand: Operand) -> Money? {
    do throws(AmountProblem) { return try script.money(operand) } catch {
      report(error.message, at: error.range)
      return nil
    }
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
      let value = self.value(of: operand)
      return value == .invalid ? nil : text(of: value)
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
    // Who writes a share of one percent means a hundredth.
    if isShare(operand) { return }
    let wholes = builder.wholes(of: transaction, line: line, for: operation.kind)
    let whole: MinorUnits
    let what: String
    if let amountOfLine = wholes.line, Self.isFactorOfHundred(amount, amountOfLine) {
      (whole, what) = (amountOfLine, "the line")
    } else if let left = wholes.leftOfLine, Self.isFactorOfHundred(amount, left) {
      (whole, what) = (left, "what is left of the line")
    } else if Self.isFactorOfHundred(amount, wholes.total) {
      (whole, what) = (wholes.total, "the total")
    } else if Self.isFactorOfHundred(amount, wholes.left) {
      (whole, what) = (wholes.left, "what is left")
    } else {
      return
    }
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
