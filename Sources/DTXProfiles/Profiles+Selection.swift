import DTXSyntax

/// The profile that a command works with.
package enum SelectedProfile: Hashable, Sendable {
  /// The embedded sandbox, with the policy to practise with.
  case sandbox(Policy)
  case account(Profile)

  /// The profile's name.
  package var name: String {
    switch self {
    case .sandbox: Profile.sandboxName
    case .account(let profile): profile.name
    }
  }

  package var policy: Policy {
    switch self {
    case .sandbox(let policy): policy
    case .account(let profile): profile.policy
    }
  }
}

extension Profiles {
  /// Finds the profile to work with.
  ///
  /// In this order: the one that was asked for, the one that `DTX_PROFILE` names, the one that the
  /// other variables make, the default of the file, the sandbox.
  ///
  /// - Parameters:
  ///   - name: What was asked for, if anything was.
  ///   - variables: The environment.
  /// - Returns: The profile.
  /// - Throws: `ConfigurationError` where there is none of that name, or the variables make none.
  package func selected(
    _ name: String?,
    variables: [String: String]
  ) throws(ConfigurationError) -> SelectedProfile {
    let asked = name ?? variables["DTX_PROFILE"].flatMap { $0.isEmpty ? nil : $0 }
    if asked == nil || asked == Profile.environmentName {
      if let profile = try Profile(variables: variables) { return .account(profile) }
    }
    let wanted = asked ?? defaultName ?? Profile.sandboxName
    if wanted == Profile.sandboxName { return .sandbox(sandboxPolicy) }
    if let profile = all[wanted] { return .account(profile) }
    if wanted == Profile.environmentName {
      let names = Profile.variableNames
      throw ConfigurationError(
        nil,
        [
          .init(
            "the environment makes no profile",
            help: "set \(names.account), \(names.clientID) and \(names.secret)"
          )
        ]
      )
    }
    throw ConfigurationError(
      nil,
      [
        .init(
          "there is no profile '\(wanted)'",
          help: nearest(to: wanted, among: names).map { "did you mean '\($0)'?" }
            ?? "see those that there are with `dtx profile list`"
        )
      ]
    )
  }
}
