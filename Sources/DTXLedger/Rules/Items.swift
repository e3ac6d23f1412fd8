extension Transaction.State {
  /// Checks the new list of items of an adjustment, and returns what was done with each line.
  ///
  /// A line keeps its balance by its id, wherever it stands in the new list. The result is empty
  /// where the operation has no items, which leaves the lines as they are.
  ///
  /// - Throws: The first `Violation` about items that applies.
  func checkItems(of operation: Operation) throws(Violation) -> [LineBalance] {
    let items = operation.items
    if items.isEmpty {
      if !lines.isEmpty { throw .itemsRequired }
      return []
    }
    for (index, item) in items.enumerated() where item.id.isEmpty {
      throw .itemHasNoID(item: Int32(index))
    }
    let numbers = LineNumbers(items)
    if let repeated = numbers.firstRepeated() { throw .itemRepeated(item: repeated) }
    for (index, item) in items.enumerated() where !isPossible(item) {
      throw .itemAmountInvalid(item: Int32(index))
    }
    for (index, item) in items.enumerated() where item.quantity.millionths <= 0 {
      throw .itemQuantityNotPositive(item: Int32(index))
    }
    try checkSum(of: items, is: operation.amount)
    return try balances(of: items, numbered: numbers)
  }

  private func isPossible(_ item: LineItem) -> Bool {
    let amount = item.amount
    if amount < .zero, item.kind != .giftCard { return false }
    return amount.count.magnitude <= MinorUnits.largestAmount.count.magnitude
  }

  private func checkSum(of items: [LineItem], is total: MinorUnits) throws(Violation) {
    var sum = MinorUnits.zero
    for item in items {
      guard let next = sum.adding(item.amount) else { throw .itemsDiffer(sum: nil) }
      sum = next
    }
    if sum != total { throw .itemsDiffer(sum: sum) }
  }

  private func balances(
    of items: [LineItem],
    numbered numbers: LineNumbers
  ) throws(Violation) -> [LineBalance] {
    var balances = Array(repeating: LineBalance(), count: items.count)
    for index in lines.indices {
      let captured = lineBalances[index].captured
      let number = numbers.number(of: lines[index].id)
      // A line that is dropped keeps nothing. Of a gift card less than nothing is captured.
      let amount = number.map { items[Int($0)].amount } ?? .zero
      if captured < .zero ? amount > captured : captured > .zero && amount < captured {
        throw .itemBelowCaptured(line: Int32(index), captured: captured)
      }
      if let number { balances[Int(number)] = lineBalances[index] }
    }
    return balances
  }
}
