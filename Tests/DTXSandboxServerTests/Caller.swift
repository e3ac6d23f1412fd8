import AsyncHTTPClient
import DTXJSON
import NIOCore
import NIOHTTP1
import Testing

/// An integration of a test's own, which asks a served sandbox over HTTP.
struct Caller: Sendable {
  /// What came back.
  struct Answer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    var json: JSONNode { get throws { try JSONParser.parse(body) } }
    var text: String { String(decoding: body, as: UTF8.self) }
    /// The code of an error in the provider's envelope.
    var code: String? { (try? json)?["error"]?["code"]?.string }
    var message: String? {
      let node = try? json
      return (node?["error"]?["message"] ?? node?["message"])?.string
    }
  }

  /// The connection ended without an answer.
  struct Silence: Error {}

  static let account = "T12345678"
  static let grant = """
    {"grant_type":"client_credentials","audience":"https://api.dintero.com/v1/accounts/T12345678"}
    """

  let port: Int
  var token = ""

  /// Asks for something; a body is JSON.
  func send(
    _ method: HTTPMethod,
    _ path: String,
    _ body: String? = nil,
    as client: (id: String, secret: String)? = nil,
    headers: [(String, String)] = []
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
    request.method = method
    request.headers.add(contentsOf: headers)
    if let client {
      request.setBasicAuth(username: client.id, password: client.secret)
    } else if !token.isEmpty {
      request.headers.add(name: "Authorization", value: "Bearer \(token)")
    }
    if let body {
      if !request.headers.contains(name: "Content-Type") {
        request.headers.add(name: "Content-Type", value: "application/json")
      }
      request.body = .bytes(ByteBuffer(string: body))
    }
    let response: HTTPClientResponse
    do {
      response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
    } catch let error as HTTPClientError where error == .remoteConnectionClosed {
      throw Silence()
    }
    let buffer = try await response.body.collect(upTo: 64 << 20)
    return Answer(
      status: Int(response.status.code),
      headers: response.headers,
      body: Array(buffer.readableBytesView)
    )
  }

  /// Does something with a transaction of the demonstration.
  func act(_ action: String, _ name: String, _ body: String? = nil) async throws -> Answer {
    try await send(.POST, Self.path(name, action), body)
  }

  /// Reads a transaction of the demonstration.
  func transaction(_ name: String) async throws -> JSONNode {
    let answer = try await send(.GET, Self.path(name))
    try #require(answer.status == 200, "\(answer.text)")
    return try answer.json
  }

  /// The kinds of a transaction's events, each with a mark where it failed: `CAPTURE!`.
  func history(_ name: String) async throws -> [String] {
    try await transaction(name)["events"]?.array.map { event in
      (event["event"]?.string ?? "?") + (event["success"]?.boolean == false ? "!" : "")
    } ?? []
  }

  /// Says what is to go wrong next.
  func plan(_ fault: String) async throws {
    let answer = try await send(.POST, "/sandbox/faults", fault)
    try #require(answer.status == 200, "\(answer.text)")
  }

  /// The path of a transaction of the demonstration, or of something that is done with it.
  static func path(_ name: String, _ action: String? = nil) -> String {
    "/v1/transactions/\(account).\(name)" + (action.map { "/\($0)" } ?? "")
  }

  /// Returns a caller with a token of its own.
  func authorized(id: String = "dtx", secret: String = "sandbox") async throws -> Caller {
    let answer = try await send(
      .POST,
      "/v1/accounts/\(Self.account)/auth/token",
      Self.grant,
      as: (id, secret)
    )
    try #require(answer.status == 200, "\(answer.text)")
    var caller = self
    caller.token = try #require(try answer.json["access_token"]?.string)
    return caller
  }
}

extension JSONNode {
  subscript(_ name: String) -> JSONNode? { try? member(name) }

  var string: String? { try? text() }
  var number: Int64? { try? integer() }
  var boolean: Bool? { if case .boolean(let value) = value { value } else { nil } }
  var array: [JSONNode] { (try? elements()) ?? [] }
}
