/// How many of a line item, in millionths, so that half a kilo is exact.
///
/// Six decimals are what a quantity may have; the provider allows decimals and names no limit.
package struct Quantity: Hashable, Comparable, Sendable {
  /// Millionths in one.
  package static let scale: Int64 = 1_000_000
  package static let one = Quantity(millionths: scale)

  package let millionths: Int64

  package init(millionths: Int64) { self.millionths = millionths }

  package static func < (left: Self, right: Self) -> Bool { left.millionths < right.millionths }
}
