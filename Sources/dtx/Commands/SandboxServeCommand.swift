import ArgumentParser
import DTXExecution
import DTXLedger
import DTXReport
import DTXSandbox
import DTXSandboxServer
import DTXSyntax

/// `dtx sandbox serve`: the embedded provider for any integration.
struct SandboxServeCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the sandbox over HTTP, as the provider serves its accounts.",
    discussion: """
      Everything that an integration can ask of the provider's transactions is answered by the \
      same rules as in the embedded sandbox, out of the same file. `/sandbox/faults` takes \
      {"fault": "timeout-applied", "operation": "capture"} and makes the next capture go wrong; \
      `/sandbox/complete`, `/sandbox/settle` and `/sandbox/seed` make time pass, pay out, and add \
      transactions.

      Faults: \(Fault.allCases.map(\.rawValue).joined(separator: ", ")).

      Switches decide what the documentation leaves open; each stands at its first position unless \
      told otherwise:
      \(ServerSwitch.all.map { wanted in
        "- " + wanted.name + "=" + wanted.positions.map(\.name).joined(separator: "|") + ": "
          + wanted.meaning
      }.joined(separator: "\n"))
      """
  )

  @Option(name: .long, help: "The address to listen at.")
  var host = "127.0.0.1"

  @Option(name: .long, help: "The port to listen at; 0 for any that is free.")
  var port = 8090

  @Flag(name: .long, help: "Allow an address that other machines can reach.")
  var allowRemote = false

  @Option(name: .long, help: "The sandbox's file; that of the embedded sandbox by default.")
  var file: String?

  @Option(name: .long, help: "The account to be.")
  var account = Connection.sandboxAccount.text

  @Option(
    name: .long,
    help: "Who may ask: ID:SECRET, or ID:SECRET:SCOPE,SCOPE. (default: dtx:sandbox)"
  )
  var client: [APIClient] = []

  @Option(name: .long, help: "A certificate in PEM; with --key, serve with TLS.")
  var certificate: String?

  @Option(name: .long, help: "The key of the certificate, in PEM.")
  var key: String?

  @Option(name: .long, help: "A share of operations that goes wrong, as timeout-applied=0.05.")
  var fault: [FaultRates.Rate] = []

  @Option(name: .long, help: "A share of reads that goes wrong, as 503=0.05.")
  var readFault: [FaultRates.Rate] = []

  @Option(name: .long, help: "What the faults are drawn from.")
  var seed: UInt64 = 1

  @Option(name: .customLong("switch"), help: "How to decide what is left open; see above.")
  var switches: [String] = []

  @Option(name: .long, help: "Milliseconds that every answer takes longer.")
  var latency: Int64 = 0

  @Option(name: .long, help: "Seconds until a connection is closed on which no answer comes.")
  var silence = 90.0

  @Option(name: .long, help: "Seconds until what was accepted is completed.")
  var completion = 2.0

  @Option(name: .long, help: "Seconds that a token is good for.")
  var tokenLife: Int64 = 14_400

  @Flag(name: .long, help: "Tell every request and its answer on standard error.")
  var log = false

  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  mutating func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port is 0 to 65535") }
    guard allowRemote || ServiceURL.isLoopback(host: host) else {
      throw ValidationError(
        "\(host) can be reached from other machines, and anybody there could change the sandbox; "
          + "add --allow-remote if that is meant"
      )
    }
    guard Account(account) != nil else {
      throw ValidationError("--account is T or P and eight digits, as T12345678")
    }
    guard (certificate == nil) == (key == nil) else {
      throw ValidationError("--certificate and --key need each other")
    }
    for rates in [fault, readFault] where rates.reduce(0, { $0 + $1.share }) > 1 {
      throw ValidationError("the shares of faults come to more than 1")
    }
    for rate in readFault where !rate.fault.befallsReads {
      let names = Fault.allCases.filter(\.befallsReads).map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--read-fault has one of \(names): no other can befall a read")
    }
    let spans: [(name: String, seconds: Double)] = [
      ("latency", Double(latency) / 1_000), ("silence", silence), ("completion", completion),
    ]
    for span in spans where !(0...Self.longestSpanSeconds).contains(span.seconds) {
      throw ValidationError("--\(span.name) is not negative, and a day at most")
    }
    guard (1...Int64(Self.longestSpanSeconds)).contains(tokenLife) else {
      throw ValidationError("--token-life is a second at least, and a day at most")
    }
    do throws(ServerError) { _ = try settings() } catch { throw ValidationError(error.message) }
  }

  /// A day: nobody waits longer for an answer, and no token lives longer at the provider.
  private static let longestSpanSeconds = 86_400.0

  private func settings() throws(ServerError) -> (SandboxRules, ServerConfiguration) {
    var rules = SandboxRules()
    rules.completion = .after(milliseconds: Int64(completion * 1_000))
    var configuration = ServerConfiguration()
    configuration.host = host
    configuration.port = port
    if let certificate, let key {
      configuration.identity = ServerConfiguration.Identity(
        certificatePath: certificate,
        keyPath: key
      )
    }
    if !client.isEmpty { configuration.clients = client }
    configuration.operationFaults = fault
    configuration.readFaults = readFault
    configuration.seed = seed
    configuration.behaviour.latencyMilliseconds = latency
    configuration.behaviour.silenceMilliseconds = Int64(silence * 1_000)
    configuration.behaviour.tokenSeconds = tokenLife
    if log {
      configuration.tell = { request in
        let status = request.status.map { String($0) } ?? "no answer"
        StandardStreams.writeError("\(request.method) \(request.address) \(status)\n")
      }
    }
    for text in switches {
      try ServerSwitch.set(text, in: &rules, &configuration.behaviour)
    }
    return (rules, configuration)
  }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let path: String
    if let file { path = file } else { path = try Place.current(Process.variables).sandboxPath }
    guard let account = Account(account) else { throw .usage("'\(account)' is no account") }
    do throws(ServerError) {
      let (rules, configuration) = try settings()
      let server = SandboxServer(
        path: path,
        account: account,
        rules: rules,
        configuration: configuration
      )
      let scheme = configuration.identity == nil ? "http" : "https"
      let (output, host, client) = (output, host, configuration.clients.first ?? .standard)
      try await server.run(listensToSignals: true) { port in
        let authority = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        output.show(
          ServedReport(
            url: "\(scheme)://\(authority)",
            path: path,
            account: account,
            client: client.id,
            secret: client.secret.exposed
          )
        )
      }
    } catch {
      throw CommandFailure(code: DiagnosticCode(5023), text: error.message)
    }
    output.note("The sandbox is no longer served.")
    return .success
  }
}

// MARK: - Reading options

extension APIClient: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension FaultRates.Rate: ExpressibleByArgument {
  /// Reads `timeout-applied=0.05`.
  public init?(argument: String) {
    let sides = argument.split(separator: "=", maxSplits: 1)
    guard sides.count == 2, let fault = Fault(rawValue: String(sides[0])),
      let share = Double(sides[1]), (0...1).contains(share)
    else { return nil }
    self.init(fault, share)
  }
}
