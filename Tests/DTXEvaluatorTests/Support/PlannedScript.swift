import DTXEvaluator
import DTXLedger
import DTXSyntax

/// A script taken through every stage up to the plan, with transactions in place of a provider.
struct PlannedScript {
  let script: Script
  let program: Program
  /// Nil where reading or checking found an error.
  let evaluation: Evaluation?
  /// All that is wrong, in the order of the source.
  let diagnostics: [Diagnostic]

  init(
    _ source: String,
    against transactions: [Transaction] = Fixtures.transactions,
    operationLimit: Int = Evaluator.Options.defaultOperationLimit
  ) {
    let (script, syntax) = Parser.parse(Array(source.utf8), mode: .script)
    let (program, names) = Checker.check(script, account: Fixtures.account)
    self.script = script
    self.program = program
    let found = syntax + names
    guard !found.contains(where: { $0.severity == .error }) else {
      evaluation = nil
      diagnostics = Self.inSourceOrder(found)
      return
    }
    var options = Evaluator.Options()
    options.operationLimit = operationLimit
    options.now = Fixtures.now
    let snapshot = Snapshot(for: program.needs, of: transactions)
    let evaluation = Evaluator.evaluate(program, against: snapshot, options: options)
    self.evaluation = evaluation
    diagnostics = Self.inSourceOrder(found + evaluation.diagnostics)
  }

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

  private static func inSourceOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.enumerated()
      .sorted {
        ($0.element.primary.range.start, $0.offset) < ($1.element.primary.range.start, $1.offset)
      }
      .map(\.element)
  }
}

extension Snapshot {
  /// What a provider with some transactions would give a program: newest first, by exact match.
  init(for needs: Needs, of all: [Transaction]) {
    self.init()
    var numbers: [TransactionID: Int32] = [:]
    let known = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
    for transaction in needs.ids.compactMap({ known[$0] }) {
      numbers[transaction.id] = Int32(transactions.count)
      transactions.append(transaction)
    }
    func number(_ transaction: Transaction) -> Int32 {
      if let number = numbers[transaction.id] { return number }
      numbers[transaction.id] = Int32(transactions.count)
      transactions.append(transaction)
      return Int32(transactions.count - 1)
    }
    let newestFirst = all.sorted { $0.details.createdAt > $1.details.createdAt }
    for lookup in needs.lookups {
      found[lookup] = newestFirst.filter { $0.isFound(by: lookup) }.map(number)
      if found[lookup]?.isEmpty == true, lookup.kind == .order {
        found[lookup] = newestFirst.filter { $0.state.secondReference == lookup.text }.map(number)
      }
    }
    if needs.hasListing { listing = newestFirst.map(number) }
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
