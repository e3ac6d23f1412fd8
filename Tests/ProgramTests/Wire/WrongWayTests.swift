import Foundation
import Testing

/// Everything between the program and its provider that may be wrong: one clear message each, the
/// right exit status, and nothing sent.
@Suite("dtx and a provider that it can't work with")
struct WrongWayTests {
  private static let statement = #"capture tx123 100.00 NOK ref "w""#

  /// Runs a capture, expects it to fail, and returns what was said.
  private func failing(
    _ workplace: Workplace,
    _ statement: String = statement,
    status: Int32,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    let result = try await workplace.dtx("-c", statement, "--yes")
    let words = result.output + result.errors
    #expect(result.status == status, "\(words)", sourceLocation: sourceLocation)
    #expect(!words.contains("sandbox-secret"), "\(words)", sourceLocation: sourceLocation)
    return words
  }

  @Test("nobody at the address")
  func unreachable() async throws {
    let workplace = try Workplace()
    try workplace.configure("https://no-such-host.invalid")
    let host = try await failing(workplace, status: 6)
    #expect(host.contains("no-such-host.invalid"))
    // Nothing listens at a port that was free a moment ago.
    let server = try await ServedProgram(in: workplace)
    try await server.kill()
    try workplace.configure(server.url)
    let port = try await failing(workplace, status: 6)
    #expect(port.contains("refused") && port.contains("127.0.0.1:\(server.port)"), "\(port)")
  }

  @Test("a certificate that nobody vouches for")
  func certificate() async throws {
    let workplace = try Workplace()
    try workplace.write(TestCertificate.certificate, to: "cert.pem")
    try workplace.write(TestCertificate.key, to: "key.pem")
    let server = try await ServedProgram(
      in: workplace,
      ["--certificate", workplace.file("cert.pem"), "--key", workplace.file("key.pem")]
    )
    try workplace.configure(server.url)
    let words = try await failing(workplace, status: 6)
    #expect(words.contains("certificate"), "\(words)")
    #expect(try server.requests.isEmpty)
    // Whoever trusts it says so.
    try workplace.configure(server.url, more: "ca_file = \"\(workplace.file("cert.pem"))\"")
    let trusted = try await workplace.dtx("-c", Self.statement, "--yes")
    #expect(trusted.status == 0, "\(trusted)")
  }

  @Test("a secret, a client or an account that is not known there")
  func credentials() async throws {
    let workplace = try Workplace()
    let server = try await ServedProgram(in: workplace, ["--client", "dtx:sandbox-secret"])
    for (secret, client, account) in [
      ("wrong", "dtx", "T12345678"), ("sandbox-secret", "other", "T12345678"),
      ("sandbox-secret", "dtx", "T87654321"),
    ] {
      try workplace.configure(server.url, secret: secret, client: client, account: account)
      let words = try await failing(workplace, status: 5)
      #expect(words.contains("DTX5020") && words.contains("client id and secret"), "\(words)")
    }
    #expect(try server.requests.allSatisfy { $0.contains("/auth/token") })
  }

  @Test("a right that is missing")
  func scope() async throws {
    let workplace = try Workplace()
    let server = try await ServedProgram(
      in: workplace,
      ["--client", "dtx:sandbox:read:checkout", "--log"]
    )
    try workplace.configure(server.url, more: Workplace.hurriedProfile)
    #expect(try await workplace.dtx("-c", "show tx123").status == 0)
    let words = try await failing(workplace, status: 1)
    #expect(words.contains("Forbidden"), "\(words)")
    #expect(try workplace.captures(of: "w") == 0)
    #expect(try server.requests.count { $0.contains("/capture 403") } == 1)
    // A client that may not even read.
    let blind = try await ServedProgram(in: workplace, ["--client", "dtx:sandbox:read:reports"])
    try workplace.configure(blind.url)
    let blindWords = try await failing(workplace, status: 5)
    #expect(blindWords.contains("lacks the right"), "\(blindWords)")
  }

  @Test("a transaction that is not there, or not the account's")
  func transactions() async throws {
    let workplace = try Workplace()
    let server = try await ServedProgram(in: workplace)
    try workplace.configure(server.url)
    let unknown = try await failing(workplace, "capture tx999 1.00 NOK", status: 3)
    #expect(unknown.contains("tx999"))
    let foreign = try await failing(workplace, "capture P12345678.tx123 1.00 NOK", status: 2)
    #expect(foreign.contains("P12345678"), "\(foreign)")
    let asked = try server.requests.filter { $0.contains("P12345678") || $0.contains("POST /v1/t") }
    #expect(asked == [])
  }

  @Test(
    "a token that expires on the way is renewed, whatever the provider calls it",
    arguments: ["401", "403"]
  )
  func expiry(status: String) async throws {
    let workplace = try Workplace()
    let server = try await ServedProgram(
      in: workplace,
      ["--switch", "expired-token=\(status)", "--token-life", "1", "--log"]
    )
    try workplace.configure(server.url, more: "patience = 0.01")
    let script = (1...4).map { "capture tx123 \($0).00 NOK ref \"t\($0)\"\n" }.joined()
    try workplace.write(script, to: "slow.dtx")
    let result = try await workplace.dtx("run", "slow.dtx", "--yes", "--rate", "1")
    #expect(result.status == 0, "\(result)")
    #expect(try server.requests.count { $0.contains("/auth/token 200") } > 1)
    for number in 1...4 { #expect(try workplace.captures(of: "t\(number)") == 1) }
  }

  @Test("something else at the address")
  func somethingElse() async throws {
    let workplace = try Workplace()
    let server = try await ServedProgram(in: workplace)
    // The control address answers, but is no provider.
    try workplace.configure(server.url + "/sandbox")
    let words = try await failing(workplace, status: 6)
    #expect(words.contains("/sandbox") || words.contains("404"), "\(words)")
  }
}
