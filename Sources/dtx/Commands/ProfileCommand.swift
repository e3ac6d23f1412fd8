import ArgumentParser
import DTXDintero
import DTXExecution
import DTXLedger
import DTXProfiles
import DTXReport
import DTXSyntax

/// `dtx profile`: the accounts that dtx knows.
struct ProfileCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Add, list, choose and test profiles: accounts at the provider.",
    subcommands: [
      ProfileListCommand.self, ProfileAddCommand.self, ProfileUseCommand.self,
      ProfileTestCommand.self,
    ],
    defaultSubcommand: ProfileListCommand.self
  )

  func execute() async throws(CommandFailure) -> ExitStatus { .success }
}

/// `dtx profile list`: every profile, and which is used when none is named.
struct ProfileListCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the profiles."
  )

  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let place = try Place.current(Process.variables, makingFolder: false)
    let profiles = try place.profiles()
    let chosen = try place.selectedProfile(nil).name
    var rows = [
      ProfileRow(
        name: Profile.sandboxName,
        account: Connection.sandboxAccount,
        address: "embedded",
        secret: nil,
        policyRules: profiles.sandboxPolicy.rules,
        isDefault: chosen == Profile.sandboxName
      )
    ]
    let environment = try place.environmentProfile()
    for profile in profiles.all.values.sorted(by: { $0.name < $1.name }) + environment {
      rows.append(ProfileRow(profile, isDefault: profile.name == chosen))
    }
    output.show(ProfileList(rows))
    return .success
  }
}

/// `dtx profile use`: which profile is meant when none is named.
struct ProfileUseCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "use",
    abstract: "Make a profile the one that is used when none is named."
  )

  @Argument(help: "The profile's name.")
  var name: String

  func execute() async throws(CommandFailure) -> ExitStatus {
    let place = try Place.current(Process.variables, makingFolder: false)
    let selected = try place.selectedProfile(name)
    try place.changeConfiguration { ConfigurationText.settingDefault(selected.name, in: $0) }
    output.note("Profile \(name), account \(selected.account), is used when none is named.")
    if let other = place.variables["DTX_PROFILE"], !other.isEmpty, other != name {
      output.note("The variable DTX_PROFILE names \(other), which goes before it.")
    }
    return .success
  }
}

/// `dtx profile test`: whether the provider lets one in.
struct ProfileTestCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Ask the provider for a token and for a look, and change nothing."
  )

  @Argument(help: "The profile's name; the default one without it.")
  var name: String?

  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    let place = try Place.current(Process.variables, makingFolder: false)
    let selected = try place.selectedProfile(name)
    guard case .account(let profile) = selected else {
      output.note("The sandbox is embedded: there is nobody to ask.")
      return .success
    }
    let client = try profile.client(variables: place.variables)
    let row = ProfileRow(profile, isDefault: false)
    let access = await client.checkAccess()
    output.show(ProfileTestPage(row, access.checks))
    // The page says what is wrong.
    return access.failure.map { CommandFailure($0).status } ?? .success
  }
}

extension ProfileRow {
  init(_ profile: Profile, isDefault: Bool) {
    self.init(
      name: profile.name,
      account: profile.account,
      address: (profile.checkoutURL ?? .checkout).authority,
      secret: profile.secret.summary,
      policyRules: profile.policy.rules,
      isDefault: isDefault
    )
  }
}

extension Place {
  /// The profile that the environment makes, if it makes one.
  fileprivate func environmentProfile() throws(CommandFailure) -> [Profile] {
    do throws(ConfigurationError) {
      return try Profile(variables: variables).map { [$0] } ?? []
    } catch { throw CommandFailure(error) }
  }
}

extension AccessCheck {
  /// The checks as a page shows them.
  fileprivate var checks: [ProfileTestPage.Check] {
    [
      .init(.token, token.words("granted")),
      .init(.transactions, transactions?.words("can be read") ?? "not tried without a token"),
      .init(.settlements, settlements?.words("can be read") ?? "not tried without a token"),
    ]
  }
}

extension Result<Void, ProviderError> {
  fileprivate func words(_ success: String) -> String {
    switch self {
    case .success: success
    case .failure(let error): error.message
    }
  }
}
