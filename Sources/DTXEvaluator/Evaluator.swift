import DTXLedger
import DTXSyntax

/// Turns a program and a snapshot into a plan, statement by statement, without reading anything.
///
/// Every operation is applied to the dry-run ledger as it is reached, so that a later statement
/// sees what an earlier one did, and a rule that is broken is reported at the statement that broke
/// it. A statement that is refused leaves the ledger as it was, and evaluation goes on.
package struct Evaluator {
  /// What bounds an evaluation, and what it is told of the world.
  package struct Options: Hashable, Sendable {
    /// The most operations of a plan, unless the person asks for more: a guard against a loop over
    /// more transactions than was meant.
    package static let defaultOperationLimit = 100_000

    package var operationLimit = defaultOperationLimit
    /// Milliseconds since 1970-01-01T00:00Z when planning started.
    package var now: Int64 = 0

    package init() {}
  }

  /// Bytes of a usual reference, for reserving room.
  private static let referenceLength = 16

  let program: Program
  let script: Script
  let snapshot: Snapshot
  let options: Options
  /// The index in the snapshot of each transaction the program names by id, or -1.
  let transactionsByID: [Int32]

  var builder: PlanBuilder
  /// The operation being made; its arrays are kept from one statement to the next.
  var operation = Operation(.void)
  /// The bytes of a reference that is derived or had escapes.
  var referenceBytes: [UInt8] = []
  /// How many operations got a reference that was derived from the same identity.
  var occurrences: [UInt64: Int64] = [:]
  /// The transaction whose fields the bare words of a condition are.
  var subject: Int32?
  var hasReportedLimit = false
  var diagnostics: [Diagnostic] = []
  var outputs: [Output] = []

  /// Evaluates a program against the transactions that it asked for.
  package static func evaluate(
    _ program: Program,
    against snapshot: Snapshot,
    options: Options = Options()
  ) -> Evaluation {
    var evaluator = Evaluator(program, snapshot, options)
    evaluator.evaluateStatements()
    let finalStates = evaluator.builder.states
    return Evaluation(
      plan: evaluator.builder.finish(),
      finalStates: finalStates,
      diagnostics: evaluator.diagnostics,
      outputs: evaluator.outputs
    )
  }

  private init(_ program: Program, _ snapshot: Snapshot, _ options: Options) {
    self.program = program
    script = program.script
    self.snapshot = snapshot
    self.options = options
    transactionsByID = Self.indices(of: program.needs.ids, in: snapshot.transactions)
    builder = PlanBuilder(transactions: snapshot.transactions)
    let script = program.script
    builder.reserve(
      steps: script.statements.count,
      portions: script.lines.count,
      referenceBytes: script.clauses.count * Self.referenceLength
    )
  }

  /// Finds the transactions of a snapshot by the ids of the needs.
  private static func indices(of ids: [TransactionID], in transactions: [Transaction]) -> [Int32] {
    // A snapshot that was read for these very ids, all found, needs no table.
    if ids.count <= transactions.count, ids.indices.allSatisfy({ ids[$0] == transactions[$0].id }) {
      return (0..<Int32(ids.count)).map(\.self)
    }
    var indices: [TransactionID: Int32] = [:]
    for (index, transaction) in transactions.enumerated() {
      indices[transaction.id] = Int32(index)
    }
    return ids.map { indices[$0] ?? -1 }
  }

  private mutating func evaluateStatements() {
    var index = 0
    while index < script.statements.count {
      evaluateStatement(index)
      index += 1
    }
  }

  private mutating func evaluateStatement(_ index: Int) {
    switch script.statements[index].content {
    case .operation(let statement):
      evaluate(statement, at: index)
    case .show(let target):
      guard let transaction = transaction(program.targets[index], target) else { return }
      outputs.append(.transaction(planned(transaction)))
    case .list(let list):
      evaluate(list)
    case .print(let list):
      let texts = script.elements[list.indices].map { text(of: evaluate($0)) }
      outputs.append(.text(texts.joined(separator: " ")))
    case .expect(let condition, let message):
      evaluateExpectation(condition, message: message)
    case .account, .onError, .preview, .command, .invalid, .binding, .parameter, .loop, .branch,
      .procedure, .invocation, .inclusion:
      return
    }
  }

  /// The transaction as the plan has left it so far.
  func planned(_ index: Int32) -> Transaction {
    builder.plannedTransaction(index)
  }

  /// Finds the transaction that a statement means, or reports why there is none.
  mutating func transaction(_ number: TargetNumber, _ target: Target) -> Int32? {
    switch number {
    case .id(let number):
      let index = transactionsByID[Int(number)]
      if index >= 0 { return index }
      report(.unknownTransaction(program.needs.ids[Int(number)]), at: range(of: target))
      return nil
    case .lookup(let number):
      return lookUp(program.needs.lookups[Int(number)], at: range(of: target))
    case .none:
      return transaction(from: target)
    }
  }

  private mutating func lookUp(_ lookup: Needs.Lookup, at range: SourceRange) -> Int32? {
    let found = snapshot.found[lookup] ?? []
    if found.count == 1 { return found[0] }
    let ids = found.map { snapshot.transactions[Int($0)].id }
    report(
      found.isEmpty
        ? .nothingFound(lookup.kind, lookup.text)
        : .severalFound(lookup.kind, lookup.text, ids),
      at: range
    )
    return nil
  }

  /// The transaction that a value is: only an expression can be one.
  private mutating func transaction(from target: Target) -> Int32? {
    guard let expression = target.operand.expression else { return nil }
    switch evaluate(expression) {
    case .transaction(let index): return index
    case .invalid: return nil
    case let other:
      report(.wrongKind(expected: "a transaction", found: other.kind), at: range(of: target))
      return nil
    }
  }

  func range(of target: Target) -> SourceRange { script.range(of: target.operand) }
}

// MARK: - Reporting

extension Evaluator {
  mutating func report(_ message: ProgramMessage, at range: SourceRange, remark: String = "") {
    diagnostics.append(Diagnostic(message, at: Diagnostic.Label(range, remark)))
  }

  mutating func report(_ message: RuleMessage, at range: SourceRange, remark: String = "") {
    diagnostics.append(Diagnostic(message, at: Diagnostic.Label(range, remark)))
  }
}
