import DTXExecution
import DTXLedger
import DTXProfiles
import Testing

@Suite("Reading the configuration")
struct ReadingTests {
  static let whole = """
    default = "shop"

    [profiles.shop-test]
    account = "T12345678"
    client_id = "client-test"
    client_secret_command = "pass show 'dintero/the test'"

    [profiles.shop]
    account = "P12345678"
    client_id = "client"
    client_secret_file = "~/.secret"
    checkout_url = "https://checkout.example/"
    api_url = "https://api.example"
    ca_file = "/etc/ssl/own.pem"
    timeout = 45
    rate = 2.5
    concurrency = 8

    [profiles.shop.policy]
    max_operation = "20000.00 NOK"
    max_plan = ["500000.00 NOK", "40000 JPY"]
    max_operations = 5000
    approvals = 1
    forbid = ["adjust", "void"]

    [profiles.shop.policy.approvers]
    kari = "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff"

    [profiles.sandbox.policy]
    forbid = "void"
    """

  @Test("takes everything that can be said")
  func everything() throws {
    let profiles = try Profiles(reading: Self.whole, from: "config.toml")
    #expect(profiles.defaultName == "shop")
    #expect(profiles.names == ["sandbox", "shop", "shop-test"])
    let test = try #require(profiles.all["shop-test"])
    #expect(test.account.text == "T12345678")
    #expect(test.clientID == "client-test")
    #expect(test.secret == .command(["pass", "show", "dintero/the test"]))
    #expect(test.policy.isEmpty)
    let shop = try #require(profiles.all["shop"])
    #expect(shop.account.isProduction)
    #expect(shop.secret == .file("~/.secret"))
    #expect(shop.checkoutURL?.text == "https://checkout.example")
    #expect(shop.apiURL?.text == "https://api.example")
    #expect(shop.certificateAuthorityPath == "/etc/ssl/own.pem")
    #expect(shop.answerSeconds == 45)
    #expect(shop.rate == 2.5)
    #expect(shop.concurrency == 8)
    #expect(shop.policy.largestOperation == [Money("20000.00 NOK")])
    #expect(shop.policy.largestPlan == [Money("500000.00 NOK"), Money("40000 JPY")])
    #expect(shop.policy.operationCount == 5_000)
    #expect(shop.policy.approvals == 1)
    #expect(shop.policy.approvers["kari"]?.hasPrefix("00112233445566778899aabb") == true)
    #expect(shop.policy.forbidden == [.adjust, .void])
    #expect(profiles.sandboxPolicy.forbidden == [.void])
    #expect(
      shop.policy.rules == [
        "no void, no adjust", "at most 5000 operations", "at most 20000.00 NOK an operation",
        "at most 500000.00 NOK or 40000 JPY a plan", "1 approval",
      ]
    )
  }

  @Test("an empty file configures nothing")
  func empty() throws {
    #expect(try Profiles(reading: "", from: "config.toml") == Profiles())
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let text: String
    let line: Int?
    let message: String
    var help: String?

    var testDescription: String { message }
  }

  /// A profile of four lines, and a mistake behind it.
  private static func shop(_ lines: String...) -> String {
    """
    [profiles.shop]
    account = "T12345678"
    client_id = "c"
    client_secret_env = "S"

    """ + lines.joined(separator: "\n")
  }

  static let mistakes: [Mistake] = [
    Mistake(
      text: "a = \n",
      line: 1,
      message: #"this is not TOML: Error while parsing key-value pair: expected value, saw '\n'"#
    ),
    Mistake(
      text: "\ndefalt = \"sandbox\"",
      line: 2,
      message: "unknown key 'defalt'",
      help: "did you mean 'default'?"
    ),
    Mistake(
      text: shop(#"acount = "T12345678""#),
      line: 5,
      message: "unknown key 'acount' in [profiles.shop]",
      help: "did you mean 'account'?"
    ),
    Mistake(
      text: shop("[profiles.shop.policy]", "max_oprations = 3"),
      line: 6,
      message: "unknown key 'max_oprations' in [profiles.shop.policy]",
      help: "did you mean 'max_operations'?"
    ),
    Mistake(
      text: shop(#"client_secret = "abc""#),
      line: 5,
      message: "a secret does not belong in this file",
      help: "name where it is kept: client_secret_command, client_secret_env or"
        + " client_secret_file; and change the secret if anyone else could read the file"
    ),
    Mistake(
      text: shop(#"client_secret_file = "x""#),
      line: 1,
      message: "the profile names its secret in more than one way"
    ),
    Mistake(
      text: "[profiles.shop]\naccount = \"T12345678\"\nclient_id = \"c\"",
      line: 1,
      message: "the profile does not say where its client secret is kept",
      help: "add client_secret_command, client_secret_env or client_secret_file"
    ),
    Mistake(
      text: "[profiles.shop]\nclient_id = \"c\"\nclient_secret_env = \"S\"",
      line: 1,
      message: "'account' is missing in [profiles.shop]"
    ),
    Mistake(
      text: "[profiles.a]\naccount = \"X12345678\"\nclient_id = \"c\"\nclient_secret_env = \"S\"",
      line: 2,
      message: "'X12345678' is no account",
      help: "an account is T (test) or P (production) and eight digits, as T12345678"
    ),
    Mistake(
      text: shop(#"checkout_url = "http://checkout.example""#),
      line: 5,
      message: "'http://checkout.example' would send the secret unencrypted",
      help: "write https://; only an address on this machine may do without"
    ),
    Mistake(
      text: shop(#"api_url = "checkout.example""#),
      line: 5,
      message: "'checkout.example' is no address",
      help: "write it as https://checkout.dintero.com"
    ),
    Mistake(
      text: shop("timeout = 5"),
      line: 5,
      message: "'timeout' is at least 30 seconds",
      help: "a capture that was given up too early has to be looked for"
    ),
    Mistake(
      text: shop("patience = 0.5"),
      line: 5,
      message: "'patience' below 1 is for a provider on this machine",
      help: "a real one needs its time before it can say what became of an operation"
    ),
    Mistake(
      text: shop("concurrency = 0"),
      line: 5,
      message: "'concurrency' must be a whole number from 1 to 256, and is 0"
    ),
    Mistake(
      text: shop(#"rate = "fast""#),
      line: 5,
      message: "'rate' must be a number from 0.01 to 10000, and is 'fast'"
    ),
    Mistake(
      text: shop("[profiles.shop.policy]", #"max_plan = "500000 NOK""#),
      line: 6,
      message: "'500000 NOK' is no amount",
      help: "write it with its currency, as 20000.00 NOK"
    ),
    Mistake(
      text: shop("[profiles.shop.policy]", #"max_plan = ["1.00 NOK", "2.00 NOK"]"#),
      line: 6,
      message: "'max_plan' has two amounts in NOK"
    ),
    Mistake(
      text: shop("[profiles.shop.policy]", #"forbid = ["adjusts"]"#),
      line: 6,
      message: "'adjusts' is no operation",
      help: "operations are: capture, refund, void, adjust, extend, authorize, tag"
    ),
    Mistake(
      text: shop("[profiles.shop.policy]", "approvals = 1"),
      line: 6,
      message: "the policy asks for 1 approval and names 0 approvers",
      help: "add an 'approvers' table: a login name and a key from `dtx approve --key` for each"
    ),
    Mistake(
      text: shop("[profiles.shop.policy.approvers]", #"kari = "abc""#),
      line: 5,
      message: "the key of 'kari' is no approval key",
      help: "kari sees it with `dtx approve --key`: 64 hexadecimal digits"
    ),
    Mistake(
      text: "default = \"shp\"\n" + shop(),
      line: 1,
      message: "there is no profile 'shp' to be the default",
      help: "did you mean 'shop'?"
    ),
    Mistake(
      text: "[profiles.sandbox]\naccount = \"T12345678\"",
      line: 2,
      message: "the sandbox takes a policy and nothing else, so 'account' means nothing"
    ),
    Mistake(
      text: shop(#"client_secret_command = "pass show x | head -1""#),
      line: 5,
      message: "'|' in 'client_secret_command' means something to a shell, and none is asked",
      help: "put it in quotes, or ask a shell yourself: [\"sh\", \"-c\", \"…\"]"
    ),
    Mistake(
      text: "profiles = 3",
      line: 1,
      message: "'profiles' must be a table, and is a whole number"
    ),
    Mistake(
      text:
        "[profiles.\"my shop\"]\naccount = \"T12345678\"\nclient_id = \"c\"\nclient_secret_env = \"S\"",
      line: nil,
      message: "'my shop' can't be the name of a profile",
      help: "use letters, digits, - and _, and at most 40 of them"
    ),
  ]

  @Test("says what is wrong, where, and what to write", arguments: mistakes)
  func mistake(row: Mistake) throws {
    let error = #expect(throws: ConfigurationError.self) {
      try Profiles(reading: row.text, from: "config.toml")
    }
    let first = try #require(error?.mistakes.first)
    #expect(first.message == row.message)
    #expect(first.help == row.help)
    if let line = row.line { #expect(first.line == line) }
    #expect(error?.mistakes.count == 1, "\(error?.mistakes ?? [])")
  }

  @Test("says everything that is wrong at once, in the order of the file")
  func several() throws {
    let text = """
      [profiles.b]
      account = "Q1"
      colour = "red"

      [profiles.a]
      client_id = 7
      """
    let error = #expect(throws: ConfigurationError.self) {
      try Profiles(reading: text, from: "config.toml")
    }
    #expect(error?.mistakes.map(\.line) == [1, 1, 2, 3, 5, 5, 6])
  }

  @Test(
    "the words of a command are a shell's, and its signs are not",
    arguments: [
      (#"pass show x"#, ["pass", "show", "x"]),
      (#"  op  read 'op://a b/c' "#, ["op", "read", "op://a b/c"]),
      (#"a "b \" c" d\ e '' f~g"#, ["a", "b \" c", "d e", "", "f~g"]),
      (#"a '$HOME' "\$x" \|"#, ["a", "$HOME", "$x", "|"]),
    ]
  )
  func words(text: String, expected: [String]) throws {
    let toml = """
      [profiles.a]
      account = "T12345678"
      client_id = "c"
      client_secret_command = '''\(text)'''
      """
    let profiles = try Profiles(reading: toml, from: "config.toml")
    #expect(profiles.all["a"]?.secret == .command(expected))
  }
}
