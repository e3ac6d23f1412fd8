import DTXLedger
import DTXSyntax

extension Checker {
  mutating func check(_ operation: OperationStatement, at index: Int) {
    let target = number(of: operation.target)
    statements[unit][index] = target
    if case .id(let number) = target { checkVoided(operation, number, at: index) }
    if operation.verb == .tag { checkText(operation.amount) } else { checkAmount(operation.amount) }
    for index in operation.lines.indices {
      let line = script.lines[index]
      checkText(line.id)
      checkNumber(line.quantity)
      checkAmount(line.amount)
    }
    for index in operation.changes.indices { check(script.changes[index]) }
    // A script without expressions has no clause that could be wrong.
    guard !script.expressions.isEmpty else { return }
    for index in operation.clauses.indices { checkOperand(script.clauses[index].value) }
  }

  private mutating func check(_ change: ItemChange) {
    checkText(change.id)
    checkOperand(change.description)
    checkNumber(change.quantity)
    checkAmount(change.amount)
    guard change.vat.kind == .expression else { return }
    let type = checkOperand(change.vat)
    if !type.canBe(.percent) {
      report(
        .wrongKind(expected: "a percentage", found: type.kind),
        at: script.range(of: change.vat)
      )
    }
  }

  /// Checks an amount: one that says by itself what it means, or a value that can be one.
  private mutating func checkAmount(_ operand: Operand) {
    switch operand.kind {
    case .integer, .money:
      do throws(AmountProblem) { _ = try script.literalAmount(of: operand) } catch {
        report(error.message, at: error.range)
      }
    case .expression:
      let type = checkOperand(operand)
      let isAmount = type.canBe(.money) || type.canBe(.integer) || type.kind == .totals
      if !isAmount {
        report(
          .wrongKind(expected: "an amount", found: type.kind),
          at: script.range(of: operand)
        )
      }
    default: return
    }
  }

  private mutating func checkNumber(_ operand: Operand) {
    guard operand.kind == .expression else { return }
    let type = checkOperand(operand)
    if !type.canBe(.integer), !type.canBe(.decimal) {
      report(.wrongKind(expected: "a number", found: type.kind), at: script.range(of: operand))
    }
  }

  /// Checks a name or a text, which any value but a list or a row can be.
  mutating func checkText(_ operand: Operand) {
    let type = checkOperand(operand)
    switch type.kind {
    case .list, .row, .plan, .line:
      report(.wrongKind(expected: "a text", found: type.kind), at: script.range(of: operand))
    default: return
    }
  }

  @discardableResult
  mutating func checkOperand(_ operand: Operand) -> StaticType {
    operand.expression.map { infer($0) } ?? .any
  }
}

// MARK: - What can only fail

/// Which transactions were voided on the way to a statement.
///
/// Only what is certain counts: a void in a block is forgotten where the block ends.
struct VoidTrack {
  private struct Void {
    let transaction: Int32
    let label: Diagnostic.Label
    let isRemainder: Bool
  }

  private var voids: [Void] = []
  /// By the number of a transaction the number of its void plus one; made when there is a void.
  private var numbers: [Int32] = []

  var isEmpty: Bool { voids.isEmpty }

  mutating func add(_ transaction: Int32, _ label: Diagnostic.Label, isRemainder: Bool) {
    let index = Int(transaction)
    if index >= numbers.count {
      numbers += Array(repeating: 0, count: max(64, index + 1 - numbers.count, numbers.count))
    }
    voids.append(Void(transaction: transaction, label: label, isRemainder: isRemainder))
    numbers[index] = Int32(voids.count)
  }

  /// The void of a transaction: where it stands, and whether it released what captures had left.
  func void(of transaction: Int32) -> (label: Diagnostic.Label, isRemainder: Bool)? {
    guard Int(transaction) < numbers.count, numbers[Int(transaction)] > 0 else { return nil }
    let void = voids[Int(numbers[Int(transaction)]) - 1]
    return (void.label, void.isRemainder)
  }

  func mark() -> Int { voids.count }

  mutating func forget(since mark: Int) {
    while voids.count > mark { numbers[Int(voids.removeLast().transaction)] = 0 }
  }
}

extension Checker {
  /// Refuses what cannot hold after a void of the same transaction, whatever its state is.
  private mutating func checkVoided(
    _ operation: OperationStatement,
    _ transaction: Int32,
    at index: Int
  ) {
    if !voids.isEmpty, let void = voids.void(of: transaction) {
      let isPossible =
        operation.verb == .tag || void.isRemainder && operation.verb == .refund
      if !isPossible {
        report(
          .afterVoid(Operation.Kind(operation.verb), table.ids[Int(transaction)]),
          at: script.statements[index].range,
          secondary: [void.label]
        )
      }
    } else if operation.verb == .void {
      voids.add(
        transaction,
        label(script.statements[index].range, "all that was left is released here"),
        isRemainder: operation.options.contains(.remaining)
      )
    }
  }
}
