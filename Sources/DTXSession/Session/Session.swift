import DTXEvaluator
package import DTXExecution
package import DTXLedger
package import DTXPlanning
package import DTXReport
import DTXSyntax

/// An interactive session: a text goes in, and what to show and to do comes out.
///
/// It reads transactions and stages statements; it holds nothing that could move money. What is
/// staged is evaluated anew, all of it, whenever a statement joins: there is no second way to a
/// plan. Whoever owns the terminal asks for confirmations and carries plans out.
package struct Session: Sendable {
  /// The name under which staged statements are shown in messages.
  package static let sourceName = "session"

  private(set) var planner: Planner
  let profile: String
  let person: String
  /// How answers are written: as wide as the terminal is at the moment.
  package var options: OutputOptions
  package internal(set) var settings = SessionSettings()
  /// Whether each operation is to be carried out as soon as it is staged.
  package internal(set) var isAutocommitting = false
  /// What was carried out in this session, in its order.
  var log: [Logged] = []
  var staged: [Staged] = []
  /// The plan of what is staged; nil where nothing is, or where that does not hold any more.
  var plan: Planned?

  package init(planner: Planner, profile: String, person: String, options: OutputOptions) {
    self.planner = planner
    self.profile = profile
    self.person = person
    self.options = options
  }

  package var isEmpty: Bool { staged.isEmpty }
  /// Whether something staged waits to be carried out, or to be put right.
  ///
  /// Guards, settings and what is applied already wait for nothing.
  package var isWaiting: Bool { plan.map { !$0.plan.steps.isEmpty } ?? !isEmpty }
  package var statementCount: Int { staged.count }
  /// What is staged, as it was written.
  package var stagedTexts: [String] { staged.map(\.text) }

  /// How many operations are staged, and what they net to in each currency.
  package var totals: (operations: Int, net: [Money]) {
    guard let plan = plan?.plan else { return (0, []) }
    return (plan.steps.count, plan.totals.map { Money($0.net, $0.currency) })
  }

  /// The states after what is staged, of the transactions that it changes.
  package var plannedStates: [TransactionID: Transaction.State] {
    guard let plan else { return [:] }
    var states: [TransactionID: Transaction.State] = [:]
    for (transaction, state) in zip(plan.plan.transactions, plan.finalStates) {
      states[transaction.id] = state
    }
    return states
  }

  /// The transactions that what is staged was planned from, as they were read then.
  package var readTransactions: [Transaction] { plan?.plan.transactions ?? [] }

  /// Takes what was typed: statements are staged or shown, commands carried out.
  ///
  /// - Throws: `ProviderError` when a transaction could not be read; nothing is staged then.
  package mutating func take(_ text: String) async throws(ProviderError) -> Reply {
    var reply = Reply()
    let source = Array(text.utf8)
    let (script, diagnostics) = Parser.parse(source, mode: .session)
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      reply.errors = rendered(diagnostics, of: source)
      reply.isAccepted = false
      if let count = script.trialWithoutFirst(diagnostics) {
        fail("To carry out only a part of what is staged: `commit first \(count)`.", into: &reply)
      }
      return reply
    }
    if let early = earlyRequest(in: script) {
      fail(
        "`\(early)` can only be the last of what is entered at once; nothing of it was taken.",
        into: &reply
      )
      return reply
    }
    var pending: [Passage] = []
    for passage in script.passages {
      switch passage.statement.content {
      case .command, .preview:
        try await stage(pending, of: script, into: &reply)
        pending = []
        guard reply.isAccepted else { return reply }
        try await carryOut(passage.statement, of: script, into: &reply)
      default: pending.append(passage)
      }
    }
    try await stage(pending, of: script, into: &reply)
    return reply
  }

  /// Stages a script from a file, all of it or nothing.
  ///
  /// - Throws: `ProviderError` when a transaction could not be read.
  package mutating func stage(
    _ source: [UInt8],
    named name: String,
    isElsewhere: Bool = false
  ) async throws(ProviderError) -> Reply {
    var reply = Reply()
    let (script, diagnostics) = Parser.parse(source, mode: .script)
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      reply.errors = rendered(diagnostics, of: source, named: name)
      reply.isAccepted = false
      return reply
    }
    guard !isElsewhere || !script.namesFilesBesideIt else {
      fail(
        "`\(name)` names files in its own folder, and a session looks for files where it was started."
          + " Start dtx in that folder, or use `dtx run`.",
        into: &reply
      )
      return reply
    }
    let file = Source(name: name, bytes: source)
    try await stage(script.passages, of: script, from: file, into: &reply)
    return reply
  }

  /// Returns a session in which no operation is staged, so that it shows what the provider has.
  package func withoutOperations() -> Session {
    var session = self
    session.staged.removeAll { $0.role != .setting }
    session.plan = nil
    return session
  }

  /// Forgets everything that is staged.
  mutating func discard() {
    staged = []
    plan = nil
  }

  /// Forgets the statement that was staged last, and says which it was.
  mutating func undo(into reply: inout Reply) async throws(ProviderError) {
    guard let last = staged.popLast() else {
      say("Nothing is staged.", into: &reply)
      return
    }
    say("Took back: \(last.text)", into: &reply)
    try await replan(into: &reply)
  }
}

