import DTXLedger
import DTXSyntax

// MARK: - Conditions

extension Evaluator {
  /// Fails the plan where a condition does not hold, and shows both sides.
  mutating func evaluateExpectation(_ condition: ExpressionID, message: Operand) {
    let range = script[condition].range
    switch evaluate(condition) {
    case .boolean(true), .invalid: return
    case .boolean(false):
      let said = message.kind == .none ? nil : self.message(of: message)
      report(.expectationFailed(said), at: range, remark: sides(of: condition))
    case let other:
      report(.conditionIsNotBoolean(other.kind), at: range)
    }
  }

  private mutating func message(of operand: Operand) -> String {
    operand.expression.map { text(of: evaluate($0)) } ?? script.stringValue(of: operand)
  }

  /// Both sides of a comparison as values: `$plan.refunded is 512.00 NOK`.
  private mutating func sides(of condition: ExpressionID) -> String {
    guard case .binary(_, let left, let right) = script[condition].content else {
      return "this is false"
    }
    // A side that `and` did not have to look at may be wrong, and was not asked for.
    let count = diagnostics.count
    defer { diagnostics.removeSubrange(count...) }
    return [left, right]
      .compactMap { side in
        if case .literal = script[side].content { return nil }
        let value = evaluate(side)
        return value == .invalid ? nil : "\(words(of: side)) is \(text(of: value))"
      }
      .joined(separator: ", ")
  }

  /// An expression as it is written, with the brackets that a field needs around its owner.
  private func words(of id: ExpressionID) -> String {
    switch script[id].content {
    case .field(let owner, let name):
      if case .transaction = script[owner].content {
        return "(\(words(of: owner))).\(script.text(name))"
      }
      return "\(words(of: owner)).\(script.text(name))"
    default: return script.text(script[id].range)
    }
  }
}

// MARK: - Values

extension Evaluator {
  mutating func evaluate(_ id: ExpressionID) -> Value {
    let expression = script[id]
    switch expression.content {
    case .missing: return .invalid
    case .literal(let kind): return literal(Operand(kind, expression.range))
    case .variable: return script.text(expression.range) == "$plan" ? .plan : .invalid
    case .field(let owner, let name): return field(name, of: evaluate(owner))
    case .not(let operand): return not(operand)
    case .negative(let operand): return negative(operand, at: expression.range)
    case .binary(let sign, let left, let right):
      return binary(sign, left, right, at: expression.range)
    case .share(let share, let whole): return self.share(share, of: whole)
    case .list(let elements):
      return .list(script.elements[elements.indices].map { evaluate($0) })
    case .call: return .invalid
    case .transaction(let target):
      let number = program.expressionTargets[id] ?? .none
      return transaction(number, target).map(Value.transaction) ?? .invalid
    case .interpolation(let parts):
      return .string(script.elements[parts.indices].map { text(of: evaluate($0)) }.joined())
    }
  }

  /// The value of a literal, in an expression or by itself.
  mutating func literal(_ operand: Operand) -> Value {
    switch operand.kind {
    case .integer:
      guard case .value(let value) = script.integerValue(of: operand) else {
        report(.overflow, at: operand.literalRange)
        return .invalid
      }
      return .integer(value)
    case .decimal: return decimal(operand)
    case .percent: return percent(operand)
    case .money: return money(operand).map(Value.money) ?? .invalid
    case .string, .escapedString: return .string(script.stringValue(of: operand))
    case .word: return word(operand.literalRange)
    case .date:
      return script.dateValue(of: operand).map { .date(Int64($0.daysSinceEpoch)) } ?? .invalid
    case .timestamp:
      return script.timestampValue(of: operand).map { .timestamp(Int64($0) * 1_000) } ?? .invalid
    case .duration:
      return script.durationValue(of: operand).map { .duration(Int64($0) * 1_000) } ?? .invalid
    case .none, .missing, .expression: return .invalid
    }
  }

  private func word(_ range: SourceRange) -> Value {
    let text = script.text(range)
    if let subject, let field = TransactionField(rawValue: text) {
      return field.value(of: planned(subject), index: subject)
    }
    return switch text {
    case "true": .boolean(true)
    case "false": .boolean(false)
    case "today": .date(CivilTime.day(of: options.now))
    case "now": .timestamp(options.now)
    case let word: .word(word)
    }
  }

