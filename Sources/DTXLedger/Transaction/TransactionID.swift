/// The provider's name for one payment: an account, a dot, and a part unique within the account.
///
/// Shape: `T12345678.465UfBENeLpkBvwmqfTC4k`. Only the account decides whether money is real:
/// `T` is a test account, `P` production.
package struct TransactionID: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { text }
}

/// A merchant's account at the provider: `T` or `P` and eight digits.
package struct Account: Hashable, Sendable, CustomStringConvertible {
  /// A letter and eight digits.
  package static let length = 9

  package let text: String

  /// Makes an account of a text of the right shape; nil for any other.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == Self.length,
      bytes[0] == UInt8(ascii: "T") || bytes[0] == UInt8(ascii: "P"),
      bytes.dropFirst().allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    self.text = text
  }

  package var isProduction: Bool { text.utf8.first == UInt8(ascii: "P") }
  package var description: String { text }
}
