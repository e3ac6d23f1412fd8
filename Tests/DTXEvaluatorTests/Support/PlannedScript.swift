import DTXCSV
import DTXEvaluator
import DTXLedger
import DTXSyntax

/// A script taken through every stage up to the plan, with transactions in place of a provider.
struct PlannedScript: CustomStringConvertible {
  let script: Script
  let program: Program
  /// Nil where reading or checking found an error.
  let evaluation: Evaluation?
  /// All that is wrong, in the order of the source.
  let diagnostics: [Diagnostic]
  /// The texts that diagnostics point into.
  let sources: [(name: String, text: String)]
  /// How often more was read after an evaluation.
  let furtherRounds: Int

  /// Plans a script.
  ///
  /// - Parameters:
  ///   - source: The script.
  ///   - transactions: What there is at the provider.
  ///   - files: The files that the script names, by path.
  ///   - parameters: The values of the script's parameters, by name.
  ///   - operationLimit: The most operations of the plan.
  init(
    _ source: String,
    against transactions: [Transaction] = Fixtures.transactions,
    files: [String: String] = [:],
    parameters: [String: String] = [:],
    operationLimit: Int = Evaluator.Options.defaultOperationLimit
  ) {
    var loader = ScriptFiles(source, files: files)
    let (program, names) = Checker.check(
      loader.set,
      account: Fixtures.account,
      options: Checker.Options(parameters: parameters)
    )
    script = program.script
    self.program = program
    let found = loader.diagnostics + names.besides(loader.diagnostics)
    guard !found.contains(where: { $0.severity == .error }) else {
      evaluation = nil
      furtherRounds = 0
      sources = loader.sources
      diagnostics = found.inSourceOrder()
      return
    }
    var options = Evaluator.Options()
    options.operationLimit = operationLimit
    options.now = Fixtures.now
    options.parameters = parameters
    var snapshot = Snapshot()
    snapshot.read(program.needs, of: transactions, files: &loader)
    var evaluation = Evaluator.evaluate(program, against: snapshot, options: options)
    var rounds = 0
    while !evaluation.needs.isEmpty, rounds < 20 {
      snapshot.furtherIDs += evaluation.needs.ids
      snapshot.read(evaluation.needs, of: transactions, files: &loader)
      evaluation = Evaluator.evaluate(program, against: snapshot, options: options)
      rounds += 1
    }
    precondition(evaluation.needs.isEmpty, "what is needed is given")
    self.evaluation = evaluation
    furtherRounds = rounds
    sources = loader.sources
    diagnostics = (found + evaluation.diagnostics).inSourceOrder()
  }

  /// Short, because a failed expectation prints it.
  var description: String { "\(steps.count) steps, \(codes)" }

  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

  /// What is wrong, in words, for the report of a failed property.
  var errorTexts: [String] { errors.map { "\($0.code) \($0.message.text)" } }

  /// The codes of all that is wrong, in order: `DTX2004`.
  var codes: [String] { diagnostics.map(\.code.description) }

  var steps: [Step] { evaluation?.plan.steps ?? [] }

  /// The references of the steps, in order.
  var references: [String?] {
    guard let plan = evaluation?.plan else { return [] }
    return plan.steps.map { plan.reference(of: $0) }
  }

  var texts: [String] {
    (evaluation?.outputs ?? []).compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}

/// The files of a test in place of those of a machine.
struct ScriptFiles {
  private let files: [String: String]
  private(set) var set: ScriptSet
  private(set) var diagnostics: [Diagnostic]
  private(set) var sources: [(name: String, text: String)]

  init(_ source: String, files: [String: String]) {
    self.files = files
    let (script, syntax) = Parser.parse(Array(source.utf8), mode: .script)
    set = ScriptSet(script)
    diagnostics = syntax
    sources = [("case.dtx", source)]
    readInclusions(of: 0)
  }

  private mutating func readInclusions(of number: Int) {
    for (index, statement) in set.scripts[number].statements.enumerated() {
      guard case .inclusion(let operand) = statement.content else { continue }
      let path = set.scripts[number].stringValue(of: operand)
      if let known = sources.firstIndex(where: { $0.name == path }) {
        set.include(known, at: index, of: number)
        continue
      }
      guard let text = files[path] else { continue }
      let (script, syntax) = Parser.parse(Array(text.utf8), mode: .script)
      precondition(syntax.isEmpty, "included scripts of tests parse")
      let included = set.append(script)
      sources.append((path, text))
      set.include(included, at: index, of: number)
      readInclusions(of: included)
    }
  }

  /// Reads a data file and numbers it among the sources.
  mutating func table(_ path: String) -> Snapshot.DataFile {
    guard let text = files[path] else { return .unreadable("no such file or directory") }
    sources.append((path, text))
    return .table(CSVTable(Array(text.utf8)), SourceID(UInt32(sources.count - 1)))
  }
}

extension Snapshot {
  /// Adds what a provider with some transactions would give: newest first, by exact match.
  mutating func read(_ needs: Needs, of all: [Transaction], files: inout ScriptFiles) {
    var numbers: [TransactionID: Int32] = [:]
    for (number, transaction) in transactions.enumerated() {
      numbers[transaction.id] = Int32(number)
    }
    func number(_ transaction: Transaction) -> Int32 {
      if let number = numbers[transaction.id] { return number }
      numbers[transaction.id] = Int32(transactions.count)
      transactions.append(transaction)
      return Int32(transactions.count - 1)
    }
    let known = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
    for transaction in needs.ids.compactMap({ known[$0] }) { _ = number(transaction) }
    let newestFirst = all.sorted { $0.details.createdAt > $1.details.createdAt }
    for lookup in needs.lookups {
      found[lookup] = newestFirst.filter { $0.isFound(by: lookup) }.map(number)
      if found[lookup]?.isEmpty == true, lookup.kind == .order {
        found[lookup] = newestFirst.filter { $0.state.secondReference == lookup.text }.map(number)
      }
    }
    for listing in needs.listings {
      listings[listing] = newestFirst.filter { listing.finds($0) }.map(number)
    }
    for file in needs.files { self.files[file] = files.table(file.path) }
    for name in needs.variables { variables[name] = .some(name == "DTX_TEST" ? "set" : nil) }
  }
}

extension Listing {
  /// Whether a provider would list a transaction.
  func finds(_ transaction: Transaction) -> Bool {
    let (details, state) = (transaction.details, transaction.state)
    return statuses?.contains(state.status) != false
      && products?.contains(transaction.product.name) != false
      && currencies?.contains(transaction.currency) != false
      && stores.map { $0.contains(details.store ?? "") } != false
      && (merchantReference == nil || merchantReference == details.merchantReference)
      && (secondReference == nil || secondReference == state.secondReference)
      && (sessionID == nil || sessionID == details.sessionID)
      && details.createdAt >= createdFrom ?? .min && details.createdAt <= createdTo ?? .max
      && state.authorized >= authorizedFrom ?? state.authorized
      && state.authorized <= authorizedTo ?? state.authorized
  }
}

extension Transaction {
  fileprivate func isFound(by lookup: Needs.Lookup) -> Bool {
    switch lookup.kind {
    case .id: id.text == lookup.text
    case .order: details.merchantReference == lookup.text
    case .session: details.sessionID == lookup.text
    }
  }
}
