import DTXCSV
import DTXLedger
import DTXSyntax

/// What an evaluation came upon and was not given, each once.
struct MissingNeeds {
  var lookups: [Needs.Lookup] = []
  var listings: [Listing] = []
  var files: [Needs.DataFile] = []
  var variables: [String] = []
  fileprivate var knownLookups: Set<Needs.Lookup> = []
  fileprivate var knownListings: Set<Listing> = []
  fileprivate var knownFiles: Set<Needs.DataFile> = []
  fileprivate var knownVariables: Set<String> = []
}

extension Evaluator {
  /// All that must be read before the script can be evaluated to its end.
  var missingNeeds: Needs {
    var needs = Needs()
    guard isCollecting else { return needs }
    needs.ids = ids.ids.dropFirst(transactionsByID.count).filter { $0.otherAccount == nil }
    needs.lookups = missing.lookups
    needs.listings = missing.listings
    needs.files = missing.files
    needs.variables = missing.variables
    return needs
  }

  mutating func need(_ listing: Listing) {
    isCollecting = true
    if missing.knownListings.insert(listing).inserted { missing.listings.append(listing) }
  }

  mutating func need(_ file: Needs.DataFile) {
    isCollecting = true
    if missing.knownFiles.insert(file).inserted { missing.files.append(file) }
  }

  mutating func needVariable(_ name: String) {
    isCollecting = true
    if missing.knownVariables.insert(name).inserted { missing.variables.append(name) }
  }

  private mutating func need(_ lookup: Needs.Lookup) {
    isCollecting = true
    if missing.knownLookups.insert(lookup).inserted { missing.lookups.append(lookup) }
  }

  /// Looks for what an operation needs, without carrying it out.
  mutating func collect(_ statement: OperationStatement, at index: Int) {
    _ = transaction(statementMeanings[index], statement.target)
    collect(statement.amount)
    for line in script.lines[statement.lines.indices] {
      collect(line.id)
      collect(line.quantity)
      collect(line.amount)
    }
    for clause in script.clauses[statement.clauses.indices] { collect(clause.value) }
    for change in script.changes[statement.changes.indices] {
      for operand in [change.id, change.description, change.quantity, change.amount, change.vat] {
        collect(operand)
      }
    }
  }

  private mutating func collect(_ operand: Operand) {
    guard let expression = operand.expression, canNeed(expression) else { return }
    _ = evaluate(expression)
  }

  /// Whether something may have to be read for an expression; most are a field of a variable.
  private func canNeed(_ id: ExpressionID) -> Bool {
    switch script[id].content {
    case .variable, .literal, .missing: false
    case .field(let owner, _): canNeed(owner)
    default: true
    }
  }
}

// MARK: - Transactions

extension Evaluator {
  /// Finds the transaction that a statement means, or reports why there is none.
  mutating func transaction(_ meaning: Meaning, _ target: Target) -> Int32? {
    switch meaning {
    case .id(let number):
      let index = transactionsByID[Int(number)]
      if index >= 0 { return index }
      report(.unknownTransaction(ids.ids[Int(number)]), at: range(of: target))
      return nil
    case .lookup(let number):
      return lookUp(program.needs.lookups[Int(number)], at: range(of: target))
    default:
      return transaction(from: target)
    }
  }

  private mutating func lookUp(_ lookup: Needs.Lookup, at range: SourceRange) -> Int32? {
    guard let found = snapshot.found[lookup] else {
      need(lookup)
      return nil
    }
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

  /// The transaction that a value is, or whose id or reference it is.
  private mutating func transaction(from target: Target) -> Int32? {
    guard let expression = target.operand.expression else { return nil }
    let value = evaluate(expression)
    let range = range(of: target)
    if target.kind != .id {
      guard let text = requiredText(of: value, at: range) else { return nil }
      return lookUp(Needs.Lookup(kind: target.kind, text: text), at: range)
    }
    switch value {
    case .transaction(let index): return index
    case .cell(let cell) where !cell.hasDoubledQuotes:
      let bytes = tables[Int(cell.table)].table.bytes
      if cell.range.isEmpty { break }
      return transaction(ids.number(of: cell.range.bytes, in: bytes.span), value, at: range)
    case .string(let text), .word(let text), .fieldWord(let text, _), .given(let text):
      if text.isEmpty { break }
      return transaction(ids.number(of: text), value, at: range)
    case .cell(let cell):
      return transaction(ids.number(of: text(of: cell)), value, at: range)
    case .invalid: return nil
    default: break
    }
    if value.kind.isText {
      report(.notOfKind("", .transaction), about: value, at: range)
      return nil
    }
    report(.wrongKind(expected: "a transaction", found: value.kind), about: value, at: range)
    return nil
  }

  private mutating func transaction(
    _ number: Int32,
    _ value: Value,
    at range: SourceRange
  ) -> Int32? {
    guard Int(number) >= transactionsByID.count else {
      let index = transactionsByID[Int(number)]
      if index >= 0 { return index }
      reportUnknown(ids.ids[Int(number)], value, at: range)
      return nil
    }
    guard let other = ids.ids[Int(number)].otherAccount else {
      isCollecting = true
      return nil
    }
    guard let connected = Account(String(ids.ids[Int(number)].text.prefix(Account.length))) else {
      return nil
    }
    report(.idOfOtherAccount(other, connected: connected), about: value, at: range)
    return nil
  }

  private mutating func reportUnknown(
    _ id: TransactionID,
    _ value: Value,
    at range: SourceRange
  ) {
    guard case .cell(let cell) = value else {
      return report(.unknownTransaction(id), at: range)
    }
    report(
      Diagnostic(
        RuleMessage.unknownTransaction(id),
        at: Diagnostic.Label(cell.range, "", in: tables[Int(cell.table)].source),
        secondary: [label(range, "it is used here")]
      )
    )
  }

  func range(of target: Target) -> SourceRange { script.range(of: target.operand) }
}
