import DTXLedger
import DTXSyntax

/// Turns a program and a snapshot into a plan, statement by statement, without reading anything.
///
/// Every operation is applied to the dry-run ledger as it is reached, so that a later statement
/// sees what an earlier one did, and a rule that is broken is reported at the statement that broke
/// it. A statement that is refused leaves the ledger as it was, and evaluation goes on.
///
/// Where something is met that the snapshot lacks, evaluation only looks for what else it will
/// need: from there on nothing is applied or reported, and what depends on the ledger is not known.
/// So a script never runs against balances that are not real.
package struct Evaluator {
  /// What bounds an evaluation, and what it is told of the world.
  package struct Options: Hashable, Sendable {
    /// The most operations of a plan, unless the person asks for more: a guard against a loop over
    /// more transactions than was meant.
    package static let defaultOperationLimit = 100_000

    package var operationLimit = defaultOperationLimit
    /// Milliseconds since 1970-01-01T00:00Z when planning started.
    package var now: Int64 = 0
    /// The values that were given to parameters, by name.
    package var parameters: [String: String] = [:]

    package init() {}
  }

  /// The most statements that loops and calls may run: a minute's work, so that every script ends.
  package static let workLimit = 20_000_000
  /// The most errors of one evaluation, and the most warnings; nobody reads more, and each costs
  /// memory.
  package static let diagnosticLimit = 1_000
  /// The most that one script may show.
  package static let outputLimit = 100_000
  /// The most bytes of a text that is put together.
  package static let textLimit = 65_536
  /// Bytes of a usual reference, for reserving room.
  private static let referenceLength = 16

  let program: Program
  let snapshot: Snapshot
  let options: Options

  /// The number of the script that is being evaluated, and what it is.
  var unit = 0
  var script: Script
  var statementMeanings: [Meaning]
  var expressionMeanings: [Meaning]
  var firstStatement: Int32

  /// The ids of the program and those that evaluation came upon.
  var ids: TargetTable
  /// The index in the snapshot of each of the ids that were asked for, or -1.
  let transactionsByID: [Int32]
  /// What must be read before evaluation can go on; ids are those of the table that are new.
  var missing = MissingNeeds()
  var isCollecting = false

  var builder: PlanBuilder
  /// The operation being made; its arrays are kept from one statement to the next.
  var operation = Operation(.void)
  /// Whether what it moves depends on the state of a transaction.
  var operationReadsState = false
  /// The bytes of a reference that is derived or had escapes.
  var referenceBytes: [UInt8] = []
  /// How many operations got a reference that was derived from the same identity.
  var occurrences: [UInt64: Int64] = [:]

  /// The variables by number.
  var values: [Value]
  /// For each variable, how its value was made, where that depends on the state of a transaction.
  var origins: [UInt64?]
  /// Whether what was evaluated since this was last false depends on the state of a transaction.
  var hasReadState = false
  /// The data files in use, and the rows that loops over them have come to.
  var tables: [TableInUse] = []
  var rows: [RowInUse] = []
  /// The transaction whose fields the bare words of a condition are.
  var subject: Int32?
  /// The loops over rows and the calls around the current statement.
  var contexts: [EvaluationContext] = []

  /// By the number of a step that a loop over a file made, the row that it was made with, or 0; a
  /// script without such loops has none.
  var rowsOfSteps: [Int32] = []

  /// The currencies in which the plan's totals were compared with something, and where.
  var comparedCurrencies: Set<Currency> = []
  var lastComparison: Diagnostic.Label?

  /// How many statements loops and calls have run.
  var work = 0
  /// Whether a limit was reached that nothing can be evaluated behind.
  var isOver = false
  var hasReportedLimit = false
  /// Whether what is wrong is reported elsewhere.
  var isQuiet = false
  var diagnostics: [Diagnostic] = []
  var reported: Set<ReportedDiagnostic> = []
  /// How many there are of each severity, so that warnings take no room from errors.
  var diagnosticCounts: [Diagnostic.Severity: Int] = [:]
  /// The places of the first diagnostics that there was no room for.
  var firstDropped: [Diagnostic.Severity: Diagnostic.Label] = [:]
  var outputs: [Output] = []
  private var compounds: [Evaluation.Compound] = []

  /// Evaluates a program against what was read for it so far.
  package static func evaluate(
    _ program: Program,
    against snapshot: Snapshot,
    options: Options = Options()
  ) -> Evaluation {
    var evaluator = Evaluator(program, snapshot, options)
    evaluator.reserve()
    evaluator.runScript()
    evaluator.warnAboutCurrencies()
    let finalStates = evaluator.builder.states
    return Evaluation(
      plan: evaluator.builder.finish(),
      finalStates: finalStates,
      diagnostics: evaluator.allDiagnostics,
      outputs: evaluator.outputs,
      needs: evaluator.missingNeeds,
      compounds: evaluator.compounds
    )
  }

  init(_ program: Program, _ snapshot: Snapshot, _ options: Options) {
    self.program = program
    self.snapshot = snapshot
    self.options = options
    let main = program.units[0]
    script = main.script
    statementMeanings = main.statements
    expressionMeanings = main.expressions
    firstStatement = main.firstStatement
    ids = program.targets
    for id in snapshot.furtherIDs { _ = ids.number(of: id.text) }
    transactionsByID = Self.indices(of: ids.ids, in: snapshot.transactions)
    values = Array(repeating: .invalid, count: program.slotCount)
    origins = Array(repeating: nil, count: program.slotCount)
    builder = PlanBuilder(transactions: snapshot.transactions)
  }

  /// Makes room for a plan of as many operations as the script has statements.
  private mutating func reserve() {
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
}

// MARK: - Statements

extension Evaluator {
  /// Runs the script itself, and takes down which of its statements made steps by others.
  private mutating func runScript() {
    let end = script.statements.count
    var index = 0
    while index < end, !isOver {
      let first = builder.steps.count
      let statement = Int32(index)
      index = evaluateStatement(index, upTo: end)
      let steps = first..<builder.steps.count
      if steps.count > 1 || steps.count == 1 && builder.steps[first].statement != statement {
        compounds.append(Evaluation.Compound(steps: steps, statement: statement))
      }
    }
  }

  mutating func run(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound, !isOver {
      index = evaluateStatement(index, upTo: range.upperBound)
    }
  }

  /// Evaluates a statement and returns the index of the one to evaluate next.
  private mutating func evaluateStatement(_ index: Int, upTo end: Int) -> Int {
    switch script.statements[index].content {
    case .operation(let statement):
      if isCollecting { collect(statement, at: index) } else { evaluate(statement, at: index) }
      return index + 1
    case .show(let target):
      if let transaction = transaction(statementMeanings[index], target) {
        let shown = planned(transaction)
        output(.transaction(shown), at: index)
      }
    case .list(let selection):
      evaluate(selection, at: index)
    case .print(let list):
      let texts = script.elements[list.indices].map { text(of: evaluate($0), at: script[$0].range) }
      output(.text(texts.joined(separator: " ")), at: index)
    case .expect(let condition, let message):
      evaluateExpectation(condition, message: message)
    case .binding(_, let value):
      bind(statementMeanings[index], to: value)
    case .parameter(let parameter):
      bind(parameter, statementMeanings[index])
    case .loop(let loop):
      evaluate(loop, at: index)
    case .branch:
      return evaluateChoice(from: index, upTo: end)
    case .invocation(let name, let arguments):
      callProcedure(statementMeanings[index], arguments, at: name)
    case .inclusion:
      if case .unit(let number) = statementMeanings[index] { include(Int(number)) }
    case .account, .onError, .preview, .command, .invalid, .procedure: break
    }
    return Int(script.statements[index].end)
  }

  private mutating func output(_ output: Output, at index: Int) {
    guard !isCollecting else { return }
    guard outputs.count < Self.outputLimit else {
      end(with: .tooManyOutputs(limit: Self.outputLimit), at: script.statements[index].range)
      return
    }
    outputs.append(output)
  }

  /// The transaction as the plan has left it so far.
  func planned(_ index: Int32) -> Transaction {
    builder.plannedTransaction(index)
  }

  mutating func show(_ list: [Transaction], at index: Int) { output(.list(list), at: index) }

  /// The value that a condition or an operator has where it uses nothing but literals.
  static func constant(_ id: ExpressionID, in checker: Checker) -> Value {
    let unit = ProgramUnit(
      script: checker.script,
      firstStatement: 0,
      statements: [],
      expressions: checker.expressions[checker.unit]
    )
    let program = Program(
      units: [unit],
      needs: Needs(),
      errorPolicy: .stop,
      parameters: [],
      procedures: [],
      slotCount: 0,
      fieldNames: checker.fieldNames,
      columnNames: [],
      targets: TargetTable(account: checker.account)
    )
    var evaluator = Evaluator(program, Snapshot(), Options())
    return evaluator.evaluate(id)
  }
}
