/// Readers of the literals for days, moments and spans of time; bytes in, numbers out.
enum TimeLiteral {
  /// Whether the bytes read `2026-11-01T14:30Z` or `2026-11-01T14:30:05Z`, digit by digit.
  static func hasTimestampShape(_ bytes: ArraySlice<UInt8>) -> Bool {
    let minutes = "0000-00-00T00:00Z"
    let seconds = "0000-00-00T00:00:00Z"
    return matches(bytes, minutes) || matches(bytes, seconds)
  }

  private static func matches(_ bytes: ArraySlice<UInt8>, _ pattern: String) -> Bool {
    bytes.count == pattern.utf8.count
      && zip(bytes, pattern.utf8).allSatisfy { $1.isDigit ? $0.isDigit : $0 == $1 }
  }

  /// Returns the day that `2026-11-01` names; nil where the calendar has no such day.
  static func date(_ bytes: ArraySlice<UInt8>) -> CivilDate? {
    guard bytes.count >= 10 else { return nil }
    return CivilDate(
      year: number(bytes, 0, 4),
      month: number(bytes, 5, 2),
      day: number(bytes, 8, 2)
    )
  }

  /// Returns the seconds since 1970-01-01T00:00Z; nil where there is no such day or time of day.
  static func timestamp(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard hasTimestampShape(bytes), let date = date(bytes) else { return nil }
    let hour = number(bytes, 11, 2)
    let minute = number(bytes, 14, 2)
    let second = bytes.count > 17 ? number(bytes, 17, 2) : 0
    // The clocks that time stamps are compared with know no leap seconds.
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return ((date.daysSinceEpoch * 24 + hour) * 60 + minute) * 60 + second
  }

  /// Returns the seconds that `30d`, `12h` or `45m` lasts; nil above the limit.
  static func duration(_ bytes: ArraySlice<UInt8>) -> Int? {
    let unit: Int
    switch bytes.last {
    case .some("d"): unit = 86_400
    case .some("h"): unit = 3_600
    default: unit = 60
    }
    // Ten thousand years, which is all that four digits of a year can span.
    let longestSeconds = 10_000 * 366 * 86_400
    var count = 0
    for digit in bytes.dropLast() {
      count = count * 10 + Int(digit & 0x0F)
      if count > longestSeconds / unit { return nil }
    }
    return count * unit
  }

  private static func number(_ bytes: ArraySlice<UInt8>, _ start: Int, _ count: Int) -> Int {
    bytes.dropFirst(start).prefix(count).reduce(0) { $0 * 10 + Int($1 & 0x0F) }
  }
}
