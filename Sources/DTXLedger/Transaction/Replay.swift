extension Transaction.State {
  /// Computes totals, pending amounts, line balances and status from a history.
  ///
  /// Failed events are ignored; what repaired them counts as the events that it is. A void without
  /// an amount released all that was left. A line of an event that the transaction does not have
  /// (a shop's rounding line, or one dropped since) leaves its amount unattributed, as do lines
  /// that do not add up to the event's amount.
  ///
  /// The status is the one reported, or else that after the last event. Where it says that nothing
  /// is left to capture, what is left is counted as released, whether or not an event says so.
  ///
  /// Never traps: a history that contradicts itself gives totals cut off at their limits, and
  /// `isConsistent` is false. The caller sets what no event tells: whether the authorization is
  /// a pre-authorization, and the second reference.
  package init(
    replaying events: [Event],
    authorized: MinorUnits,
    lines: [LineItem],
    reportedStatus: Status? = nil
  ) {
    self.init(
      status: .unknown,
      authorized: min(max(authorized, .zero), .largestAmount),
      lines: lines
    )
    isConsistent = self.authorized == authorized
    let history = History(events)
    let numbers = LineNumbers(lines)
    for (index, event) in events.enumerated() {
      switch history.standing(of: index) {
      case .none: break
      case .counts: replay(event, numbers: numbers)
      case .pends: replayPending(event)
      }
    }
    settle(reportedStatus ?? events.last?.statusAfter ?? .unknown)
  }

  private mutating func replay(_ event: Event, numbers: LineNumbers) {
    switch event.kind {
    case .capture:
      captured = added(event.movedAmount, to: captured)
      attribute(event, numbers: numbers) { balance, amount in
        balance.captured = balance.captured.saturatingAdding(amount)
      }
    case .refund:
      refunded = added(event.movedAmount, to: refunded)
      attribute(event, numbers: numbers) { balance, amount in
        balance.refunded = balance.refunded.saturatingAdding(amount)
      }
    case .void:
      let left = max(capturable, .zero)
      voided = event.amount == nil ? voided + left : added(event.movedAmount, to: voided)
    case .initialize, .authorize, .settlement, .other, .initiateCapture, .initiateRefund,
      .initiateVoid:
      break
    }
  }

  private mutating func replayPending(_ event: Event) {
    switch event.kind.accepted {
    case .capture: pendingCapture = added(event.movedAmount, to: pendingCapture)
    case .refund: pendingRefund = added(event.movedAmount, to: pendingRefund)
    case .void: isVoidPending = true
    default: break
    }
  }

  /// Returns a total with an amount added, kept within the limit; an impossible one is marked.
  private mutating func added(_ amount: MinorUnits?, to total: MinorUnits) -> MinorUnits {
    guard let amount else {
      isConsistent = false
      return total
    }
    // Both are at most 2^53, so that the sum can't overflow.
    let sum = total + amount
    if sum > .largestAmount { isConsistent = false }
    return min(sum, .largestAmount)
  }

  private mutating func attribute(
    _ event: Event,
    numbers: LineNumbers,
    add: (inout LineBalance, MinorUnits) -> Void
  ) {
    guard let sum = event.lineSum, sum == event.movedAmount else { return }
    for line in event.lines {
      guard let number = numbers.number(of: line.id) else { continue }
      add(&lineBalances[Int(number)], line.amount)
    }
  }

  /// Takes over the status, and what it implies for the totals.
  private mutating func settle(_ reported: Status) {
    status = reported
    if !totalsHold {
      isConsistent = false
      return
    }
    switch reported {
    case .unknown: break
    case .authorizationVoided:
      releaseRest()
    case .captured, .partiallyRefunded, .refunded:
      if captured == .zero { isConsistent = false } else { releaseRest() }
    case .partiallyCaptured, .partiallyCapturedRefunded:
      if captured == .zero { isConsistent = false }
    case .initiated, .onHold, .authorized, .declined, .failed:
      if captured > .zero { isConsistent = false }
    }
  }

  private mutating func releaseRest() {
    // A capture that is pending has not moved the status yet, so that it is not part of the rest.
    voided += capturable
  }
}
