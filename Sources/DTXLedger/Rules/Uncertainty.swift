extension Transaction.State {
  /// Returns the traits that an operation relies on and no document confirms.
  ///
  /// A person should hear of them before the operation is sent. Empty for most operations.
  package func uncertainTraits(
    of operation: Operation,
    for product: PaymentProduct
  ) -> Capabilities.Traits {
    reliedOn(by: operation).intersection(product.capabilities.uncertain)
  }

  private func reliedOn(by operation: Operation) -> Capabilities.Traits {
    switch operation.kind {
    case .capture:
      var traits: Capabilities.Traits = [.flow]
      if captured > .zero { traits.insert(.multipleCaptures) }
      if operation.amount < capturable { traits.formUnion([.partialCapture, .wholeLinesOnly]) }
      if operation.lines.isEmpty { traits.insert(.lineItemsRequired) }
      return traits
    case .refund:
      return operation.lines.isEmpty
        ? [.refund, .asynchronousRefund, .lineItemsRequired] : [.refund, .asynchronousRefund]
    case .void: return captured > .zero ? .voidRemainder : .voidAuthorization
    case .adjust: return captured > .zero ? .updateAfterCapture : []
    case .extend: return .extension
    case .authorize: return .holdRelease
    case .tag: return []
    }
  }
}
