import DTXExecution
import DTXLedger
import DTXPlanning
import DTXProfiles
import DTXReport
import DTXSession
import DTXSyntax

/// The session at the terminal: reads texts, lets the session take them, and does what it asks.
///
/// It belongs to the main thread, on which the line editor blocks while nothing else runs.
@MainActor
final class SessionLoop {
  private let connection: Connection
  private let output: Output
  private let board: HintBoard
  private let known: KnownTransactions
  private let assistant: LineAssistant
  private let editor: LineEditor
  private var memory: SessionMemory
  private var session: Session { didSet { board.session = session } }
  /// What the next line begins with, to be looked at and changed.
  private var draft: String?
  /// The last text that was refused, for `edit` to put right.
  private var refused = ""

  /// Opens a session and runs it to its end.
  static func run(
    _ selection: ConnectionOptions,
    output: Output
  ) async throws(CommandFailure) -> ExitStatus {
    let connection = try Connection(Place.current(Process.variables), selection)
    let loop = try SessionLoop(connection, output)
    return await loop.run()
  }

  private init(_ connection: Connection, _ output: Output) throws(CommandFailure) {
    self.connection = connection
    self.output = output
    session = Session(
      planner: connection.planner(),
      profile: connection.profile,
      person: connection.place.person,
      options: output.options
    )
    known = KnownTransactions()
    board = HintBoard(session: session, known: known)
    var names = SessionCompleter.Names()
    names.profiles = (try? connection.place.profiles().names) ?? []
    names.files = { PathCompletion.paths(beginningWith: $0) }
    assistant = LineAssistant(board: board, known: known, names: names) {
      Self.edit($0, in: connection.place, output)
    }
    var configuration = LineEditor.Configuration()
    configuration.usesStyles = Output.wantsColour(Process.variables)
    do throws(LineEditor.Failure) {
      editor = try LineEditor(program: "dtx", configuration: configuration, delegate: assistant)
    } catch { throw .editor(error) }
    memory = SessionMemory(of: connection, output: output)
  }

  private func run() async -> ExitStatus {
    let work = [hinting()]
    defer { for task in work { task.cancel() } }
    refreshKnown()
    memory.load(into: editor)
    output.note(
      "dtx, profile \(connection.profile), account \(connection.account)"
        + (connection.account.isProduction ? " (PRODUCTION: real money)." : " (a test account).")
        + " `help` tells what can be said."
    )
    while true {
      let text = draft
      draft = nil
      switch editor.readLine(prompt: prompt, initialText: text) {
      case .interrupted: continue
      case .end: if mayLeave() { return .success }
      case .closed: return .interrupted
      case .line(let text): if await take(text) { return .success }
      }
    }
  }

  /// Takes one text; true when the session is to end.
  private func take(_ text: String) async -> Bool {
    guard text.contains(where: { !$0.isWhitespace }) else { return false }
    memory.remember(text, in: editor)
    do throws(ProviderError) {
      var session = session
      let reply = try await session.take(text)
      self.session = session
      if !reply.isAccepted { refused = text }
      try await answer(reply)
    } catch {
      refused = text
      output.report(CommandFailure(error))
    }
    return isLeaving
  }

  private var isLeaving = false

  private func answer(_ reply: Session.Reply) async throws(ProviderError) {
    StandardStreams.write(reply.output)
    StandardStreams.writeError(reply.errors)
    switch reply.request {
    case .none: break
    case .quit: isLeaving = mayLeave()
    case .edit:
      draft = Self.edit(refused, in: connection.place, output) ?? refused
      refused = ""
    case .run(let path): try await stage(path)
    case .commit(let planned, let first): await commit(planned, first: first)
    }
    known.merge(session.readTransactions)
    refreshKnown()
  }

  private func stage(_ path: String) async throws(ProviderError) {
    let source: [UInt8]
    do throws(CommandFailure) { source = try StandardStreams.read(path: path) } catch {
      output.report(error)
      return
    }
    var session = session
    let reply = try await session.stage(source, named: path)
    self.session = session
    try await answer(reply)
  }

  /// Asks before what is staged is lost.
  private func mayLeave() -> Bool {
    guard session.isWaiting else { return true }
    let operations = session.totals.operations
    let count = operations > 0 ? operations : session.statementCount
    let noun = operations > 0 ? "operation" : "statement"
    let what = count == 1 ? "1 \(noun) is" : "\(count) \(noun)s are"
    return Self.isYes(editor.confirm(question: "\(what) staged and not carried out. Leave? [y/N] "))
  }

  private static func isYes(_ answer: String?) -> Bool {
    ["y", "yes"].contains(answer?.lowercased())
  }
}

// MARK: - Carrying out

