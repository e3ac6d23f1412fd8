import DTXLedger
import DTXSyntax

// MARK: - Conditions

extension Evaluator {
  /// Fails the plan where a condition does not hold, and shows both sides.
  mutating func evaluateExpectation(_ condition: ExpressionID, message: Operand) {
    guard boolean(condition) == false else { return }
    let said = message.kind == .none ? nil : text(of: message)
    report(
      .expectationFailed(said),
      at: script[condition].range,
      remark: isCollecting ? "" : sides(of: condition)
    )
  }

  /// Both sides of a comparison as values: `$plan.refunded is 512.00 NOK`.
  private mutating func sides(of condition: ExpressionID) -> String {
    guard case .binary(_, let left, let right) = script[condition].content else {
      return "this is false"
    }
    // A side that `and` did not have to look at may be wrong, and was not asked for.
    return quietly { evaluator in
      [left, right]
        .compactMap { side in
          if case .literal = evaluator.script[side].content { return nil }
          let value = evaluator.evaluate(side)
          if value.isInvalid { return nil }
          let text = evaluator.text(of: value, at: evaluator.script[side].range)
          return "\(evaluator.words(of: side)) is \(text)"
        }
        .joined(separator: ", ")
    }
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
    case .literal(let kind): return literal(Operand(kind, expression.range), id)
    case .variable: return variable(expressionMeanings[Int(id.index)])
    case .field(let owner, let name):
      guard case .field(let number) = expressionMeanings[Int(id.index)] else { return .invalid }
      return field(number, of: evaluate(owner), at: name)
    case .not(let operand): return not(operand)
    case .negative(let operand): return negative(operand, at: expression.range)
    case .binary(let sign, let left, let right):
      return binary(sign, left, right, at: expression.range)
    case .share(let share, let whole): return self.share(share, of: whole)
    case .list(let elements):
      return .list(script.elements[elements.indices].map { evaluate($0) })
    case .call(_, let arguments):
      return call(expressionMeanings[Int(id.index)], arguments, at: expression.range)
    case .transaction(let target):
      let found = transaction(expressionMeanings[Int(id.index)], target)
      return found.map(Value.transaction) ?? .invalid
    case .interpolation(let parts): return interpolation(parts, at: expression.range)
    }
  }

  private mutating func variable(_ meaning: Meaning) -> Value {
    switch meaning {
    case .slot(let slot):
      if origins[Int(slot)] != nil { hasReadState = true }
      return values[Int(slot)]
    case .plan: return .plan
    default: return .invalid
    }
  }

  private mutating func interpolation(_ parts: PoolRange, at range: SourceRange) -> Value {
    var text = ""
    for part in script.elements[parts.indices] {
      let value = evaluate(part)
      // A text with a part that is not known is not known.
      if value.isInvalid { return .invalid }
      append(value, to: &text)
      if text.utf8.count > Self.textLimit {
        return failed(.textTooLong(limit: Self.textLimit), at: range)
      }
    }
    return .string(text)
  }

  /// The value of a literal; a bare word may be a field of what a condition is about.
  private mutating func literal(_ operand: Operand, _ id: ExpressionID) -> Value {
    if operand.kind == .word, let subject,
      case .subject(let field) = expressionMeanings[Int(id.index)]
    {
      return value(of: field, ofPlanned: subject)
    }
    return literal(operand)
  }

  mutating func literal(_ operand: Operand) -> Value {
    if operand.kind == .word { return word(operand.literalRange) }
    do throws(AmountProblem) { return try script.value(of: operand) } catch {
      return failed(error.message, at: error.range)
    }
  }

  private func word(_ range: SourceRange) -> Value {
    switch script.text(range) {
    case "true": .boolean(true)
    case "false": .boolean(false)
    case "today": .date(CivilTime.day(of: options.now))
    case "now": .timestamp(options.now)
    case let word: .word(word)
    }
  }
}

// MARK: - Fields

extension Evaluator {
  private mutating func field(_ number: Int32, of owner: Value, at range: SourceRange) -> Value {
    let name = program.fieldNames[Int(number)]
    switch owner {
    case .row(let level): return field(number, ofRow: level, at: range)
    case .transaction(let index):
      if let field = name.transaction { return value(of: field, ofPlanned: index) }
      return failed(.unknownTransactionField(name.text), at: range)
    case .line(let index, let key):
      guard let field = name.line else {
        return missing(name.text, of: .line, among: LineField.allCases.map(\.rawValue), at: range)
      }
      return value(of: field, transaction: index, key: key, at: range)
    case .plan:
      guard let field = name.plan else {
        return missing(name.text, of: .plan, among: PlanField.allCases.map(\.rawValue), at: range)
      }
      hasReadState = true
      return isCollecting ? .invalid : planTotal(field)
    case .invalid: return .invalid
    default: return missing(name.text, of: owner.kind, among: [], at: range)
    }
  }

  /// The value of a transaction's field as the plan has left it, once that is known.
  mutating func value(of field: TransactionField, ofPlanned index: Int32) -> Value {
    if field.dependsOnState {
      // The lines are which there are, and not how much of them.
      if field != .lines { hasReadState = true }
      if isCollecting { return .invalid }
    }
    return value(of: field, transaction: index)
  }

  func value(of field: TransactionField, transaction index: Int32) -> Value {
    guard field != .lines else {
      let lines = builder.states[Int(index)].lines.indices
      return .list(lines.map { .line(transaction: index, key: builder.key(ofLine: $0, of: index)) })
    }
    return field.value(of: snapshot.transactions[Int(index)], in: builder.states[Int(index)])
  }

  private mutating func value(
    of field: LineField,
    transaction index: Int32,
    key: Int32,
    at range: SourceRange
  ) -> Value {
    if field != .id { hasReadState = true }
    if isCollecting { return .invalid }
    guard let line = builder.line(withKey: key, of: index) else {
      return failed(.lineIsGone, at: range)
    }
    let currency = snapshot.transactions[Int(index)].currency
    return field.value(of: Int(line), in: builder.states[Int(index)], currency)
  }

  private mutating func missing(
    _ name: String,
    of owner: Kind,
    among names: [String],
    at range: SourceRange
  ) -> Value {
    failed(.unknownField(name, of: owner, nearest: nearest(to: name, among: names)), at: range)
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
    if base.kind == .field { base = read(base, as: .money, at: script[whole].range) }
    let part = read(evaluate(share), as: .percent, at: script[share].range)
    switch (part, base) {
    case (.invalid, _), (_, .invalid): return .invalid
    // A plan that has moved nothing so far has no currency either.
    case (.percent, .totals): return .integer(0)
    case (.percent(let percent), .money(let money)):
      guard let amount = money.amount.share(basisPoints: percent) else {
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
}
