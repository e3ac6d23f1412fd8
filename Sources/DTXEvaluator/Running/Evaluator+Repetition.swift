import DTXLedger
import DTXSyntax

// Statements that are made of the transaction's state mean something else once they were carried
// out: nothing is left then, and a line that was added is there. Their reference tells that it was
// these very statements that did it.

extension Evaluator {
  /// Leaves out a capture or refund of what is left, where it was carried out and nothing is left.
  ///
  /// - Returns: Whether that is so.
  mutating func leaveOut(
    _ statement: OperationStatement,
    because refusal: Refusal,
    of transaction: Int32,
    at index: Int
  ) -> Bool {
    guard case .referenceReused(.event(let number)) = refusal else { return false }
    let event = snapshot.transactions[Int(transaction)].events[Int(number)]
    guard isCarriedOut(statement, by: event, on: transaction) else { return false }
    recall(statement, transaction, event.amount ?? .zero, event: number, at: index)
    return true
  }

  /// Tells whether an event of the statement's reference did what the statement says.
  private func isCarriedOut(
    _ statement: OperationStatement,
    by event: Event,
    on transaction: Int32
  ) -> Bool {
    if statement.options.contains(.all) { return operation.amount == .zero }
    guard emptyLine(of: statement) != nil, event.lines.count == operation.lines.count,
      statement.amount.kind == .none || operation.amount == event.amount
    else { return false }
    let lines = builder.states[Int(transaction)].lines
    return zip(script.lines[statement.lines.indices], operation.lines).allSatisfy { written in
      let (clause, portion) = written
      let id = lines[Int(portion.line)].id
      guard let part = event.lines.first(where: { $0.id == id }) else { return false }
      return portion.amount == (clause.isAllLeft ? .zero : part.amount)
    }
  }

  /// Leaves out changes to the items that an event of the same reference has made.
  ///
  /// - Returns: Whether that is so.
  mutating func leaveOutChanges(
    _ statement: OperationStatement,
    of transaction: Int32,
    at index: Int
  ) -> Bool {
    guard statement.options.contains(.changes) else { return false }
    let events = snapshot.transactions[Int(transaction)].events
    guard events.contains(where: { $0.kind == .authorize && $0.reference != nil }) else {
      return false
    }
    // What is wrong with the statement is reported when it is resolved.
    return quietly { $0.leaveOutMadeChanges(statement, of: transaction, at: index) }
  }

  private mutating func leaveOutMadeChanges(
    _ statement: OperationStatement,
    of transaction: Int32,
    at index: Int
  ) -> Bool {
    let events = snapshot.transactions[Int(transaction)].events
    let written = script.clauses[statement.clauses.indices].first { $0.kind == .ref }
    let identity = written == nil ? self.identity(of: statement, on: transaction, again: nil) : nil
    if let identity { derive(from: identity) }
    let reference =
      written.map { text(of: $0.value) } ?? String(decoding: referenceBytes, as: UTF8.self)
    let number = events.lastIndex {
      $0.kind == .authorize && $0.isSuccessful && $0.reference == reference
    }
    guard let number, reference != nil else { return false }
    for change in script.changes[statement.changes.indices] {
      guard isInForce(change, on: transaction) else { return false }
    }
    recall(statement, transaction, events[number].amount ?? .zero, event: Int32(number), at: index)
    if let identity { occurrences[identity, default: 0] += 1 }
    return true
  }

  /// Tells whether a line is as a change wants it.
  private mutating func isInForce(_ change: ItemChange, on transaction: Int32) -> Bool {
    guard let id = text(of: change.id) else { return false }
    let line = builder.states[Int(transaction)].lines.first { $0.id == id }
    guard change.kind != .drop, let line else { return change.kind == .drop && line == nil }
    return item(change, id: id, from: line, of: transaction) == line
  }

  private mutating func recall(
    _ statement: OperationStatement,
    _ transaction: Int32,
    _ amount: MinorUnits,
    event: Int32,
    at index: Int
  ) {
    builder.recall(
      AlreadyApplied(
        statement: firstStatement + Int32(index),
        transaction: transaction,
        kind: Operation.Kind(statement.verb),
        amount: amount,
        precedent: .event(event)
      )
    )
  }
}
