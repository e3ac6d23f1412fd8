import DTXLedger
import DTXSyntax

// MARK: - Logic

extension Evaluator {
  mutating func not(_ operand: ExpressionID) -> Value {
    boolean(operand).map { .boolean(!$0) } ?? .invalid
  }

  /// Whether a condition holds; nil where that is not known, or is wrong and reported.
  mutating func boolean(_ id: ExpressionID) -> Bool? {
    let range = script[id].range
    switch read(evaluate(id), as: .boolean, at: range) {
    case .boolean(let value): return value
    case .invalid: return nil
    case let other:
      report(.conditionIsNotBoolean(other.kind), at: range)
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
    let ranges = (script[element].range, script[container].range)
    switch (evaluate(element), evaluate(container)) {
    case (.invalid, _), (_, .invalid): return .invalid
    case (let element, .list(let values)): return isElement(element, of: values, at: ranges)
    // What a transaction does not have contains nothing.
    case (.nothing, let other) where other.kind.isText,
      (let other, .nothing) where other.kind.isText:
      return .boolean(false)
    case (let element, let container):
      guard element.kind.isText, container.kind.isText else {
        return failed(.notComparable(element.kind, container.kind), at: range)
      }
      let (part, whole) = (text(of: element, at: range), text(of: container, at: range))
      return .boolean(part.isEmpty || whole.contains(part))
    }
  }

  /// Whether a value is in a list; a field is what the element is that it is compared with.
  private mutating func isElement(
    _ value: Value,
    of list: [Value],
    at ranges: (SourceRange, SourceRange)
  ) -> Value {
    var isKnown = true
    for element in list {
      var values = (literalUnlessText(value, element), literalUnlessText(element, value))
      readWords(of: &values, at: ranges)
      if values.0.isInvalid || values.1.isInvalid {
        isKnown = false
      } else if Self.order(values.0, values.1) == 0 {
        return .boolean(true)
      }
    }
    return isKnown ? .boolean(false) : .invalid
  }

  private func literalUnlessText(_ value: Value, _ other: Value) -> Value {
    guard value.kind == .field else { return value }
    return other.kind.isText ? .string(fieldText(of: value) ?? "") : readLiteral(value)
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
    var values = (evaluate(left), evaluate(right))
    if values.0.isInvalid || values.1.isInvalid { return .invalid }
    if Self.orders.contains(sign), values.0.kind == .field, values.1.kind == .field {
      // As texts, 1000 would be less than 900, and a guard would let it pass.
      values = (readLiteral(values.0), readLiteral(values.1))
    }
    convertFields(&values.0, &values.1, at: range)
    readWords(of: &values, at: (script[left].range, script[right].range))
    if values.0.isInvalid || values.1.isInvalid { return .invalid }
    guard convertTotals(&values, at: range) else { return .invalid }
    // What a transaction does not have equals nothing and is neither less nor more than anything.
    if values.0 == .nothing || values.1 == .nothing {
      return .boolean(
        sign == .notEqual ? values.0 != values.1 : sign == .equal && values.0 == values.1
      )
    }
    let order =
      values.0.kind.isText && values.1.kind.isText
      ? orderOfTexts(values.0, values.1) : Self.order(values.0, values.1)
    guard let order else {
      if case (.money(let first), .money(let second)) = values {
        let (first, second) = (first.currency, second.currency)
        guard subject != nil, isFixed(left) != isFixed(right) else {
          return failed(.differentCurrencies(first, second), at: range)
        }
        return failed(
          isFixed(right)
            ? .currencyNotAsked(second, found: first) : .currencyNotAsked(first, found: second),
          at: range
        )
      }
      report(.notComparable(values.0.kind, values.1.kind), at: range)
      return .invalid
    }
    return .boolean(Self.holds(sign, order))
  }

  /// Makes a text that is compared with a field's word what the field would say for it: an id has
  /// its account, and what can be no value of the field is reported.
  private mutating func readWords(
    of values: inout (Value, Value),
    at ranges: (SourceRange, SourceRange)
  ) {
    values = (
      readWord(values.0, besides: values.1, at: ranges.0),
      readWord(values.1, besides: values.0, at: ranges.1)
    )
  }

  private mutating func readWord(
    _ value: Value,
    besides other: Value,
    at range: SourceRange
  ) -> Value {
    guard case .fieldWord(let word, let field) = other, value.kind.isText, value.text != word else {
      return value
    }
    if case .fieldWord = value { return value }
    let text = value.text ?? fieldText(of: value) ?? ""
    if field == .id { return .word(ids.inFull(text)) }
    if field.canBe(text) { return .word(text) }
    let message = ProgramMessage.unknownWord(
      text,
      field: field.rawValue,
      nearest: field.nearestWord(to: text)
    )
    guard case .cell = value else {
      // Where it was written is elsewhere, so that nothing is to be replaced here.
      report(Diagnostic(message, at: label(range)))
      return .invalid
    }
    report(message, about: value, at: range)
    return .invalid
  }

  private mutating func orderOfTexts(_ left: Value, _ right: Value) -> Int {
    var texts = ("", "")
    append(left, to: &texts.0)
    append(right, to: &texts.1)
    return texts.0 < texts.1 ? -1 : texts.0 == texts.1 ? 0 : 1
  }

  private static let orders: Set<BinaryOperator> = [.less, .lessOrEqual, .greater, .greaterOrEqual]

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
    if let left = left.text, let right = right.text { return compare(left, right) }
    return switch (left, right) {
    case (.integer(let left), .integer(let right)): compare(left, right)
    case (.percent(let left), .percent(let right)): compare(left, right)
    case (.money(let left), .money(let right)):
      left.currency == right.currency ? compare(left.amount, right.amount) : nil
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

  /// Makes a total of the plan the amount in the other side's currency, zero where it has none.
  ///
  /// A guard in one currency must not pass over money that moves in another: what none is about is
  /// told at the end.
  private mutating func convertTotals(
    _ values: inout (Value, Value),
    at range: SourceRange
  ) -> Bool {
    switch values {
    case (.totals(let totals), .money(let money)):
      values.0 = .money(total(totals, in: money.currency, at: range))
    case (.money(let money), .totals(let totals)):
      values.1 = .money(total(totals, in: money.currency, at: range))
    case (.totals(let left), .totals(let right)):
      let currencies = Self.unique((left + right).map(\.currency))
      guard let currency = currencies.first else {
        values = (.integer(0), .integer(0))
        return true
      }
      guard currencies.count == 1 else {
        report(.severalCurrencies(currencies), at: range)
        return false
      }
      values = (
        .money(total(left, in: currency, at: range)), .money(total(right, in: currency, at: range))
      )
    default: break
    }
    return true
  }

  private mutating func total(
    _ totals: [Money],
    in currency: Currency,
    at range: SourceRange
  ) -> Money {
    comparedCurrencies.insert(currency)
    lastComparison = label(range)
    return totals.first { $0.currency == currency } ?? Money(.zero, currency)
  }

  private static func unique(_ currencies: [Currency]) -> [Currency] {
    var seen: Set<Currency> = []
    return currencies.filter { seen.insert($0).inserted }
  }

  /// Warns where the script compares what the plan moves, but not in every currency that it moves.
  mutating func warnAboutCurrencies() {
    guard let lastComparison else { return }
    let others = builder.totals.filter { total in
      [total.captured, total.refunded, total.released].contains { $0 != .zero }
        && !comparedCurrencies.contains(total.currency)
    }
    guard !others.isEmpty else { return }
    report(
      Diagnostic(ProgramMessage.currenciesNotCompared(others.map(\.currency)), at: lastComparison)
    )
  }
}

// MARK: - Arithmetic

extension Evaluator {
  mutating func negative(_ operand: ExpressionID, at range: SourceRange) -> Value {
    switch readLiteral(evaluate(operand)) {
    case .integer(let value): return calculate(.subtract, .integer(0), .integer(value), at: range)
    case .money(let money):
      return self.money(Self.calculate(.subtract, 0, money.amount.count), money, at: range)
    case .invalid: return .invalid
    case let other:
      report(.wrongKind(expected: "a number or an amount", found: other.kind), at: range)
      return .invalid
    }
  }

  mutating func calculate(
    _ sign: BinaryOperator,
    _ left: Value,
    _ right: Value,
    at range: SourceRange
  ) -> Value {
    if left.kind == .field || right.kind == .field {
      return calculateWithFields(sign, left, right, at: range)
    }
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
      return self.money(money.amount.share(basisPoints: percent)?.count, money, at: range)
    default:
      return calculateTime(sign, left, right, at: range)
    }
  }

  /// Calculates with what fields say: beside money an amount, elsewhere any literal.
  private mutating func calculateWithFields(
    _ sign: BinaryOperator,
    _ left: Value,
    _ right: Value,
    at range: SourceRange
  ) -> Value {
    var values = (readLiteral(left), readLiteral(right))
    if sign == .add || sign == .subtract {
      if case .money(let money) = values.0, right.kind == .field {
        values.1 = readAmount(right, in: money.currency, at: range)
      } else if case .money(let money) = values.1, left.kind == .field {
        values.0 = readAmount(left, in: money.currency, at: range)
      }
    }
    for (field, other) in [(values.0, values.1), (values.1, values.0)] where field.kind == .field {
      let kind: Kind = other.kind == .duration ? .date : .integer
      report(.notOfKind(fieldText(of: field) ?? "", kind), about: field, at: range)
      return .invalid
    }
    return calculate(sign, values.0, values.1, at: range)
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

  mutating func failed(_ message: ProgramMessage, at range: SourceRange) -> Value {
    report(message, at: range)
    return .invalid
  }
}
