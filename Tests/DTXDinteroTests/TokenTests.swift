@testable import DTXDintero
import DTXExecution
import DTXLedger
import Testing

@Suite("Tokens")
struct TokenTests {
  static let empty = ScriptedTransport.Reply.answer(200, "[]")

  private func list(_ rig: Rig) async throws {
    _ = try await rig.client.reader.transactions(matching: TransactionQuery())
  }

  @Test("are asked for as the provider documents it")
  func request() async throws {
    let rig = try Rig(Self.empty)
    try await list(rig)
    let request = try #require(rig.transport.tokenRequests.first)
    #expect(request.method == .post)
    #expect(request.url == "https://api.test/v1/accounts/T12345678/auth/token")
    // Of "client-7:very-secret".
    #expect(request.header("Authorization") == "Basic Y2xpZW50LTc6dmVyeS1zZWNyZXQ=")
    #expect(request.header("Content-Type") == "application/json")
    #expect(
      request.text == #"{"grant_type":"client_credentials","#
        + #""audience":"https://api.dintero.com/v1/accounts/T12345678"}"#
    )
    #expect(rig.transport.requests.first?.header("Authorization") == "Bearer token-1")
  }

  @Test(
    "are renewed at half their life, or ten minutes before its end",
    arguments: [(14_400.0, 7_200.0), (1_200, 600), (900, 300), (600, 300), (60, 30)]
  )
  func renewal(lifetime: Double, after: Double) {
    #expect(AccessToken.renewalSeconds(lifetime: lifetime) == after)
  }

  @Test("are used until they are to be renewed, and then renewed once")
  func reuse() async throws {
    let rig = try Rig(Self.empty, Self.empty, Self.empty)
    try await list(rig)
    rig.time.pass(7_199)
    try await list(rig)
    #expect(rig.transport.tokenRequests.count == 1)
    rig.time.pass(2)
    try await list(rig)
    #expect(rig.transport.tokenRequests.count == 2)
    #expect(rig.transport.requests.last?.header("Authorization") == "Bearer token-2")
  }

  @Test("are fetched once, however many need one at the same time")
  func singleFlight() async throws {
    let transport = ScriptedTransport(
      Array(repeating: Self.empty, count: 20),
      latency: { for _ in 0..<10 { await Task.yield() } }
    )
    let rig = try Rig(transport)
    try await withThrowingTaskGroup { group in
      for _ in 0..<20 { group.addTask { try await list(rig) } }
      try await group.waitForAll()
    }
    #expect(transport.tokenRequests.count == 1)
    #expect(transport.requests.count == 20)
  }

  @Test("that are refused are replaced once, and the request is sent again")
  func refused() async throws {
    let rig = try Rig(.answer(401, #"{"message": "expired"}"#), Self.empty)
    try await list(rig)
    #expect(rig.transport.tokenRequests.count == 2)
    #expect(
      rig.transport.requests.compactMap { $0.header("Authorization") }
        == ["Bearer token-1", "Bearer token-2"]
    )
  }

  @Test("that are refused twice are a matter of credentials")
  func refusedTwice() async throws {
    let rig = try Rig(.answer(401, ""), .answer(401, #"{"message": "no"}"#), Self.empty)
    let error = await #expect(throws: ProviderError.self) { try await list(rig) }
    #expect(error?.code == .unauthorized)
    #expect(rig.transport.requests.count == 2)
  }

  @Test("are renewed on 403 when they are old, and not when the right is missing")
  func forbidden() async throws {
    let young = try Rig(.answer(403, #"{"message": "Forbidden"}"#), Self.empty)
    let error = await #expect(throws: ProviderError.self) { try await list(young) }
    #expect(error?.code == .unauthorized)
    #expect(young.transport.requests.count == 1)

    let old = try Rig(Self.empty, .answer(403, #"{"message": "Forbidden"}"#), Self.empty)
    try await list(old)
    old.time.pass(61)
    try await list(old)
    #expect(old.transport.requests.count == 3)
    #expect(old.transport.tokenRequests.count == 2)
  }

  @Test("that still hold are used while they can't be renewed")
  func renewalFails() async throws {
    let transport = ScriptedTransport(
      [Self.empty, Self.empty, Self.empty],
      tokens: [
        .answer(200, #"{"access_token": "first", "expires_in": 14400}"#), .failure(.notSent),
      ]
    )
    let rig = try Rig(transport)
    try await list(rig)
    rig.time.pass(7_300)
    try await list(rig)
    #expect(transport.requests.last?.header("Authorization") == "Bearer first")
    // It is not asked for again at once, and then it is.
    try await list(rig)
    #expect(transport.tokenRequests.count == 2)
  }

  @Test("are asked for again when the provider says later", arguments: [429, 500, 503])
  func later(status: Int) async throws {
    let transport = ScriptedTransport(
      [Self.empty],
      tokens: [.answer(status, "", headers: ["retry-after": "3"])]
    )
    let rig = try Rig(transport)
    try await list(rig)
    #expect(rig.time.waits == [3])
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let reply: ScriptedTransport.Reply
    let code: ProviderError.Code
    let message: String
  }

  static let refusals: [Refusal] = [
    Refusal(
      testDescription: "wrong secret",
      reply: .answer(
        401,
        #"{"error": {"code": "UNAUTHORIZED", "message": "bad credentials"}}"#,
        headers: ["request-id": "r-1"]
      ),
      code: .unauthorized,
      message: "the provider gives no token for account T12345678 to the client client-7: 401"
        + " UNAUTHORIZED: bad credentials (request r-1); check client id and secret"
    ),
    Refusal(
      testDescription: "the secret sent back",
      reply: .answer(403, #"{"message": "no \#(Rig.secret)!"}"#),
      code: .unauthorized,
      message: "the provider gives no token for account T12345678 to the client client-7: 403: no"
        + " …!; check client id and secret"
    ),
    Refusal(
      testDescription: "another server",
      reply: .answer(200, "<html><title>Welcome</title></html>"),
      code: .unreadable,
      message: "api.test answered a request for a token for account T12345678 without one; is that"
        + " the address of the provider?"
    ),
    Refusal(
      testDescription: "not there",
      reply: .answer(404, "<html><head><TITLE>404 Not Found</TITLE></head></html>"),
      code: .refused,
      message: "cannot get a token for account T12345678: 404: 404 Not Found"
    ),
    Refusal(
      testDescription: "no connection",
      reply: .failure(.notSent),
      code: .unreachable,
      message: "cannot get a token for account T12345678: it went wrong"
    ),
  ]

  @Test("that can't be had are explained", arguments: refusals)
  func refusal(row: Refusal) async throws {
    let rig = try Rig(tokens: [row.reply])
    let error = await #expect(throws: ProviderError.self) { try await list(rig) }
    #expect(error?.code == row.code)
    #expect(error?.message == row.message)
    #expect(rig.transport.requests.isEmpty)
  }
}
