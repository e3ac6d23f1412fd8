import ArgumentParser
import DTXExecution
import DTXJournal
import DTXLedger
import DTXReport
import DTXSyntax

/// `dtx journal`: what was done, by whom, when.
struct JournalCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal",
    abstract: "List, show, verify and export what was done.",
    subcommands: [
      JournalListCommand.self, JournalShowCommand.self, JournalVerifyCommand.self,
      JournalExportCommand.self,
    ],
    defaultSubcommand: JournalListCommand.self
  )

  func execute() async throws(CommandFailure) -> ExitStatus { .success }
}

/// `dtx journal list`: the runs, newest first.
struct JournalListCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the runs, the newest first."
  )

  @Option(name: .long, help: "At most so many runs.")
  var limit = 50

  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  mutating func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit must be above zero") }
  }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let journal = try Place.current(Process.variables).journal
    do throws(JournalError) {
      let atWork = try await journal.runsAtWork()
      let runs = try await journal.runs(limit: limit)
      output.show(JournalRunList(runs.map { $0.row(atWork) }))
    } catch { throw CommandFailure(error) }
    return .success
  }
}

/// `dtx journal show`: one run, entry by entry.
struct JournalShowCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show every entry of a run."
  )

  @Argument(help: "The name of the run, from `dtx journal list`.")
  var run: String

  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let journal = try Place.current(Process.variables).journal
    do throws(JournalError) {
      let (recorded, entries) = try await journal.run(RunID(run))
      let currencies = try await journal.currencies(of: recorded.record)
      let row = recorded.row(try await journal.runsAtWork())
      output.show(JournalRunPage(row, entries: entries.map { $0.row(currencies) }))
    } catch { throw CommandFailure(error) }
    return .success
  }
}

/// `dtx journal verify`: whether every entry still follows from the one before.
struct JournalVerifyCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that no entry was changed, removed or moved.",
    discussion: """
      Whoever may write the file could write a whole new journal. Keep the newest digest elsewhere, \
      and give it to a later check with --newest.
      """
  )

  @Option(
    name: .long,
    help: "The newest digest of an earlier check, which the journal must still have."
  )
  var newest: JournalHead?

  func execute() async throws(CommandFailure) -> ExitStatus {
    let journal = try Place.current(Process.variables).journal
    let verification: JournalVerification
    do throws(JournalError) { verification = try await journal.verify(remembered: newest) } catch {
      throw CommandFailure(error)
    }
    switch verification {
    case .whole(let head, let runs):
      StandardStreams.write(
        """
        The journal is whole: \(head.sequence) entries of \(runs == 1 ? "1 run" : "\(runs) runs").
        Its newest digest is \(head.text)

        """
      )
      return .success
    case .broken(let fault):
      throw CommandFailure(
        code: DiagnosticCode(5033),
        text: "the journal is broken at entry \(fault.sequence): \(fault.kind.text)",
        help: "keep the file as it is and ask for help; what came before that entry is intact"
      )
    }
  }
}

/// `dtx journal export`: every entry, for other programs.
struct JournalExportCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write every entry as JSON lines or CSV."
  )

  @Option(name: .long, help: "json (a line for each entry) or csv.")
  var format = JournalExportFormat.json

  func execute() async throws(CommandFailure) -> ExitStatus {
    let journal = try Place.current(Process.variables).journal
    do {
      try await journal.export(as: format) { StandardStreams.write($0) }
    } catch let error as JournalError {
      throw CommandFailure(error)
    } catch {
      throw CommandFailure.cannotWrite("standard output", "\(error)")
    }
    return .success
  }
}

extension JournalExportFormat: ExpressibleByArgument {}

extension JournalFault.Kind {
  /// What is wrong, as the end of a sentence.
  var text: String {
    switch self {
    case .changed: "its content was changed"
    case .removed: "it is missing"
    case .reordered: "it does not follow from the one before"
    case .truncated: "entries are missing at the end"
    case .planChanged: "its plan was changed"
    }
  }
}

extension JournalHead: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
