package import DTXLedger
import DTXSyntax

/// What may follow at the cursor: verbs, transactions, lines and keywords, by what stands before.
///
/// Pure: it is given the transactions as they would be after what is staged, and offers only what
/// the ledger's own rules would still take.
package struct SessionCompleter: Sendable {
  private let account: Account
  private let transactions: [Transaction]

  /// More candidates than this help nobody; a longer prefix is asked for by the list itself.
  private static let candidateLimit = 500

  package init(account: Account, transactions: [Transaction]) {
    self.account = account
    self.transactions = transactions
  }

  /// Returns the candidates for the word before the cursor.
  package func complete(_ text: String, cursorByteOffset: Int) -> Completion {
    guard let (words, word) = Self.statement(before: cursorByteOffset, in: text) else {
      return .none
    }
    let range = (cursorByteOffset - word.utf8.count)..<cursorByteOffset
    let candidates = candidates(after: words).filter { $0.label.hasPrefix(word) }
    return Completion(
      replacing: range,
      candidates: Array(candidates.prefix(Self.candidateLimit))
    )
  }

  /// Takes the statement before the cursor apart: its whole words, and the one that is being typed.
  ///
  /// A string is one word, quotes and all. Returns nil inside a string or a comment, where anything
  /// may stand.
  private static func statement(
    before cursor: Int,
    in text: String
  ) -> (words: [String], word: String)? {
    var words: [String] = []
    var word: [UInt8] = []
    var isInString = false
    var isInComment = false
    var isEscaped = false
    func endWord() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word = []
    }
    for byte in text.utf8.prefix(cursor) {
      if byte == UInt8(ascii: "\n") {
        // A string and a comment end with their line.
        (isInString, isInComment, isEscaped) = (false, false, false)
        (words, word) = ([], [])
      } else if isInComment {
        continue
      } else if isInString {
        word.append(byte)
        if !isEscaped, byte == UInt8(ascii: "\"") { isInString = false }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      } else {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"): endWord()
        case UInt8(ascii: ";"): (words, word) = ([], [])
        case UInt8(ascii: "#"): isInComment = true
        case UInt8(ascii: "\""):
          isInString = true
          word.append(byte)
        default: word.append(byte)
        }
      }
    }
    if isInString || isInComment { return nil }
    return (words, String(decoding: word, as: UTF8.self))
  }

  private func candidates(after words: [String]) -> [Completion.Candidate] {
    guard let verb = words.first else { return self.words(Self.verbs) }
    switch verb {
    case "help": return words.count == 1 ? self.words(HelpTopic.all.map(\.name)) : []
    case "list": return listCandidates(after: words)
    case "commit": return words.count == 1 ? self.words(["first"]) : []
    case "on": return self.words(words.count == 1 ? ["error"] : ["stop", "continue", "skip"])
    case "show": return words.count == 1 ? ids(for: nil) : []
    default:
      guard let kind = Operation.Kind(name: verb) else { return [] }
      return words.count == 1 ? ids(for: kind) : clauses(of: kind, after: words)
    }
  }

  private static let verbs = [
    "capture", "refund", "void", "adjust", "extend", "authorize", "tag", "show", "list", "expect",
    "on", "print", "preview", "commit", "discard", "undo", "run", "help", "quit",
  ]

  private func words(_ words: [String]) -> [Completion.Candidate] {
    words.map { Completion.Candidate(insertion: $0 + " ", label: $0) }
  }

  private func listCandidates(after words: [String]) -> [Completion.Candidate] {
    switch words.last {
    case "by":
      self.words(["created", "updated", "status", "product", "authorized", "captured", "refunded"])
    case "order": self.words(["by"])
    case "limit": []
    default: self.words(["order", "limit", "desc"].filter { !words.contains($0) })
    }
  }
}

// MARK: - Transactions and lines

extension SessionCompleter {
  /// The ids of the transactions on which the operation is still possible; all of them to look at.
  private func ids(for kind: Operation.Kind?) -> [Completion.Candidate] {
    transactions.compactMap { transaction in
      var detail = transaction.state.status.rawValue
      if let kind {
        guard
          let available = availableOperations(of: transaction).first(where: { $0.kind == kind })
        else { return nil }
        if kind == .capture || kind == .refund || kind == .void {
          detail += ", \(Money(available.maximum, transaction.currency))"
        }
      }
      let id = shortID(of: transaction)
      return Completion.Candidate(insertion: id + " ", label: id, detail: detail)
    }
    .sorted { $0.label < $1.label }
  }

  /// The id without the account, which a statement may leave out.
  private func shortID(of transaction: Transaction) -> String {
    let prefix = account.text + "."
    let id = transaction.id.text
    return id.hasPrefix(prefix) ? String(id.dropFirst(prefix.count)) : id
  }

  private func transaction(_ word: String) -> Transaction? {
    transactions.first { $0.id.text == word || shortID(of: $0) == word }
  }

  private func clauses(of kind: Operation.Kind, after words: [String]) -> [Completion.Candidate] {
    if words.last == "line" { return lines(of: kind, words) }
    var names: [String] =
      switch kind {
      case .capture: ["all", "line", "ref", "final", "meta", "again"]
      case .refund: ["all", "line", "reason", "ref", "meta", "again"]
      case .void: ["remaining"]
      case .adjust: ["to", "final", "reason", "ref", "describe"]
      case .extend: ["reason", "ref"]
      case .authorize, .tag: []
      }
    let given = words.dropFirst(2)
    // A clause is given at most once, but lines and metadata repeat.
    names.removeAll { given.contains($0) && $0 != "line" && $0 != "meta" }
    if given.contains("line") || given.count > 0 { names.removeAll { $0 == "all" } }
    return self.words(names)
  }

  /// The lines of which something is left, with what it is.
  private func lines(of kind: Operation.Kind, _ words: [String]) -> [Completion.Candidate] {
    guard words.count > 1, let transaction = transaction(words[1]) else { return [] }
    let state = transaction.state
    return state.lines.indices.compactMap { index in
      let left = state.leftOnLine(Int32(index), for: kind)
      guard left != .zero else { return nil }
      let line = state.lines[index]
      return Completion.Candidate(
        insertion: line.id + " ",
        label: line.id,
        detail: "\(line.description), \(Money(left, transaction.currency)) left"
      )
    }
  }
}
