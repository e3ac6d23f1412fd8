import DTXLedger
import DTXSyntax

// MARK: - Targets

extension SessionCompleter {
  /// Returns the transactions that may be named where the cursor stands; nil where none is asked for.
  func target(
    in typed: TypedStatement
  ) -> (candidates: [Completion.Candidate], hasMore: Bool)? {
    let words = typed.words
    guard let verb = words.first else { return nil }
    let kind = Operation.Kind(name: verb)
    // `watch show` names its target one word later than `show` does.
    let place = verb == "watch" && words.dropFirst().first == "show" ? 2 : 1
    let takesTarget = kind != nil || verb == "show" || place == 2
    if takesTarget, words.count == place {
      if typed.isString { return ([], false) }
      let (found, hasMore) = ids(beginningWith: typed.word, for: kind)
      return (found + plain(["order", "session"]), hasMore)
    }
    let isReference = takesTarget && words.count == place + 1 || kind == nil && words.count > 1
    if isReference, let word = words.last, word == "order" || word == "session" {
      guard typed.isString || typed.word.isEmpty, words.first != "list" else { return nil }
      return references(word, for: kind)
    }
    if words.last == "transaction" { return ids(beginningWith: typed.word, for: nil) }
    return nil
  }

  /// The transactions on which the operation is still possible; all of them to look at.
  private func ids(
    beginningWith word: String,
    for kind: Operation.Kind?
  ) -> (candidates: [Completion.Candidate], hasMore: Bool) {
    let prefix = account.text + "."
    // The account may be left out, or be just what is being typed.
    let isWhole = !word.isEmpty && (prefix.hasPrefix(word) || word.hasPrefix(prefix))
    let range = known.indices(withPrefix: isWhole ? word : prefix + word)
    var found: [Completion.Candidate] = []
    for index in range {
      let transaction = current(known.transactions[index])
      guard let detail = detail(of: transaction, for: kind) else { continue }
      if found.count == Self.candidateLimit { return (found, true) }
      let id = isWhole ? transaction.id.text : shortID(of: transaction)
      found.append(Completion.Candidate(insertion: id + " ", label: id, detail: detail))
    }
    return (found, false)
  }

  /// The order references or session ids, in quotes, of the transactions that fit.
  private func references(
    _ word: String,
    for kind: Operation.Kind?
  ) -> (candidates: [Completion.Candidate], hasMore: Bool) {
    var found: [Completion.Candidate] = []
    for transaction in known.transactions {
      let details = transaction.details
      guard let name = word == "order" ? details.merchantReference : details.sessionID,
        !name.isEmpty, !name.contains(where: { "\"\\{".contains($0) }),
        let detail = detail(of: current(transaction), for: kind, names: false)
      else { continue }
      if found.count == Self.candidateLimit { return (found, true) }
      let id = shortID(of: transaction)
      found.append(
        Completion.Candidate(insertion: "\"\(name)\" ", label: name, detail: "\(id), \(detail)")
      )
    }
    return (found.sorted { $0.label < $1.label }, false)
  }

  /// What to say beside a transaction, what matters most first; nil where the operation is not
  /// possible.
  private func detail(
    of transaction: Transaction,
    for kind: Operation.Kind?,
    names: Bool = true
  ) -> String? {
    var parts = [transaction.state.status.rawValue]
    if let kind {
      guard
        let available = availableOperations(of: transaction).first(where: { $0.kind == kind })
      else { return nil }
      let isMoved = kind == .capture || kind == .refund || kind == .void
      let amount = isMoved ? available.maximum : transaction.state.authorized
      parts.append("\(Money(amount, transaction.currency))" + (isMoved ? " left" : ""))
    }
    if names, let reference = transaction.details.merchantReference { parts.append(reference) }
    if let customer = transaction.details.customer { parts.append(customer) }
    return parts.joined(separator: ", ")
  }

  /// The id without the account, which a statement may leave out.
  private func shortID(of transaction: Transaction) -> String {
    let prefix = account.text + "."
    let id = transaction.id.text
    return id.hasPrefix(prefix) ? String(id.dropFirst(prefix.count)) : id
  }

  /// The transaction as it would be after what is staged.
  private func current(_ transaction: Transaction) -> Transaction {
    guard let state = planned[transaction.id] else { return transaction }
    var transaction = transaction
    transaction.state = state
    return transaction
  }

  /// Returns the transaction that an operation names, where it is known.
  func transaction(namedIn words: [String]) -> Transaction? {
    guard words.count > 1 else { return nil }
    if words[1] == "order" || words[1] == "session" {
      guard words.count > 2 else { return nil }
      let name = String(words[2].dropFirst().dropLast())
      let isOrder = words[1] == "order"
      return known.transactions.first {
        (isOrder ? $0.details.merchantReference : $0.details.sessionID) == name
      }
      .map(current)
    }
    let id = words[1].hasPrefix(account.text + ".") ? words[1] : "\(account.text).\(words[1])"
    return known[TransactionID(id)].map(current)
  }
}

