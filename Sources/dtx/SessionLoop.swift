import DTXExecution
import DTXLedger
import DTXPlanning
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
  private let history: HistoryFile
  private var session: Session
  private var completer: SessionCompleter
  private var hasFailed = false

  /// Opens a session and runs it to its end.
  static func run(output: Output) async throws(CommandFailure) -> ExitStatus {
    let connection = Connection(try Place.current(Process.variables))
    let loop = SessionLoop(connection, output)
    return try await loop.run()
  }

  private init(_ connection: Connection, _ output: Output) {
    self.connection = connection
    self.output = output
    history = HistoryFile(path: connection.place.historyPath, profile: connection.profile)
    session = Session(
      planner: connection.planner(),
      profile: connection.profile,
      person: connection.place.person,
      options: output.options
    )
    completer = SessionCompleter(account: connection.account, transactions: [])
  }

  private func run() async throws(CommandFailure) -> ExitStatus {
    await refreshCompleter()
    let editor: LineEditor
    var configuration = LineEditor.Configuration()
    configuration.usesStyles = Output.wantsColour(Process.variables)
    do throws(LineEditor.Failure) {
      editor = try LineEditor(program: "dtx", configuration: configuration, delegate: self)
    } catch { throw .editor(error) }
    do throws(CommandFailure) { editor.setHistory(try history.read()) } catch {
      output.report(error)
    }
    output.note(
      "dtx, profile \(connection.profile), account \(connection.account) (a test account)."
        + " `help` tells what can be said."
    )
    while true {
      switch editor.readLine(prompt: prompt) {
      case .interrupted: continue
      case .end: if mayLeave(editor) { return .success }
      case .line(let text): if try await take(text, editor) { return .success }
      }
    }
  }

  /// Takes one text; true when the session is to end.
  private func take(_ text: String, _ editor: LineEditor) async throws(CommandFailure) -> Bool {
    guard text.contains(where: { !$0.isWhitespace }) else { return false }
    remember(text, editor)
    do throws(ProviderError) {
      var session = session
      let reply = try await session.take(text)
      self.session = session
      try await answer(reply, editor)
    } catch {
      output.report(CommandFailure(error))
    }
    return isLeaving
  }

  private var isLeaving = false

  private func answer(_ reply: Session.Reply, _ editor: LineEditor) async throws(ProviderError) {
    StandardStreams.write(reply.output)
    StandardStreams.writeError(reply.errors)
    switch reply.request {
    case .none: break
    case .quit: isLeaving = mayLeave(editor)
    case .run(let path): try await stage(path, editor)
    case .commit(let planned, let first): await commit(planned, first: first, editor)
    }
    await refreshCompleter()
  }

  private func stage(_ path: String, _ editor: LineEditor) async throws(ProviderError) {
    let source: [UInt8]
    do throws(CommandFailure) { source = try StandardStreams.read(path: path) } catch {
      output.report(error)
      return
    }
    var session = session
    let reply = try await session.stage(source, named: path)
    self.session = session
    try await answer(reply, editor)
  }

  private func remember(_ text: String, _ editor: LineEditor) {
    guard HistoryRecord.isKept(text) else { return }
    editor.appendHistory(text)
    do throws(CommandFailure) { try history.append(text) } catch {
      // Said once: a full disk must not fill the screen as well.
      if !hasFailed { output.report(error) }
      hasFailed = true
    }
  }

  /// Asks before what is staged is lost.
  private func mayLeave(_ editor: LineEditor) -> Bool {
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
  private func commit(_ staged: Session.Planned, first: Int?, _ editor: LineEditor) async {
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
      hasOutputs: false
    )
    output.show(planned)
    let question = Confirmation.question(
      for: planned.plan,
      firstOnly: first,
      profile: connection.profile,
      account: connection.account
    )
    guard Self.isYes(editor.confirm(question: question + " [y/N] ")) else {
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
    } catch {
      output.report(error)
    }
    editor.discardTypedAhead()
  }

  /// Drops what a run was through with from what is staged; what it did not send stays.
  private func forget(_ report: RunReport) async {
    var unsent: Set<Int> = []
    // What was left in flight, or beyond the journal, is for `dtx resume` to settle.
    for entry in report.entries where report.canBeTakenUpAgain {
      if case .notSent = entry.outcome { unsent.insert(Int(entry.statement)) }
    }
    var session = session
    // Also where the rest could not be planned anew, what was carried out is staged no more.
    defer { self.session = session }
    do throws(ProviderError) {
      let reply = try await session.committed(exceptFor: unsent)
      StandardStreams.write(reply.output)
      StandardStreams.writeError(reply.errors)
    } catch {
      output.report(CommandFailure(error))
    }
  }

  /// Completion knows the transactions as they would be after what is staged.
  private func refreshCompleter() async {
    let transactions: [Transaction]
    do throws(ProviderError) {
      transactions = try await connection.reader.transactions(matching: TransactionQuery())
    } catch {
      // Completion is a convenience: without it, statements still work and say what is wrong.
      return
    }
    completer = SessionCompleter(
      account: connection.account,
      transactions: session.planned(transactions)
    )
  }
}

// MARK: - The editor's questions

extension SessionLoop: @MainActor LineEditorDelegate {
  func isComplete(_ text: String) -> Bool { SessionInput.isComplete(text) }

  func complete(_ text: String, cursorByteOffset: Int) -> Completion {
    completer.complete(text, cursorByteOffset: cursorByteOffset)
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

extension RunReport {
  /// Whether what was not sent is known for certain.
  fileprivate var canBeTakenUpAgain: Bool {
    switch stop {
    case .abandoned, .journal: false
    case .failure, .difference, .notSent, .failuresInARow, .interrupted, .trialEnded, nil: true
    }
  }
}
