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
  private(set) var connection: Connection
  private let usualOutput: Output
  var output: Output { usualOutput.forReader(session.settings.isForReader) }
  let board: HintBoard
  let known: KnownTransactions
  let assistant: LineAssistant
  let editor: LineEditor
  var memory: SessionMemory
  private(set) var stagedFile: StagedFile
  var session: Session { didSet { board.session = session } }
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
    usualOutput = output
    var settings = SessionSettings()
    settings.isForReader = connection.place.variables["DTX_READER"].map { !$0.isEmpty } ?? false
    session = connection.session(settings, output.options)
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
    stagedFile = StagedFile(of: connection)
    assistant.showsHints = !settings.isForReader
  }

  private func run() async -> ExitStatus {
    Interruptions.outlive()
    let work = hinting()
    defer { work.cancel() }
    refreshKnown()
    memory.load(into: editor)
    greet("`help` tells what can be said.")
    await offerLeftovers()
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

  private func greet(_ rest: String) {
    output.note(
      "dtx, profile \(connection.profile), account \(connection.account)"
        + (connection.account.isProduction ? " (PRODUCTION: real money). " : " (a test account). ")
        + rest
    )
  }

  /// Takes one text; true when the session is to end.
  private func take(_ text: String) async -> Bool {
    guard text.contains(where: { !$0.isWhitespace }) else { return false }
    memory.remember(text, in: editor)
    let start = ContinuousClock.now
    timeOfPerson = .zero
    do throws(ProviderError) {
      let reply = try await changed { session async throws(ProviderError) in
        try await session.take(text)
      }
      if reply?.isAccepted != true { refused = text }
      if let reply { try await answer(reply) }
    } catch {
      refused = text
      output.report(CommandFailure(error))
    }
    if session.settings.showsTiming { tellTime(since: start) }
    keepStaged()
    return isLeaving
  }

  /// How long the last text has waited for the person, who reads and answers.
  var timeOfPerson = Duration.zero

  private var isLeaving = false

  func answer(_ reply: Session.Reply) async throws(ProviderError) {
    present(reply.output)
    StandardStreams.writeError(reply.errors)
    switch reply.request {
    case .none: break
    case .quit: isLeaving = mayLeave()
    case .edit:
      draft = Self.edit(refused, in: connection.place, output) ?? refused
      refused = ""
    case .run(let path): try await stage(path)
    case .commit(let planned, let first): await commit(planned, first: first)
    case .save(let script, let path): save(script, to: path)
    case .use(let name): use(name)
    case .journal(let limit): await showJournal(limit)
    case .watch(let statement): await watch(statement)
    }
    assistant.showsHints = !session.settings.isForReader
    known.merge(session.readTransactions)
    refreshKnown()
  }

  /// Goes on with another profile, where nothing is left behind.
  private func use(_ name: String) {
    guard !session.isWaiting else {
      return output.note(
        "Something is staged for \(connection.profile): `commit` or `discard` it first."
      )
    }
    do throws(CommandFailure) {
      let selected = try connection.place.selectedProfile(name)
      let settings = session.settings
      connection = try Connection(connection.place, selected)
      known.forget()
      stagedFile.remove()
      stagedFile = StagedFile(of: connection)
      memory = SessionMemory(of: connection, output: output)
      session = connection.session(settings, output.options)
    } catch { return output.report(error) }
    memory.load(into: editor)
    greet("Nothing is staged.")
  }

  private func stage(_ path: String) async throws(ProviderError) {
    let source: [UInt8]
    do throws(CommandFailure) { source = try StandardStreams.read(path: path) } catch {
      output.report(error)
      return
    }
    let isElsewhere = !LocalFiles.isInWorkingFolder(path)
    let reply = try await changed { session async throws(ProviderError) in
      try await session.stage(source, named: path, isElsewhere: isElsewhere)
    }
    if let reply { try await answer(reply) }
  }

  /// Asks before what is staged is lost.
  private func mayLeave() -> Bool {
    guard session.isWaiting else {
      stagedFile.remove()
      return true
    }
    let operations = session.totals.operations
    let count = operations > 0 ? operations : session.statementCount
    let noun = operations > 0 ? "operation" : "statement"
    let what = count == 1 ? "1 \(noun) is" : "\(count) \(noun)s are"
    let question = "\(what) staged and not carried out. Leave? [y/N] "
    guard Self.isYes(ask(question)) else { return false }
    stagedFile.remove()
    return true
  }

  static func isYes(_ answer: String?) -> Bool {
    ["y", "yes"].contains(answer?.lowercased())
  }
}

extension Connection {
  /// Begins a session in which nothing is staged.
  fileprivate func session(_ settings: SessionSettings, _ options: OutputOptions) -> Session {
    var session = Session(
      planner: planner(isWhole: false),
      profile: profile,
      person: place.person,
      options: options
    )
    session.take(over: settings)
    return session
  }
}

// MARK: - The line

extension SessionLoop {
  /// Lets the person's own editor have a text; nil where it stays as it is.
  static func edit(_ text: String, in place: Place, _ output: Output) -> String? {
    let editor = ExternalEditor(variables: place.variables, folder: place.stateFolder)
    do throws(CommandFailure) { return try editor.edit(text) } catch {
      output.report(error)
      return nil
    }
  }

  /// `sandbox 3 staged -1204.50 NOK> `: where one is and what waits.
  private var prompt: [StyledText] {
    // Real money is named as such, and not by its colour alone.
    var prompt =
      connection.account.isProduction
      ? [StyledText("\(connection.profile) PRODUCTION", TextStyle(.magenta, isBold: true))]
      : [StyledText(connection.profile, TextStyle(.green, isBold: true))]
    let (operations, net) = session.totals
    if session.isWaiting {
      let sums = net.filter { $0.amount != .zero }.map(\.description).joined(separator: " ")
      let text = " \(operations) staged" + (sums.isEmpty ? "" : " " + sums)
      prompt.append(StyledText(text, TextStyle(.yellow)))
    }
    if session.isAutocommitting { prompt.append(StyledText(" autocommit", TextStyle(.yellow))) }
    return prompt + [StyledText("> ")]
  }
}
