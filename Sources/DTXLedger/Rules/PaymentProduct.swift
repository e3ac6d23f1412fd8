/// How a customer paid: the provider's payment product type, and what can be done with it.
///
/// Source: Dintero's payments reference (void of a remainder, authorization updates, final
/// capture) and its payment method pages; there is no official table of capabilities.
package struct PaymentProduct: Hashable, Sendable, CustomStringConvertible {
  /// The `payment_product_type`, such as `dintero_psp.creditcard`, or `vipps`, which has no dot.
  package let name: String
  package let capabilities: Capabilities

  /// Makes a product of any name.
  ///
  /// A name that is not in the table gets what its family has, and one of an unknown family what
  /// the interface offers in general; either way every trait that could differ is uncertain.
  package init(_ name: String) {
    self.name = name
    capabilities =
      Self.documented(name) ?? Self.undocumented(family: Self.family(of: name))
  }

  /// Makes a product with capabilities of its own, to play one that is unlike any in the table.
  package init(_ name: String, capabilities: Capabilities) {
    self.name = name
    self.capabilities = capabilities
  }

  /// The part before the dot: the connection at the provider that handles the payment.
  package var family: String { Self.family(of: name) }

  package var description: String { name }

  private static func family(of name: String) -> String {
    String(name.prefix { $0 != "." })
  }
}

extension PaymentProduct {
  /// The product types that have a row of their own; families whose members are all alike, such
  /// as `bambora`, are recognised by the family alone.
  package static let knownNames = [
    "dintero_psp.creditcard", "dintero_psp.applepay", "dintero_psp.googlepay",
    "dintero_psp.clicktopay", "dintero_psp.vipps", "payex.creditcard", "payex.mobilepay",
    "payex.vipps", "payex.applepay", "payex.clicktopay", "payex.googlepay", "payex.swish",
    "swish.swish", "vipps", "netaxept.creditcard", "klarna.klarna", "klarna.billie",
    "two.invoice_b2b", "santander.debit_account", "seitatech.in_person", "dintero.external",
    "dintero.zero", "dintero.wallets",
  ]

  /// Returns the row of a product type, or nil if it has none.
  private static func documented(_ name: String) -> Capabilities? {
    switch name {
    case "dintero_psp.creditcard", "dintero_psp.applepay", "dintero_psp.googlepay",
      "dintero_psp.clicktopay", "dintero_psp.vipps":
      cards
    case "payex.creditcard", "payex.mobilepay", "payex.vipps", "payex.applepay",
      "payex.clicktopay", "payex.googlepay", "vipps":
      Capabilities(traits: ordinary.union(.voidRemainder))
    case "payex.swish", "swish.swish": swish
    case "netaxept.creditcard":
      Capabilities(traits: ordinary, uncertain: [.partialCapture, .multipleCaptures])
    case "klarna.klarna": order
    case "klarna.billie": billie
    case "two.invoice_b2b": invoice
    case "santander.debit_account":
      Capabilities(
        traits: [.voidAuthorization, .refund],
        uncertain: [.partialCapture, .multipleCaptures, .refund]
      )
    case "seitatech.in_person":
      Capabilities(flow: .sale, traits: .refund, uncertain: [.voidAuthorization, .refund])
    case "dintero.external":
      Capabilities(traits: ordinary.union(.holdRelease), uncertain: .generic)
    case "dintero.zero": Capabilities(flow: .none, traits: [])
    case "dintero.wallets":
      Capabilities(
        traits: [.voidAuthorization, .refund],
        uncertain: [.partialCapture, .multipleCaptures]
      )
    default: documented(family: family(of: name))
    }
  }

  /// Returns the row of a family that is documented as a whole, or nil.
  private static func documented(family: String) -> Capabilities? {
    switch family {
    case "bambora": Capabilities(traits: ordinary, uncertain: .multipleCaptures)
    case "collector": Capabilities(traits: ordinary.union(.wholeLinesOnly))
    case "instabank": Capabilities(traits: ordinary.union(.lineItemsRequired))
    case "kravia": invoice
    default: nil
    }
  }

  /// Returns what a product type without a row is taken for.
  private static func undocumented(family: String) -> Capabilities {
    var capabilities =
      switch family {
      case "dintero_psp": cards
      case "klarna": order
      case "swish": swish
      default: Capabilities(traits: ordinary)
      }
    // The list of products whose remainder can be voided is complete.
    capabilities.traits.remove(.voidRemainder)
    capabilities.uncertain.formUnion(.generic)
    if capabilities.traits.contains(.extension) { capabilities.uncertain.insert(.extension) }
    return capabilities
  }

  /// What the interface offers for any authorization.
  private static let ordinary: Capabilities.Traits = [
    .partialCapture, .multipleCaptures, .voidAuthorization, .refund,
  ]

  private static let cards = Capabilities(
    amountUpdate: .preauthorization,
    traits: ordinary.union(.finalCapture)
  )

  private static let swish = Capabilities(flow: .sale, traits: [.refund, .asynchronousRefund])

  private static let order = Capabilities(
    amountUpdate: .klarna,
    traits: ordinary.union([.voidRemainder, .extension, .updateAfterCapture]),
    uncertain: .updateAfterCapture
  )

  private static let billie = Capabilities(
    amountUpdate: .klarna,
    traits: ordinary.union([.voidRemainder, .extension, .updateAfterCapture]),
    uncertain: [.updateAfterCapture, .extension]
  )

  private static let invoice = Capabilities(
    traits: ordinary,
    uncertain: [.partialCapture, .multipleCaptures]
  )
}
