import ArgumentParser

/// Where the program begins: one line, so that nothing runs on the main actor longer than it must.
@main
enum Main {
  static func main() async { await runProgram() }
}

/// Parses the command line, runs the command, and ends with its exit status.
@concurrent
func runProgram() async {
  var output = Output(isJSON: false, isComplete: false, variables: Process.variables)
  do {
    var command = try DTXCommand.parseAsRoot()
    if let program = command as? any ProgramCommand {
      output = program.output
      let status = try await program.execute()
      if let failure = StandardStreams.outputFailure {
        output.report(failure)
        Process.exit(status == .success ? failure.status : status)
      }
      Process.exit(status)
    }
    // Help and version are commands of the argument parser's own.
    try command.run()
  } catch let failure as CommandFailure {
    output.report(failure)
    Process.exit(failure.status)
  } catch {
    DTXCommand.exit(withError: error)
  }
}

/// A command of dtx: it says what it wrote, and returns how the program ends.
protocol ProgramCommand: ParsableCommand, Sendable {
  var output: Output { get }

  func execute() async throws(CommandFailure) -> ExitStatus
}

extension ProgramCommand {
  var output: Output {
    Output(isJSON: false, isComplete: false, variables: Process.variables)
  }

  func output(_ options: ReportOptions) -> Output {
    Output(isJSON: options.json, isComplete: options.all, variables: Process.variables)
  }
}

/// `dtx`: what the program can do.
struct DTXCommand: ParsableCommand {
  /// The version, which the provider keeps with every event.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "dtx",
    abstract: "Capture, refund, void and adjust payments at Dintero Checkout.",
    discussion: """
      Without a command, dtx opens a session at the prompt. Statements are checked against the \
      transactions they name and shown before anything happens.
      """,
    version: version,
    subcommands: [
      SessionCommand.self, RunCommand.self, CheckCommand.self, ExplainCommand.self,
      FormatCommand.self,
      PlanCommand.self,
      ShowCommand.self, ApplyCommand.self, ApproveCommand.self, ResumeCommand.self,
      RevertCommand.self, JournalCommand.self, ProfileCommand.self, SandboxCommand.self,
    ],
    defaultSubcommand: SessionCommand.self
  )
}

/// `dtx repl`, or `dtx` alone: the session, or statements from the command line.
struct SessionCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl",
    abstract: "Open a session at the prompt, or run the statements given with -c or on `-`."
  )

  @Option(name: .short, help: "Run the statements given here.")
  var c: String?

  @Argument(help: "`-` to run statements from standard input.")
  var input: String?

  @Flag(name: .long, help: "Plan and show, and carry nothing out.")
  var dryRun = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var executing: ExecutingOptions
  @OptionGroup var planning: PlanningOptions
  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    if let c { return try await run(Array(c.utf8), named: "-c") }
    if let input, input != "-" {
      throw .usage(
        "'\(input)' is not a command",
        help: "to run a script: dtx run \(input); to run a statement: dtx -c '\(input) …'"
      )
    }
    if input == "-" || !StandardStreams.isInputTerminal {
      return try await run(try StandardStreams.readAll(), named: "standard input")
    }
    guard StandardStreams.isOutputTerminal else {
      throw .usage(
        "a session needs a terminal, and the output goes elsewhere",
        help: "give statements with -c, or pipe them into `dtx -`"
      )
    }
    return try await SessionLoop.run(connection, output: output)
  }

  private func run(
    _ source: [UInt8],
    named name: String
  ) async throws(CommandFailure) -> ExitStatus {
    let flow = try RunFlow(
      output: output,
      connection: connection,
      executing: executing,
      planning: planning,
      isDry: dryRun
    )
    return try await flow.run(source, named: name)
  }
}
