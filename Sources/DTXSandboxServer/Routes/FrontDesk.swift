import DTXExecution
import DTXJSON
import DTXLedger
import DTXSandbox

/// A request as it came over the wire, taken apart.
struct IncomingRequest: Sendable {
  let method: String
  let path: String
  let query: String?
  let authorization: String?
  let contentType: String?
  let body: [UInt8]
  /// The headers by which a system tells who it is, with their names in small letters.
  var systemHeaders: [(name: String, value: String)] = []
}

extension IncomingRequest {
  /// Whether the body is said to be JSON.
  fileprivate var isJSON: Bool {
    let type = contentType?.prefix { $0 != ";" && $0 != " " }.lowercased() ?? ""
    return type == "application/json" || type.hasSuffix("+json")
  }
}

/// Answers every request: who asks, whether they may, and what the sandbox says.
///
/// Source: Dintero's payments reference and its documentation of errors.
struct FrontDesk: Sendable {
  let service: SandboxService
  let control: ControlDesk
  let faults: FaultControl
  let tokens: AccessTokens
  let behaviour: WireBehaviour

  init(_ sandbox: Sandbox, _ configuration: ServerConfiguration, _ faults: FaultControl) {
    service = sandbox.service
    control = ControlDesk(sandbox: sandbox, faults: faults)
    self.faults = faults
    behaviour = configuration.behaviour
    tokens = AccessTokens(
      account: sandbox.account,
      clients: configuration.clients,
      lifeSeconds: configuration.behaviour.tokenSeconds
    )
  }

  func reply(to request: IncomingRequest) async -> Reply {
    guard let address = Address(method: request.method, path: request.path) else {
      return .error(404, "NOT FOUND", "\(request.method) \(request.path) not found")
    }
    do throws(ProviderError) {
      switch address.route {
      case .control(let route): return await control.reply(to: route, request.body)
      case .token: return token(of: address.account ?? "", request)
      case .list, .transaction, .tag, .act, .cancelSession, .settlements: break
      }
      switch check(request, for: address) {
      case .failure(let refusal): return refusal.reply
      case .success(let client): return try await reply(to: address.route, request, from: client)
      }
    } catch {
      return .error(500, "STORAGE", error.message)
    }
  }

  private func reply(
    to route: Route,
    _ request: IncomingRequest,
    from client: APIClient
  ) async throws(ProviderError) -> Reply {
    guard let query = Query(request.query) else {
      return .error(400, "INVALID_REQUEST", "the query is not well-formed")
    }
    switch route {
    case .list: return try await list(query)
    case .transaction(let id): return try await transaction(id, query)
    case .tag(let id):
      return try await perform(request, as: client) { (body) throws(JSONError) in
        try body.tag(of: id)
      }
    case .act(let action, let id):
      let isOptional = action == .void || action == .authorization
      return try await perform(request, as: client, isOptional) { (body) throws(JSONError) in
        try body.call(action, on: id)
      }
    case .cancelSession(let id): return try await cancelSession(id, by: client)
    case .settlements: return try await settlements(query)
    case .token, .control: return .error(404, "NOT FOUND", "not found")
    }
  }
}

// MARK: - Who may

extension FrontDesk {
  private struct Refusal: Error { let reply: Reply }

  /// Finds out who asks, and whether they may; in this order: the token, its rights, the account.
  private func check(
    _ request: IncomingRequest,
    for address: Address
  ) -> Result<APIClient, Refusal> {
    let refused = Reply.gateway(401, "access forbidden, invalid JWT token")
    guard let header = request.authorization, header.lowercased().hasPrefix("bearer ") else {
      return .failure(Refusal(reply: refused))
    }
    switch tokens.check(header.dropFirst("bearer ".count), at: service.now()) {
    case .invalid: return .failure(Refusal(reply: refused))
    case .expired:
      let message = behaviour.expiredTokenStatus == 401 ? "The token has expired" : "Forbidden"
      return .failure(Refusal(reply: .gateway(behaviour.expiredTokenStatus, message)))
    case .foreign: return .failure(Refusal(reply: .gateway(403, "Forbidden")))
    case .good(let client):
      guard let right = address.route.right, client.may(right), isOwn(address) else {
        return .failure(Refusal(reply: .gateway(403, "Forbidden")))
      }
      return .success(client)
    }
  }

  /// Tells whether what is asked for is of the account that is served.
  private func isOwn(_ address: Address) -> Bool {
    let account = service.account.text
    guard (address.account ?? account) == account else { return false }
    switch address.route {
    case .transaction(let id), .tag(let id), .act(_, let id):
      return id.text.prefix { $0 != "." } == account
    case .cancelSession(let id): return id.prefix { $0 != "." } == account
    case .list, .settlements, .token, .control: return true
    }
  }

