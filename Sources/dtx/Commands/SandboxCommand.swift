import DTXPlanning
import ArgumentParser
import DTXExecution
import DTXLedger
import DTXReport
import DTXSandbox
import DTXSyntax

/// `dtx sandbox`: the embedded provider.
struct SandboxCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Look at, fill, reset and serve the embedded provider.",
    subcommands: [
      SandboxShowCommand.self, SandboxSeedCommand.self, SandboxResetCommand.self,
      SandboxServeCommand.self,
    ],
    defaultSubcommand: SandboxShowCommand.self
  )

  func execute() async throws(CommandFailure) -> ExitStatus { .success }
}

/// `dtx sandbox show`: where it is and what is in it.
struct SandboxShowCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show where the sandbox is and what it holds."
  )

  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let sandbox = try Place.current(Process.variables).sandbox
    do throws(ProviderError) {
      output.show(SandboxReport(try await sandbox.summary()))
    } catch { throw CommandFailure(error) }
    return .success
  }
}

/// `dtx sandbox seed`: a person's own transactions.
struct SandboxSeedCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "seed",
    abstract: "Add transactions from a file to the sandbox.",
    discussion: """
      The file is a JSON array of transactions, each with the fields that the provider's own answer \
      has: id, payment_product_type, amount, currency, status, items, events.
      """
  )

  @Argument(help: "A JSON file, or `-` for standard input.")
  var file: String

  func execute() async throws(CommandFailure) -> ExitStatus {
    let sandbox = try Place.current(Process.variables).sandbox
    let bytes = try StandardStreams.read(path: file)
    do throws(SeedError) {
      let report = try await sandbox.seed(bytes)
      let what = report.transactions == 1 ? "1 transaction" : "\(report.transactions) transactions"
      output.note("Added \(what) to the sandbox.")
      for note in report.notes {
        output.note("\(StandardStreams.name(of: file)):\(note.line): \(note.message)")
      }
    } catch {
      throw CommandFailure(
        code: DiagnosticCode(error.code == .storage ? 5021 : 5022),
        text: error.text(in: StandardStreams.name(of: file)) + "; nothing was added",
        status: error.code == .storage ? .configuration : .wrongScript
      )
    }
    return .success
  }
}

/// `dtx sandbox reset`: everything anew.
struct SandboxResetCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset",
    abstract: "Throw away everything in the sandbox and fill it with the demonstration again."
  )

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  func execute() async throws(CommandFailure) -> ExitStatus {
    let sandbox = try Place.current(Process.variables).sandbox
    if !yes {
      guard Confirmation.isPossible else { throw .noTerminal(help: "give --yes") }
      guard Confirmation.ask(ConfirmationQuestion("Throw away everything in \(sandbox.path)?"))
      else {
        throw .notConfirmed()
      }
    }
    do throws(ProviderError) { try await sandbox.reset() } catch {
      throw CommandFailure(error)
    }
    output.note("The sandbox is as new.")
    return .success
  }
}

extension SeedError {
  /// The message with the place in the file.
  fileprivate func text(in file: String) -> String {
    let place = [line, column].compactMap { $0.map { ":\($0)" } }.joined()
    return "\(file)\(place): \(message)"
  }
}

extension SandboxReport {
  fileprivate init(_ summary: SandboxSummary) {
    self.init(
      path: summary.path,
      account: summary.account,
      events: summary.events,
      pendingRequests: summary.pendingRequests,
      statuses: summary.statuses.map { ($0.key, $0.transactions) },
      currencies: summary.currencies.map { ($0.key, $0.transactions) }
    )
  }
}
