/// A request that moves money or changes a transaction, with every value resolved.
package struct Operation: Hashable, Sendable {
  package enum Kind: UInt8, CaseIterable, Hashable, Sendable {
    case capture, refund, void
    /// Sets a new total, or releases a pre-authorization for capture.
    case adjust
    /// Lengthens the authorization's life.
    case extend
    /// Releases a transaction on hold.
    case authorize
    /// Sets the second merchant reference.
    case tag
  }

  /// The longest text of a tag, in bytes; the provider names no limit, and order numbers are short.
  package static let textLengthLimit = 255

  package var kind: Kind
  /// What moves: captured, refunded, released; for `adjust` the new total; zero for the others.
  ///
  /// For `authorize`, the amount to check the order against, or zero where none was given. For
  /// `void`, zero or all that is left, since a void releases nothing less.
  package var amount: MinorUnits
  /// The parts of lines that a capture or refund names; empty where it names none.
  package var lines: [LinePortion] = []
  /// On a capture or an adjustment: what remains is released, or the total is locked.
  package var isFinal = false
  /// On a void: part was captured, and the rest is meant; an error if nothing was.
  package var isRemainder = false
  /// The new list of lines, for an `adjust` of a transaction that has lines.
  package var items: [LineItem] = []
  /// The new second reference, for `tag`.
  package var text: String?

  package init(_ kind: Kind, amount: MinorUnits = .zero) {
    self.kind = kind
    self.amount = amount
  }
}