// MARK: - Staging

extension Session {
  private mutating func stage(
    _ passages: [Passage],
    of script: Script,
    from file: Source? = nil,
    into reply: inout Reply
  ) async throws(ProviderError) {
    guard !passages.isEmpty else { return }
    let texts = passages.map { script.text($0.range) }
    let before = joined(staged.map(\.text))
    let source = Array((before + joined(texts)).utf8)
    let result = try await planner.plan(source, named: Self.sourceName)
    let start = before.utf8.count
    let new = result.diagnostics.filter { $0.concerns(from: UInt32(start)) }
    if !new.isEmpty {
      let number = SourceID(UInt32(result.sources.count))
      let places = StagedPlaces(passages, from: start, in: number)
      reply.errors += rendered(
        file == nil ? new : places.moved(new),
        in: result.sources,
        from: file
      )
    }
    if new.contains(where: \.isAboutMissingValue) {
      // The session has no options, of which the message speaks.
      let how =
        file.map { "`dtx run \($0.name) --set NAME=VALUE` does; a session cannot" }
        ?? "at the prompt the value stands behind the name, as in `param $rate = 5%`"
      reply.errors += Array("To give a parameter its value: \(how).\n".utf8)
    }
    guard let evaluation = result.evaluation, !new.contains(where: { $0.severity == .error })
    else {
      reply.isAccepted = false
      return
    }
    let kept = zip(passages, texts).compactMap { passage, text in
      passage.statement.role.map { Staged(text: text, role: $0) }
    }
    show(evaluation, since: plan?.plan, into: &reply)
    guard !kept.isEmpty else { return }
    staged += kept
    if kept.count == passages.count {
      adopt(result, of: source, into: &reply)
    } else {
      try await replan(into: &reply)
    }
    if isAutocommitting, let plan, !plan.plan.steps.isEmpty {
      reply.request = .commit(plan, firstOnly: nil)
    }
  }

  /// Makes the plan of what is staged, from the transactions as they are now.
  ///
  /// What held when it was staged may not hold any more, because somebody else was at work: the
  /// statements stay, without a plan, and the reply says what is wrong with them.
  mutating func replan(into reply: inout Reply) async throws(ProviderError) {
    plan = nil
    guard !staged.isEmpty else { return }
    let source = Array(joined(staged.map(\.text)).utf8)
    adopt(try await planner.plan(source, named: Self.sourceName), of: source, into: &reply)
  }

  /// Takes what was planned from all that is staged.
  private mutating func adopt(
    _ result: Planner.Result,
    of source: [UInt8],
    into reply: inout Reply
  ) {
    plan = nil
    guard let evaluation = result.evaluation, !result.hasErrors else {
      reply.errors += rendered(
        result.diagnostics.filter { $0.severity == .error },
        in: result.sources
      )
      reply.errors += Array("What is staged does not hold any more; `undo` or `discard` it.\n".utf8)
      reply.isAccepted = false
      return
    }
    plan = Planned(
      plan: evaluation.plan,
      source: source,
      places: result.places,
      errorPolicy: result.errorPolicy,
      warningCount: result.diagnostics.count { $0.severity == .warning },
      plannedAt: result.plannedAt,
      finalStates: evaluation.finalStates,
      owners: result.script.owners(ofStepsIn: evaluation)
    )
  }

