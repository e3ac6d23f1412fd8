import DTXLedger
import DTXSyntax

/// What a text from outside of the script says when it is read as the script itself would be.
enum WrittenValue {
  /// Returns the value of a literal: `299.90 NOK`, `-5`, `2026-11-01`; nil for any other text.
  static func value(of text: String) -> Value? {
    // A script of one statement is the only reader of literals there is, and so the same for all.
    let prefix = "print "
    let source = Array((prefix + text).utf8)
    let (script, diagnostics) = Parser.parse(source, mode: .script)
    guard diagnostics.isEmpty, script.statements.count == 1,
      case .print(let list) = script.statements[0].content, list.count == 1
    else { return nil }
    let id = script.elements[list.indices.lowerBound]
    guard script[id].range == SourceRange(UInt32(prefix.utf8.count), UInt32(source.count)) else {
      return nil
    }
    switch script[id].content {
    case .literal(.word):
      let word = script.text(script[id].range)
      return word == "true" || word == "false" ? .boolean(word == "true") : nil
    case .literal: return script[id].literal.flatMap { try? script.value(of: $0) }
    case .negative(let operand):
      guard let literal = script[operand].literal, let value = try? script.value(of: literal) else {
        return nil
      }
      switch value {
      case .integer(let count): return .integer(-count)
      case .money(let money): return .money(Money(-money.amount, money.currency))
      default: return nil
      }
    default: return nil
    }
  }

  /// Returns an amount of the usual spellings, `29990` and `299.90 NOK`, without a `String`.
  static func amount(_ bytes: Span<UInt8>) -> Value? {
    var digitCount = 0
    var count: Int64 = 0
    while digitCount < bytes.count, 0x30...0x39 ~= bytes[digitCount] {
      // Eighteen digits fit whatever they are; more are for the other reader.
      guard digitCount < 18 else { return nil }
      count = count * 10 + Int64(bytes[digitCount] & 0xF)
      digitCount += 1
    }
    guard digitCount > 0 else { return nil }
    if digitCount == bytes.count { return .integer(count) }
    let codeStart = bytes.count - Currency.codeLength
    guard codeStart > digitCount, bytes[codeStart - 1] == UInt8(ascii: " "),
      let currency = Currency(bytes.extracting(codeStart..<bytes.count)),
      let amount = try? MinorUnits(
        majorUnits: bytes.extracting(0..<codeStart - 1),
        in: currency
      )
    else { return nil }
    return .money(Money(amount, currency))
  }

  /// Says how a text should be written to be an amount, where a script would be told the same.
  static func howToWriteAmount(_ text: String) -> String? {
    let (script, diagnostics) = Parser.parse(Array("capture tx \(text)".utf8), mode: .script)
    var help = diagnostics.first?.message.help
    // A calculation is not read at all, so that nothing can be said about its parts.
    if diagnostics.isEmpty, case .operation(let operation) = script.statements.first?.content,
      operation.amount.kind != .expression
    {
      do throws(AmountProblem) { _ = try script.literalAmount(of: operation.amount) } catch {
        help = error.message.help
      }
    }
    return help.flatMap { $0.hasPrefix("write ") ? $0 : nil }
  }
}

extension Script {
  /// Returns the value of a literal other than a word.
  ///
  /// - Throws: What is wrong with it.
  func value(of operand: Operand) throws(AmountProblem) -> Value {
    let range = operand.literalRange
    switch operand.kind {
    case .integer:
      guard case .value(let value) = integerValue(of: operand) else {
        throw AmountProblem(message: .overflow, range: range)
      }
      return .integer(value)
    case .decimal:
      let scale = decimalParts(of: operand).fraction.count
      guard case .value(let digits) = scaledValue(of: operand, decimals: scale) else {
        throw AmountProblem(message: .overflow, range: range)
      }
      return .decimal(digits, scale: scale)
    case .percent:
      switch percentValue(of: operand) {
      case .value(let value): return .percent(value)
      case .tooPrecise: throw AmountProblem(message: .percentTooPrecise, range: range)
      case .tooLarge: throw AmountProblem(message: .overflow, range: range)
      }
    case .money: return .money(try money(operand))
    case .string, .escapedString: return .string(stringValue(of: operand))
    case .date: return dateValue(of: operand).map { .date(Int64($0.daysSinceEpoch)) } ?? .invalid
    case .timestamp:
      return timestampValue(of: operand).map { .timestamp(Int64($0) * 1_000) } ?? .invalid
    case .duration:
      return durationValue(of: operand).map { .duration(Int64($0) * 1_000) } ?? .invalid
    case .word: return .word(text(range))
    case .none, .missing, .expression: return .invalid
    }
  }
}
