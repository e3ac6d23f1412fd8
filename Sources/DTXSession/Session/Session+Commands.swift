import DTXEvaluator
import DTXExecution
import DTXLedger
import DTXReport
import DTXSyntax

// MARK: - Commands

extension Session {
  /// Carries out a command, or asks the owner of the terminal to.
  mutating func carryOut(
    _ statement: Statement,
    of script: Script,
    into reply: inout Reply
  ) async throws(ProviderError) {
    guard case .command(let command) = statement.content else {
      try await preview(into: &reply)
      return
    }
    switch command {
    case .commit(let first): try await commit(first, of: script, into: &reply)
    case .discard:
      say(isEmpty ? "Nothing is staged." : "Discarded \(counted(staged.count)).", into: &reply)
      discard()
    case .undo: try await undo(into: &reply)
    case .run(let file): reply.request = .run(script.stringValue(of: file))
    case .help(let topic): help(on: script.text(topic), into: &reply)
    case .quit: reply.request = .quit
    case .edit: reply.request = .edit
    case .autocommit(let isOn): autocommit(isOn, into: &reply)
    case .save(let file): save(to: script.stringValue(of: file), into: &reply)
    case .use(let name): reply.request = .use(script.text(name))
    case .set(let name, _) where name.isEmpty: explain(settingsTable, into: &reply)
    case .set(let name, let value):
      let value = value.kind == .none ? nil : script.stringValue(of: value)
      set(script.text(name), to: value, into: &reply)
    case .journal(let count): journal(count, of: script, into: &reply)
    case .watch(let statement): reply.request = .watch(script.text(statement))
    }
  }

  /// Returns the command that asks the owner of the terminal for something, but is not the last of
  /// what was entered: what follows would be taken before it is done, or instead of it.
  func earlyRequest(in script: Script) -> String? {
    var asking: Passage?
    for passage in script.passages {
      if let asking { return script.firstWord(of: asking) }
      if passage.statement.asksOwner { asking = passage }
    }
    // While every operation is carried out at once, the question about it is the last thing.
    guard isAutocommitting, let asking, script.passages.count > 1 else { return nil }
    return script.firstWord(of: asking)
  }

  private mutating func autocommit(_ isOn: Bool, into reply: inout Reply) {
    isAutocommitting = isOn
    let words =
      isOn
      ? "Each operation is now carried out as soon as it is staged, after the question."
      : "Operations are staged again until `commit`."
    say(words, into: &reply)
    if isOn, isWaiting { say("What is staged already goes with the next one.", into: &reply) }
  }

  private func save(to path: String, into reply: inout Reply) {
    guard let script = savedScript() else {
      return fail("Nothing was staged or carried out in this session.", into: &reply)
    }
    if let name = ambiguousName {
      return fail(
        "`\(name)` was set to different things in this session, which one script cannot say."
          + " Nothing was saved; `dtx journal` has what was carried out.",
        into: &reply
      )
    }
    reply.request = .save(script, path: path)
  }

  private func journal(_ count: Operand, of script: Script, into reply: inout Reply) {
    guard count.kind == .integer else {
      reply.request = .journal(limit: nil)
      return
    }
    guard case .value(let number) = script.integerValue(of: count), number > 0 else {
      return fail("`journal` needs a number above zero.", into: &reply)
    }
    reply.request = .journal(limit: Int(clamping: number))
  }

  private mutating func set(_ name: String, to value: String?, into reply: inout Reply) {
    guard let setting = SessionSetting(rawValue: name) else {
      let names = SessionSetting.allCases.map(\.rawValue)
      let guess = nearest(to: name, among: names).map { " Did you mean `set \($0)`?" }
      return fail(
        "There is no setting `\(name)`." + (guess ?? " `set` alone lists them."),
        into: &reply
      )
    }
    guard let value else {
      let words = setting.values.joined(separator: ", ")
      return say("\(name) is \(settings.value(of: setting)); it can be \(words).", into: &reply)
    }
    guard settings.set(setting, to: value) else {
      return fail(
        "`\(name)` can be \(setting.values.joined(separator: ", ")), and `\(value)` is none of these.",
        into: &reply
      )
    }
    options.isLinear = settings.isForReader
    say("\(name) is now \(value).", into: &reply)
  }

  private func counted(_ count: Int) -> String {
    count == 1 ? "1 statement" : "\(count) statements"
  }

  private mutating func preview(into reply: inout Reply) async throws(ProviderError) {
    guard let plan = try await currentPlan(into: &reply) else { return }
    reply.output += written(plan)
  }

