// The rules for the parts of lines that captures and refunds name.
//
// A part has the sign of its line: a gift card is a line with a negative amount, so that what is
// taken of it is negative and lies between the line's amount and zero. The parts of an operation
// add up to its amount, which is positive whatever their signs.

extension Transaction.State {
  /// Checks what the parts of an operation are, apart from what is left of their lines.
  @inline(__always)
  func checkPortions(of operation: Operation) throws(Violation) {
    if operation.lines.isEmpty || isSound(operation) { return }
    for portion in operation.lines where !lines.indices.contains(Int(portion.line)) {
      throw .unknownLine(portion.line)
    }
    if let repeated = repeatedLine(in: operation.lines) { throw .lineRepeated(repeated) }
    for portion in operation.lines where portion.amount == .zero {
      throw .portionIsZero(line: portion.line)
    }
    for portion in operation.lines {
      let line = lines[Int(portion.line)].amount
      if (portion.amount < .zero) != (line < .zero) {
        throw .portionHasWrongSign(line: portion.line)
      }
    }
    for portion in operation.lines
    where portion.amount.count.magnitude > MinorUnits.largestAmount.count.magnitude {
      throw .portionAboveLimit(line: portion.line)
    }
    try checkSum(of: operation)
    try checkQuantities(of: operation)
  }

  /// Tells in one pass whether nothing is wrong with the parts; false if something may be.
  ///
  /// Nearly every list is sound. Only for one that is not does it matter what comes first.
  @inline(__always)
  private func isSound(_ operation: Operation) -> Bool {
    var sum: Int64 = 0
    var previous: Int32 = -1
    for portion in operation.lines {
      guard portion.line > previous, Int(portion.line) < lines.count else { return false }
      previous = portion.line
      let amount = portion.amount.count
      let line = lines[Int(portion.line)].amount.count
      guard amount != 0, (amount < 0) == (line < 0),
        amount.magnitude <= MinorUnits.largestAmount.count.magnitude
      else { return false }
      let (next, isOverflow) = sum.addingReportingOverflow(amount)
      if isOverflow { return false }
      sum = next
      if let quantity = portion.quantity {
        let limit = lines[Int(portion.line)].quantity
        guard quantity.millionths > 0, quantity <= limit else { return false }
      }
    }
    return sum == operation.amount.count
  }

  /// Checks that no line gives more than it has.
  @inline(__always)
  func checkCeilings(of operation: Operation, under rules: LedgerRules) throws(Violation) {
    for portion in operation.lines {
      let index = Int(portion.line)
      let balance = lineBalances[index]
      let before = operation.kind == .refund ? balance.refunded : balance.captured
      let isBeyond = rules.lineCeilings && exceeds(portion, for: operation.kind)
      if isBeyond || before.adding(portion.amount) == nil {
        let room = room(onLine: index, for: operation.kind)
        throw .exceedsLine(
          portion.line,
          left: portion.amount < .zero ? min(room, .zero) : max(room, .zero)
        )
      }
    }
  }

  @inline(__always)
  private func exceeds(_ portion: LinePortion, for kind: Operation.Kind) -> Bool {
    let index = Int(portion.line)
    // Most refunds fit into what was captured of the line by name, which needs no sum over all.
    if kind == .refund {
      let balance = lineBalances[index]
      let room = balance.captured.saturatingSubtracting(balance.refunded)
      if portion.amount < .zero ? portion.amount >= room : portion.amount <= room { return false }
    }
    let room = room(onLine: index, for: kind)
    return portion.amount < .zero ? portion.amount < room : portion.amount > room
  }

  private func checkSum(of operation: Operation) throws(Violation) {
    var sum = MinorUnits.zero
    for portion in operation.lines {
      guard let next = sum.adding(portion.amount) else { throw .portionsDiffer(sum: nil) }
      sum = next
    }
    if sum != operation.amount { throw .portionsDiffer(sum: sum) }
  }

  private func checkQuantities(of operation: Operation) throws(Violation) {
    for portion in operation.lines {
      if let quantity = portion.quantity, quantity.millionths <= 0 {
        throw .quantityNotPositive(line: portion.line)
      }
    }
    for portion in operation.lines {
      let limit = lines[Int(portion.line)].quantity
      if let quantity = portion.quantity, quantity > limit {
        throw .quantityExceedsLine(line: portion.line, quantity: limit)
      }
    }
  }

  /// Returns the first line that stands twice; every line must exist.
  private func repeatedLine(in portions: [LinePortion]) -> Int32? {
    var isAscending = true
    for index in portions.indices.dropFirst() where portions[index].line <= portions[index - 1].line
    {
      isAscending = false
    }
    if isAscending { return nil }
    var isSeen = Array(repeating: false, count: lines.count)
    for portion in portions {
      if isSeen[Int(portion.line)] { return portion.line }
      isSeen[Int(portion.line)] = true
    }
    return nil
  }
}

extension Transaction.State {
  /// What was captured without naming lines, and may be of any of them.
  var unattributedCapture: MinorUnits {
    var rest = captured
    for balance in lineBalances { rest = rest.saturatingSubtracting(balance.captured) }
    return max(rest, .zero)
  }

  /// What gift cards have left, and may have been taken off an amount that names no lines.
  private var unattributedGiftCards: MinorUnits {
    var sum = MinorUnits.zero
    for (line, balance) in zip(lines, lineBalances) where line.amount < balance.captured {
      if line.amount < .zero {
        sum = sum.saturatingAdding(balance.captured.saturatingSubtracting(line.amount))
      }
    }
    return sum
  }

  /// Returns what an operation may take of a line at most, whatever is left in all.
  ///
  /// A refund may go beyond what was captured of the line by name as far as amounts were captured
  /// without naming lines, from which a gift card may have been taken off. Negative for a gift card.
  @inline(__always)
  func room(onLine index: Int, for kind: Operation.Kind) -> MinorUnits {
    let whole = lines[index].amount
    let balance = lineBalances[index]
    guard kind == .refund else { return whole.saturatingSubtracting(balance.captured) }
    let unattributed = unattributedCapture
    let taken: MinorUnits
    if whole < .zero {
      taken = unattributed > .zero ? min(balance.captured, whole) : balance.captured
    } else {
      let gross =
        unattributed > .zero ? unattributed.saturatingAdding(unattributedGiftCards) : .zero
      taken = max(balance.captured, min(whole, balance.captured.saturatingAdding(gross)))
    }
    return taken.saturatingSubtracting(balance.refunded)
  }
}
