import DTXLedger
import DTXSyntax

// MARK: - Logic

extension Evaluator {
  mutating func not(_ operand: ExpressionID) -> Value {
    boolean(operand).map { .boolean(!$0) } ?? .invalid
  }

  private mutating func boolean(_ id: ExpressionID) -> Bool? {
    switch evaluate(id) {
    case .boolean(let value): return value
    case .invalid: return nil
    case let other:
      report(.conditionIsNotBoolean(other.kind), at: script[id].range)
      return nil
    }
  }

  mutating func binary(
    _ sign: BinaryOperator,
    _ left: ExpressionID,
    _ right: ExpressionID,
    at range: SourceRange
  ) -> Value {
    switch sign {
    case .and:
      guard let first = boolean(left) else { return .invalid }
      return first ? boolean(right).map(Value.boolean) ?? .invalid : .boolean(false)
    case .or:
      guard let first = boolean(left) else { return .invalid }
      return first ? .boolean(true) : boolean(right).map(Value.boolean) ?? .invalid
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return compare(sign, left, right, at: range)
    case .in: return isMember(left, of: right, at: range)
    case .contains: return isMember(right, of: left, at: range)
    case .add, .subtract, .multiply, .divide:
      return calculate(sign, evaluate(left), evaluate(right), at: range)
    }
  }

  private mutating func isMember(
    _ element: ExpressionID,
    of container: ExpressionID,
    at range: SourceRange
  ) -> Value {
    guard areKnownWords(element, in: container) else { return .invalid }
    switch (evaluate(element), evaluate(container)) {
    case (.invalid, _), (_, .invalid): return .invalid
    case (let element, .list(let values)):
      return .boolean(values.contains { Self.order(element, $0) == 0 })
    // What a transaction does not have contains nothing.
    case (.nothing, .string), (.nothing, .word), (.string, .nothing), (.word, .nothing):
      return .boolean(false)
    case (.string(let part), .string(let whole)), (.word(let part), .string(let whole)),
      (.string(let part), .word(let whole)), (.word(let part), .word(let whole)):
      return .boolean(part.isEmpty || whole.contains(part))
    case (let element, let container):
      report(.notComparable(element.kind, container.kind), at: range)
      return .invalid
    }
  }
}

// MARK: - Comparison

extension Evaluator {
  private mutating func compare(
    _ sign: BinaryOperator,
    _ left: ExpressionID,
    _ right: ExpressionID,
    at range: SourceRange
  ) -> Value {
    guard isKnownField(left, comparedWith: right),
      isKnownWord(right, comparedWith: left), isKnownWord(left, comparedWith: right)
    else { return .invalid }
    var values = (evaluate(left), evaluate(right))
    guard values.0 != .invalid, values.1 != .invalid else { return .invalid }
    guard convertTotals(&values, at: range) else { return .invalid }
    // What a transaction does not have equals nothing and is neither less nor more than anything.
    if values.0 == .nothing || values.1 == .nothing {
      return .boolean(
        sign == .notEqual ? values.0 != values.1 : sign == .equal && values.0 == values.1
      )
    }
    guard let order = Self.order(values.0, values.1) else {
      if case (.money(let left), .money(let right)) = values {
        return failed(.differentCurrencies(left.currency, right.currency), at: range)
      }
      report(.notComparable(values.0.kind, values.1.kind), at: range)
      return .invalid
    }
    return .boolean(Self.holds(sign, order))
  }

  private static func holds(_ sign: BinaryOperator, _ order: Int) -> Bool {
    switch sign {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    case .or, .and, .in, .contains, .add, .subtract, .multiply, .divide: false
    }
  }

  /// Negative, zero or positive for two values of one kind; nil where they cannot be compared.
  static func order(_ left: Value, _ right: Value) -> Int? {
    func compare<T: Comparable>(_ left: T, _ right: T) -> Int {
      left < right ? -1 : left == right ? 0 : 1
    }
    return switch (left, right) {
    case (.integer(let left), .integer(let right)): compare(left, right)
    case (.percent(let left), .percent(let right)): compare(left, right)
    case (.money(let left), .money(let right)):
      left.currency == right.currency ? compare(left.amount, right.amount) : nil
    case (.string(let left), .string(let right)), (.word(let left), .word(let right)),
      (.word(let left), .string(let right)), (.string(let left), .word(let right)):
      compare(left, right)
    case (.date(let left), .date(let right)), (.timestamp(let left), .timestamp(let right)),
      (.duration(let left), .duration(let right)):
      compare(left, right)
    case (.timestamp(let left), .date(let right)): compare(CivilTime.day(of: left), right)
    case (.date(let left), .timestamp(let right)): compare(left, CivilTime.day(of: right))
    case (.boolean(let left), .boolean(let right)): left == right ? 0 : 1
    case (.transaction(let left), .transaction(let right)): left == right ? 0 : 1
    case (.decimal, .decimal), (.decimal, .integer), (.integer, .decimal):
      Digits.order(left, right)
    default: nil
    }
  }

