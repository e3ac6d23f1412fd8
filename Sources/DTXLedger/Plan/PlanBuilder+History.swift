// What a transaction's history says about operations that are asked for again.

/// An event that an operation may be equal to, by kind, amount and lines, or by its reference.
struct EventRecord: Sendable {
  let transaction: Int32
  let event: Int32
  /// The event that has the reference: the event itself or the request that it completes.
  let referenceHolder: Int32
  let firstPortion: Int32
  let portionCount: Int32
  let kind: Operation.Kind
  let isReferenceWritten: Bool
  /// False if the event has lines that the transaction has not; no operation equals it then.
  let hasKnownLines: Bool
  let amount: MinorUnits
}

extension PlanBuilder {
  /// The entry of an event's metadata that has the reference of an extension.
  private static let extensionReferenceName = "klarna:authorization_expiration_reference"

  /// Enters a transaction's events into the tables, once.
  mutating func readHistory(of transaction: Int32) {
    let target = targets[Int(transaction)]
    if target.totals >= 0 { return }
    targets[Int(transaction)].totals = totalsEntry(for: target.currency)
    if target.hasHistory { enterHistory(of: transaction) }
  }

  private mutating func enterHistory(of transaction: Int32) {
    let history = History(transactions[Int(transaction)].events)
    let numbers = LineNumbers(transactions[Int(transaction)].state.lines)
    var wasOnHold = false
    for number in history.events.indices {
      if history.standing(of: number) == .none { continue }
      switch history.events[number].kind {
      case .capture, .initiateCapture:
        enter(.capture, event: number, from: history, of: transaction, numbers: numbers)
      case .refund, .initiateRefund:
        enter(.refund, event: number, from: history, of: transaction, numbers: numbers)
      case .void, .initiateVoid: voidEvents[transaction] = Int32(number)
      case .authorize:
        if wasOnHold { releaseEvents[transaction] = Int32(number) }
        enterUpdate(event: number, of: transaction)
      case .initialize, .settlement, .other: break
      }
      wasOnHold = history.events[number].statusAfter == .onHold
    }
  }

  /// Returns the reference that stands for an event.
  func reference(of record: EventRecord) -> String? {
    let events = transactions[Int(record.transaction)].events
    if record.kind == .extend,
      let reference = events[Int(record.event)].metadata[Self.extensionReferenceName]
    {
      return reference
    }
    return events[Int(record.referenceHolder)].reference
  }

  /// Returns the index of a currency's entry; there are fewer currencies than 16 bits count.
  private mutating func totalsEntry(for currency: Currency) -> Int16 {
    if let index = totals.firstIndex(where: { $0.currency == currency }) { return Int16(index) }
    totals.append(PlanTotals(currency: currency))
    return Int16(totals.count - 1)
  }

  private mutating func enter(
    _ kind: Operation.Kind,
    event number: Int,
    from history: History,
    of transaction: Int32,
    numbers: LineNumbers
  ) {
    let event = history.events[number]
    let holder = history.referenceHolder(of: number)
    guard let amount = event.movedAmount else { return }
    let firstPortion = Int32(eventPortions.count)
    var hasKnownLines = true
    for line in event.lines {
      guard let index = numbers.number(of: line.id) else {
        hasKnownLines = false
        continue
      }
      eventPortions.append(LinePortion(line: index, amount: line.amount))
    }
    let record = EventRecord(
      transaction: transaction,
      event: Int32(number),
      referenceHolder: Int32(holder),
      firstPortion: firstPortion,
      portionCount: Int32(eventPortions.count) - firstPortion,
      kind: kind,
      isReferenceWritten: Self.isWritten(history.events[holder].reference),
      hasKnownLines: hasKnownLines,
      amount: amount
    )
    enter(record)
    enterContent(of: record)
  }

  /// Enters an update of the authorization by its reference, which is all that tells it apart.
  private mutating func enterUpdate(event number: Int, of transaction: Int32) {
    let events = transactions[Int(transaction)].events
    let extensionReference = events[number].metadata[Self.extensionReferenceName]
    guard let reference = extensionReference ?? events[number].reference else { return }
    let amount = events[number].amount
    let isExtension = extensionReference != nil || amount == nil
    enter(
      EventRecord(
        transaction: transaction,
        event: Int32(number),
        referenceHolder: Int32(number),
        firstPortion: Int32(eventPortions.count),
        portionCount: 0,
        kind: isExtension ? .extend : .adjust,
        isReferenceWritten: Self.isWritten(reference),
        hasKnownLines: true,
        amount: amount ?? .zero
      )
    )
  }

  /// Adds a record, and its reference if it has one to the table.
  private mutating func enter(_ record: EventRecord) {
    let entry = ~Int32(eventRecords.count)
    eventRecords.append(record)
    guard let reference = reference(of: record), !reference.isEmpty else { return }
    var hash = RepetitionHash(record.kind, transaction: record.transaction)
    hash.combine(reference)
    var cursor = byReference.cursor(for: hash.value)
    while byReference.next(&cursor) != nil {}
    byReference.insert(entry, at: cursor)
  }

  /// Enters the newest record by what it moved, unless an equal one stands there already.
  private mutating func enterContent(of record: EventRecord) {
    var operation = Operation(record.kind, amount: record.amount)
    operation.lines = Array(eventPortions[Int(record.firstPortion)...])
    var request = request(operation, on: record.transaction, reference: Span())
    let entry = ~Int32(eventRecords.count - 1)
    guard let equal = findEqual(operation, &request) else {
      byContent.insert(entry, at: request.content)
      return
    }
    if isWritten(equal), !record.isReferenceWritten {
      byContent.replace(at: request.content, with: entry)
    }
  }

  /// Whether a person wrote a reference, and not dtx.
  static func isWritten(_ reference: String?) -> Bool {
    guard let reference, !reference.isEmpty else { return false }
    return !reference.hasPrefix(derivedReferencePrefix)
  }
}
