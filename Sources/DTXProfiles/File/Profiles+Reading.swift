import DTXExecution
import DTXLedger
import DTXSyntax

extension Profiles {
  /// Reads a configuration file.
  ///
  /// - Parameters:
  ///   - text: The file's text, in TOML.
  ///   - source: The file's path, for messages.
  /// - Throws: `ConfigurationError` with every mistake.
  package init(reading text: String, from source: String) throws(ConfigurationError) {
    self.init()
    let places = SettingPlaces(text)
    var reader = SettingReader(try Setting.table(of: text, from: source), at: [], places)
    defaultName = reader.text("default")
    let tables = reader.table("profiles")
    for name in tables.keys.sorted() {
      guard case .table(let table)? = tables[name] else {
        reader.take([
          .init(line: places.line(of: ["profiles", name]), "profile '\(name)' must be a table")
        ])
        continue
      }
      var profile = SettingReader(table, at: ["profiles", name], places)
      if name == Profile.sandboxName {
        sandboxPolicy = Policy(&profile)
        profile.noteUnknownSandboxKeys()
      } else {
        all[name] = Profile(name, &profile)
        profile.noteUnknownKeys()
      }
      reader.take(profile.mistakes)
    }
    reader.noteUnknownKeys()
    if let name = defaultName, name != Profile.sandboxName, tables[name] == nil {
      reader.note(
        "default",
        "there is no profile '\(name)' to be the default",
        help: nearest(to: name, among: [Profile.sandboxName] + tables.keys.sorted())
          .map { "did you mean '\($0)'?" }
      )
    }
    if !reader.mistakes.isEmpty {
      let inOrder = reader.mistakes.enumerated().sorted { left, right in
        (left.element.line ?? 0, left.offset) < (right.element.line ?? 0, right.offset)
      }
      throw ConfigurationError(source, inOrder.map(\.element))
    }
  }
}

extension SettingReader {
  /// The sandbox is what it is; only a policy can be practised with.
  fileprivate mutating func noteUnknownSandboxKeys() {
    for key in table.keys.sorted() where key != "policy" {
      note(key, "the sandbox takes a policy and nothing else, so '\(key)' means nothing")
    }
  }
}

extension Profile {
  /// Reads a profile's table; nil where something that it needs is missing or wrong.
  fileprivate init?(_ name: String, _ reader: inout SettingReader) {
    if !Profile.isName(name) || name == Profile.environmentName {
      reader.note(
        nil,
        "'\(name)' can't be the name of a profile",
        help: name == Profile.environmentName
          ? "it is the name of the profile that the variables DTX_… make"
          : "use letters, digits, - and _, and at most \(Profile.nameLengthLimit) of them"
      )
    }
    let account = reader.account()
    let clientID = reader.required("client_id")
    let secret = SecretSource(&reader)
    let policy = Policy(&reader)
    let checkoutURL = reader.serviceURL("checkout_url")
    let apiURL = reader.serviceURL("api_url")
    let authority = reader.text("ca_file")
    let answerSeconds = reader.number("timeout", in: 1...600)
    let rate = reader.number("rate", in: ExecutionOptions.rateRange)
    let concurrency = reader.integer("concurrency", in: ExecutionOptions.concurrencyRange)
    if let answerSeconds, answerSeconds < Self.shortestAnswerSeconds,
      checkoutURL?.isLoopback != true
    {
      reader.note(
        "timeout",
        "'timeout' is at least \(Int(Self.shortestAnswerSeconds)) seconds",
        help: "a capture that was given up too early has to be looked for"
      )
    }
    let patience = reader.number("patience", in: ExecutionOptions.patienceRange)
    if let patience, patience < 1, checkoutURL?.isLoopback != true {
      reader.note(
        "patience",
        "'patience' below 1 is for a provider on this machine",
        help: "a real one needs its time before it can say what became of an operation"
      )
    }
    guard let account, let clientID, let secret else { return nil }
    self.init(name: name, account: account, clientID: clientID, secret: secret)
    self.checkoutURL = checkoutURL
    self.apiURL = apiURL
    self.certificateAuthorityPath = authority
    self.answerSeconds = answerSeconds
    self.rate = rate
    self.concurrency = concurrency
    self.patience = patience
    self.policy = policy
  }

  /// Less is allowed only towards a provider on this machine, which is there to be tested with.
  private static let shortestAnswerSeconds = 30.0
}

extension SettingReader {
  fileprivate mutating func required(_ key: String) -> String? {
    if let text = text(key) { return text }
    if table[key] == nil { note(nil, "'\(key)' is missing in [\(path.joined(separator: "."))]") }
    return nil
  }

  fileprivate mutating func account() -> Account? {
    guard let text = required("account") else { return nil }
    guard let account = Account(text) else {
      note(
        "account",
        "'\(text)' is no account",
        help: "an account is T (test) or P (production) and eight digits, as T12345678"
      )
      return nil
    }
    return account
  }

  fileprivate mutating func serviceURL(_ key: String) -> ServiceURL? {
    guard let text = text(key) else { return nil }
    do throws(ServiceURL.Mistake) { return try ServiceURL(text) } catch {
      switch error {
      case .malformed:
        note(key, "'\(text)' is no address", help: "write it as https://checkout.dintero.com")
      case .unencrypted:
        note(
          key,
          "'\(text)' would send the secret unencrypted",
          help: "write https://; only an address on this machine may do without"
        )
      }
      return nil
    }
  }
}
