// Whether an operation was there before: in the plan, in the history, or in its effect.
//
// An entry of the tables is the index of a step, or the complement of an index in `eventRecords`.

extension PlanBuilder {
  /// Hashes an operation for the tables.
  @inline(__always)
  mutating func request(
    _ operation: Operation,
    on transaction: Int32,
    reference: Span<UInt8>
  ) -> Request {
    var content = RepetitionHash(operation.kind, transaction: transaction)
    switch operation.kind {
    case .capture, .refund:
      combine(operation, on: transaction, into: &content)
    case .adjust:
      content.combine(operation.amount.count)
      for item in operation.items {
        content.combine(item.id)
        content.combine(item.amount.count)
      }
    case .tag: content.combine(operation.text ?? "")
    case .void, .extend, .authorize: break
    }
    var named = RepetitionHash(operation.kind, transaction: transaction)
    if !reference.isEmpty { named.combine(reference) }
    return Request(
      kind: operation.kind,
      transaction: transaction,
      isNamed: !reference.isEmpty,
      content: byContent.cursor(for: content.value),
      named: byReference.cursor(for: named.value)
    )
  }

  @inline(__always)
  private func combine(
    _ operation: Operation,
    on transaction: Int32,
    into hash: inout RepetitionHash
  ) {
    hash.combine(operation.amount.count)
    if operation.lines.isEmpty { return }
    let keys = currentKeys(of: transaction)
    var sum: UInt64 = 0
    for portion in operation.lines {
      let line = key(of: portion.line, in: keys)
      sum &+= RepetitionHash.ofPortion(line: line, amount: portion.amount)
    }
    hash.combine(Int64(bitPattern: sum))
  }

  /// Returns what has an operation's effect already, or nil if nothing has.
  ///
  /// - Throws: `.referenceReused` where its reference is that of another operation.
  @inline(__always)
  mutating func findDone(
    _ operation: Operation,
    _ request: inout Request,
    reference: Span<UInt8>
  ) throws(Refusal) -> Precedent? {
    if let done = try findNamed(operation, &request, reference: reference) { return done }
    switch operation.kind {
    case .capture, .refund, .extend: return nil
    case .void: return doneVoid(operation, on: request.transaction)
    case .authorize: return doneRelease(operation, on: request.transaction)
    case .adjust, .tag:
      guard isInForce(operation, on: request.transaction) else { return nil }
      return findEqual(operation, &request).map { precedent($0) } ?? .state
    }
  }

  /// Returns an equal operation with the same reference, or nil.
  ///
  /// Steps never share a reference, so that there is one to look at; events may, where others
  /// than dtx wrote them.
  ///
  /// - Throws: `.referenceReused` where every operation with the reference is another one.
  @inline(__always)
  private mutating func findNamed(
    _ operation: Operation,
    _ request: inout Request,
    reference: Span<UInt8>
  ) throws(Refusal) -> Precedent? {
    guard request.isNamed else { return nil }
    var other: Int32?
    while let entry = byReference.next(&request.named) {
      guard isNamed(entry, reference, like: request) else { continue }
      if isEqual(entry, to: operation, request) { return precedent(entry) }
      other = other ?? entry
    }
    if let other { throw .referenceReused(precedent(other)) }
    return nil
  }

  /// Returns an entry equal to an operation, one whose reference nobody wrote if there is any.
  @inline(__always)
  mutating func findEqual(_ operation: Operation, _ request: inout Request) -> Int32? {
    while let entry = byContent.next(&request.content) {
      if isEqual(entry, to: operation, request) { return entry }
    }
    return nil
  }

  /// Enters a new step into the tables.
  ///
  /// Of equal operations only one stands in the table, so that it stays short where many are
  /// meant: the first whose reference nobody wrote, since repeating that one is refused.
  @inline(__always)
  mutating func enter(_ step: Int32, _ request: Request, after equal: Int32?) {
    if let equal {
      if isWritten(equal), !isWritten(step) { byContent.replace(at: request.content, with: step) }
    } else {
      byContent.insert(step, at: request.content)
    }
    if request.isNamed { byReference.insert(step, at: request.named) }
  }

  func precedent(_ entry: Int32) -> Precedent {
    entry >= 0 ? .step(entry) : .event(eventRecords[Int(~entry)].event)
  }

  func isWritten(_ entry: Int32) -> Bool {
    entry >= 0
      ? steps[Int(entry)].isReferenceWritten : eventRecords[Int(~entry)].isReferenceWritten
  }
}

// MARK: - Effects

extension PlanBuilder {
  /// Returns the event that voided all that the void means, or will when it completes.
  private func doneVoid(_ operation: Operation, on transaction: Int32) -> Precedent? {
    let state = states[Int(transaction)]
    guard let event = voidEvents[transaction],
      operation.isRemainder == (state.captured > .zero),
      state.isVoidPending || state.capturable == .zero
    else { return nil }
    return .event(event)
  }

