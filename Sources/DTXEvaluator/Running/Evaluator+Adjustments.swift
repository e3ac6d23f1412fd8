import DTXLedger
import DTXSyntax

extension Evaluator {
  /// The new total and the new list of lines of an adjustment.
  mutating func resolveAdjustment(
    _ statement: OperationStatement,
    _ transaction: Int32
  ) -> Bool {
    if statement.options.contains(.changes) {
      var items = builder.states[Int(transaction)].lines
      var changed: Set<String> = []
      for change in script.changes[statement.changes.indices] {
        guard let id = text(of: change.id) else { return false }
        guard changed.insert(id).inserted else {
          report(.lineTwice(id), at: script.range(of: change.id))
          return false
        }
        guard apply(change, id: id, to: &items, of: transaction) else { return false }
      }
      operation.items = items
      guard let total = sum(of: items), total <= MinorUnits.largestAmount else {
        report(.amountTooLarge, at: script.range(of: statement.target.operand))
        return false
      }
      operation.amount = total
      return true
    }
    guard let amount = amount(statement.amount, of: transaction) else { return false }
    warnAboutFactor(amount, at: statement.amount, of: transaction, line: nil)
    operation.amount = amount
    for change in script.changes[statement.changes.indices] {
      guard let id = text(of: change.id) else { return false }
      guard !operation.items.contains(where: { $0.id == id }) else {
        report(.lineTwice(id), at: script.range(of: change.id))
        return false
      }
      let current = builder.states[Int(transaction)].lines.first { $0.id == id }
      guard let item = item(change, id: id, from: current, of: transaction) else { return false }
      operation.items.append(item)
    }
    return true
  }

  private func sum(of items: [LineItem]) -> MinorUnits? {
    var total = MinorUnits.zero
    for item in items {
      guard let next = total.adding(item.amount) else { return nil }
      total = next
    }
    return total
  }

  private mutating func apply(
    _ change: ItemChange,
    id: String,
    to items: inout [LineItem],
    of transaction: Int32
  ) -> Bool {
    let index = items.firstIndex { $0.id == id }
    switch (change.kind, index) {
    case (.add, .some), (.item, .some):
      report(.lineExists(id), at: script.range(of: change.id))
      return false
    case (.set, nil), (.drop, nil):
      report(
        .unknownLine(id, snapshot.transactions[Int(transaction)].id, lines: items.map(\.id)),
        at: script.range(of: change.id)
      )
      return false
    case (.drop, .some(let index)):
      items.remove(at: index)
      return true
    case (.add, nil), (.item, nil):
      guard let item = item(change, id: id, from: nil, of: transaction) else { return false }
      items.append(item)
      return true
    case (.set, .some(let index)):
      guard let item = item(change, id: id, from: items[index], of: transaction) else {
        return false
      }
      items[index] = item
      return true
    }
  }

  /// A line as the change writes it; what it leaves out stays as it was.
  mutating func item(
    _ change: ItemChange,
    id: String,
    from current: LineItem?,
    of transaction: Int32
  ) -> LineItem? {
    guard let amount = itemAmount(change.amount, of: transaction) else { return nil }
    if let current {
      warnAboutFactor(amount, at: change.amount, of: transaction, replacing: current.amount)
    }
    var item = current ?? LineItem(id: id, description: id, amount: amount)
    item.amount = amount
    if change.description.kind != .none {
      guard let text = text(of: change.description) else { return nil }
      item.description = text
    }
    if change.quantity.kind != .none {
      guard let quantity = quantity(change.quantity) else { return nil }
      item.quantity = quantity
    }
    if change.vat.kind != .none {
      switch read(value(of: change.vat), as: .percent, at: script.range(of: change.vat)) {
      case .percent(let points): item.vatBasisPoints = Int32(clamping: points)
      case .invalid: return nil
      case let other:
        report(
          .wrongKind(expected: "a percentage", found: other.kind),
          at: script.range(of: change.vat)
        )
        return nil
      }
    }
    return item
  }

  /// A line's amount; unlike an operation's it may be negative where an expression makes it so,
  /// because a gift card is a line that takes away.
  private mutating func itemAmount(_ operand: Operand, of transaction: Int32) -> MinorUnits? {
    guard operand.kind == .expression else { return amount(operand, of: transaction) }
    let value = value(of: operand)
    if case .money(let money) = value, money.amount < .zero,
      money.currency == snapshot.transactions[Int(transaction)].currency
    {
      return money.amount
    }
    return amount(value, of: transaction, at: script.range(of: operand))
  }
}
