package import DTXLedger

/// Makes random transactions and operations, the same ones for the same seed.
///
/// Operations are drawn from what a transaction has, with a share of wrong ones: amounts that are
/// zero, negative or too large, lines that do not exist or do not add up, kinds that the status
/// forbids.
package struct LedgerGenerator: Sendable {
  package var random: SplitMix64
  private var eventCount = 0

  package init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// Returns a transaction of any product, authorized and untouched, with up to five lines.
  package mutating func transaction(number: Int = 1) -> Transaction {
    let names = PaymentProduct.knownNames + ["bambora.creditcard", "kravia.invoice", "new.product"]
    return transaction(number: number, product: PaymentProduct(pick(names)))
  }

  /// Returns a transaction of one product, authorized and untouched, with up to five lines.
  package mutating func transaction(number: Int, product: PaymentProduct) -> Transaction {
    let lines = self.lines()
    let total =
      lines.isEmpty
      ? MinorUnits(.random(in: 1...100_000, using: &random))
      : MinorUnits(lines.reduce(0) { $0 + $1.amount.count })
    var state = Transaction.State(status: .authorized, authorized: total, lines: lines)
    if product.capabilities.flow == .sale { makeSale(&state) }
    if product.capabilities.traits.contains(.holdRelease), isTrue(in: 2) { state.status = .onHold }
    state.isPreauthorization =
      product.capabilities.amountUpdate == .preauthorization && isTrue(in: 4)
    return Transaction(
      id: TransactionID("T12345678.generated\(number)"),
      product: product,
      currency: pick(Currency.all),
      state: state
    )
  }

  /// Returns up to five lines that add up to more than zero, gift cards and shipping among them.
  package mutating func lines() -> [LineItem] {
    var lines: [LineItem] = []
    var total: Int64 = 0
    for number in 0..<Int.random(in: 0...5, using: &random) {
      var amount = Int64.random(in: 0...40_000, using: &random)
      var kind = pick([LineItem.Kind.physical, .digital, .service, .shipping, .surcharge, nil])
      if isTrue(in: 6), total > 1 {
        amount = -Int64.random(in: 1..<total, using: &random)
        kind = .giftCard
      }
      total += amount
      lines.append(
        LineItem(
          id: "\(number + 1)",
          description: "line \(number + 1)",
          quantity: Quantity(millionths: .random(in: 1...3, using: &random) * Quantity.scale),
          amount: MinorUnits(amount),
          kind: kind
        )
      )
    }
    return total > 0 ? lines : []
  }

  /// Returns an operation on a transaction, most often one that holds.
  package mutating func operation(on transaction: Transaction) -> Operation {
    let kinds: [Operation.Kind] = [
      .capture, .capture, .capture, .refund, .refund, .void, .adjust, .extend, .authorize, .tag,
    ]
    var operation = Operation(pick(kinds))
    switch operation.kind {
    case .capture, .refund:
      operation = movement(operation.kind, on: transaction.state)
      operation.isFinal = operation.kind == .capture && isTrue(in: 8)
    case .void:
      operation.isRemainder = (transaction.state.captured > .zero) != isTrue(in: 8)
    case .adjust: operation = adjustment(of: transaction.state)
    case .authorize: operation.amount = isTrue(in: 2) ? .zero : transaction.state.authorized
    case .tag:
      operation.text = isTrue(in: 9) ? "" : "order-\(Int.random(in: 1...9, using: &random))"
    case .extend: break
    }
    return operation
  }

  /// Returns the events by which the provider would record an operation that has been applied.
  package mutating func events(
    of operation: Operation,
    from before: Transaction.State,
    to after: Transaction.State
  ) -> [Event] {
    switch operation.kind {
    case .capture:
      var events = [movementEvent(.capture, operation, from: before, status: after.status)]
      if after.voided > before.voided {
        events.append(event(.void, amount: after.voided - before.voided, status: after.status))
      }
      return events
    case .refund: return [movementEvent(.refund, operation, from: before, status: after.status)]
    case .void:
      // The amount may be absent, and is all that was left then.
      let amount = isTrue(in: 2) ? nil : after.voided - before.voided
      return [event(.void, amount: amount, status: after.status)]
    case .adjust, .authorize:
      return [event(.authorize, amount: after.authorized, status: after.status)]
    case .extend, .tag: return []
    }
  }
}