  /// Returns the event that released the transaction from hold, if that is what is meant.
  private func doneRelease(_ operation: Operation, on transaction: Int32) -> Precedent? {
    let state = states[Int(transaction)]
    guard let event = releaseEvents[transaction], state.status != .onHold,
      operation.amount == .zero || operation.amount == state.authorized
    else { return nil }
    return .event(event)
  }

  /// Tells whether a transaction has the total and the items, or the text, already.
  private func isInForce(_ operation: Operation, on transaction: Int32) -> Bool {
    if operation.kind == .tag {
      return operation.text == states[Int(transaction)].secondReference
    }
    let state = states[Int(transaction)]
    if state.authorized != operation.amount { return false }
    if operation.isFinal, state.isPreauthorization { return false }
    if operation.items.isEmpty { return true }
    return operation.items.count == state.lines.count
      && zip(operation.items, state.lines).allSatisfy { $0.isSame(as: $1) }
  }
}

extension LineItem {
  /// Tells whether a line is as this one asks for; what this one leaves open may be anything.
  fileprivate func isSame(as line: LineItem) -> Bool {
    id == line.id && amount == line.amount && quantity == line.quantity
      && (description.isEmpty || description == line.description)
      && (vatBasisPoints == nil || vatBasisPoints == line.vatBasisPoints)
  }
}

// MARK: - Equality

extension PlanBuilder {
  private func isNamed(_ entry: Int32, _ reference: Span<UInt8>, like request: Request) -> Bool {
    if entry >= 0 {
      let step = steps[Int(entry)]
      return step.kind == request.kind && step.transaction == request.transaction
        && references.isEqual(step.reference, to: reference)
    }
    let record = eventRecords[Int(~entry)]
    return record.kind == request.kind && record.transaction == request.transaction
      && self.reference(of: record)?.isEqual(to: reference) == true
  }

  /// Tells whether an entry has the kind, transaction, lines and amount of an operation.
  private func isEqual(_ entry: Int32, to operation: Operation, _ request: Request) -> Bool {
    entry >= 0
      ? isStep(entry, equalTo: operation, request)
      : isEvent(eventRecords[Int(~entry)], equalTo: operation, request)
  }

  private func isStep(_ index: Int32, equalTo operation: Operation, _ request: Request) -> Bool {
    let step = steps[Int(index)]
    guard step.kind == request.kind, step.transaction == request.transaction else { return false }
    switch step.kind {
    case .capture, .refund:
      let first = Int(step.firstPortion)
      return step.amount == operation.amount
        && isSame(
          portions[first..<first + Int(step.portionCount)],
          keys: keys(of: step.transaction, atStep: index),
          as: operation.lines,
          keys: currentKeys(of: step.transaction)
        )
    case .adjust:
      return step.amount == operation.amount
        && (step.extras < 0 ? [] : extras[Int(step.extras)].items) == operation.items
    case .tag: return step.extras >= 0 && extras[Int(step.extras)].text == operation.text
    case .void, .extend, .authorize: return true
    }
  }

  private func isEvent(
    _ record: EventRecord,
    equalTo operation: Operation,
    _ request: Request
  ) -> Bool {
    guard record.kind == request.kind, record.transaction == request.transaction else {
      return false
    }
    switch record.kind {
    case .capture, .refund:
      let first = Int(record.firstPortion)
      return record.hasKnownLines && record.amount == operation.amount
        && isSame(
          eventPortions[first..<first + Int(record.portionCount)],
          keys: -1,
          as: operation.lines,
          keys: currentKeys(of: record.transaction)
        )
    case .adjust:
      let lines = transactions[Int(record.transaction)].events[Int(record.event)].lines
      return record.amount == operation.amount
        && (lines.isEmpty
          || lines.count == operation.items.count
            && zip(lines, operation.items).allSatisfy { $0.id == $1.id && $0.amount == $1.amount })
    case .extend: return true
    case .void, .authorize, .tag: return false
    }
  }

  /// Tells whether two lists of parts are the same, in whatever order.
  private func isSame(
    _ known: ArraySlice<LinePortion>,
    keys knownKeys: Int32,
    as asked: [LinePortion],
    keys askedKeys: Int32
  ) -> Bool {
    guard known.count == asked.count else { return false }
    func isSame(_ left: LinePortion, _ right: LinePortion) -> Bool {
      left.amount == right.amount
        && key(of: left.line, in: knownKeys) == key(of: right.line, in: askedKeys)
    }
    if zip(known, asked).allSatisfy({ isSame($0, $1) }) { return true }
    var rest = Array(known)
    for portion in asked {
      guard let index = rest.firstIndex(where: { isSame($0, portion) }) else { return false }
      rest.swapAt(index, rest.count - 1)
      rest.removeLast()
    }
    return true
  }
}

extension String {
  /// Tells whether the text is the same, byte for byte.
  fileprivate func isEqual(to bytes: Span<UInt8>) -> Bool {
    guard utf8.count == bytes.count else { return false }
    var index = 0
    for byte in utf8 {
      if byte != bytes[index] { return false }
      index += 1
    }
    return true
  }
}
