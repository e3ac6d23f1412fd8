package import DTXExecution
package import DTXLedger

/// Which account at which address, and with what it is opened.
package struct DinteroConfiguration: Sendable {
  package let account: Account
  package let clientID: String
  /// Fetches the secret when the first token is asked for, and not before.
  package let clientSecret: @Sendable () async throws(ProviderError) -> Secret
  /// Where transactions are.
  package let checkoutURL: ServiceURL
  /// Where tokens and settlements are.
  package let apiURL: ServiceURL
  /// A file of certificates to trust beside those of the system, in PEM.
  package var certificateAuthorityPath: String?
  /// How long the provider may be silent.
  package var answerSeconds = DinteroLimits.answerSeconds
  /// How many reads may leave in a second; nil for no limit.
  package var readsPerSecond: Double?
  /// How many requests are in flight at most.
  package var concurrency = 4
  /// The version of the program, which the provider keeps with every event.
  package let version: String

  package init(
    account: Account,
    clientID: String,
    clientSecret: @escaping @Sendable () async throws(ProviderError) -> Secret,
    checkoutURL: ServiceURL,
    apiURL: ServiceURL,
    version: String
  ) {
    self.account = account
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.checkoutURL = checkoutURL
    self.apiURL = apiURL
    self.version = version
  }
}

extension DinteroConfiguration {
  /// Where transactions are, with the version of the interface.
  ///
  /// An address with a path is taken as it is: the provider has one that names the account.
  var transactionsURL: String {
    checkoutURL.text + (checkoutURL.hasPath ? "" : "/v1") + "/transactions"
  }

  /// Where everything of the account is but its transactions.
  var accountURL: String { "\(apiURL)/v1/accounts/\(account)" }

  /// What the token is to be good for: the account at the provider, however it is reached.
  var audience: String { "\(ServiceURL.api)/v1/accounts/\(account)" }
}

/// The provider's own addresses; test and production share them, and the account decides.
///
/// Source: Dintero's API reference, hosts.
extension ServiceURL {
  package static let checkout = known("https://checkout.dintero.com")
  package static let api = known("https://api.dintero.com")

  private static func known(_ text: String) -> ServiceURL {
    guard let url = try? ServiceURL(text) else {
      preconditionFailure("the provider's addresses have the shape of addresses")
    }
    return url
  }
}
