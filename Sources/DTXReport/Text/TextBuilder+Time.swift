import DTXSyntax

extension TextBuilder {
  /// Appends a moment to the minute, as in `2026-08-04 07:00`.
  package mutating func append(minuteOf milliseconds: Int64) {
    let time = CivilTime(milliseconds: milliseconds)
    append(dateOf: time)
    bytes.append(fixedBlank)
    append(Int64(time.hour), digits: 2)
    append(":")
    append(Int64(time.minute), digits: 2)
  }

  /// Returns a moment to the minute, as in `2026-08-04 07:00 UTC`.
  package static func minute(of milliseconds: Int64) -> String {
    var builder = TextBuilder()
    builder.append(minuteOf: milliseconds)
    return builder.text + " UTC"
  }

  /// Appends a moment as machines exchange it, as in `2026-08-04T07:00:00.000Z`.
  ///
  /// Source: RFC 3339.
  mutating func append(timestamp milliseconds: Int64) {
    let time = CivilTime(milliseconds: milliseconds)
    append(dateOf: time)
    append("T")
    append(Int64(time.hour), digits: 2)
    append(":")
    append(Int64(time.minute), digits: 2)
    append(":")
    append(Int64(time.second), digits: 2)
    append(".")
    append(Int64(time.millisecond), digits: 3)
    append("Z")
  }

  private mutating func append(dateOf time: CivilTime) {
    append(Int64(time.date.year), digits: 4)
    append("-")
    append(Int64(time.date.month), digits: 2)
    append("-")
    append(Int64(time.date.day), digits: 2)
  }
}
