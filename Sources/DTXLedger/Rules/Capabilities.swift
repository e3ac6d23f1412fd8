/// What a payment product can do, as far as the provider's documentation says.
///
/// Six bytes, trivially copied. A trait that the documents leave open stands in `uncertain` as
/// well, whatever its assumed value: it refuses nothing by itself, so that the provider is the
/// judge, and a person is warned before sending.
package struct Capabilities: Hashable, Sendable {
  /// How money moves at the time of the payment.
  package enum Flow: UInt8, CaseIterable, Hashable, Sendable {
    /// Reserved first, captured later.
    case authorization
    /// Captured at once; there is nothing to void, a cancellation is a refund.
    case sale
    /// No money moves.
    case none
  }

  /// What `adjust` means for a product.
  package enum AmountUpdate: UInt8, CaseIterable, Hashable, Sendable {
    case none
    /// The order at Klarna or Billie gets a new total and a new list of items.
    case klarna
    /// A pre-authorization grows, or is finalized so that it can be captured.
    case preauthorization
  }

  /// What a product can do, or demands.
  package struct Traits: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// How money moves; used only to mark it as uncertain.
    package static let flow = Traits(rawValue: 1 << 0)
    /// A capture may take less than everything.
    package static let partialCapture = Traits(rawValue: 1 << 1)
    /// A capture may follow another.
    package static let multipleCaptures = Traits(rawValue: 1 << 2)
    /// A part of the order is captured by whole lines.
    package static let wholeLinesOnly = Traits(rawValue: 1 << 3)
    /// Captures and refunds must name lines, each with its quantity.
    package static let lineItemsRequired = Traits(rawValue: 1 << 4)
    /// An authorization of which nothing was captured may be voided.
    package static let voidAuthorization = Traits(rawValue: 1 << 5)
    /// What is left after a partial capture may be voided.
    package static let voidRemainder = Traits(rawValue: 1 << 6)
    package static let refund = Traits(rawValue: 1 << 7)
    /// A refund is accepted first and completed later.
    package static let asynchronousRefund = Traits(rawValue: 1 << 8)
    /// A capture may release what it leaves.
    package static let finalCapture = Traits(rawValue: 1 << 9)
    /// The life of an authorization can be lengthened.
    package static let `extension` = Traits(rawValue: 1 << 10)
    /// A transaction on hold is released by the merchant.
    package static let holdRelease = Traits(rawValue: 1 << 11)
    /// An amount update may follow a partial capture.
    package static let updateAfterCapture = Traits(rawValue: 1 << 12)

    /// Everything that may be left open.
    package static let generic: Traits = [
      .flow, .partialCapture, .multipleCaptures, .wholeLinesOnly, .lineItemsRequired,
      .voidAuthorization, .refund, .asynchronousRefund,
    ]
  }

  package var flow: Flow
  package var amountUpdate: AmountUpdate
  package var traits: Traits
  /// The traits that no document confirms.
  package var uncertain: Traits

  package init(
    flow: Flow = .authorization,
    amountUpdate: AmountUpdate = .none,
    traits: Traits,
    uncertain: Traits = []
  ) {
    self.flow = flow
    self.amountUpdate = amountUpdate
    self.traits = traits
    self.uncertain = uncertain
  }
}

extension Capabilities {
  /// Tells whether the rules let an operation that needs a trait pass.
  func permits(_ trait: Traits, under rules: LedgerRules) -> Bool {
    traits.contains(trait) || isOpen(trait, under: rules)
  }

  /// Tells whether the rules hold an operation to a trait that restricts it.
  func demands(_ trait: Traits, under rules: LedgerRules) -> Bool {
    traits.contains(trait) && !isOpen(trait, under: rules)
  }

  /// Tells whether the rules leave a trait to the provider.
  private func isOpen(_ trait: Traits, under rules: LedgerRules) -> Bool {
    !rules.enforcesUncertainTraits && uncertain.contains(trait)
  }
}