  private mutating func decimal(_ operand: Operand) -> Value {
    let scale = script.decimalParts(of: operand).fraction.count
    guard case .value(let digits) = script.scaledValue(of: operand, decimals: scale) else {
      report(.overflow, at: operand.literalRange)
      return .invalid
    }
    return .decimal(digits, scale: scale)
  }

  private mutating func percent(_ operand: Operand) -> Value {
    switch script.percentValue(of: operand) {
    case .value(let value): return .percent(value)
    case .tooPrecise: report(.percentTooPrecise, at: operand.literalRange)
    case .tooLarge: report(.overflow, at: operand.literalRange)
    }
    return .invalid
  }

  private mutating func field(_ range: SourceRange, of owner: Value) -> Value {
    let name = script.name(range)
    switch owner {
    case .transaction(let index):
      guard let field = TransactionField(rawValue: name) else {
        report(unknownField(name), at: range)
        return .invalid
      }
      return field.value(of: planned(index), index: index)
    case .line(let index, let line):
      guard let field = LineField(rawValue: name) else {
        return missing(name, of: "a line", among: LineField.allCases.map(\.rawValue), at: range)
      }
      return field.value(of: Int(line), in: planned(index))
    case .plan:
      guard let field = PlanField(rawValue: name) else {
        return missing(name, of: "$plan", among: PlanField.allCases.map(\.rawValue), at: range)
      }
      return planTotal(field)
    case .invalid:
      return .invalid
    default:
      return missing(name, of: owner.kind, among: [], at: range)
    }
  }

  private mutating func missing(
    _ name: String,
    of owner: String,
    among names: [String],
    at range: SourceRange
  ) -> Value {
    report(.unknownField(name, of: owner, nearest: nearest(to: name, among: names)), at: range)
    return .invalid
  }

  private func planTotal(_ field: PlanField) -> Value {
    func totals(_ amount: (PlanTotals) -> MinorUnits) -> Value {
      .totals(
        builder.totals.map { Money(amount($0), $0.currency) }.filter { $0.amount != .zero }
      )
    }
    return switch field {
    case .operations: .integer(Int64(builder.steps.count))
    case .captured: totals(\.captured)
    case .refunded: totals(\.refunded)
    case .released: totals(\.released)
    }
  }

  /// A share of an amount, rounded half to even to a whole minor unit.
  private mutating func share(_ share: ExpressionID, of whole: ExpressionID) -> Value {
    var base = evaluate(whole)
    if case .totals(let totals) = base {
      base = one(of: totals, at: script[whole].range) ?? .invalid
    }
    switch (evaluate(share), base) {
    case (.invalid, _), (_, .invalid): return .invalid
    // A plan that has moved nothing so far has no currency either.
    case (.percent, .totals): return .integer(0)
    case (.percent(let percent), .money(let money)):
      guard let amount = Share.of(money.amount, percent: percent) else {
        report(.overflow, at: script[share].range)
        return .invalid
      }
      return .money(Money(amount, money.currency))
    case (.percent, let other):
      report(.wrongKind(expected: "an amount of money", found: other.kind), at: script[whole].range)
      return .invalid
    case (let other, _):
      report(.wrongKind(expected: "a percentage", found: other.kind), at: script[share].range)
      return .invalid
    }
  }

  /// The text of a value, as `print` and a string show it.
  func text(of value: Value) -> String {
    switch value {
    case .integer(let value): "\(value)"
    case .decimal(let digits, let scale): Digits.text(digits, scale: scale)
    case .percent(let value): Digits.trimmed(value, scale: 2) + "%"
    case .money(let money): money.description
    case .totals(let totals):
      totals.isEmpty ? "0" : totals.map(\.description).joined(separator: ", ")
    case .string(let text), .word(let text): text
    case .date(let day): Timestamp.dateText(day: day)
    case .timestamp(let time): Timestamp.text(time)
    case .duration(let duration): Timestamp.durationText(duration)
    case .boolean(let value): value ? "true" : "false"
    case .transaction(let index): snapshot.transactions[Int(index)].id.text
    case .line(let index, let line): builder.states[Int(index)].lines[Int(line)].id
    case .list(let values): "[" + values.map { text(of: $0) }.joined(separator: ", ") + "]"
    case .plan: "the plan"
    case .nothing: "nothing"
    case .invalid: "?"
    }
  }
}
