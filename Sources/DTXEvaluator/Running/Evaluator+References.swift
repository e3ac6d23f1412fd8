import DTXLedger
import DTXSyntax

// MARK: - Derived references

extension Evaluator {
  /// Letters of Crockford's base 32: no I, L, O or U, so that a reference can be read aloud.
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
  /// Letters of a derived reference after its prefix: 60 bits, so that two operations of one
  /// transaction share one by accident once in a billion plans of ten thousand.
  private static let letterCount = 12

  /// Writes the reference of an operation into `referenceBytes`.
  ///
  /// It is made of what the operation is, not of the script around it: so a corrected script that
  /// is run again recognises what the first run has done. Statements of one script that are made
  /// of the same are told apart by their order.
  mutating func derive(from identity: UInt64) {
    var hash = StableHash()
    hash.combine(Int64(bitPattern: identity))
    hash.combine(occurrences[identity, default: 0])
    var bits = hash.value
    referenceBytes.removeAll(keepingCapacity: true)
    referenceBytes.append(contentsOf: PlanBuilder.derivedReferencePrefix.utf8)
    for _ in 0..<Self.letterCount {
      referenceBytes.append(Self.alphabet[Int(bits & 31)])
      bits >>= 5
    }
  }

  /// Hashes what an operation is: transaction, kind, amount, lines, and why it is repeated.
  ///
  /// What depends on the transaction's state (`all`, a line without an amount, a share of what is
  /// left, a change to the items) is hashed as it is written. Its value is another one as soon as
  /// it was carried out, so that a reference made of the value would let it happen twice.
  mutating func identity(
    of statement: OperationStatement,
    on transaction: Int32,
    again: String?
  ) -> UInt64 {
    var hash = StableHash()
    hash.combine(snapshot.transactions[Int(transaction)].id.text)
    hash.combine(Int64(operation.kind.rawValue))
    if dependsOnState(statement) {
      combineWords(of: statement, into: &hash)
    } else {
      combineValues(on: transaction, into: &hash)
    }
    hash.combine(Int64(operation.isFinal ? 1 : 0))
    if let again { hash.combine(again) }
    return hash.value
  }

  private func combineValues(on transaction: Int32, into hash: inout StableHash) {
    hash.combine(operation.amount.count)
    for portion in operation.lines {
      hash.combine(builder.states[Int(transaction)].lines[Int(portion.line)].id)
      hash.combine(portion.amount.count)
    }
    for item in operation.items {
      hash.combine(item.id)
      hash.combine(item.amount.count)
    }
  }

  private mutating func combineWords(
    of statement: OperationStatement,
    into hash: inout StableHash
  ) {
    if statement.options.contains(.all) { return hash.combine("all") }
    if statement.amount.kind != .none { combine(statement.amount, into: &hash) }
    for clause in script.lines[statement.lines.indices] {
      combine([clause.id, clause.quantity, clause.amount], clause.range, into: &hash)
    }
    for change in script.changes[statement.changes.indices] {
      combine(
        [change.id, change.description, change.quantity, change.amount, change.vat],
        change.range,
        into: &hash
      )
    }
  }

  /// Takes in a clause as it is written, where its operands are written out.
  private mutating func combine(
    _ operands: [Operand],
    _ range: SourceRange,
    into hash: inout StableHash
  ) {
    guard operands.contains(where: { $0.kind == .expression }) else {
      return combine(range, into: &hash)
    }
    for operand in operands where operand.kind != .none { combine(operand, into: &hash) }
  }

  private mutating func combine(_ operand: Operand, into hash: inout StableHash) {
    if let expression = operand.expression {
      combine(expression, into: &hash)
    } else {
      combine(operand.literalRange, into: &hash)
    }
  }

  /// Takes in the source without its blanks, which say nothing.
  private func combine(_ range: SourceRange, into hash: inout StableHash) {
    for byte in script.source[range.bytes] where !Self.blanks.contains(byte) { hash.combine(byte) }
    // Keeps the words of one part from running into those of the next.
    hash.combine(UInt8(ascii: "\n"))
  }

  private static let blanks: [UInt8] = Array(" \t\r\n\\".utf8)
}

// MARK: - What depends on the state

extension Evaluator {
  private func dependsOnState(_ statement: OperationStatement) -> Bool {
    if operationReadsState || !statement.options.isDisjoint(with: [.all, .changes]) { return true }
    return script.lines[statement.lines.indices].contains { $0.amount.kind == .none }
  }

  /// How a value was made that depends on the state of a transaction.
  mutating func origin(of expression: ExpressionID) -> UInt64 {
    var hash = StableHash()
    combine(expression, into: &hash)
    return hash.value
  }

  /// Takes in an expression: what depends on the state as it is written, the rest by its value.
  ///
  /// So the same share of two rows' amounts are two things, and the same share of what is left of
  /// a transaction is one, whatever is left.
  private mutating func combine(_ id: ExpressionID, into hash: inout StableHash) {
    let expression = script[id]
    guard hasVariable(id) else { return combine(expression.range, into: &hash) }
    let hadReadState = hasReadState
    defer { hasReadState = hadReadState }
    hasReadState = false
    let value = quietly { $0.evaluate(id) }
    if !hasReadState {
      var text = ""
      append(value, to: &text)
      return hash.combine(text)
    }
    switch expression.content {
    case .variable:
      guard case .slot(let slot) = expressionMeanings[Int(id.index)],
        let origin = origins[Int(slot)]
      else { return }
      hash.combine(Int64(bitPattern: origin))
    case .field(let owner, let name):
      combine(owner, into: &hash)
      combine(name, into: &hash)
    case .not(let operand): combine("not", [operand], into: &hash)
    case .negative(let operand): combine("-", [operand], into: &hash)
    case .binary(let sign, let left, let right): combine(sign.rawValue, [left, right], into: &hash)
    case .share(let left, let right): combine("of", [left, right], into: &hash)
    case .list(let elements), .interpolation(let elements):
      combine("", Array(script.elements[elements.indices]), into: &hash)
    case .call(let name, let elements):
      combine(script.text(name), Array(script.elements[elements.indices]), into: &hash)
    case .missing, .literal, .transaction: combine(expression.range, into: &hash)
    }
  }

  private mutating func combine(
    _ word: String,
    _ operands: [ExpressionID],
    into hash: inout StableHash
  ) {
    hash.combine(word)
    for operand in operands { combine(operand, into: &hash) }
  }

  private func hasVariable(_ id: ExpressionID) -> Bool {
    switch script[id].content {
    case .missing, .literal: false
    case .variable: expressionMeanings[Int(id.index)] != .plan
    case .transaction(let target): target.operand.expression.map { hasVariable($0) } ?? false
    case .field(let operand, _), .not(let operand), .negative(let operand): hasVariable(operand)
    case .binary(_, let left, let right), .share(let left, let right):
      hasVariable(left) || hasVariable(right)
    case .list(let elements), .call(_, let elements), .interpolation(let elements):
      script.elements[elements.indices].contains { hasVariable($0) }
    }
  }
}
