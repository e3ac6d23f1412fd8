/// A point on a monotonic clock, in nanoseconds from a beginning that does not matter.
///
/// The execution reads no clock: whoever drives it says with each event what time it is.
package struct Moment: Hashable, Comparable, Sendable {
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }

  /// Returns the moment so many seconds later; a span that is no number, or negative, counts as 0.
  package func advanced(bySeconds seconds: Double) -> Moment {
    guard seconds > 0 else { return self }
    let span = Int64(exactly: (seconds * 1e9).rounded(.up)) ?? .max
    let (sum, isOverflow) = nanoseconds.addingReportingOverflow(span)
    return Moment(nanoseconds: isOverflow ? .max : sum)
  }
}