  /// Makes a total of the plan the amount in the other side's currency.
  ///
  /// A guard in one currency must not pass over money that moves in another.
  private mutating func convertTotals(_ values: inout (Value, Value), at range: SourceRange) -> Bool
  {
    switch values {
    case (.totals(let totals), .money(let money)):
      guard let total = total(totals, in: money.currency, at: range) else { return false }
      values.0 = .money(total)
    case (.money(let money), .totals(let totals)):
      guard let total = total(totals, in: money.currency, at: range) else { return false }
      values.1 = .money(total)
    case (.totals(let left), .totals(let right)):
      guard let currency = (left + right).first?.currency else {
        values = (.integer(0), .integer(0))
        return true
      }
      guard let first = total(left, in: currency, at: range),
        let second = total(right, in: currency, at: range)
      else { return false }
      values = (.money(first), .money(second))
    default: break
    }
    return true
  }

  private mutating func total(_ totals: [Money], in currency: Currency, at range: SourceRange)
    -> Money?
  {
    if totals.isEmpty { return Money(.zero, currency) }
    if totals.count == 1, totals[0].currency == currency { return totals[0] }
    report(.severalCurrencies(Self.unique(totals.map(\.currency) + [currency])), at: range)
    return nil
  }

  private static func unique(_ currencies: [Currency]) -> [Currency] {
    var seen: Set<Currency> = []
    return currencies.filter { seen.insert($0).inserted }
  }
}

// MARK: - Arithmetic

extension Evaluator {
  mutating func negative(_ operand: ExpressionID, at range: SourceRange) -> Value {
    switch evaluate(operand) {
    case .integer(let value): return calculate(.subtract, .integer(0), .integer(value), at: range)
    case .money(let money):
      return self.money(Self.calculate(.subtract, 0, money.amount.count), money, at: range)
    case .invalid: return .invalid
    case let other:
      report(.wrongKind(expected: "a number or an amount", found: other.kind), at: range)
      return .invalid
    }
  }

  private mutating func calculate(
    _ sign: BinaryOperator,
    _ left: Value,
    _ right: Value,
    at range: SourceRange
  ) -> Value {
    switch (left, right) {
    case (.invalid, _), (_, .invalid): return .invalid
    case (.integer(let left), .integer(let right)):
      guard let result = Self.calculate(sign, left, right) else {
        return failed(.overflow, at: range)
      }
      return .integer(result)
    case (.money(let left), .money(let right)) where sign == .add || sign == .subtract:
      guard left.currency == right.currency else {
        return failed(.differentCurrencies(left.currency, right.currency), at: range)
      }
      return money(Self.calculate(sign, left.amount.count, right.amount.count), left, at: range)
    case (.money(let money), .integer(let factor)) where sign == .multiply,
      (.integer(let factor), .money(let money)) where sign == .multiply:
      return self.money(Self.calculate(.multiply, money.amount.count, factor), money, at: range)
    case (.money(let money), .percent(let percent)) where sign == .multiply,
      (.percent(let percent), .money(let money)) where sign == .multiply:
      return self.money(Share.of(money.amount, percent: percent)?.count, money, at: range)
    default:
      return calculateTime(sign, left, right, at: range)
    }
  }

  private mutating func calculateTime(
    _ sign: BinaryOperator,
    _ left: Value,
    _ right: Value,
    at range: SourceRange
  ) -> Value {
    let perDay = Timestamp.millisecondsPerDay
    let result: Value?
    switch (left, sign, right) {
    case (.date(let day), .add, .duration(let duration)) where duration % perDay == 0:
      result = Self.calculate(.add, day, duration / perDay).map(Value.date)
    case (.date(let day), .subtract, .duration(let duration)) where duration % perDay == 0:
      result = Self.calculate(.subtract, day, duration / perDay).map(Value.date)
    case (.timestamp(let time), .add, .duration(let duration)),
      (.timestamp(let time), .subtract, .duration(let duration)):
      result = Self.calculate(sign, time, duration).map(Value.timestamp)
    case (.timestamp(let left), .subtract, .timestamp(let right)):
      result = Self.calculate(.subtract, left, right).map(Value.duration)
    case (.date(let left), .subtract, .date(let right)):
      result = Self.calculate(.subtract, left, right)
        .flatMap { Self.calculate(.multiply, $0, perDay) }.map(Value.duration)
    default: return failed(.noSuchOperation(sign, left.kind, right.kind), at: range)
    }
    return result ?? failed(.overflow, at: range)
  }

  private static func calculate(_ sign: BinaryOperator, _ left: Int64, _ right: Int64) -> Int64? {
    switch sign {
    case .add: checked(left.addingReportingOverflow(right))
    case .subtract: checked(left.subtractingReportingOverflow(right))
    case .multiply: checked(left.multipliedReportingOverflow(by: right))
    case .divide: right == 0 ? nil : checked(left.dividedReportingOverflow(by: right))
    default: nil
    }
  }

  private static func checked(_ result: (partialValue: Int64, overflow: Bool)) -> Int64? {
    result.overflow ? nil : result.partialValue
  }

  private mutating func money(_ count: Int64?, _ like: Money, at range: SourceRange) -> Value {
    guard let count else { return failed(.overflow, at: range) }
    return .money(Money(MinorUnits(count), like.currency))
  }

  private mutating func failed(_ message: ProgramMessage, at range: SourceRange) -> Value {
    report(message, at: range)
    return .invalid
  }
}
