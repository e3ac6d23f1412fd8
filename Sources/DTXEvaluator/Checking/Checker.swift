package import DTXLedger
package import DTXSyntax

/// Checks a script without reading anything: names, kinds, accounts, and what will have to be read.
///
/// Statements are checked in the order in which they are evaluated, so that a name is known from
/// where it is set. Procedures come last, callers first: then the values that each is called with
/// are known, and all names that stand outside of it.
package struct Checker {
  /// What a check is told besides the script.
  package struct Options: Hashable, Sendable {
    /// The values that were given to parameters, by name; nil where none are to be had, and none
    /// are missed.
    package var parameters: [String: String]?
    /// Whether the script is all there is, so that what it does not use is used nowhere.
    package var isWhole = true

    package init(parameters: [String: String]? = nil, isWhole: Bool = true) {
      self.parameters = parameters
      self.isWhole = isWhole
    }
  }

  /// Statements on one transaction of a usual script, from which the table is sized.
  private static let statementsPerTransaction = 4

  let set: ScriptSet
  let account: Account
  let options: Options

  /// The number of the script that is being checked, and what it is.
  var unit = 0
  var script: Script
  var isEntered: [Bool]
  /// What statements and expressions stand for, by the number of their script.
  var statements: [[Meaning]]
  var expressions: [[Meaning]]

  var table: TargetTable
  var needs = Needs()
  var lookupNumbers: [Needs.Lookup: Int32] = [:]
  var errorPolicy = ErrorPolicy.stop
  var parameters: [Parameter] = []
  var fieldNames: [FieldName] = []
  var fieldNumbers: [String: Int32] = [:]
  var columnNames: Set<String> = []

  /// How many names are compared at most to find the nearest to misspelt ones: a tenth of a second's
  /// work, and many more than the mistakes of a script that a person wrote.
  private static let comparisonLimit = 50_000
  var comparisonsLeft = comparisonLimit

  var variables: [Variable] = []
  /// The names in force, by scope, from the whole script's to that of the innermost block.
  var scopes: [[String: Int32]] = [[:]]
  var procedures: [ProcedureCheck] = []
  var procedureNumbers: [String: Int32] = [:]
  /// The procedure whose statements are being checked.
  var currentProcedure: Int?
  /// Calls from outside of procedures, and how many variables were set before each.
  var outerCalls: [OuterCall] = []
  /// Whether a bare word may be a field of the transactions that a condition is about.
  var isAboutTransactions = false
  var voids = VoidTrack()
  var diagnostics: [Diagnostic] = []

  /// Returns the program of a script for an account, and all that is wrong with its names.
  package static func check(
    _ script: Script,
    account: Account,
    options: Options = Options()
  ) -> (program: Program, diagnostics: [Diagnostic]) {
    check(ScriptSet(script), account: account, options: options)
  }

  /// Returns the program of a script and of what it includes, and all that is wrong with its names.
  package static func check(
    _ set: ScriptSet,
    account: Account,
    options: Options = Options()
  ) -> (program: Program, diagnostics: [Diagnostic]) {
    var checker = Checker(set, account: account, options: options)
    checker.collectProcedures()
    checker.isEntered[0] = true
    checker.checkStatements(in: 0..<checker.script.statements.count)
    checker.checkProcedures()
    checker.checkUses()
    checker.needs.ids = checker.table.ids
    return (checker.program(), checker.diagnostics)
  }

  private init(_ set: ScriptSet, account: Account, options: Options) {
    self.set = set
    self.account = account
    self.options = options
    script = set.scripts[0]
    isEntered = Array(repeating: false, count: set.scripts.count)
    statements = set.scripts.map { Array(repeating: .none, count: $0.statements.count) }
    expressions = set.scripts.map { Array(repeating: .none, count: $0.expressions.count) }
    let expected = script.statements.count / Self.statementsPerTransaction
    table = TargetTable(account: account, expected: expected)
  }

  private func program() -> Program {
    var firstStatement: Int32 = 0
    let units = set.scripts.indices.map { number in
      defer { firstStatement += Int32(set.scripts[number].statements.count) }
      return ProgramUnit(
        script: set.scripts[number],
        firstStatement: firstStatement,
        statements: statements[number],
        expressions: expressions[number]
      )
    }
    return Program(
      units: units,
      needs: needs,
      errorPolicy: errorPolicy,
      parameters: parameters,
      procedures: procedures.map(\.procedure),
      slotCount: variables.count,
      fieldNames: fieldNames,
      columnNames: columnNames,
      targets: table
    )
  }
}

// MARK: - Reporting

extension Checker {
  mutating func report(
    _ message: ProgramMessage,
    at range: SourceRange,
    remark: String = "",
    secondary: [Diagnostic.Label] = []
  ) {
    diagnostics.append(
      Diagnostic(
        message,
        at: label(range, remark),
        secondary: secondary,
        fixIts: message.fixIts(at: range)
      )
    )
  }

  /// A place in the script that is being checked.
  func label(_ range: SourceRange, _ text: String = "") -> Diagnostic.Label {
    Diagnostic.Label(range, text, in: SourceID(UInt32(unit)))
  }

  /// Goes on in another script for a while.
  mutating func within(_ other: Int, _ body: (inout Checker) -> Void) {
    let outer = unit
    if other != outer { (unit, script) = (other, set.scripts[other]) }
    body(&self)
    if other != outer { (unit, script) = (outer, set.scripts[outer]) }
  }
}
