import DTXLedger
import Testing

@Suite("Payment products")
struct PaymentProductTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let capabilities: Capabilities

    init(
      _ name: String,
      _ traits: Capabilities.Traits,
      flow: Capabilities.Flow = .authorization,
      update: Capabilities.AmountUpdate = .none,
      uncertain: Capabilities.Traits = []
    ) {
      self.name = name
      capabilities = Capabilities(
        flow: flow,
        amountUpdate: update,
        traits: traits,
        uncertain: uncertain
      )
    }

    var testDescription: String { name }
  }

  static let usual: Capabilities.Traits = [
    .partialCapture, .multipleCaptures, .voidAuthorization, .refund,
  ]
  static let captures: Capabilities.Traits = [.partialCapture, .multipleCaptures]
  static let order = usual.union([.voidRemainder, .extension, .updateAfterCapture])

  static let rows: [Row] =
    ["creditcard", "applepay", "googlepay", "clicktopay", "vipps"].map {
      Row("dintero_psp.\($0)", usual.union(.finalCapture), update: .preauthorization)
    }
    + ["creditcard", "mobilepay", "vipps", "applepay", "clicktopay", "googlepay"].map {
      Row("payex.\($0)", usual.union(.voidRemainder))
    }
    + [
      Row("vipps", usual.union(.voidRemainder)),
      Row("payex.swish", [.refund, .asynchronousRefund], flow: .sale),
      Row("swish.swish", [.refund, .asynchronousRefund], flow: .sale),
      Row("bambora.creditcard", usual, uncertain: .multipleCaptures),
      Row("bambora.mobilepay", usual, uncertain: .multipleCaptures),
      Row("netaxept.creditcard", usual, uncertain: captures),
      Row("klarna.klarna", order, update: .klarna, uncertain: .updateAfterCapture),
      Row("klarna.billie", order, update: .klarna, uncertain: [.updateAfterCapture, .extension]),
      Row("collector.invoice", usual.union(.wholeLinesOnly)),
      Row("collector.installment_b2b_preapproved", usual.union(.wholeLinesOnly)),
      Row("instabank.invoice", usual.union(.lineItemsRequired)),
      Row("kravia.invoice", usual, uncertain: captures),
      Row("two.invoice_b2b", usual, uncertain: captures),
      Row(
        "santander.debit_account",
        [.voidAuthorization, .refund],
        uncertain: captures.union(.refund)
      ),
      Row("seitatech.in_person", .refund, flow: .sale, uncertain: [.voidAuthorization, .refund]),
      Row("dintero.external", usual.union(.holdRelease), uncertain: .generic),
      Row("dintero.zero", [], flow: .none),
      Row("dintero.wallets", [.voidAuthorization, .refund], uncertain: captures),
      // Names that no document has: as the family, or as the interface in general.
      Row("", usual, uncertain: .generic),
      Row("new.product", usual, uncertain: .generic),
      Row("payex.new", usual, uncertain: .generic),
      Row(
        "dintero_psp.new",
        usual.union(.finalCapture),
        update: .preauthorization,
        uncertain: .generic
      ),
      Row(
        "klarna.new",
        usual.union([.extension, .updateAfterCapture]),
        update: .klarna,
        uncertain: .generic.union([.updateAfterCapture, .extension])
      ),
      Row("swish.new", [.refund, .asynchronousRefund], flow: .sale, uncertain: .generic),
    ]

  @Test("can do what the documents say", arguments: rows)
  func capabilities(row: Row) {
    let product = PaymentProduct(row.name)
    #expect(product.name == row.name)
    #expect(product.capabilities == row.capabilities)
  }

  @Test("have a row for every known name")
  func known() {
    #expect(Set(PaymentProduct.knownNames).isSubset(of: Self.rows.map(\.name)))
    for name in PaymentProduct.knownNames {
      #expect(PaymentProduct(name).capabilities.uncertain != .generic || name == "dintero.external")
    }
  }

  @Test("belong to the family before the dot")
  func family() {
    #expect(PaymentProduct("dintero_psp.creditcard").family == "dintero_psp")
    #expect(PaymentProduct("vipps").family == "vipps")
    #expect(PaymentProduct("").family == "")
  }

  @Test("are small")
  func size() { #expect(MemoryLayout<Capabilities>.size <= 6) }
}
