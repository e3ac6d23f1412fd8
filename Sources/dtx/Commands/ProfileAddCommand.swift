import ArgumentParser
import DTXExecution
import DTXLedger
import DTXProfiles
import DTXSyntax
import Glibc

/// `dtx profile add`: a new profile at the end of the configuration file.
struct ProfileAddCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a profile to the configuration file.",
    discussion: """
      The client secret is not written into the file: name a command, a variable or a file that \
      has it. Without any of them it is asked for, unseen, and kept in a file of its own that only \
      you may read.
      """
  )

  @Argument(help: "The new profile's name.")
  var name: String

  @Option(name: .long, help: "The account: T or P and eight digits.")
  var account: String

  @Option(name: .long, help: "The id of the API client.")
  var clientID: String

  @Option(name: .long, help: "A command that writes the client secret, such as \"pass show shop\".")
  var secretCommand: String?

  @Option(name: .long, help: "A variable that holds the client secret.")
  var secretEnv: String?

  @Option(name: .long, help: "A file that holds the client secret and that only you may read.")
  var secretFile: String?

  @Option(name: .long, help: "Another address than https://checkout.dintero.com.")
  var checkoutURL: String?

  @Option(name: .long, help: "Another address than https://api.dintero.com.")
  var apiURL: String?

  @Option(name: .long, help: "A file of certificates to trust beside the system's.")
  var caFile: String?

  @Flag(name: .customLong("default"), help: "Make it the profile that is used when none is named.")
  var isDefault = false

  mutating func validate() throws {
    let sources = [secretCommand, secretEnv, secretFile].compactMap(\.self)
    guard sources.count <= 1 else {
      throw ValidationError("give one of --secret-command, --secret-env and --secret-file")
    }
  }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let place = try Place.current(Process.variables, makingFolder: false)
    guard Profile.isName(name) else {
      throw .configuration(
        "'\(name)' can't be the name of a profile",
        help: "use letters, digits, - and _"
      )
    }
    guard !(try place.profiles().names.contains(name)), name != Profile.environmentName else {
      throw .configuration("there is a profile '\(name)' already")
    }
    guard let account = Account(account) else {
      throw .configuration(
        "'\(account)' is no account",
        help: "an account is T (test) or P (production) and eight digits, as T12345678"
      )
    }
    var profile = Profile(
      name: name,
      account: account,
      clientID: clientID,
      secret: try source(at: place)
    )
    profile.checkoutURL = try url(checkoutURL)
    profile.apiURL = try url(apiURL)
    profile.certificateAuthorityPath = caFile
    let added = profile
    try place.changeConfiguration { text in
      let text = ConfigurationText.adding(added, to: text)
      return isDefault ? ConfigurationText.settingDefault(name, in: text) : text
    }
    let kind = account.isProduction ? "PRODUCTION: real money" : "a test account"
    output.note(
      "Profile \(name), account \(account) (\(kind)), is in \(place.configurationPath).\n"
        + "Try it with: dtx profile test \(name)"
    )
    return .success
  }

  private func url(_ text: String?) throws(CommandFailure) -> ServiceURL? {
    guard let text else { return nil }
    do throws(ServiceURL.Mistake) { return try ServiceURL(text) } catch {
      throw .configuration(
        error == .malformed
          ? "'\(text)' is no address" : "'\(text)' would send the secret unencrypted",
        help: "write it as https://checkout.dintero.com"
      )
    }
  }

  private func source(at place: Place) throws(CommandFailure) -> SecretSource {
    if let secretEnv { return .variable(secretEnv) }
    if let secretFile { return .file(secretFile) }
    if let secretCommand {
      guard let words = SecretSource.words(ofCommand: secretCommand) else {
        throw .configuration(
          "'\(secretCommand)' is no command that can be run without a shell",
          help: "write --secret-command \"sh -c '…'\" to have a shell run it"
        )
      }
      return .command(words)
    }
    return .file(try askedSecret(at: place))
  }

  /// Asks for the secret and keeps it in a file, whose path is returned.
  private func askedSecret(at place: Place) throws(CommandFailure) -> String {
    guard StandardStreams.isInputTerminal, StandardStreams.isErrorTerminal else {
      throw .configuration(
        "nothing says where the client secret is kept, and there is no terminal to ask for it at",
        help: "give --secret-command, --secret-env or --secret-file"
      )
    }
    let path = place.configurationFolder + "/\(name).secret"
    guard unsafe access(path, F_OK) != 0 else {
      throw .configuration("there is a file \(path) already", help: "use it with --secret-file")
    }
    guard let secret = Confirmation.askUnseen("Client secret of \(clientID): "), !secret.isEmpty
    else { throw .configuration("no secret was given, so nothing was added") }
    try Place.makeFolder(place.configurationFolder)
    try StandardStreams.replace(path, with: Array((secret + "\n").utf8))
    output.note("The secret is kept in \(path).")
    return path
  }
}
