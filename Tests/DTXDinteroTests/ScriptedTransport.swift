@testable import DTXDintero
import DTXExecution
import DTXLedger
import Synchronization
import Testing

/// A transport that answers from a list, and remembers what was sent.
final class ScriptedTransport: HTTPTransport {
  typealias Reply = Result<HTTPResponse, TransportFailure>

  struct State {
    fileprivate var replies: [Reply]
    fileprivate var tokens: [Reply]
    var requests: [HTTPRequest] = []
    var tokenRequests: [HTTPRequest] = []
  }

  private let state: Mutex<State>
  /// Runs while a request is on its way.
  private let latency: @Sendable () async -> Void

  /// Answers requests with the replies, in order, and then with 500; requests of tokens with the
  /// tokens, and then with `token-1`, `token-2`, ….
  init(
    _ replies: [Reply] = [],
    tokens: [Reply] = [],
    latency: @escaping @Sendable () async -> Void = {}
  ) {
    state = Mutex(State(replies: replies, tokens: tokens))
    self.latency = latency
  }

  var requests: [HTTPRequest] { state.withLock(\.requests) }
  var tokenRequests: [HTTPRequest] { state.withLock(\.tokenRequests) }

  func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
    await latency()
    let isToken = request.url.hasSuffix("/auth/token")
    let reply = state.withLock { isToken ? $0.token(request) : $0.reply(request) }
    return try reply.get()
  }
}

extension ScriptedTransport.State {
  fileprivate mutating func token(_ request: HTTPRequest) -> ScriptedTransport.Reply {
    tokenRequests.append(request)
    guard tokens.isEmpty else { return tokens.removeFirst() }
    let name = "token-\(tokenRequests.count)"
    return .success(
      HTTPResponse(
        200,
        #"{"access_token": "\#(name)", "token_type": "Bearer", "expires_in": 14400}"#
      )
    )
  }

  fileprivate mutating func reply(_ request: HTTPRequest) -> ScriptedTransport.Reply {
    requests.append(request)
    return replies.isEmpty ? .success(HTTPResponse(500, "")) : replies.removeFirst()
  }
}

extension HTTPResponse {
  init(_ status: Int, _ body: String, headers: [String: String] = [:]) {
    self.init(status: status, headers: headers, body: Array(body.utf8))
  }
}

extension HTTPRequest {
  func header(_ name: String) -> String? { headers.last { $0.name == name }?.value }

  var text: String? { body.map { String(decoding: $0, as: UTF8.self) } }
}

/// A clock that stands still until somebody waits, and is then at once where it was waited for.
final class PatientClock: Sendable {
  private let time = Mutex(Moment(nanoseconds: 0))
  private let waited = Mutex<[Double]>([])

  /// Every wait, in seconds.
  var waits: [Double] { waited.withLock { $0 } }

  var clock: RunClock {
    RunClock(
      now: { [self] in time.withLock { $0 } },
      sleep: { [self] moment in
        let span = time.withLock { time in
          defer { time = max(time, moment) }
          return Double(moment.nanoseconds - time.nanoseconds) / 1e9
        }
        waited.withLock { $0.append(span) }
      }
    )
  }

  func pass(_ seconds: Double) { time.withLock { $0 = $0.advanced(bySeconds: seconds) } }
}

/// A client with a scripted provider.
struct Rig {
  static let account = "T12345678"
  static let secret = "very-secret"

  let transport: ScriptedTransport
  let time = PatientClock()
  let client: DinteroClient

  init(_ transport: ScriptedTransport, readsPerSecond: Double? = nil) throws {
    self.transport = transport
    var configuration = DinteroConfiguration(
      account: try #require(Account(Self.account)),
      clientID: "client-7",
      clientSecret: { () async throws(ProviderError) -> Secret in Secret(Self.secret) },
      checkoutURL: try ServiceURL("https://checkout.test"),
      apiURL: try ServiceURL("https://api.test"),
      version: "1.2.3"
    )
    configuration.readsPerSecond = readsPerSecond
    client = DinteroClient(
      configuration,
      transport: transport,
      clock: time.clock,
      chance: { 0 }
    )
  }

  init(_ replies: ScriptedTransport.Reply..., tokens: [ScriptedTransport.Reply] = []) throws {
    try self.init(ScriptedTransport(replies, tokens: tokens))
  }
}

extension Result<HTTPResponse, TransportFailure> {
  static func answer(_ status: Int, _ body: String = "", headers: [String: String] = [:]) -> Self {
    .success(HTTPResponse(status, body, headers: headers))
  }

  static func failure(_ kind: TransportFailure.Kind) -> Self {
    .failure(TransportFailure(kind: kind, message: "it went wrong"))
  }
}
