package import DTXLedger
package import DTXSyntax

/// A script whose names hold, with a list of what must be read before it can be evaluated.
package struct Program: Sendable {
  package let script: Script
  package let needs: Needs
  /// What to do after an operation has failed; the last `on error` of the script.
  package let errorPolicy: ErrorPolicy
  /// For every statement the transaction it names, where that is known from the text.
  let targets: [TargetNumber]
  /// The same for `transaction …`, `order "…"` and `session "…"` inside expressions.
  let expressionTargets: [ExpressionID: TargetNumber]
}

/// What an evaluation must be given: the caller reads it, many at a time.
package struct Needs: Hashable, Sendable {
  /// One way to find a transaction without its id.
  package struct Lookup: Hashable, Sendable {
    package let kind: Target.Kind
    package let text: String
  }

  /// Every transaction that is named by id, once.
  package internal(set) var ids: [TransactionID] = []
  package internal(set) var lookups: [Lookup] = []
  /// Whether every transaction of the account must be listed.
  package internal(set) var hasListing = false

  package var isEmpty: Bool { ids.isEmpty && lookups.isEmpty && !hasListing }
}

/// Where a program's transaction is to be found: among the ids or the lookups of its needs.
enum TargetNumber: Hashable, Sendable {
  case none
  case id(Int32)
  case lookup(Int32)
}

/// Checks a script without reading anything: names, accounts, and what will have to be read.
package struct Checker {
  private let script: Script
  private let account: Account
  private var table: TargetTable
  private var needs = Needs()
  private var lookupNumbers: [Needs.Lookup: Int32] = [:]
  private var targets: [TargetNumber] = []
  private var expressionTargets: [ExpressionID: TargetNumber] = [:]
  private var errorPolicy = ErrorPolicy.stop
  private var diagnostics: [Diagnostic] = []

  /// Statements on one transaction of a usual script, from which the table is sized.
  private static let statementsPerTransaction = 4

  /// Returns the program of a script for an account, and all that is wrong with its names.
  package static func check(
    _ script: Script,
    account: Account
  ) -> (program: Program, diagnostics: [Diagnostic]) {
    var checker = Checker(script, account: account)
    checker.checkStatements()
    checker.checkExpressions()
    checker.needs.ids = checker.table.ids
    let program = Program(
      script: script,
      needs: checker.needs,
      errorPolicy: checker.errorPolicy,
      targets: checker.targets,
      expressionTargets: checker.expressionTargets
    )
    return (program, checker.diagnostics)
  }

  private init(_ script: Script, account: Account) {
    self.script = script
    self.account = account
    let expected = script.statements.count / Self.statementsPerTransaction
    table = TargetTable(account: account, expected: expected)
    targets.reserveCapacity(script.statements.count)
  }

  private mutating func checkStatements() {
    for index in script.statements.indices {
      switch script.statements[index].content {
      case .operation(let operation):
        targets.append(number(of: operation.target))
        checkAmounts(of: operation)
      case .show(let target):
        targets.append(number(of: target))
      case .list:
        needs.hasListing = true
        targets.append(.none)
      case .account(let range):
        checkAccount(range)
        targets.append(.none)
      case .onError(let policy):
        errorPolicy = policy
        targets.append(.none)
      case .print, .expect, .preview, .command, .invalid:
        targets.append(.none)
      case .binding, .parameter, .loop, .branch, .procedure, .invocation, .inclusion:
        reportUnavailable(script.statements[index])
        targets.append(.none)
      }
    }
  }

  private mutating func reportUnavailable(_ statement: Statement) {
    let text = script.text(statement.range)
    let word = text.prefix { $0.isLetter }
    let end = statement.range.start + UInt32(word.utf8.count)
    report(.notAvailable(String(word)), at: SourceRange(statement.range.start, end))
  }

  /// Checks the amounts that say by themselves what they mean.
  private mutating func checkAmounts(of operation: OperationStatement) {
    if operation.verb != .tag { checkAmount(operation.amount) }
    for index in operation.lines.indices { checkAmount(script.lines[index].amount) }
    for index in operation.changes.indices { checkAmount(script.changes[index].amount) }
  }

  private mutating func checkAmount(_ operand: Operand) {
    guard operand.kind == .integer || operand.kind == .money else { return }
    do throws(AmountProblem) { _ = try script.literalAmount(of: operand) } catch {
      report(error.message, at: error.range)
    }
  }

  private mutating func checkAccount(_ range: SourceRange) {
    let name = script.text(range)
    guard name != account.text else { return }
    guard Account(name) != nil else {
      report(.notAnAccount(name), at: range)
      return
    }
    report(.otherAccount(name, connected: account), at: range)
  }

  /// Collects the transactions that expressions name, and checks names that are fixed.
  private mutating func checkExpressions() {
    for index in script.expressions.indices {
      let id = ExpressionID(index: UInt32(index))
      let expression = script.expressions[index]
      switch expression.content {
      case .transaction(let target):
        expressionTargets[id] = number(of: target)
      case .variable:
        checkVariable(expression.range)
      case .call(let name, _):
        checkFunction(name)
      case .missing, .literal, .field, .not, .negative, .binary, .share, .list, .interpolation:
        continue
      }
    }
  }

  private mutating func checkVariable(_ range: SourceRange) {
    let name = script.text(range)
    if name != "$plan" { report(.undefinedVariable(name), at: range) }
  }

  private mutating func checkFunction(_ range: SourceRange) {
    report(.notAvailable(script.text(range)), at: range)
  }

  private mutating func number(of target: Target) -> TargetNumber {
    guard target.operand.expression == nil, target.operand.kind != .missing else { return .none }
    let range = target.operand.literalRange
    if target.kind == .id { return .id(idNumber(of: target.operand, range: range)) }
    let lookup = Needs.Lookup(kind: target.kind, text: script.stringValue(of: target.operand))
    if let number = lookupNumbers[lookup] { return .lookup(number) }
    let number = Int32(needs.lookups.count)
    needs.lookups.append(lookup)
    lookupNumbers[lookup] = number
    return .lookup(number)
  }

  private mutating func idNumber(of operand: Operand, range: SourceRange) -> Int32 {
    let count = table.ids.count
    let source = script.source
    let number: Int32
    switch operand.kind {
    case .string:
      number = table.number(of: range.bytes.dropFirst().dropLast(), in: source.span)
    case .escapedString:
      number = table.number(of: script.stringValue(of: operand))
    default:
      number = table.number(of: range.bytes, in: source.span)
    }
    if number == count { checkAccount(of: table.ids[count], at: range) }
    return number
  }

  /// Refuses an id that names another account, before anything is asked of the provider.
  ///
  /// The account's own prefix was taken off, so that what is left has another's or none.
  private mutating func checkAccount(of id: TransactionID, at range: SourceRange) {
    let local = id.text.utf8.dropFirst(Account.length + 1)
    guard local.count > Account.length,
      local[local.index(local.startIndex, offsetBy: Account.length)] == UInt8(ascii: "."),
      let other = Account(String(decoding: local.prefix(Account.length), as: UTF8.self))
    else { return }
    report(.idOfOtherAccount(other, connected: account), at: range)
  }

  private mutating func report(_ message: ProgramMessage, at range: SourceRange) {
    diagnostics.append(Diagnostic(message, at: Diagnostic.Label(range)))
  }
}