extension LedgerGenerator {
  private mutating func isTrue(in count: Int) -> Bool {
    .random(in: 0..<count, using: &random) == 0
  }

  /// Returns one of some choices, of which there is at least one.
  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[.random(in: choices.indices, using: &random)]
  }

  private func makeSale(_ state: inout Transaction.State) {
    state.captured = state.authorized
    state.status = .captured
    for index in state.lines.indices {
      state.lineBalances[index].captured = state.lines[index].amount
    }
  }

  private mutating func movement(
    _ kind: Operation.Kind,
    on state: Transaction.State
  ) -> Operation {
    let left = state.left(for: kind)
    switch Int.random(in: 0..<10, using: &random) {
    case 0:
      let scope = state.scope(for: kind)
      var operation = Operation(kind, amount: scope.amount)
      operation.lines = scope.portions
      return operation
    case 1: return Operation(kind, amount: left + MinorUnits(.random(in: -1...2, using: &random)))
    case 2: return Operation(kind, amount: pick([.zero, MinorUnits(-1), .largestAmount]))
    case 3...4:
      return Operation(
        kind,
        amount: MinorUnits(.random(in: 0...max(left.count, 1), using: &random))
      )
    default: return movementByLines(kind, on: state)
    }
  }

  private mutating func movementByLines(
    _ kind: Operation.Kind,
    on state: Transaction.State
  ) -> Operation {
    var operation = Operation(kind)
    for line in state.lines.indices where isTrue(in: 2) {
      let left = state.leftOnLine(Int32(line), for: kind)
      var amount = left
      if isTrue(in: 2) {
        let range = min(left.count, 0)...max(left.count, 0)
        amount = MinorUnits(.random(in: range, using: &random))
      }
      if isTrue(in: 20) { amount = amount + MinorUnits(1) }
      let quantity = isTrue(in: 3) ? state.lines[line].quantity : nil
      operation.lines.append(LinePortion(line: Int32(line), amount: amount, quantity: quantity))
      operation.amount += amount
    }
    if isTrue(in: 20) { operation.lines.append(LinePortion(line: 5, amount: MinorUnits(1))) }
    if isTrue(in: 20) { operation.amount += MinorUnits(1) }
    if isTrue(in: 5) { operation.lines.reverse() }
    return operation
  }

  private mutating func adjustment(of state: Transaction.State) -> Operation {
    var operation = Operation(.adjust)
    operation.isFinal = isTrue(in: 3)
    guard !state.lines.isEmpty else {
      operation.amount = state.authorized + MinorUnits(.random(in: -500...1000, using: &random))
      return operation
    }
    operation.items = state.lines
    for index in operation.items.indices
    where isTrue(in: 2) && operation.items[index].kind != .giftCard {
      operation.items[index].amount += MinorUnits(.random(in: 0...500, using: &random))
    }
    if isTrue(in: 3) { operation.items.removeLast() }
    if isTrue(in: 3) {
      operation.items.insert(
        LineItem(id: "new\(eventCount)", description: "new", amount: MinorUnits(700)),
        at: .random(in: 0...operation.items.count, using: &random)
      )
    }
    if isTrue(in: 3) { operation.items.shuffle(using: &random) }
    operation.amount = MinorUnits(operation.items.reduce(0) { $0 + $1.amount.count })
    if isTrue(in: 10) { operation.amount += MinorUnits(1) }
    return operation
  }

  private mutating func event(_ kind: Event.Kind, amount: MinorUnits?, status: Status) -> Event {
    eventCount += 1
    var event = Event(
      id: "event-\(eventCount)",
      kind: kind,
      statusAfter: status,
      createdAt: Int64(eventCount) * 1000
    )
    event.amount = amount
    return event
  }

  private mutating func movementEvent(
    _ kind: Event.Kind,
    _ operation: Operation,
    from state: Transaction.State,
    status: Status
  ) -> Event {
    var event = event(kind, amount: operation.amount, status: status)
    event.lines = operation.lines.map { portion in
      Event.Line(
        id: state.lines[Int(portion.line)].id,
        amount: portion.amount,
        quantity: portion.quantity
      )
    }
    event.reference = "reference-\(eventCount)"
    return event
  }
}
