import DTXLedger
import DTXSyntax

extension Checker {
  /// Checks an expression, takes down what its names stand for, and returns what it will be.
  mutating func infer(_ id: ExpressionID) -> StaticType {
    let expression = script[id]
    switch expression.content {
    case .missing: return .any
    case .literal(let kind): return literal(Operand(kind, expression.range), id)
    case .variable: return variable(id, expression.range)
    case .field(let owner, let name): return field(name, of: infer(owner), id)
    case .not(let operand):
      checkBoolean(operand)
      return .boolean
    case .negative(let operand): return negative(infer(operand), at: expression.range)
    case .binary(let sign, let left, let right):
      return binary(sign, left, right, at: expression.range)
    case .share(let share, let whole): return self.share(share, of: whole)
    case .list(let elements): return list(script.elements[elements.indices].map { infer($0) })
    case .call(let name, let arguments): return call(name, arguments, id)
    case .transaction(let target):
      expressions[unit][Int(id.index)] = number(of: target)
      return StaticType(.transaction)
    case .interpolation(let parts):
      for part in script.elements[parts.indices] { _ = infer(part) }
      return StaticType(.string)
    }
  }

  private func list(_ elements: [StaticType]) -> StaticType {
    guard let first = elements.first else { return StaticType(.list) }
    let joined = elements.dropFirst().reduce(first) { $0.joined(with: $1) }
    return StaticType(.list, currency: joined.currency, element: joined.kind)
  }

  private mutating func field(
    _ range: SourceRange,
    of owner: StaticType,
    _ id: ExpressionID
  ) -> StaticType {
    let name = script.name(range)
    let number = fieldNumber(name)
    expressions[unit][Int(id.index)] = .field(number)
    let field = fieldNames[Int(number)]
    switch owner.kind {
    case .transaction:
      if let type = field.transaction?.type { return type }
      report(.unknownTransactionField(name), at: range)
    case .line:
      if let type = field.line?.type { return type }
      reportMissing(name, of: .line, among: LineField.allCases.map(\.rawValue), at: range)
    case .plan:
      if let type = field.plan?.type { return type }
      reportMissing(name, of: .plan, among: PlanField.allCases.map(\.rawValue), at: range)
    case .row:
      columnNames.insert(name)
      return .field
    case .any: columnNames.insert(name)
    default: reportMissing(name, of: owner.kind, among: [], at: range)
    }
    return .any
  }

  private mutating func fieldNumber(_ name: String) -> Int32 {
    if let number = fieldNumbers[name] { return number }
    let number = Int32(fieldNames.count)
    fieldNames.append(FieldName(name))
    fieldNumbers[name] = number
    return number
  }

  private mutating func reportMissing(
    _ name: String,
    of owner: Kind,
    among names: [String],
    at range: SourceRange
  ) {
    report(.unknownField(name, of: owner, nearest: nearest(to: name, among: names)), at: range)
  }

  private mutating func literal(_ operand: Operand, _ id: ExpressionID) -> StaticType {
    switch operand.kind {
    case .integer:
      if case .value = script.integerValue(of: operand) {
      } else {
        report(.overflow, at: operand.literalRange)
      }
      return StaticType(.integer)
    case .decimal:
      let scale = script.decimalParts(of: operand).fraction.count
      if case .value = script.scaledValue(of: operand, decimals: scale) {
      } else {
        report(.overflow, at: operand.literalRange)
      }
      return StaticType(.decimal)
    case .percent:
      switch script.percentValue(of: operand) {
      case .value: break
      case .tooPrecise: report(.percentTooPrecise, at: operand.literalRange)
      case .tooLarge: report(.overflow, at: operand.literalRange)
      }
      return StaticType(.percent)
    case .money:
      do throws(AmountProblem) {
        return StaticType(.money, currency: try script.money(operand).currency)
      } catch {
        report(error.message, at: error.range)
        return .any
      }
    case .string, .escapedString: return StaticType(.string)
    case .word: return word(operand.literalRange, id)
    case .date: return StaticType(.date)
    case .timestamp: return StaticType(.timestamp)
    case .duration: return StaticType(.duration)
    case .none, .missing, .expression: return .any
    }
  }

  private mutating func word(_ range: SourceRange, _ id: ExpressionID) -> StaticType {
    let text = script.text(range)
    if isAboutTransactions, let field = TransactionField(rawValue: text) {
      expressions[unit][Int(id.index)] = .subject(field)
      return field.type
    }
    return switch text {
    case "true", "false": .boolean
    case "today": StaticType(.date)
    case "now": StaticType(.timestamp)
    default: StaticType(.word)
    }
  }

  // MARK: Functions

  private mutating func call(
    _ range: SourceRange,
    _ arguments: PoolRange,
    _ id: ExpressionID
  ) -> StaticType {
    let elements = Array(script.elements[arguments.indices])
    let types = elements.map { infer($0) }
    let name = script.text(range)
    guard let function = Function(rawValue: name) else {
      let names = Function.allCases.map(\.rawValue)
      report(.undefinedFunction(name, nearest: nearest(to: name, among: names)), at: range)
      return .any
    }
    expressions[unit][Int(id.index)] = .function(function)
    guard types.count == function.argumentCount else {
      report(.wrongFunctionCount(function.form, found: types.count), at: range)
      return .any
    }
    switch function {
    case .sum, .count:
      guard types[0].kind == .list || types[0].kind == .any else {
        return wrong(types[0], "a list", elements[0])
      }
      if function == .count { return StaticType(.integer) }
      switch types[0].element {
      case .integer, .money, .field, .any:
        let isMoney = types[0].element == .money
        return isMoney ? StaticType(.money, currency: types[0].currency) : .any
      default: return wrong(StaticType(types[0].element), "a list of amounts", elements[0])
      }
    case .min, .max:
      guard types[0].isComparable(with: types[1]) else {
        report(.notComparable(types[0].kind, types[1].kind), at: script[id].range)
        return .any
      }
      return types[0].joined(with: types[1])
    case .money: return money(types, elements)
    case .date:
      return types[0].kind == .any || types[0].kind.isText
        ? StaticType(.date) : wrong(types[0], "a text", elements[0])
    case .lower, .upper, .trim, .env:
      return types[0].kind == .any || types[0].kind.isText
        ? text(function, elements[0]) : wrong(types[0], "a text", elements[0])
    }
  }

  private mutating func text(_ function: Function, _ argument: ExpressionID) -> StaticType {
    if function == .env, let literal = script[argument].literal, literal.kind != .word {
      let name = script.stringValue(of: literal)
      if !needs.variables.contains(name) { needs.variables.append(name) }
    }
    return StaticType(.string)
  }

  private mutating func money(
    _ types: [StaticType],
    _ elements: [ExpressionID]
  ) -> StaticType {
    guard types[0].kind == .any || types[0].kind.isText else {
      return wrong(types[0], "a text", elements[0])
    }
    guard types[1].kind == .any || types[1].kind.isText else {
      return wrong(types[1], "a currency", elements[1])
    }
    guard let literal = script[elements[1]].literal else { return StaticType(.money) }
    let code = script.stringValue(of: literal)
    guard let currency = Currency(code: code) else {
      report(
        .unknownCurrency(code, nearest: Currency.nearest(to: code)?.code),
        at: script[elements[1]].range
      )
      return StaticType(.money)
    }
    return StaticType(.money, currency: currency)
  }

  private mutating func wrong(
    _ type: StaticType,
    _ expected: String,
    _ id: ExpressionID
  ) -> StaticType {
    report(.wrongKind(expected: expected, found: type.kind), at: script[id].range)
    return .any
  }
}
