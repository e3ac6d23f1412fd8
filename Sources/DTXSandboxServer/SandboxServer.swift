import DTXExecution
package import DTXLedger
package import DTXSandbox
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle

/// Serves a sandbox over HTTP, in the provider's form.
///
/// It reads the provider's documents anew: nothing of the client's wire code is used here, so that
/// the one tests the other.
package struct SandboxServer: Sendable {
  /// More than any order needs; a longer body is turned down.
  static let bodyByteLimit = 4 << 20

  private let sandbox: Sandbox
  private let configuration: ServerConfiguration
  private let faults: FaultControl

  /// Makes a server; nothing is opened yet.
  ///
  /// - Parameters:
  ///   - path: The sandbox's file.
  ///   - account: The account that is served.
  ///   - rules: How the sandbox behaves; its faults are the configuration's.
  ///   - environment: The sandbox's clock and ids.
  ///   - configuration: Where and how to serve.
  package init(
    path: String,
    account: Account,
    rules: SandboxRules,
    environment: SandboxEnvironment = .live,
    configuration: ServerConfiguration
  ) {
    let faults = FaultControl(configuration)
    var rules = rules
    rules.faults = FaultPolicy { faults.fault(of: $0) }
    sandbox = Sandbox(path: path, account: account, environment: environment, rules: rules)
    self.configuration = configuration
    self.faults = faults
  }

  /// Serves until the process is told to end, or the task is cancelled.
  ///
  /// - Parameters:
  ///   - listensToSignals: Whether SIGTERM and SIGINT end it.
  ///   - onRunning: Told the port once requests are taken.
  /// - Throws: `ServerError` when it can't begin.
  package func run(
    listensToSignals: Bool,
    onRunning: @escaping @Sendable (Int) async -> Void
  ) async throws(ServerError) {
    // A file that can't be used is told now, and not to the first who asks.
    let foreign: String?
    do { foreign = try await sandbox.foreignAccount() } catch { throw ServerError(error.message) }
    if let foreign {
      throw ServerError(
        "the sandbox \(sandbox.path) holds transactions of account \(foreign), not of "
          + "\(sandbox.account); serve it with --account \(foreign), or another file with --file"
      )
    }
    let desk = FrontDesk(sandbox, configuration, faults)
    do {
      let application = Application(
        responder: Responder(
          desk: desk,
          behaviour: configuration.behaviour,
          tell: configuration.tell
        ),
        server: try builder(),
        configuration: ApplicationConfiguration(
          address: .hostname(configuration.host, port: configuration.port),
          serverName: "dtx-sandbox"
        ),
        onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
        logger: Logger(label: "dtx-sandbox", factory: { _ in SwiftLogNoOpLogHandler() })
      )
      if listensToSignals {
        try await application.runService()
      } else {
        try await application.run()
      }
    } catch is CancellationError {
      return
    } catch let error as ServerError {
      throw error
    } catch {
      let place = "\(configuration.host):\(configuration.port)"
      throw ServerError("can't serve at \(place): \(error)")
    }
  }

  private func builder() throws -> HTTPServerBuilder {
    guard let identity = configuration.identity else { return .http1() }
    let certificates = try NIOSSLCertificate.fromPEMFile(identity.certificatePath)
    let key = try NIOSSLPrivateKey(file: identity.keyPath, format: .pem)
    return try .tls(
      .http1(),
      tlsConfiguration: .makeServerConfiguration(
        certificateChain: certificates.map { .certificate($0) },
        privateKey: .privateKey(key)
      )
    )
  }
}

/// What a request is answered on.
struct ConnectionContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}

/// Turns requests of the library into those of the front desk, and replies back.
struct Responder: HTTPResponder {
  typealias Context = ConnectionContext

  let desk: FrontDesk
  let behaviour: WireBehaviour
  let tell: @Sendable (AnsweredRequest) -> Void

  func respond(to request: Request, context: ConnectionContext) async throws -> Response {
    var reply: Reply
    if let body = try? await request.body.collect(upTo: SandboxServer.bodyByteLimit) {
      reply = await desk.reply(
        to: IncomingRequest(
          method: request.method.rawValue,
          path: request.uri.path,
          query: request.uri.query,
          authorization: request.headers[.authorization],
          contentType: request.headers[.contentType],
          body: Array(body.readableBytesView),
          systemHeaders: Self.systemHeaders(of: request)
        )
      )
    } else {
      reply = .error(
        413,
        "INVALID_REQUEST",
        "the body has more than \(SandboxServer.bodyByteLimit) bytes"
      )
    }
    tell(
      AnsweredRequest(
        method: request.method.rawValue,
        address: request.uri.string,
        status: reply.isSilence ? nil : reply.status
      )
    )
    try await pause(reply.isSilence ? behaviour.silenceMilliseconds : behaviour.latencyMilliseconds)
    if reply.isSilence {
      try await context.channel.close()
      throw CancellationError()
    }
    return response(to: reply)
  }

  /// Returns the headers that the provider keeps with an event.
  ///
  /// Source: Dintero's Checkout API reference, `request_headers` of an event.
  private static func systemHeaders(of request: Request) -> [(name: String, value: String)] {
    var headers: [(name: String, value: String)] = []
    for field in request.headers {
      let name = field.name.canonicalName
      guard
        name.hasPrefix("dintero-system-") || name == "user-agent"
          || name == "dintero-checkout-instance-id"
      else { continue }
      // A header that stands twice means what one with both values does (RFC 9110, section 5.3).
      if let index = headers.firstIndex(where: { $0.name == name }) {
        headers[index].value += ", " + field.value
      } else {
        headers.append((name, field.value))
      }
    }
    return headers
  }

  private func response(to reply: Reply) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = reply.contentType
    if let name = HTTPField.Name("request-id") {
      let id = reply.requestID ?? desk.service.nextRequestID()
      headers[name] = TransactionWriting(behaviour: behaviour).requestID(id)
    }
    for header in reply.headers {
      if let name = HTTPField.Name(header.name) { headers[name] = header.value }
    }
    return Response(
      status: HTTPResponse.Status(code: reply.status),
      headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body))
    )
  }

  /// Lets time pass, less if the server is told to end meanwhile.
  private func pause(_ milliseconds: Int64) async throws {
    guard milliseconds > 0 else { return }
    try? await cancelWhenGracefulShutdown {
      try await Task.sleep(for: .milliseconds(milliseconds))
    }
  }
}
