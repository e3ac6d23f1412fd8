import DTXLedger
import DTXSyntax

extension Evaluator {
  /// Adds the operation to the plan, or reports why it does not hold.
  mutating func add(
    _ statement: OperationStatement,
    to transaction: Int32,
    at index: Int
  ) {
    var reference = Reference.none
    var extras: StepExtras?
    var isAgain = false
    for clause in script.clauses[statement.clauses.indices] {
      guard resolve(clause, into: &reference, &extras, isAgain: &isAgain) else { return }
    }
    if operation.kind == .adjust || operation.kind == .tag {
      var made = extras ?? StepExtras()
      (made.items, made.text) = (operation.items, operation.text)
      extras = made
    }
    var identity: UInt64?
    if reference == .none, operation.kind.takesReference {
      let own = self.identity(of: statement, on: transaction, again: extras?.again)
      derive(from: own)
      (reference, identity) = (.derived, own)
    }
    do throws(Refusal) {
      let addition = try append(to: transaction, reference, extras, isAgain: isAgain, at: index)
      switch addition {
      case .step(let step): recordRow(ofStep: step)
      case .repeated(let step, let precedent):
        recordRow(ofStep: step)
        warnAboutRepetition(precedent, of: transaction, at: index)
      case .alreadyApplied: break
      }
    } catch {
      guard leaveOut(statement, because: error, of: transaction, at: index) else {
        report(error, of: statement, on: transaction, reference, at: index)
        return
      }
    }
    if let identity { occurrences[identity, default: 0] += 1 }
  }

  private mutating func report(
    _ refusal: Refusal,
    of statement: OperationStatement,
    on transaction: Int32,
    _ reference: Reference,
    at index: Int
  ) {
    switch refusal {
    case .violation:
      guard let clause = emptyLine(of: statement) else { break }
      reportNothingLeft(on: clause, of: transaction)
      return
    case .referenceReused(let precedent) where reference == .derived:
      let range = script.statements[index].range
      report(RuleMessage.statementRepeated, precedent, of: transaction, at: range)
      return
    case .referenceReused, .repetition, .planIsFull, .totalsTooLarge: break
    }
    report(refusal, of: transaction, at: index)
  }

  private mutating func append(
    to transaction: Int32,
    _ reference: Reference,
    _ extras: StepExtras?,
    isAgain: Bool,
    at index: Int
  ) throws(Refusal) -> Addition {
    let source = script.source
    let derived = referenceBytes
    switch reference {
    case .source(let range):
      return try append(
        to: transaction,
        source.span.extracting(range),
        true,
        extras,
        isAgain,
        index
      )
    case .none:
      return try append(
        to: transaction,
        source.span.extracting(0..<0),
        true,
        extras,
        isAgain,
        index
      )
    case .written:
      return try append(to: transaction, derived.span, true, extras, isAgain, index)
    case .derived:
      return try append(to: transaction, derived.span, false, extras, isAgain, index)
    }
  }

  private mutating func append(
    to transaction: Int32,
    _ reference: Span<UInt8>,
    _ isWritten: Bool,
    _ extras: StepExtras?,
    _ isAgain: Bool,
    _ index: Int
  ) throws(Refusal) -> Addition {
    try builder.add(
      operation,
      to: transaction,
      reference: reference,
      isReferenceWritten: isWritten,
      isAgain: isAgain,
      extras: extras,
      statement: firstStatement + Int32(index)
    )
  }

  private mutating func resolve(
    _ clause: Clause,
    into reference: inout Reference,
    _ extras: inout StepExtras?,
    isAgain: inout Bool
  ) -> Bool {
    if clause.kind == .ref, let range = plainText(of: clause.value), !range.isEmpty {
      reference = .source(range)
      return true
    }
    if clause.kind == .ref {
      guard let bytes = bytes(of: clause.value) else { return false }
      guard !bytes.isEmpty else {
        report(.referenceIsEmpty, at: script.range(of: clause.value))
        return false
      }
      referenceBytes = bytes
      reference = .written
      return true
    }
    guard let text = text(of: clause.value) else { return false }
    var made = extras ?? StepExtras()
    switch clause.kind {
    case .ref: break
    case .reason: made.reason = text
    case .describe: made.description = text
    case .meta: made.metadata.append(.init(name: script.text(clause.name), value: text))
    case .again:
      guard !Self.trimmed(text).isEmpty else {
        report(.againIsEmpty, at: script.range(of: clause.value))
        return false
      }
      (made.again, isAgain) = (text, true)
    }
    extras = made
    return true
  }
}
