import DTXDintero
import DTXEvaluator
import DTXExecution
import DTXJournal
import DTXLedger
import DTXPlanning
import DTXProfiles
import DTXSandbox

/// A profile with its provider and the journal: what a command works with.
///
/// Making one asks nothing of anybody: files and connections are opened at their first use.
struct Connection {
  /// The account of the embedded sandbox: a test account that nobody has.
  static let sandboxAccount: Account = {
    guard let account = Account("T12345678") else {
      preconditionFailure("the sandbox's account has the shape of an account")
    }
    return account
  }()

  /// How fast and how many at a time, unless a profile or an option says otherwise.
  struct Pace {
    /// Operations a second; nil for no limit.
    var rate: Double?
    var concurrency: Int
    /// How long waits are, as a share of the usual.
    var patience = 1.0

    /// What the provider asks of its callers.
    static let polite = Pace(rate: 5, concurrency: 4)
    /// The embedded sandbox has all the time in the world.
    static let unlimited = Pace(rate: nil, concurrency: 4)
  }

  let place: Place
  /// The profile's name.
  let profile: String
  let policy: Policy
  let account: Account
  let pace: Pace
  /// The view that can only read.
  let reader: any TransactionReader
  /// The view that moves money, for the driver alone.
  let writer: any TransactionWriter
  let journal: SQLiteJournal

  /// Connects to a profile.
  ///
  /// - Throws: `CommandFailure` where there is no such profile, or it is not as it should be.
  init(
    _ place: Place,
    _ selection: ConnectionOptions,
    executing: ExecutingOptions? = nil
  ) throws(CommandFailure) {
    try self.init(
      place,
      place.selectedProfile(selection.profile),
      rate: executing?.rate,
      concurrency: executing?.concurrency
    )
  }

  /// Connects to a profile, at a pace that options may have asked for.
  ///
  /// - Throws: `CommandFailure` where the profile is not as it should be.
  init(
    _ place: Place,
    _ selected: SelectedProfile,
    rate: Double? = nil,
    concurrency: Int? = nil
  ) throws(CommandFailure) {
    self.place = place
    profile = selected.name
    policy = selected.policy
    journal = place.journal
    switch selected {
    case .sandbox:
      let sandbox = place.sandbox
      account = sandbox.account
      pace = Pace(rate: rate, concurrency: concurrency ?? Pace.unlimited.concurrency)
      reader = sandbox.reader
      writer = sandbox.writer
    case .account(let profile):
      pace = Pace(
        rate: rate ?? profile.rate ?? Pace.polite.rate,
        concurrency: concurrency ?? profile.concurrency ?? Pace.polite.concurrency,
        patience: profile.patience ?? Pace.polite.patience
      )
      let client = try profile.client(pace, variables: place.variables)
      account = client.account
      reader = client.reader
      writer = client.writer
    }
  }

  /// Whether the provider is the sandbox in a file of this machine.
  var isEmbedded: Bool { profile == Profile.sandboxName }

  /// Plans with a view that can only read.
  ///
  /// At the prompt a script is not whole: what it sets may be used by what is typed next.
  func planner(
    operationLimit: Int = Evaluator.Options.defaultOperationLimit,
    parameters: [String: String] = [:],
    isWhole: Bool = true
  ) -> Planner {
    var options = Evaluator.Options()
    options.operationLimit = operationLimit
    options.parameters = parameters
    return Planner(
      reader: AttributedReader(reader: reader, journal: journal),
      options: options,
      files: LocalFiles(variables: place.variables),
      isWhole: isWhole,
      clock: Place.now
    )
  }
}

extension Place {
  var journal: SQLiteJournal { SQLiteJournal(path: journalPath) }

  var sandbox: Sandbox { Sandbox(path: sandboxPath, account: Connection.sandboxAccount) }
}

extension Profile {
  /// Makes the client of the profile; its secret is fetched when it is needed.
  ///
  /// - Throws: `CommandFailure` where a file that the profile names is not there.
  func client(
    _ pace: Connection.Pace = .polite,
    variables: [String: String]
  ) throws(CommandFailure) -> DinteroClient {
    let secret = secret
    // A provider on this machine is one process that answers everything.
    let local = [checkoutURL, apiURL].compactMap(\.self).first(where: \.isLoopback)
    var configuration = DinteroConfiguration(
      account: account,
      clientID: clientID,
      clientSecret: { () async throws(ProviderError) -> Secret in
        do throws(SecretError) { return try await secret.fetch(variables: variables) } catch {
          let help = error.help.map { "; \($0)" } ?? ""
          throw ProviderError(.unauthorized, error.message + help)
        }
      },
      checkoutURL: checkoutURL ?? local ?? .checkout,
      apiURL: apiURL ?? local ?? .api,
      version: DTXCommand.version
    )
    if let path = certificateAuthorityPath {
      try StandardStreams.checkReadable(path)
      configuration.certificateAuthorityPath = path
    }
    if let answerSeconds { configuration.answerSeconds = answerSeconds }
    configuration.readsPerSecond = pace.rate
    configuration.concurrency = pace.concurrency
    return DinteroClient(configuration)
  }
}

extension SelectedProfile {
  var account: Account {
    switch self {
    case .sandbox: Connection.sandboxAccount
    case .account(let profile): profile.account
    }
  }
}
