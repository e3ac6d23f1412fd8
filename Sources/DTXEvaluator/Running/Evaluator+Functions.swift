import DTXCSV
import DTXLedger
import DTXSyntax

extension Evaluator {
  mutating func call(
    _ meaning: Meaning,
    _ arguments: PoolRange,
    at range: SourceRange
  ) -> Value {
    guard case .function(let function) = meaning,
      arguments.indices.count == function.argumentCount
    else { return .invalid }
    let first = script.elements[arguments.indices.lowerBound]
    let value = evaluate(first)
    if value.isInvalid { return .invalid }
    let place = script[first].range
    switch function {
    case .sum: return sum(value, at: place)
    case .count:
      guard case .list(let elements) = value else { return notAList(value, at: place) }
      return .integer(Int64(elements.count))
    case .min, .max:
      let second = evaluate(script.elements[arguments.indices.lowerBound + 1])
      return extreme(function, value, second, at: range)
    case .money:
      let currency = script.elements[arguments.indices.lowerBound + 1]
      return money(value, at: place, in: currency)
    case .date: return date(value, at: place)
    case .lower, .upper, .trim, .env:
      guard value.kind.isText, let text = requiredText(of: value, at: place) else {
        return failed(.wrongKind(expected: "a text", found: value.kind), at: place)
      }
      return self.text(function, text, at: range)
    }
  }

  private mutating func text(_ function: Function, _ text: String, at range: SourceRange) -> Value {
    switch function {
    case .lower: return .string(text.lowercased())
    case .upper: return .string(text.uppercased())
    case .trim: return .string(Self.trimmed(text))
    default:
      guard let found = snapshot.variables[text] else {
        needVariable(text)
        return .invalid
      }
      return found.map(Value.string) ?? failed(.variableNotSet(text), at: range)
    }
  }

  private mutating func notAList(_ value: Value, at range: SourceRange) -> Value {
    failed(.wrongKind(expected: "a list", found: value.kind), at: range)
  }

  private mutating func sum(_ value: Value, at range: SourceRange) -> Value {
    guard case .list(let elements) = value else { return notAList(value, at: range) }
    var total: Value?
    for element in elements {
      if element.isInvalid { return .invalid }
      let amount = readAmount(element, at: range)
      switch amount {
      case .integer, .money: break
      case .invalid: return .invalid
      default:
        return failed(
          .wrongKind(expected: "a list of amounts", found: element.kind),
          at: range
        )
      }
      guard let before = total else {
        total = amount
        continue
      }
      let sum = calculate(.add, before, amount, at: range)
      if sum.isInvalid { return .invalid }
      total = sum
    }
    return total ?? .integer(0)
  }

  private mutating func extreme(
    _ function: Function,
    _ left: Value,
    _ right: Value,
    at range: SourceRange
  ) -> Value {
    var (left, right) = (left, right)
    if right.isInvalid { return .invalid }
    convertFields(&left, &right, at: range)
    // Two fields say what they are by themselves.
    (left, right) = (readLiteral(left), readLiteral(right))
    if left.isInvalid || right.isInvalid { return .invalid }
    guard let order = Self.order(left, right) else {
      if case (.money(let first), .money(let second)) = (left, right) {
        return failed(.differentCurrencies(first.currency, second.currency), at: range)
      }
      return failed(.notComparable(left.kind, right.kind), at: range)
    }
    return (order <= 0) == (function == .min) ? left : right
  }

  // MARK: Texts of people and spreadsheets

  /// Reads an amount in major units as spreadsheets write it: `299,90`, `1 299,90`, `1.299,90`.
  private mutating func money(
    _ value: Value,
    at range: SourceRange,
    in code: ExpressionID
  ) -> Value {
    let currencyValue = evaluate(code)
    if currencyValue.isInvalid { return .invalid }
    let written = text(of: currencyValue, at: script[code].range)
    guard let currency = Currency(code: written) else {
      let nearest = Currency.nearest(to: written)?.code
      return failed(.unknownCurrency(written, nearest: nearest), at: script[code].range)
    }
    guard value.kind.isText else {
      return failed(.wrongKind(expected: "a text", found: value.kind), at: range)
    }
    let text = Self.trimmed(text(of: value, at: range))
    let amount: MinorUnits
    do throws(MoneyTextFailure) { amount = try Self.amount(of: text, in: currency) } catch {
      report(.notMoneyText(text, currency, error.problem), about: value, at: range)
      return .invalid
    }
    return .money(Money(amount, currency))
  }

  private struct MoneyTextFailure: Error { let problem: MoneyTextProblem }

  private static func amount(
    of text: String,
    in currency: Currency
  ) throws(MoneyTextFailure) -> MinorUnits {
    var bytes = Array(text.utf8)[...]
    // `299,90 NOK` says the same as the script.
    let code = Array(currency.code.utf8)
    if bytes.count > code.count, bytes.suffix(code.count).elementsEqual(code) {
      bytes.removeLast(code.count)
    }
    guard let number = WrittenNumber(bytes) else { throw MoneyTextFailure(problem: .notANumber) }
    guard !number.isAmbiguous else { throw MoneyTextFailure(problem: .ambiguous) }
    guard number.decimalCount <= currency.decimals else {
      throw MoneyTextFailure(problem: .tooPrecise)
    }
    guard var count = number.digits else { throw MoneyTextFailure(problem: .tooLarge) }
    for _ in number.decimalCount..<currency.decimals {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: 10)
      guard !isTooLarge else { throw MoneyTextFailure(problem: .tooLarge) }
      count = product
    }
    guard count <= MinorUnits.largestAmount.count else {
      throw MoneyTextFailure(problem: .tooLarge)
    }
    return MinorUnits(number.isNegative ? -count : count)
  }

  /// Reads `2026-11-01`, the same with a time of day, or `01.11.2026`.
  private mutating func date(_ value: Value, at range: SourceRange) -> Value {
    if case .date = value { return value }
    guard value.kind.isText else {
      return failed(.wrongKind(expected: "a text", found: value.kind), at: range)
    }
    let text = Self.trimmed(text(of: value, at: range))
    switch WrittenValue.value(of: text) {
    case .some(.date(let day)): return .date(day)
    case .some(.timestamp(let time)): return .date(CivilTime.day(of: time))
    default:
      if let day = Self.dottedDay(text) { return .date(day) }
      report(.notADate(text), about: value, at: range)
      return .invalid
    }
  }

  /// Reads a date with dots between its parts, which is written with the day first wherever it is.
  private static func dottedDay(_ text: String) -> Int64? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { 0x30...0x39 ~= $0 } ? Int(part) : nil
    }
    guard parts.count == 3, numbers.count == 3, parts[2].utf8.count == 4 else { return nil }
    return CivilDate(year: numbers[2], month: numbers[1], day: numbers[0])
      .map { Int64($0.daysSinceEpoch) }
  }
}
