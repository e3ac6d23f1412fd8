import DTXExecution
import DTXLedger
import DTXProfiles
import Testing

@Suite("Changing the configuration file")
struct ConfigurationTextTests {
  private func profile(_ name: String) throws -> Profile {
    var profile = Profile(
      name: name,
      account: try #require(Account("T12345678")),
      clientID: "a \"quoted\" id \\ \u{1}",
      secret: .command(["sh", "-c", "echo 'x' | tr a b"])
    )
    profile.checkoutURL = try ServiceURL("http://localhost:8090")
    profile.apiURL = try ServiceURL("http://localhost:8090")
    profile.certificateAuthorityPath = "/ca.pem"
    return profile
  }

  @Test(
    "adds a profile that is read back as it was, and leaves the rest as it is",
    arguments: [
      "", "# mine\n", "default = \"sandbox\"",
      "[profiles.b]\naccount = \"T87654321\"\nclient_id = \"c\"\nclient_secret_file = \"f\"\n",
    ]
  )
  func adding(before: String) throws {
    let profile = try profile("shop")
    let text = ConfigurationText.adding(profile, to: before)
    #expect(text.hasPrefix(before))
    #expect(try Profiles(reading: text, from: "x").all["shop"] == profile)
  }

  @Test(
    "sets the default, wherever it stands and whatever looks like it",
    arguments: [
      "", "# default = \"x\"\n", "default = \"a\"\n", "\"default\"='a' # old\n",
      "\n\n  default = \"a\"\n",
    ]
  )
  func settingDefault(head: String) throws {
    let tables = """
      [profiles.a]
      account = "T12345678"
      client_id = "default = 1"
      client_secret_env = "S"

      """
    let text = ConfigurationText.settingDefault("a", in: head + tables)
    #expect(text.hasSuffix(tables))
    #expect(try Profiles(reading: text, from: "x").defaultName == "a")
    #expect(ConfigurationText.settingDefault("a", in: text) == text)
  }

  @Test("of an empty file as well")
  func emptyFile() throws {
    let text = ConfigurationText.settingDefault("sandbox", in: "")
    #expect(text == "default = \"sandbox\"\n")
  }
}
