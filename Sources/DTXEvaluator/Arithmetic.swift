import DTXSyntax

/// Decimal numbers as digits and a scale.
enum Digits {
  /// Returns the number with all of its decimals.
  static func text(_ digits: Int64, scale: Int) -> String {
    let magnitude = String(digits.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - magnitude.utf8.count)) + magnitude
    let sign = digits < 0 ? "-" : ""
    guard scale > 0 else { return sign + padded }
    return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
  }

  /// Returns the number without the zeros that end its decimals.
  static func trimmed(_ digits: Int64, scale: Int) -> String {
    var (digits, scale) = (digits, scale)
    while scale > 0, digits.isMultiple(of: 10) { (digits, scale) = (digits / 10, scale - 1) }
    return text(digits, scale: scale)
  }

  /// Compares integers and decimals; nil where they are too large to bring to one scale.
  static func order(_ left: Value, _ right: Value) -> Int? {
    guard var (leftDigits, leftScale) = parts(left), var (rightDigits, rightScale) = parts(right)
    else { return nil }
    while leftScale != rightScale {
      let isLeftShorter = leftScale < rightScale
      let (digits, isOverflow) = (isLeftShorter ? leftDigits : rightDigits)
        .multipliedReportingOverflow(by: 10)
      guard !isOverflow else { return nil }
      if isLeftShorter {
        (leftDigits, leftScale) = (digits, leftScale + 1)
      } else {
        (rightDigits, rightScale) = (digits, rightScale + 1)
      }
    }
    return leftDigits < rightDigits ? -1 : leftDigits == rightDigits ? 0 : 1
  }

  private static func parts(_ value: Value) -> (Int64, Int)? {
    switch value {
    case .integer(let value): (value, 0)
    case .decimal(let digits, let scale): (digits, scale)
    default: nil
    }
  }
}

/// Days, moments and spans of time as the language writes them.
enum Timestamp {
  static let millisecondsPerDay = CivilTime.millisecondsPerDay
  private static let millisecondsPerHour: Int64 = 3_600_000
  private static let millisecondsPerMinute: Int64 = 60_000

  /// Returns `2026-11-01` for a day.
  static func dateText(day: Int64) -> String {
    text(of: CivilDate(daysSinceEpoch: Int(day)))
  }

  private static func text(of date: CivilDate) -> String {
    "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }

  /// Returns `2026-11-01T14:30Z` for a moment.
  static func text(_ milliseconds: Int64) -> String {
    let time = CivilTime(milliseconds: milliseconds)
    return "\(text(of: time.date))T\(padded(time.hour, 2)):\(padded(time.minute, 2))Z"
  }

  /// Returns a duration in the largest unit that holds it exactly.
  static func durationText(_ duration: Int64) -> String {
    if duration % millisecondsPerDay == 0 { return "\(duration / millisecondsPerDay)d" }
    if duration % millisecondsPerHour == 0 { return "\(duration / millisecondsPerHour)h" }
    return "\(duration / millisecondsPerMinute)m"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}
