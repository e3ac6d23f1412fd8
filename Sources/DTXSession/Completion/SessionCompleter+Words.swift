import DTXEvaluator
import DTXLedger
import DTXSyntax

extension SessionCompleter {
  /// Returns the words that may begin a statement, with what each is for.
  func statements(isInBlock: Bool) -> [Completion.Candidate] {
    Self.statements.compactMap { word, purpose, standsInBlocks in
      guard standsInBlocks || !isInBlock else { return nil }
      return Completion.Candidate(insertion: word + " ", label: word, detail: purpose)
    }
  }

  /// Each word that begins a statement, what it is for, and whether it may stand in a block.
  static let statements: [(word: String, purpose: String, standsInBlocks: Bool)] = [
    ("capture", "take money that was authorized", true),
    ("refund", "give captured money back", true),
    ("void", "release what was never captured", true),
    ("adjust", "change the total or the lines", true),
    ("extend", "lengthen an authorization's life", true),
    ("authorize", "release from hold", true),
    ("tag", "set the second reference", true),
    ("show", "one transaction, whole", true),
    ("list", "transactions, a row each", true),
    ("print", "a value", true),
    ("expect", "a condition that must hold", true),
    ("let", "name a value", true),
    ("for", "once for each of many", true),
    ("if", "only where it holds", true),
    ("define", "name some statements", false),
    ("call", "carry out named statements", true),
    ("account", "refuse to run elsewhere", false),
    ("on", "what a failure means for the rest", false),
    ("preview", "what is staged, and what it would do", false),
    ("commit", "carry out what is staged", false),
    ("discard", "drop everything staged", false),
    ("undo", "take back the last statement", false),
    ("autocommit", "carry out each operation at once", false),
    ("run", "stage a script", false),
    ("save", "write a script of this session", false),
    ("edit", "write statements in your own editor", false),
    ("use", "another account or environment", false),
    ("set", "change how the session behaves", false),
    ("journal", "what was done, by whom, when", false),
    ("watch", "look again and again", false),
    ("help", "statements, functions, error codes", false),
    ("quit", "leave", false),
  ]

  /// Returns the words that may follow in a statement that is no operation.
  func parts(of verb: Keyword, after words: [String]) -> [Completion.Candidate] {
    let isFirst = words.count == 1
    if words.last == TypedStatement.block { return verb == .if ? plain(["else"]) : [] }
    return switch verb {
    case .help: isFirst ? plain(HelpTopic.all.map(\.name)) : []
    case .list: listParts(after: words)
    case .commit: isFirst ? plain(["first"]) : []
    case .on: plain(isFirst ? ["error"] : words.count == 2 ? ["stop", "continue", "skip"] : [])
    case .autocommit: isFirst ? plain(["on", "off"]) : []
    case .watch: isFirst ? plain(["show"]) : []
    case .use: isFirst ? plain(names.profiles) : []
    case .set: settings(after: words)
    case .account: isFirst ? plain([account.text]) : []
    case .call: isFirst ? plain(names.procedures) : []
    case .for: loopParts(after: words)
    case .print, .expect, .if, .let: values
    default: []
    }
  }

  func plain(_ words: [String]) -> [Completion.Candidate] {
    words.map { Completion.Candidate(insertion: $0 + " ", label: $0) }
  }

  private func settings(after words: [String]) -> [Completion.Candidate] {
    guard words.count > 1 else {
      return SessionSetting.allCases.map {
        Completion.Candidate(insertion: $0.rawValue + " ", label: $0.rawValue, detail: $0.purpose)
      }
    }
    guard words.count == 2, let setting = SessionSetting(rawValue: words[1]) else { return [] }
    return plain(setting.values)
  }

  private func listParts(after words: [String]) -> [Completion.Candidate] {
    switch words.last {
    case "by": return plain(TransactionField.allCases.filter(\.isOrdered).map(\.rawValue))
    case "order": return plain(["by"])
    case "limit": return []
    case "list": return plain(["where", "order", "limit"])
    case "where", "and", "or", "not": return fields + values
    case "=", "!=", "<", "<=", ">", ">=": return values(of: words.dropLast().last)
    default:
      let sorting = ["order", "limit"].filter { !words.contains($0) }
      if words.contains("by") { return plain(sorting + ["desc"].filter { !words.contains($0) }) }
      return plain(words.contains("where") ? ["and", "or"] + sorting : sorting)
    }
  }

  /// What a field can be compared with: the words that it can be, where they are known.
  private func values(of field: String?) -> [Completion.Candidate] {
    switch field.flatMap(TransactionField.init) {
    case .status: plain(Status.allCases.map(\.rawValue))
    case .settlement: plain(SettlementStatus.allCases.map(\.rawValue))
    case .currency: plain(Currency.all.map(\.code))
    case .product: plain(PaymentProduct.knownNames)
    default: values
    }
  }

  private func loopParts(after words: [String]) -> [Completion.Candidate] {
    switch words.count {
    case 1: []
    case 2: plain(["in"])
    case 3: plain(["transactions", "csv"])
    case 4 where words[3] == "transactions": plain(["where"])
    default: words[3] == "transactions" ? listParts(after: words) : []
    }
  }

  private var fields: [Completion.Candidate] { plain(Self.transactionFields) }

  /// What an expression may begin with.
  private var values: [Completion.Candidate] {
    Self.functions.map { Completion.Candidate(insertion: $0 + "(", label: $0 + "(…)") }
      + plain(["transaction", "order", "session", "today", "now", "not"])
      + (["$plan"] + names.variables).map { Completion.Candidate(insertion: $0) }
  }

  private static let functions = Function.allCases.map(\.rawValue)
}
