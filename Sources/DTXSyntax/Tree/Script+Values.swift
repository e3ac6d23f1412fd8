/// A number read from a literal.
package enum NumberValue: Hashable, Sendable {
  case value(Int64)
  /// It does not fit into 64 bits.
  case tooLarge
  /// It has more decimals than were asked for, and they are not zero.
  case tooPrecise
}

/// The parts of a decimal or of money, as they stand in the source.
package struct DecimalParts: Hashable, Sendable {
  /// The digits before the point, possibly with underscores between them.
  package let major: SourceRange
  /// The digits after the point; empty for an integer.
  package let fraction: SourceRange
  /// The currency code; empty for a number.
  package let currency: SourceRange
}

extension Expression {
  /// The literal that the expression is, as an operand; nil for every other expression.
  package var literal: Operand? {
    if case .literal(let kind) = content { Operand(kind, range) } else { nil }
  }
}

extension Script {
  /// Returns the text of a string, with its escapes resolved, or of any other literal as written.
  ///
  /// An expression has no text before it is evaluated: its value here is empty.
  package func stringValue(of operand: Operand) -> String {
    switch operand.kind {
    case .expression, .missing, .none: ""
    case .escapedString: EscapedText.resolve(source[contentRange(of: operand).bytes])
    case .string: text(contentRange(of: operand))
    default: text(operand.literalRange)
    }
  }

  /// Returns the bytes of a literal without the quotes of a string.
  ///
  /// The pieces of an interpolated string have no quotes to leave out, and cannot begin with one.
  package func contentRange(of operand: Operand) -> SourceRange {
    withoutQuotes(operand.literalRange)
  }

  /// Returns the name of a field or of metadata: a word as it is, a string without its quotes.
  package func name(_ range: SourceRange) -> String {
    let content = withoutQuotes(range)
    return content == range ? text(range) : EscapedText.resolve(source[content.bytes])
  }

  private func withoutQuotes(_ range: SourceRange) -> SourceRange {
    guard range.count >= 2, source[Int(range.start)] == "\"" else { return range }
    return SourceRange(range.start + 1, range.end - 1)
  }

  /// Returns the value of an integer literal; underscores between its digits do not count.
  package func integerValue(of operand: Operand) -> NumberValue {
    guard operand.kind == .integer else { return scaledValue(of: operand, decimals: 0) }
    // Nearly every amount is one of these, so it does without the parts of a decimal.
    let range = operand.literalRange
    var value: Int64 = 0
    for index in Int(range.start)..<Int(range.end) where source[index] != "_" {
      guard append(source[index] & 0x0F, to: &value) else { return .tooLarge }
    }
    return .value(value)
  }

  /// Returns a decimal, integer or money literal times a power of ten, exactly.
  ///
  /// So 299.90 with two decimals is 29990, and 1.5 with six decimals is 1500000.
  package func scaledValue(of operand: Operand, decimals: Int) -> NumberValue {
    let parts = decimalParts(of: operand)
    var value: Int64 = 0
    for byte in source[parts.major.bytes] where byte.isDigit {
      guard append(byte & 0x0F, to: &value) else { return .tooLarge }
    }
    let fraction = source[parts.fraction.bytes]
    for byte in fraction.prefix(decimals) {
      guard append(byte & 0x0F, to: &value) else { return .tooLarge }
    }
    for _ in 0..<max(0, decimals - fraction.count) {
      guard append(0, to: &value) else { return .tooLarge }
    }
    let isExact = fraction.dropFirst(decimals).allSatisfy { $0 == "0" }
    return isExact ? .value(value) : .tooPrecise
  }

  private func append(_ digit: UInt8, to value: inout Int64) -> Bool {
    let (product, overflowsProduct) = value.multipliedReportingOverflow(by: 10)
    let (sum, overflowsSum) = product.addingReportingOverflow(Int64(digit))
    value = sum
    return !overflowsProduct && !overflowsSum
  }

  /// Returns where the digits and the currency of a number, percent or money literal stand.
  package func decimalParts(of operand: Operand) -> DecimalParts {
    let bytes = operand.literalRange.bytes
    var position = bytes.lowerBound
    func range(while isIncluded: (UInt8) -> Bool) -> SourceRange {
      let start = position
      while position < bytes.upperBound, isIncluded(source[position]) { position += 1 }
      return SourceRange(UInt32(start), UInt32(position))
    }
    let major = range { $0.isDigit || $0 == "_" }
    var fraction = SourceRange(at: major.end)
    if position < bytes.upperBound, source[position] == "." {
      position += 1
      fraction = range { $0.isDigit }
    }
    guard operand.kind == .money else {
      return DecimalParts(major: major, fraction: fraction, currency: SourceRange(at: fraction.end))
    }
    // A currency code is three letters at the end, whatever separates it from the number.
    let currency = SourceRange(UInt32(bytes.upperBound - 3), UInt32(bytes.upperBound))
    return DecimalParts(major: major, fraction: fraction, currency: currency)
  }

  /// Returns a percent literal in hundredths of a percent: 12.5% is 1250.
  package func percentValue(of operand: Operand) -> NumberValue {
    scaledValue(of: operand, decimals: 2)
  }

  /// Returns the day of a date literal; nil where the calendar has no such day.
  package func dateValue(of operand: Operand) -> CivilDate? {
    TimeLiteral.date(source[operand.literalRange.bytes])
  }

  /// Returns a time stamp literal in seconds since 1970-01-01T00:00Z; nil for an impossible time.
  package func timestampValue(of operand: Operand) -> Int? {
    TimeLiteral.timestamp(source[operand.literalRange.bytes])
  }

  /// Returns a duration literal in seconds; nil above ten thousand years.
  package func durationValue(of operand: Operand) -> Int? {
    TimeLiteral.duration(source[operand.literalRange.bytes])
  }
}