  /// Gives a token to a client that knows its secret.
  ///
  /// Shape: `{"grant_type": "client_credentials", "audience": URL}` →
  /// `{"access_token": String, "token_type": "Bearer", "expires_in": Int}`.
  private func token(of account: String, _ request: IncomingRequest) -> Reply {
    switch faults.faultOfToken() {
    case .throttled: return .throttled(seconds: 1)
    case .silentApplied, .silentNotApplied: return .silence
    case .unavailable, .brokenApplied, .brokenNotApplied:
      return .error(500, "INTERNAL_ERROR", "an unexpected error occurred")
    case nil, .some: break
    }
    guard let client = tokens.client(basic: request.authorization) else {
      return .error(401, "UNAUTHORIZED", "invalid client credentials")
    }
    guard let node = try? JSONParser.parse(request.body),
      (try? node.member("grant_type")?.text()) == "client_credentials",
      let audience = try? node.required("audience").text()
    else {
      return .error(
        400,
        "INVALID_REQUEST",
        "grant_type must be client_credentials, and audience the URL of the account"
      )
    }
    guard account == service.account.text, audience.split(separator: "/").last == account[...]
    else { return .error(403, "FORBIDDEN", "the client has no access to account \(account)") }
    let id = service.nextRequestID()
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("access_token", tokens.token(for: client, at: service.now(), id: id))
      writer.member("token_type", "Bearer")
      writer.member("expires_in", tokens.lifeSeconds)
    }
    return .success(writer.bytes)
  }
}

// MARK: - Operations

extension FrontDesk {
  private func perform(
    _ request: IncomingRequest,
    as client: APIClient,
    _ isBodyOptional: Bool = false,
    _ read: (OperationBody) throws(JSONError) -> SandboxCall
  ) async throws(ProviderError) -> Reply {
    var call: SandboxCall
    guard request.body.isEmpty || request.isJSON else {
      return .error(415, "INVALID_REQUEST", "a body needs the Content-Type application/json")
    }
    do throws(JSONError) {
      call = try read(try OperationBody(request.body, isOptional: isBodyOptional))
    } catch {
      return .error(400, "INVALID_REQUEST", error.message)
    }
    call.client = client.id
    call.headers = request.systemHeaders
    let writing = TransactionWriting(behaviour: behaviour)
    return reply(try await service.perform(call), writing.json(of:))
  }

  /// Returns what came of an operation, with the body that shows it.
  private func reply(_ came: SandboxReply, _ body: (StoredTransaction) -> [UInt8]) -> Reply {
    switch came {
    case .completed(let stored, let requestID): return .success(body(stored), requestID: requestID)
    case .accepted(let stored, let requestID):
      var reply = Reply(202, body: body(stored), requestID: requestID)
      let id = TransactionWriting(behaviour: behaviour).requestID(requestID)
      reply.headers = [("event-request-id", id)]
      return reply
    case .refused(let refusal): return reply(refusal)
    case .throttled(let seconds, let requestID):
      return .throttled(seconds: seconds, requestID: requestID)
    case .silence: return .silence
    }
  }

  private func reply(_ refusal: ProviderRefusal) -> Reply {
    // What a proxy or a gateway may have answered comes in the shape that was asked for.
    if refusal.status >= 500 { return .fault(refusal, in: behaviour.faultShape) }
    return .error(
      refusal.status,
      refusal.code,
      refusal.message,
      requestID: refusal.requestID
    )
  }

  /// Ends what a customer has begun, and shows the session.
  ///
  /// A void that only comes later, or failed, leaves the session as it was.
  ///
  /// Shape: `{"id", "transaction_id", "cancelled_by"?, "cancelled_at"?, "events": [{"name"}]}`.
  private func cancelSession(
    _ id: String,
    by client: APIClient
  ) async throws(ProviderError) -> Reply {
    reply(try await service.cancelSession(id, by: client.id)) { stored in
      let isCancelled = stored.transaction.state.status == .authorizationVoided
      let moment = isCancelled ? UTCTime(milliseconds: service.now()).text : nil
      var writer = JSONWriter()
      writer.object { writer in
        writer.member("id", id)
        writer.member("transaction_id", stored.transaction.id.text)
        writer.member("cancelled_by", ifPresent: isCancelled ? client.id : nil)
        writer.member("cancelled_at", ifPresent: moment)
        writer.name("events")
        writer.array { writer in
          guard let moment else { return }
          writer.object { writer in
            writer.member("name", "CANCELLED")
            writer.member("created_at", moment)
          }
        }
      }
      return writer.bytes
    }
  }
}
