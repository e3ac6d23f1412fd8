import DTXExecution
import DTXLedger

extension Profile {
  /// The variables that make a profile of their own, for machines without a configuration file.
  ///
  /// They never change another profile: a variable that was left over from yesterday must not send
  /// the operations for one account to another.
  package static let variableNames = (
    account: "DTX_ACCOUNT", clientID: "DTX_CLIENT_ID", secret: "DTX_CLIENT_SECRET",
    checkoutURL: "DTX_CHECKOUT_URL", apiURL: "DTX_API_URL", authority: "DTX_CA_FILE"
  )

  /// Makes the profile of the variables; nil where none of them is set.
  ///
  /// - Throws: `ConfigurationError` where some are set and they make no profile.
  package init?(variables: [String: String]) throws(ConfigurationError) {
    let names = Self.variableNames
    func value(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }
    let needed = [names.account, names.clientID, names.secret]
    let all = needed + [names.checkoutURL, names.apiURL, names.authority]
    guard all.contains(where: { value($0) != nil }) else { return nil }
    var mistakes = needed.filter { value($0) == nil }.map { name in
      ConfigurationError.Mistake("\(name) is not set, and other variables of the profile are")
    }
    let account = value(names.account).flatMap { text -> Account? in
      if let account = Account(text) { return account }
      mistakes.append(.init("\(names.account) is '\(text)', which is no account"))
      return nil
    }
    func url(_ name: String) -> ServiceURL? {
      guard let text = value(name) else { return nil }
      if let url = try? ServiceURL(text) { return url }
      mistakes.append(
        .init(
          "\(name) is '\(text)', which is no address of a provider",
          help: "write it as https://checkout.dintero.com"
        )
      )
      return nil
    }
    let (checkoutURL, apiURL) = (url(names.checkoutURL), url(names.apiURL))
    guard mistakes.isEmpty, let account, let clientID = value(names.clientID) else {
      throw ConfigurationError(nil, mistakes)
    }
    self.init(
      name: Self.environmentName,
      account: account,
      clientID: clientID,
      secret: .variable(names.secret)
    )
    self.checkoutURL = checkoutURL
    self.apiURL = apiURL
    certificateAuthorityPath = value(names.authority)
  }
}
