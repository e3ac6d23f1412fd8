import DTXLedger
import DTXTestSupport

/// Writes random scripts about some transactions, the same ones for the same seed.
///
/// Amounts, lines and clauses are drawn from what the transactions have, with a share of wrong
/// ones; references come from a short list, so that statements meet.
struct ScriptGenerator {
  /// Which statements are written.
  enum Manner {
    /// Operations of which every amount is written as a number.
    case fixed
    /// Operations of any kind, and statements that only look.
    case any
    /// The same, with words left out and put in the wrong place.
    case broken
  }

  private let transactions: [Transaction]
  private let manner: Manner
  private var random: SplitMix64

  init(_ transactions: [Transaction], _ manner: Manner, seed: UInt64) {
    self.transactions = transactions
    self.manner = manner
    random = SplitMix64(seed: seed)
  }

  /// Returns one statement, without the end of its line.
  mutating func statement() -> String {
    let text = isTrue(in: 6) && manner != .fixed ? looking() : operation()
    return manner == .broken && isTrue(in: 3) ? broken(text) : text
  }

  private mutating func broken(_ text: String) -> String {
    var words = text.split(separator: " ").map(String.init)
    let index = Int.random(in: words.indices, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: words.remove(at: index)
    case 1: words.append(words[index])
    case 2: words[index] = pick(["0", "9007199254740991", "-5", "\"", "{", "all", "1.5", "299,90"])
    default: words.swapAt(index, Int.random(in: words.indices, using: &random))
    }
    return words.joined(separator: " ")
  }
}

// MARK: - Operations

extension ScriptGenerator {
  private mutating func operation() -> String {
    let transaction = pick(transactions)
    let target = target(transaction)
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<9: return "capture \(target) \(scope(.capture, transaction))\(clauses("capture"))"
    case 9..<14: return "refund \(target) \(scope(.refund, transaction))\(clauses("refund"))"
    // A void of an id by itself makes a mistake of what comes after it, which nothing is planned for.
    case 14: return "void (transaction \(target))\(pick(["", " remaining"]))"
    case 15, 16: return adjustment(target, transaction)
    case 17: return "extend \(target)\(pick(["", " ref \"more\"", " reason \"late\""]))"
    case 18: return "authorize \(target)\(pick(["", " \(transaction.state.authorized.count)"]))"
    default: return "tag \(target) \"order-\(transaction.id.text.utf8.count)\""
    }
  }

  private mutating func target(_ transaction: Transaction) -> String {
    let text = transaction.id.text
    return pick([text, "\"\(text)\"", String(text.dropFirst(Fixtures.account.text.count + 1))])
  }

  private mutating func scope(_ kind: Operation.Kind, _ transaction: Transaction) -> String {
    let isFixed = manner == .fixed
    if !isFixed, isTrue(in: 5) { return "all" }
    if !isFixed, isTrue(in: 8) {
      let field = kind == .capture ? "remaining" : "refundable"
      return "\(pick(["10", "33.3", "50", "100"]))% of ((transaction \(transaction.id)).\(field))"
    }
    let state = transaction.state
    guard !state.lines.isEmpty, isTrue(in: 2) else {
      return amount(upTo: max(state.left(for: kind), state.authorized), transaction)
    }
    var lines: [String] = []
    for line in state.lines where isTrue(in: 2) || lines.isEmpty {
      let isOpen = !isFixed && isTrue(in: 2)
      lines.append(
        "line \(line.id)\(pick(["", "", " qty 1"]))"
          + (isOpen ? "" : " \(amount(upTo: line.amount, transaction))")
      )
    }
    return lines.joined(separator: " ")
  }

  /// An amount as minor units or with its currency, most often small enough.
  private mutating func amount(upTo limit: MinorUnits, _ transaction: Transaction) -> String {
    // Hundreds, so that a hundredth of them is exact.
    let most = max(limit.count / 100 * 100, 1)
    let count = pick([
      most, Int64.random(in: 1...most, using: &random), Int64.random(in: 1...most, using: &random),
      max(1, most / 4), max(1, most / 10), max(1, most / 100), most + 1,
    ])
    return isTrue(in: 2) ? "\(count)" : "\(Money(MinorUnits(count), transaction.currency))"
  }

  private mutating func clauses(_ verb: String) -> String {
    var clauses = pick(["", " ref \"a\"", " ref \"b\"", " ref \"c {1 + 2}\""])
    if verb == "refund", isTrue(in: 4) { clauses += " reason \"broken\"" }
    if isTrue(in: 6) { clauses += " meta parcel \"7\"" }
    if isTrue(in: 4) { clauses += " again \"meant\"" }
    return clauses
  }

  private mutating func adjustment(_ target: String, _ transaction: Transaction) -> String {
    let lines = transaction.state.lines
    let final = pick(["", " final"])
    if lines.isEmpty {
      let most = transaction.state.authorized.count
      return
        "adjust \(target) to \(most + Int64.random(in: -most / 2...most, using: &random))\(final)"
    }
    if manner != .fixed, isTrue(in: 2) {
      return "adjust \(target) { \(pick(changes(to: pick(lines)))) }\(pick(["", " ref \"u\""]))"
    }
    let items = lines.filter { $0.amount > .zero }
    let added = Int64.random(in: 0...900, using: &random)
    let total = items.reduce(added) { $0 + $1.amount.count }
    let list = items.map { "line \($0.id) \($0.amount.count)" } + ["line new \(added)"]
    return "adjust \(target) to \(total) { \(list.joined(separator: " ")) }"
  }

  private func changes(to line: LineItem) -> [String] {
    [
      "add line new \"New\" 500", "add line newer \"Newer\" qty 2 700", "drop line \(line.id)",
      "set line \(line.id) \(max(line.amount.count, 1) + 100)",
    ]
  }
}

// MARK: - The rest

extension ScriptGenerator {
  private mutating func looking() -> String {
    let transaction = pick(transactions)
    let id = transaction.id
    return pick([
      "print (transaction \(id)).status, $plan.captured", "show \(id)", "on error skip",
      "expect $plan.operations < 1000", "list where status = CAPTURED limit 2",
      "expect (transaction \(id)).captured <= (transaction \(id)).authorized",
      "print 10% of ((transaction \(id)).authorized), now - 3d, $plan.refunded",
    ])
  }

  private mutating func isTrue(in count: Int) -> Bool {
    .random(in: 0..<count, using: &random) == 0
  }

  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[.random(in: choices.indices, using: &random)]
  }
}
