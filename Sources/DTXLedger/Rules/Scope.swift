/// What `all` means for a capture or a refund.
package struct OperationScope: Hashable, Sendable {
  /// Whether the lines are named, and why not.
  package enum Attribution: Hashable, Sendable {
    /// Every line with something left is named.
    case lines
    /// The transaction has no lines.
    case noLines
    /// What is left of the lines is not what is left in all, so that naming them would be wrong.
    ///
    /// So it is after an amount was taken without naming lines.
    case linesDiffer(sum: MinorUnits)
  }

  package let amount: MinorUnits
  package let portions: [LinePortion]
  package let attribution: Attribution
}

extension Transaction.State {
  /// Returns all that is left for a kind of operation, never less than zero.
  ///
  /// For an adjustment the current total; zero for the kinds that have no amount.
  package func left(for kind: Operation.Kind) -> MinorUnits {
    switch kind {
    case .capture, .void: max(capturable, .zero)
    case .refund: max(refundable, .zero)
    case .adjust: authorized
    case .extend, .authorize, .tag: .zero
    }
  }

  /// Returns what a capture or refund can take of a line: no more than is left in all.
  ///
  /// What is left of a gift card is negative; zero for a line that does not exist.
  package func leftOnLine(_ line: Int32, for kind: Operation.Kind) -> MinorUnits {
    guard lines.indices.contains(Int(line)), lineBalances.count == lines.count else { return .zero }
    let all = left(for: kind)
    if all == .zero { return .zero }
    let room = room(onLine: Int(line), for: kind)
    if lines[Int(line)].amount < .zero { return min(room, .zero) }
    return min(max(room, .zero), all)
  }

  /// Returns everything that is left to capture or refund, with the lines if they add up to it.
  ///
  /// A line that was captured in part is named without a quantity, since amounts alone do not
  /// tell how many are left; a line of which nothing moved yet has its own.
  package func scope(for kind: Operation.Kind) -> OperationScope {
    let amount = left(for: kind)
    if lines.isEmpty || lineBalances.count != lines.count {
      return OperationScope(amount: amount, portions: [], attribution: .noLines)
    }
    var portions: [LinePortion] = []
    var sum = MinorUnits.zero
    for index in lines.indices {
      let room = room(onLine: index, for: kind)
      let line = lines[index]
      guard room != .zero, (room < .zero) == (line.amount < .zero) else { continue }
      let quantity = room == line.amount ? line.quantity : nil
      portions.append(LinePortion(line: Int32(index), amount: room, quantity: quantity))
      sum = sum.saturatingAdding(room)
    }
    guard sum == amount else {
      return OperationScope(amount: amount, portions: [], attribution: .linesDiffer(sum: sum))
    }
    return OperationScope(amount: amount, portions: portions, attribution: .lines)
  }

  /// Returns the index of the line with an id that stands in a source as bytes, or nil.
  package func indexOfLine(_ id: Span<UInt8>) -> Int32? {
    for index in lines.indices where lines[index].hasID(id) { return Int32(index) }
    return nil
  }
}

extension LineItem {
  fileprivate func hasID(_ bytes: Span<UInt8>) -> Bool {
    guard id.utf8.count == bytes.count else { return false }
    var index = 0
    for byte in id.utf8 {
      if byte != bytes[index] { return false }
      index += 1
    }
    return true
  }
}
