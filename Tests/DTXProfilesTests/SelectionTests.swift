import DTXExecution
import DTXLedger
import DTXProfiles
import Testing

@Suite("Choosing a profile")
struct SelectionTests {
  private func profiles(default name: String? = nil) throws -> Profiles {
    let text =
      (name.map { "default = \"\($0)\"\n" } ?? "") + """
        [profiles.shop]
        account = "P12345678"
        client_id = "c"
        client_secret_env = "S"
        """
    return try Profiles(reading: text, from: "config.toml")
  }

  static let variables = [
    "DTX_ACCOUNT": "T87654321", "DTX_CLIENT_ID": "id", "DTX_CLIENT_SECRET": "hidden",
    "DTX_CHECKOUT_URL": "http://127.0.0.1:8090", "DTX_API_URL": "http://[::1]:8090",
    "DTX_CA_FILE": "/ca.pem",
  ]

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var asked: String?
    var fileDefault: String?
    var variables: [String: String] = [:]
    let expected: String
  }

  static let rows: [Row] = [
    Row(testDescription: "nothing said", expected: "sandbox"),
    Row(testDescription: "the file's default", fileDefault: "shop", expected: "shop"),
    Row(
      testDescription: "the variables before the file's default",
      fileDefault: "shop",
      variables: variables,
      expected: "environment"
    ),
    Row(
      testDescription: "a name in the environment before other variables",
      variables: variables.merging(["DTX_PROFILE": "shop"]) { $1 },
      expected: "shop"
    ),
    Row(
      testDescription: "what was asked for before everything",
      asked: "sandbox",
      fileDefault: "shop",
      variables: variables.merging(["DTX_PROFILE": "shop"]) { $1 },
      expected: "sandbox"
    ),
    Row(
      testDescription: "the variables by their name",
      asked: "environment",
      variables: variables,
      expected: "environment"
    ),
    Row(
      testDescription: "an empty variable says nothing",
      fileDefault: "shop",
      variables: ["DTX_PROFILE": "", "DTX_ACCOUNT": ""],
      expected: "shop"
    ),
  ]

  @Test("in this order", arguments: rows)
  func order(row: Row) throws {
    let profiles = try profiles(default: row.fileDefault)
    #expect(try profiles.selected(row.asked, variables: row.variables).name == row.expected)
  }

  @Test("of variables takes everything they say, and nothing for another profile")
  func environment() throws {
    let selected = try profiles().selected(nil, variables: Self.variables)
    guard case .account(let profile) = selected else {
      Issue.record("the variables make a profile")
      return
    }
    #expect(profile.account.text == "T87654321")
    #expect(profile.clientID == "id")
    #expect(profile.secret == .variable("DTX_CLIENT_SECRET"))
    #expect(profile.checkoutURL?.text == "http://127.0.0.1:8090")
    #expect(profile.apiURL?.text == "http://[::1]:8090")
    #expect(profile.certificateAuthorityPath == "/ca.pem")
    let shop = try profiles().selected("shop", variables: Self.variables)
    guard case .account(let profile) = shop else { return }
    #expect(profile.account.text == "P12345678")
    #expect(profile.checkoutURL == nil)
  }

  @Test("refuses half a set of variables, and says which half is missing")
  func halfAnEnvironment() throws {
    let variables = ["DTX_ACCOUNT": "x", "DTX_CHECKOUT_URL": "http://shop.example"]
    let error = #expect(throws: ConfigurationError.self) {
      try profiles().selected(nil, variables: variables)
    }
    #expect(
      error?.mistakes.map(\.message) == [
        "DTX_CLIENT_ID is not set, and other variables of the profile are",
        "DTX_CLIENT_SECRET is not set, and other variables of the profile are",
        "DTX_ACCOUNT is 'x', which is no account",
        "DTX_CHECKOUT_URL is 'http://shop.example', which is no address of a provider",
      ]
    )
    // A profile that was asked for by name does not care.
    #expect(try profiles().selected("shop", variables: variables).name == "shop")
  }

  @Test("refuses what is not there, with the nearest name")
  func unknown() throws {
    let error = #expect(throws: ConfigurationError.self) {
      try profiles().selected("shpo", variables: [:])
    }
    #expect(error?.mistakes.first?.message == "there is no profile 'shpo'")
    #expect(error?.mistakes.first?.help == "did you mean 'shop'?")
    #expect(throws: ConfigurationError.self) {
      try profiles().selected("environment", variables: [:])
    }
  }
}
