import DTXEvaluator
package import DTXLedger
import DTXSyntax

/// What may follow at the cursor: verbs, transactions, lines, clauses and files, by what stands
/// before.
///
/// It is given the transactions that are known and the states they would have after what is staged,
/// and offers only what the ledger's own rules would still take. It waits for nothing.
package struct SessionCompleter: Sendable {
  /// What the person can name besides transactions.
  package struct Names: Sendable {
    package var profiles: [String] = []
    /// With the dollar sign, as they are written.
    package var variables: [String] = []
    package var procedures: [String] = []
    /// Lists the files and folders whose path begins with a text; a folder ends in a slash.
    package var files: @Sendable (_ prefix: String) -> [String] = { _ in [] }

    package init() {}
  }

  let account: Account
  let known: TransactionIndex
  let planned: [TransactionID: Transaction.State]
  let names: Names

  /// More candidates than this help nobody; the list says that there are more.
  static let candidateLimit = 500

  /// Makes a completer.
  ///
  /// - Parameters:
  ///   - account: The account whose ids may be written without it.
  ///   - known: The transactions that were read.
  ///   - planned: The states after what is staged, of those that it changes.
  ///   - names: What else can be named.
  package init(
    account: Account,
    known: TransactionIndex,
    planned: [TransactionID: Transaction.State] = [:],
    names: Names = Names()
  ) {
    self.account = account
    self.known = known
    self.planned = planned
    self.names = names
  }

  /// Returns the candidates for the word before the cursor.
  package func complete(_ text: String, cursorByteOffset: Int) -> Completion {
    guard let typed = TypedStatement(before: cursorByteOffset, in: text) else { return .none }
    let range = (cursorByteOffset - typed.word.utf8.count)..<cursorByteOffset
    var found = candidates(for: typed)
    if typed.word.contains("$") {
      found = (variables(for: typed), false)
    }
    let fitting = found.candidates.filter { $0.insertion.hasPrefix(typed.word) }
    return Completion(
      replacing: range,
      candidates: Array(fitting.prefix(Self.candidateLimit)),
      hasMore: found.hasMore || fitting.count > Self.candidateLimit
    )
  }

  private func candidates(
    for typed: TypedStatement
  ) -> (candidates: [Completion.Candidate], hasMore: Bool) {
    if let target = target(in: typed) { return target }
    if typed.isString { return (strings(for: typed), false) }
    return (words(for: typed), false)
  }

  private func words(for typed: TypedStatement) -> [Completion.Candidate] {
    let words = typed.words
    if let changed = typed.opening, changed.first == "adjust" {
      return changes(after: words, of: changed)
    }
    guard let verb = words.first else { return statements(isInBlock: typed.opening != nil) }
    if let kind = Operation.Kind(name: verb) { return clauses(of: kind, after: words) }
    return Keyword(rawValue: verb).map { parts(of: $0, after: words) } ?? []
  }
}

// MARK: - Strings

extension SessionCompleter {
  /// Inside a string only names that are known to stand there: order references and files.
  private func strings(for typed: TypedStatement) -> [Completion.Candidate] {
    let prefix = String(typed.word.dropFirst())
    switch typed.words.last {
    case "run", "save", "csv", "include":
      return names.files(prefix).map { path in
        // One goes on typing in a folder, and is done with a file.
        let isFolder = path.hasSuffix("/")
        let quoted = "\"\(path)" + (isFolder ? "" : "\" ")
        return Completion.Candidate(insertion: quoted, label: path)
      }
    default: return []
    }
  }

  private func variables(for typed: TypedStatement) -> [Completion.Candidate] {
    guard let dot = typed.word.firstIndex(of: ".") else {
      return (["$plan"] + names.variables).map { Completion.Candidate(insertion: $0) }
    }
    let name = typed.word[...dot]
    let fields = name == "$plan." ? Self.planFields : Self.transactionFields + Self.lineFields
    return Array(Set(fields)).sorted().map {
      Completion.Candidate(insertion: name + $0 + " ", label: $0)
    }
  }

  static let planFields = PlanField.allCases.map(\.rawValue)
  static let transactionFields = TransactionField.allCases.map(\.rawValue)
  static let lineFields = LineField.allCases.map(\.rawValue)
}
