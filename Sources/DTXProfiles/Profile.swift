package import DTXExecution
package import DTXLedger

/// One account at the provider: how it is reached, with what it is opened, and what may be done.
package struct Profile: Hashable, Sendable {
  package let name: String
  package let account: Account
  package let clientID: String
  package let secret: SecretSource
  /// Where the provider is reached, if not at its own addresses.
  package var checkoutURL: ServiceURL?
  package var apiURL: ServiceURL?
  /// A file of certificates to trust beside the system's, in PEM.
  package var certificateAuthorityPath: String?
  /// How long the provider may be silent, in seconds; nil for the usual.
  package var answerSeconds: Double?
  /// How many operations are sent per second at most; nil for the usual.
  package var rate: Double?
  /// How many requests are in flight at most; nil for the usual.
  package var concurrency: Int?
  /// How long the waits before asking again are, as a share of the usual; nil for the usual.
  package var patience: Double?
  package var policy = Policy()

  package init(name: String, account: Account, clientID: String, secret: SecretSource) {
    self.name = name
    self.account = account
    self.clientID = clientID
    self.secret = secret
  }
}

extension Profile {
  /// The embedded sandbox, which every installation has.
  package static let sandboxName = "sandbox"
  /// The profile that the variables `DTX_ACCOUNT`, `DTX_CLIENT_ID` and so on make.
  package static let environmentName = "environment"

  /// The longest name: it stands in every prompt.
  static let nameLengthLimit = 40

  /// Tells whether a text can be the name of a profile: letters, digits, `-` and `_`.
  package static func isName(_ text: String) -> Bool {
    (1...nameLengthLimit).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
      }
  }
}

/// Everything that is configured.
package struct Profiles: Hashable, Sendable {
  /// The name of the profile that is used when none is asked for; nil for the sandbox.
  package var defaultName: String?
  /// By name; the sandbox is none of them.
  package var all: [String: Profile] = [:]
  /// What may be done in the sandbox: for practising with the rules of the real account.
  package var sandboxPolicy = Policy()

  package init() {}

  /// The names that can be asked for, in order, the sandbox first.
  package var names: [String] { [Profile.sandboxName] + all.keys.sorted() }
}