extension SessionLoop {
  private func commit(_ staged: Session.Planned, first: Int?) async {
    let planned = PlannedScript(
      header: PlanHeader(
        script: Session.sourceName,
        scriptDigest: Digest.hexadecimal(of: staged.source),
        profile: connection.profile,
        account: connection.account,
        plannedBy: connection.place.person,
        plannedAt: staged.plannedAt,
        onError: staged.errorPolicy
      ),
      plan: staged.plan,
      lines: staged.lines,
      warningCount: staged.warningCount,
      hasOutputs: false,
      policyRules: connection.policy.rules
    )
    output.show(planned)
    do throws(CommandFailure) {
      try connection.checkPolicy(of: planned.plan)
      try connection.checkApprovals(planned.approvers)
    } catch { return output.report(error) }
    let trial = first.flatMap { $0 < planned.plan.steps.count ? $0 : nil }
    let steps = 0..<(trial ?? planned.plan.steps.count)
    let questions = ControlTotals(of: planned.plan, steps: steps).questions(
      ofTotal: trial.map { _ in planned.plan.steps.count },
      profile: connection.profile,
      account: connection.account
    )
    let isConfirmed = questions.allSatisfy { question in
      question.isConfirmed(by: editor.confirm(question: question.text))
    }
    guard isConfirmed else {
      output.note("Nothing was sent; it is still staged.")
      return
    }
    var options = PlanRunner.Options()
    options.errorPolicy = staged.errorPolicy
    options.firstOnly = first
    let runner = PlanRunner(
      connection: connection,
      output: output,
      options: options,
      isConfirmed: false
    )
    do throws(CommandFailure) {
      let report = try await runner.carryOut(planned)
      output.show(report, of: planned)
      await forget(report)
      await reread(planned.plan.transactions.map(\.id))
    } catch {
      output.report(error)
    }
    editor.discardTypedAhead()
  }

  /// Drops what a run was through with from what is staged; what it did not send stays.
  private func forget(_ report: RunReport) async {
    let outcome = Session.CommitOutcome(report)
    memory.markDone(session.statements(doneIn: outcome), in: editor)
    var session = session
    // Also where the rest could not be planned anew, what was carried out is staged no more.
    defer { self.session = session }
    do throws(ProviderError) {
      let reply = try await session.settle(outcome)
      StandardStreams.write(reply.output)
      StandardStreams.writeError(reply.errors)
    } catch {
      output.report(CommandFailure(error))
    }
  }
}

// MARK: - What is known

extension SessionLoop {
  /// How old what completion knows may be before it is read again, while nobody waits for it.
  private static let freshness = Duration.seconds(30)
  /// The newest of an account: enough for a day's work, and ten requests.
  private static let remoteLimit = 1_000
  /// More than a sandbox has, and some hundred megabytes.
  private static let embeddedLimit = 200_000

  /// Has the transactions read anew for completion, if they are not fresh.
  private func refreshKnown() {
    let reader = connection.reader
    let limit = connection.isEmbedded ? Self.embeddedLimit : Self.remoteLimit
    let (known, board, notices) = (known, board, editor.notices)
    let freshness = Self.freshness
    Task.detached { @concurrent in
      let isNews = await known.refresh(from: reader, limit: limit, ifOlderThan: freshness)
      guard isNews else { return }
      board.forget()
      notices.wake()
    }
  }

  /// Reads anew what a run has changed.
  private func reread(_ ids: [TransactionID]) async {
    guard let changed = try? await connection.reader.transactions(withIDs: ids) else { return }
    known.merge(changed)
  }

  /// Works out what lines would do while they are typed.
  private func hinting() -> Task<Void, Never> {
    let board = board
    let notices = editor.notices
    return Task.detached {
      await board.work(
        announce: { notices.wake() },
        tell: { notices.printAbove("Pasted: \($0.text). Enter stages it; nothing is carried out.") }
      )
    }
  }
}

// MARK: - The line

extension SessionLoop {
  /// Lets the person's own editor have a text; nil where it stays as it is.
  private static func edit(_ text: String, in place: Place, _ output: Output) -> String? {
    let editor = ExternalEditor(variables: place.variables, folder: place.stateFolder)
    do throws(CommandFailure) { return try editor.edit(text) } catch {
      output.report(error)
      return nil
    }
  }

  /// `sandbox 3 staged -1204.50 NOK> `: where one is and what waits.
  private var prompt: [StyledText] {
    var prompt = [StyledText(connection.profile, TextStyle(.green, isBold: true))]
    let (operations, net) = session.totals
    if session.isWaiting {
      let sums = net.filter { $0.amount != .zero }.map(\.description).joined(separator: " ")
      let text = " \(operations) staged" + (sums.isEmpty ? "" : " " + sums)
      prompt.append(StyledText(text, TextStyle(.yellow)))
    }
    return prompt + [StyledText("> ")]
  }
}

extension Session.CommitOutcome {
  fileprivate init(_ report: RunReport) {
    self.init()
    for entry in report.entries {
      if case .done = entry.outcome {
        done.insert(entry.statement)
      } else {
        undone.insert(entry.statement)
      }
      // What was left in flight, or beyond the journal, is for `dtx resume` to settle.
      if case .notSent = entry.outcome, report.canBeTakenUpAgain { unsent.insert(entry.statement) }
    }
  }
}

extension RunReport {
  /// Whether what was not sent is known for certain.
  fileprivate var canBeTakenUpAgain: Bool {
    switch stop {
    case .abandoned, .journal: false
    case .failure, .difference, .notSent, .failuresInARow, .interrupted, .trialEnded, nil: true
    }
  }
}