  func joined(_ statements: [String]) -> String {
    statements.map { $0 + "\n" }.joined()
  }

  /// Tells what the new statements would do, and shows what they asked to see.
  private func show(_ evaluation: Evaluation, since plan: Plan?, into reply: inout Reply) {
    var builder = TextBuilder(options: options)
    StagedReport(evaluation.plan, since: plan).append(to: &builder)
    reply.output += builder.bytes
    guard !evaluation.outputs.isEmpty else { return }
    let changes = StagedChanges(evaluation.plan)
    for output in evaluation.outputs {
      reply.output += written(output)
      guard let note = changes.note(under: output) else { continue }
      // What reads JSON or CSV would stumble over a sentence.
      if settings.format == .table {
        explain(note, into: &reply)
      } else {
        reply.errors += Array((note + "\n").utf8)
      }
    }
  }

  private func rendered(
    _ diagnostics: [Diagnostic],
    of source: [UInt8],
    named name: String = Self.sourceName
  ) -> [UInt8] {
    rendered(diagnostics, in: [NamedSource(name: name, bytes: source)])
  }

  private func rendered(
    _ diagnostics: [Diagnostic],
    in sources: [NamedSource],
    from file: Source? = nil
  ) -> [UInt8] {
    var builder = TextBuilder(options: options)
    var set = SourceSet()
    for source in sources { set.append(Source(name: source.name, bytes: source.bytes)) }
    if let file { set.append(file) }
    DiagnosticReport(diagnostics, in: set).append(to: &builder)
    return builder.bytes
  }
}

extension Diagnostic {
  /// Whether it is about a parameter that nobody has given a value.
  fileprivate var isAboutMissingValue: Bool {
    if case .parameterMissing = message as? ProgramMessage { true } else { false }
  }

  /// Whether a diagnostic is about what stands in the text from an offset on, or is read there.
  fileprivate func concerns(from offset: UInt32) -> Bool {
    if primary.source == .main { return primary.range.start >= offset }
    let places = secondary.filter { $0.source == .main }
    return places.isEmpty || places.contains { $0.range.start >= offset }
  }
}

extension Statement {
  /// What the statement is among what is staged; nil where it is answered and forgotten.
  fileprivate var role: Session.Staged.Role? {
    switch content {
    case .operation: .operation
    case .account, .onError, .parameter, .binding, .procedure, .inclusion: .setting
    case .loop, .branch, .invocation: .operation
    case .expect: .guarding
    case .show, .list, .print, .preview, .command, .invalid: nil
    }
  }
}

extension Script {
  /// Returns the number in `commit 3`, which lacks a word; nil where nobody wrote that.
  fileprivate func trialWithoutFirst(_ mistakes: [Diagnostic]) -> String? {
    let isCommit = passages.contains { passage in
      guard case .command(.commit(let first)) = passage.statement.content else { return false }
      return first.kind == .none
    }
    guard isCommit, let mistake = mistakes.first else { return nil }
    let text = text(mistake.primary.range)
    return UInt32(text) == nil ? nil : text
  }

  /// Returns for every step of a plan of the script which of its passages asked for it.
  fileprivate func owners(ofStepsIn evaluation: Evaluation) -> [Int32] {
    var passageNumbers: [Int32] = []
    passageNumbers.reserveCapacity(statements.count)
    let ends = passages.map(\.range.end)
    var passage = 0
    for statement in statements {
      while passage < ends.count - 1, statement.range.start >= ends[passage] { passage += 1 }
      passageNumbers.append(Int32(passage))
    }
    return evaluation.plan.steps.indices.map {
      passageNumbers[Int(evaluation.statement(ofStep: $0))]
    }
  }
}
