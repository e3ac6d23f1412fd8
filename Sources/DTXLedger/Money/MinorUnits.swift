/// A sum of money in the smallest unit of a currency that is known from elsewhere.
///
/// 250.00 NOK is 25 000 minor units. A sum that moves is always positive; a line item's may be
/// negative (a gift card), which is why the type is signed.
package struct MinorUnits: Hashable, Comparable, Sendable {
  package static let zero = MinorUnits(0)

  /// The largest amount of one operation: 2^53 - 1.
  ///
  /// JSON numbers are read as doubles by many programs, and above this they lose units silently.
  package static let largestAmount = MinorUnits(9_007_199_254_740_991)

  /// The sum, in minor units.
  package let count: Int64

  @inlinable
  package init(_ count: Int64) { self.count = count }

  package static func < (left: Self, right: Self) -> Bool { left.count < right.count }

  /// Returns the sum of two amounts; traps on overflow, which amounts within the limit cannot reach.
  package static func + (left: Self, right: Self) -> Self { Self(left.count + right.count) }
  package static func - (left: Self, right: Self) -> Self { Self(left.count - right.count) }
  package static prefix func - (amount: Self) -> Self { Self(-amount.count) }
  package static func += (left: inout Self, right: Self) { left = left + right }
  package static func -= (left: inout Self, right: Self) { left = left - right }

  /// Returns the sum, or nil where it does not fit into 64 bits.
  package func adding(_ other: MinorUnits) -> MinorUnits? {
    let (sum, isOverflow) = count.addingReportingOverflow(other.count)
    return isOverflow ? nil : MinorUnits(sum)
  }

  /// Returns the difference, or nil where it does not fit into 64 bits.
  package func subtracting(_ other: MinorUnits) -> MinorUnits? {
    let (difference, isOverflow) = count.subtractingReportingOverflow(other.count)
    return isOverflow ? nil : MinorUnits(difference)
  }

  /// Returns the sum, or the end of the 64-bit range that it would pass.
  func saturatingAdding(_ other: MinorUnits) -> MinorUnits {
    adding(other) ?? MinorUnits(other.count < 0 ? .min : .max)
  }

  /// Returns the difference, or the end of the 64-bit range that it would pass.
  func saturatingSubtracting(_ other: MinorUnits) -> MinorUnits {
    subtracting(other) ?? MinorUnits(other.count < 0 ? .max : .min)
  }
}
