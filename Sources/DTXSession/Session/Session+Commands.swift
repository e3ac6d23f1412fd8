import DTXEvaluator
import DTXExecution
import DTXLedger
import DTXPlanning
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
    case .autocommit, .save, .use, .set, .journal, .watch:
      refuse(script.text(statement.range), into: &reply)
    }
  }

  private func counted(_ count: Int) -> String {
    count == 1 ? "1 statement" : "\(count) statements"
  }

  private mutating func preview(into reply: inout Reply) async throws(ProviderError) {
    guard let plan = try await currentPlan(into: &reply) else { return }
    var builder = TextBuilder(options: options)
    let heading = PlanPreview.Heading(
      script: Self.sourceName,
      profile: profile,
      account: planner.reader.account,
      plannedAt: plan.plannedAt,
      plannedBy: person,
      warningCount: plan.warningCount
    )
    PlanPreview(plan.plan, heading: heading, places: plan.places).append(to: &builder)
    builder.finish()
    reply.output += builder.bytes
  }

  private mutating func commit(
    _ first: Operand,
    of script: Script,
    into reply: inout Reply
  ) async throws(ProviderError) {
    guard let plan = try await currentPlan(into: &reply) else { return }
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
      say("`commit first` needs a number above zero.", into: &reply)
      reply.isAccepted = false
      return
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

  private func refuse(_ text: String, into reply: inout Reply) {
    let word = text.prefix { $0 != " " }
    reply.errors += Array("`\(word)` is not available in this version.\n".utf8)
    reply.isAccepted = false
  }

  func say(_ text: String, into reply: inout Reply) { reply.output += Array((text + "\n").utf8) }
}

// MARK: - Help

extension Session {
  private func help(on topic: String, into reply: inout Reply) {
    guard !topic.isEmpty else {
      say(HelpTopic.overview, into: &reply)
      return
    }
    if let found = HelpTopic.all.first(where: { $0.name == topic }) {
      say(found.text, into: &reply)
      return
    }
    let nearest = nearest(to: topic, among: HelpTopic.all.map(\.name))
    reply.isAccepted = false
    reply.errors += Array(
      ("There is no help on `\(topic)`."
        + (nearest.map { " Did you mean `help \($0)`?" } ?? " `help` lists the topics.") + "\n")
        .utf8
    )
  }
}
