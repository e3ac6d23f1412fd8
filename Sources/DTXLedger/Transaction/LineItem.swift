/// One line of an order: goods, a service, shipping, a surcharge or a gift card.
package struct LineItem: Hashable, Sendable {
  /// What kind of thing the line is, in the provider's words.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case physical, digital, service, shipping, surcharge
    case giftCard = "gift_card"
  }

  // The amount stands first, where the rules look: in a list, that of the first line is in the
  // same cache line as the list's length.

  /// The whole line including VAT and discounts; negative only for gift cards.
  package var amount: MinorUnits
  package var quantity: Quantity
  /// The `line_id`, unique within the order.
  package var id: String
  package var description: String
  /// VAT in hundredths of a percent, for display only: 2 500 is 25 %.
  package var vatBasisPoints: Int32?
  package var kind: Kind?

  package init(
    id: String,
    description: String,
    quantity: Quantity = .one,
    amount: MinorUnits,
    vatBasisPoints: Int32? = nil,
    kind: Kind? = nil
  ) {
    self.id = id
    self.description = description
    self.quantity = quantity
    self.amount = amount
    self.vatBasisPoints = vatBasisPoints
    self.kind = kind
  }
}

/// What has been done with one line item: the mutable companion of a `LineItem`.
package struct LineBalance: Hashable, Sendable {
  package var captured = MinorUnits.zero
  package var refunded = MinorUnits.zero

  package init(captured: MinorUnits = .zero, refunded: MinorUnits = .zero) {
    self.captured = captured
    self.refunded = refunded
  }
}

/// A part of a line item that an operation takes or gives back.
package struct LinePortion: Hashable, Sendable {
  /// The index of the line among the transaction's lines.
  package let line: Int32
  package let amount: MinorUnits
  /// The quantity, or `noQuantity`: a plan holds millions of portions, and an optional would make
  /// each a third larger.
  private let millionths: Int64

  private static let noQuantity = Int64.min

  package init(line: Int32, amount: MinorUnits, quantity: Quantity? = nil) {
    self.line = line
    self.amount = amount
    millionths = quantity?.millionths ?? Self.noQuantity
  }

  /// How many of the line; nil where only the amount counts.
  package var quantity: Quantity? {
    millionths == Self.noQuantity ? nil : Quantity(millionths: millionths)
  }
}
