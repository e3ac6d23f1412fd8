import DTXLedger
import DTXSandbox
@testable import DTXSandboxServer
import DTXTestSupport
import NIOHTTP1
import Testing

@Suite("Tokens of the served sandbox")
struct TokenTests {
  private static let path = "/v1/accounts/\(Caller.account)/auth/token"

  @Test("are given to a client that knows its secret, and are good until they expire")
  func life() async throws {
    let sandbox = ServedSandbox()
    try await sandbox.serving([], { $0.behaviour.tokenSeconds = 60 }) { (caller) async throws in
      let answer = try await caller.send(.POST, Self.path, Caller.grant, as: ("dtx", "sandbox"))
      #expect(try answer.json["token_type"]?.string == "Bearer")
      #expect(try answer.json["expires_in"]?.number == 60)
      sandbox.move(seconds: 59)
      #expect(try await caller.send(.GET, Caller.path("tx123")).status == 200)
      sandbox.move(seconds: 1)
      #expect(try await caller.send(.GET, Caller.path("tx123")).status == 401)
      #expect(try await caller.authorized().send(.GET, Caller.path("tx123")).status == 200)
    }
  }

  /// A client, a body, and the answer.
  static let requests: [(client: (String, String), body: String, status: Int)] = [
    (("dtx", "wrong"), Caller.grant, 401),
    (("other", "sandbox"), Caller.grant, 401),
    (("dtx", "sandbox"), "{}", 400),
    (("dtx", "sandbox"), "grant_type=client_credentials", 400),
    (("dtx", "sandbox"), #"{"grant_type":"client_credentials"}"#, 400),
    (("dtx", "sandbox"), #"{"grant_type":"password","audience":"x/T12345678"}"#, 400),
    (
      ("dtx", "sandbox"),
      #"{"grant_type":"client_credentials","audience":"https://h/v1/accounts/T87654321"}"#, 403
    ),
    (
      ("dtx", "sandbox"),
      #"{"grant_type":"client_credentials","audience":"https://T12345678@h/v1/accounts/T12345678"}"#,
      200
    ),
  ]

  @Test("are given to nobody else")
  func refused() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      for row in Self.requests {
        let answer = try await caller.send(.POST, Self.path, row.body, as: row.client)
        #expect(answer.status == row.status, "\(row.client) \(row.body): \(answer.text)")
      }
      let foreign = Self.path.replacing("T12345678", with: "T87654321")
      let answer = try await caller.send(.POST, foreign, Caller.grant, as: ("dtx", "sandbox"))
      #expect(answer.status == 403)
    }
  }

  @Test("can't be changed")
  func tampered() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      let parts = caller.token.split(separator: ".")
      let other = try await caller.authorized().token.split(separator: ".")
      for token in [
        "\(parts[0]).\(other[1]).\(parts[2])", "\(parts[0]).\(parts[1]).", String(parts[0]),
      ] {
        let changed = Caller(port: caller.port, token: token)
        #expect(try await changed.send(.GET, Caller.path("tx123")).status == 401)
      }
    }
  }
}

extension TokenTests {
  @Test("of another account open nothing")
  func foreign() async throws {
    let other = AccessTokens(
      account: try #require(Account("T87654321")),
      clients: [.standard],
      lifeSeconds: 60
    )
    let token = other.token(for: .standard, at: ServedSandbox.start, id: "a")
    try await ServedSandbox().serving { (caller) async throws in
      let stranger = Caller(port: caller.port, token: token)
      #expect(try await stranger.send(.GET, Caller.path("tx123")).status == 403)
    }
  }
}

@Suite("The served sandbox, started again")
struct RestartTests {
  @Test("knows old tokens, and completes what it accepted before")
  func pending() async throws {
    let sandbox = ServedSandbox()
    let before = try await sandbox.serving { (caller) async throws in
      let answer = try await caller.act("refund", "tx140", #"{"amount":100}"#)
      return (token: caller.token, status: answer.status)
    }
    #expect(before.status == 202)
    sandbox.move(seconds: 3)
    let history = try await sandbox.serving { (caller) async throws in
      try await Caller(port: caller.port, token: before.token).history("tx140")
    }
    #expect(history.suffix(2) == ["INITIATE_REFUND", "REFUND"])
  }

  @Test("refuses a file of another account")
  func foreign() async throws {
    let sandbox = ServedSandbox()
    try await sandbox.serving { _ in }
    let server = SandboxServer(
      path: sandbox.folder.file("sandbox.db"),
      account: try #require(Account("P87654321")),
      rules: SandboxRules(),
      configuration: ServerConfiguration()
    )
    let error = await #expect(throws: ServerError.self) {
      try await server.run(listensToSignals: false) { _ in }
    }
    #expect(error?.message.contains("--account T12345678") == true)
  }
}
