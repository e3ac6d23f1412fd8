/// A moment as a calendar and a clock in UTC show it.
///
/// The calendar is the Gregorian one, before its introduction too, and every day has 86 400
/// seconds, as in Unix time.
///
/// Source: ISO 8601.
package struct CivilTime: Hashable, Sendable {
  package static let millisecondsPerDay: Int64 = 86_400_000

  package let date: CivilDate
  package let hour: Int
  package let minute: Int
  package let second: Int
  package let millisecond: Int

  /// Makes the time of a number of milliseconds since 1970-01-01T00:00Z.
  package init(milliseconds: Int64) {
    let day = Self.day(of: milliseconds)
    let remainder = Int(milliseconds % Self.millisecondsPerDay)
    let rest = remainder < 0 ? remainder + Int(Self.millisecondsPerDay) : remainder
    date = CivilDate(daysSinceEpoch: Int(day))
    hour = rest / 3_600_000
    minute = rest / 60_000 % 60
    second = rest / 1000 % 60
    millisecond = rest % 1000
  }

  /// Returns the day, counted from 1970-01-01, in which a moment lies.
  package static func day(of milliseconds: Int64) -> Int64 {
    let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: millisecondsPerDay)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