// MARK: - Clauses

extension SessionCompleter {
  /// Returns the clauses that were not given yet, and after `line` the lines that have something left.
  func clauses(of kind: Operation.Kind, after words: [String]) -> [Completion.Candidate] {
    let target = words.count > 2 && (words[1] == "order" || words[1] == "session") ? 3 : 2
    let given = words.dropFirst(target)
    let transaction = transaction(namedIn: words)
    if given.last == "line" { return lines(of: kind, transaction, given: given) }
    if let last = given.last, Self.clausesWithText.contains(last) { return [] }
    if kind == .adjust, given.isEmpty {
      return plain(["to"]) + [
        Completion.Candidate(insertion: "{ ", label: "{ … }", detail: "change single lines")
      ]
    }
    return names(of: kind, given: given, on: transaction).map { name in
      Completion.Candidate(
        insertion: name + " ",
        label: name,
        detail: detail(ofClause: name, of: kind, on: transaction)
      )
    }
  }

  private static let clausesWithText: Set = ["ref", "reason", "again", "describe", "meta", "qty"]

  private func names(
    of kind: Operation.Kind,
    given: ArraySlice<String>,
    on transaction: Transaction?
  ) -> [String] {
    var names: [String] =
      switch kind {
      case .capture: ["all", "line", "ref", "final", "meta", "again"]
      case .refund: ["all", "line", "reason", "ref", "meta", "again"]
      case .void: ["remaining"]
      case .adjust: ["final", "reason", "ref", "describe"]
      case .extend: ["reason", "ref"]
      case .authorize, .tag: []
      }
    // A clause is given at most once, but lines and metadata repeat.
    names.removeAll { given.contains($0) && $0 != "line" && $0 != "meta" }
    if !given.isEmpty { names.removeAll { $0 == "all" } }
    if given.contains("all") { names.removeAll { $0 == "line" } }
    if given.dropLast().last == "line" { names.insert("qty", at: 0) }
    if let transaction {
      let capabilities = transaction.product.capabilities
      let mayBeFinal = capabilities.traits.union(capabilities.uncertain).contains(.finalCapture)
      if kind == .capture, !mayBeFinal { names.removeAll { $0 == "final" } }
      if transaction.state.captured == .zero { names.removeAll { $0 == "remaining" } }
      if transaction.state.lines.isEmpty { names.removeAll { $0 == "line" } }
    }
    return names
  }

  private func detail(
    ofClause name: String,
    of kind: Operation.Kind,
    on transaction: Transaction?
  ) -> String {
    let left = transaction.map { "\(Money($0.state.left(for: kind), $0.currency))" }
    return switch name {
    case "all": left ?? "everything that is left"
    case "remaining": left.map { "\($0) left" } ?? "the rest after a capture"
    case "line": "one line of the order"
    case "qty": "how many of the line"
    case "ref": "appears on the settlement report"
    case "reason": "why, for the provider"
    case "final": kind == .adjust ? "lock the total" : "release what is left"
    case "meta": "sent as metadata"
    case "again": "repeat what was done before"
    case "describe": "a text for the customer"
    default: ""
    }
  }

  /// The lines of which something is left, with what it is.
  private func lines(
    of kind: Operation.Kind,
    _ transaction: Transaction?,
    given: ArraySlice<String>
  ) -> [Completion.Candidate] {
    guard let transaction else { return [] }
    let state = transaction.state
    var used: Set<String> = []
    for (word, next) in zip(given, given.dropFirst()) where word == "line" { used.insert(next) }
    return state.lines.indices.compactMap { index in
      let left = state.leftOnLine(Int32(index), for: kind)
      let line = state.lines[index]
      guard left != .zero, !used.contains(line.id) else { return nil }
      return candidate(line, "\(Money(left, transaction.currency)) left")
    }
  }

  private func candidate(_ line: LineItem, _ amount: String) -> Completion.Candidate {
    Completion.Candidate(
      insertion: line.id + " ",
      label: line.id,
      detail: "\(line.description), \(amount)"
    )
  }

  /// Returns what may follow inside the braces of an adjustment.
  func changes(after words: [String], of opening: [String]) -> [Completion.Candidate] {
    switch (words.last, words.dropLast().last) {
    case ("line", "set"), ("line", "drop"):
      guard let transaction = transaction(namedIn: opening) else { return [] }
      return transaction.state.lines.map {
        candidate($0, "\(Money($0.amount, transaction.currency))")
      }
    case ("add", _), ("set", _), ("drop", _): return plain(["line"])
    case ("line", _): return []
    default:
      let isList = opening.contains("to")
      return plain(isList ? ["line", "qty", "vat"] : ["add", "set", "drop", "qty", "vat"])
    }
  }
}
