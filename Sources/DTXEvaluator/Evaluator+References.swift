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
  func identity(
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

  private func combineWords(of statement: OperationStatement, into hash: inout StableHash) {
    if statement.options.contains(.all) { return hash.combine("all") }
    if statement.amount.kind != .none { combine(script.range(of: statement.amount), into: &hash) }
    for clause in script.lines[statement.lines.indices] { combine(clause.range, into: &hash) }
    for change in script.changes[statement.changes.indices] { combine(change.range, into: &hash) }
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
    if !statement.options.isDisjoint(with: [.all, .changes]) { return true }
    if dependsOnState(statement.amount) { return true }
    for clause in script.lines[statement.lines.indices]
    where clause.amount.kind == .none || dependsOnState(clause.amount) {
      return true
    }
    return script.changes[statement.changes.indices].contains { dependsOnState($0.amount) }
  }

  private func dependsOnState(_ operand: Operand) -> Bool {
    operand.expression.map { dependsOnState($0) } ?? false
  }

  private func dependsOnState(_ id: ExpressionID) -> Bool {
    switch script[id].content {
    case .missing, .literal: false
    // The only variable is the plan so far.
    case .variable, .transaction: true
    case .field(let owner, _): dependsOnState(owner)
    case .not(let operand), .negative(let operand): dependsOnState(operand)
    case .binary(_, let left, let right), .share(let left, let right):
      dependsOnState(left) || dependsOnState(right)
    case .list(let elements), .call(_, let elements), .interpolation(let elements):
      script.elements[elements.indices].contains { dependsOnState($0) }
    }
  }
}
