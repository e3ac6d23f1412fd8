/// A moment in milliseconds since 1970-01-01T00:00Z, as text in the form of RFC 3339.
///
/// The Gregorian calendar runs backwards and forwards without end; leap seconds do not exist.
package struct UTCTime: Hashable, Sendable {
  private static let millisecondsPerDay: Int64 = 86_400_000

  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The moment in UTC with milliseconds: `2026-08-03T09:14:05.120Z`.
  package var text: String {
    let (day, rest) = milliseconds.flooringDivision(by: Self.millisecondsPerDay)
    let date = Self.date(ofDay: day)
    let year = date.year < 0 || date.year > 9999 ? "\(date.year)" : Self.padded(date.year, 4)
    return year + "-" + Self.padded(date.month, 2) + "-" + Self.padded(date.day, 2) + "T"
      + Self.padded(rest / 3_600_000, 2) + ":" + Self.padded(rest / 60_000 % 60, 2) + ":"
      + Self.padded(rest / 1000 % 60, 2) + "." + Self.padded(rest % 1000, 3) + "Z"
  }

  /// Reads a date and time with `Z` or an offset, with any number of decimals of a second.
  ///
  /// Shape: `2026-08-03T09:14:05.120Z`, `2026-08-03T11:14:05+02:00`. Nil for anything else.
  /// Source: RFC 3339, section 5.6.
  package init?(_ text: String) {
    var scanner = Scanner(bytes: Array(text.utf8))
    guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2),
      scanner.take("-"), let day = scanner.digits(2), scanner.take("T"),
      let hour = scanner.digits(2), scanner.take(":"), let minute = scanner.digits(2),
      scanner.take(":"), let second = scanner.digits(2),
      (1...12).contains(month), (1...Self.length(ofMonth: month, year: year)).contains(day),
      hour < 24, minute < 60, second < 60,
      let fraction = scanner.milliseconds(), let offset = scanner.offsetMinutes(), scanner.isAtEnd
    else { return nil }
    let minutes = Self.day(year: year, month: month, day: day) * 1440 + hour * 60 + minute - offset
    milliseconds = minutes * 60_000 + second * 1000 + fraction
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

// MARK: - The calendar

// A year that begins in March has its odd day last, so that every formula is a plain division.
extension UTCTime {
  private static func day(year: Int64, month: Int64, day: Int64) -> Int64 {
    let (era, yearOfEra) = (month <= 2 ? year - 1 : year).flooringDivision(by: 400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = (day + 719_468).flooringDivision(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  private static func length(ofMonth month: Int64, year: Int64) -> Int64 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }
}

extension Int64 {
  fileprivate func flooringDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

private struct Scanner {
  let bytes: [UInt8]
  var offset = 0

  var isAtEnd: Bool { offset == bytes.count }

  mutating func take(_ expected: Unicode.Scalar) -> Bool {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: expected) else { return false }
    offset += 1
    return true
  }

  mutating func digit() -> Int64? {
    guard offset < bytes.count, (0x30...0x39).contains(bytes[offset]) else { return nil }
    offset += 1
    return Int64(bytes[offset - 1] - 0x30)
  }

  mutating func digits(_ count: Int) -> Int64? {
    var number: Int64 = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// Reads an optional fraction of a second; what is finer than a millisecond is cut off.
  mutating func milliseconds() -> Int64? {
    guard take(".") else { return 0 }
    guard var number = digit() else { return nil }
    var count = 1
    while let digit = digit() {
      if count < 3 {
        number = number * 10 + digit
        count += 1
      }
    }
    while count < 3 {
      number *= 10
      count += 1
    }
    return number
  }

  mutating func offsetMinutes() -> Int64? {
    if take("Z") { return 0 }
    let sign: Int64
    if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
    guard let hours = digits(2), take(":"), let minutes = digits(2), hours < 24, minutes < 60
    else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