  private mutating func commit(
    _ first: Operand,
    of script: Script,
    into reply: inout Reply
  ) async throws(ProviderError) {
    let seen = plan
    guard let plan = try await currentPlan(into: &reply) else { return }
    tellChanges(from: seen, to: plan, into: &reply)
    guard !plan.plan.steps.isEmpty else {
      say(
        "Nothing is left to do: no operation is staged that is not applied already.",
        into: &reply
      )
      return
    }
    guard first.kind == .integer else {
      reply.request = .commit(plan, firstOnly: nil)
      return
    }
    guard case .value(let count) = script.integerValue(of: first), count > 0 else {
      return fail("`commit first` needs a number above zero.", into: &reply)
    }
    reply.request = .commit(plan, firstOnly: Int(clamping: count))
  }

  /// Plans what is staged from the transactions as they are now; nil, with a word, where none holds.
  private mutating func currentPlan(
    into reply: inout Reply
  ) async throws(ProviderError) -> Planned? {
    if isEmpty { say("Nothing is staged.", into: &reply) }
    try await replan(into: &reply)
    return plan
  }

  /// Says which transactions are not any more as they were when their statements were staged.
  ///
  /// The plan that is made of them now is shown before anybody is asked.
  private func tellChanges(from seen: Planned?, to plan: Planned, into reply: inout Reply) {
    guard let seen else { return }
    var before: [TransactionID: [UInt8]] = [:]
    for transaction in seen.plan.transactions {
      before[transaction.id] = transaction.fingerprintFields
    }
    let changed = plan.plan.transactions.filter { transaction in
      before[transaction.id].map { $0 != transaction.fingerprintFields } ?? false
    }
    guard let first = changed.first else { return }
    let others = changed.count > 1 ? " and \(changed.count - 1) more have" : " has"
    say(
      "\(first.id)\(others) changed since this was staged. What follows is planned anew.",
      into: &reply
    )
  }

  func fail(_ text: String, into reply: inout Reply) {
    reply.errors += Array((text + "\n").utf8)
    reply.isAccepted = false
  }

  func say(_ text: String, into reply: inout Reply) { reply.output += Array((text + "\n").utf8) }
}

extension Session {
  /// Behaves from now on as another session did.
  package mutating func take(over settings: SessionSettings) {
    self.settings = settings
    options.isLinear = settings.isForReader
  }
}

// MARK: - Help

extension Session {
  private func help(on topic: String, into reply: inout Reply) {
    guard !topic.isEmpty else {
      explain(HelpTopic.overview, into: &reply)
      return
    }
    if topic == "topics" {
      explain(HelpTopic.all.map(\.name).sorted().joined(separator: "  "), into: &reply)
      return
    }
    if let found = HelpTopic.named(topic) {
      explain(found.text, into: &reply)
      if topic == "set" { explain(settingsTable, into: &reply) }
      return
    }
    if let explanation = ExplanationReport(topic) {
      var builder = TextBuilder(options: options)
      explanation.append(to: &builder)
      reply.output += builder.bytes
      return
    }
    let nearest = nearest(to: topic, among: HelpTopic.all.map(\.name))
    reply.isAccepted = false
    reply.errors += Array(
      ("There is no help on `\(topic)`."
        + (nearest.map { " Did you mean `help \($0)`?" } ?? " `help topics` lists them.") + "\n")
        .utf8
    )
  }

  /// The narrowest column in which words are still worth reading.
  private static let fewestColumns = 20

  /// Says what may be long, such as a page of help, in lines of whole words.
  ///
  /// A line goes on under the column in which its words begin.
  func explain(_ page: String, into reply: inout Reply) {
    let page = options.isUnicode ? page : page.replacing("…", with: "...")
    var builder = TextBuilder(options: options)
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      // What stands behind several blanks is a column of its own.
      let start = line.firstMatch(of: /^ *(?:\S+ )*\S+ {2,}/)?.range.upperBound
      var head = line[..<(start ?? line.startIndex)]
      if head.isEmpty || head.count + Self.fewestColumns > options.columns ?? .max {
        head = line.prefix { $0 == " " }
      }
      builder.append(foreign: String(head))
      builder.appendParagraph(from: head.count, indentation: head.count) { text in
        text.append(foreign: String(line[head.endIndex...]))
      }
    }
    reply.output += builder.bytes
  }

  /// What there is to set, and what it is set to.
  private var settingsTable: String {
    SessionSetting.allCases.map { setting in
      let value = "\(setting.rawValue) \(settings.value(of: setting))"
      let blanks = String(repeating: " ", count: max(2, 16 - value.count))
      return "  \(value)\(blanks)\(setting.purpose)"
    }
    .joined(separator: "\n")
  }
}

extension Statement {
  /// Whether the statement is a command that only the owner of the terminal can carry out.
  fileprivate var asksOwner: Bool {
    guard case .command(let command) = content else { return false }
    return switch command {
    case .commit, .run, .save, .edit, .use, .journal, .watch, .quit: true
    case .discard, .undo, .autocommit, .set, .help: false
    }
  }
}

extension Script {
  func firstWord(of passage: Passage) -> String {
    String(text(passage.range).prefix { $0.isLetter })
  }
}
