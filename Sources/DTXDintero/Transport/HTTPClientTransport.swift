import AsyncHTTPClient
import DTXExecution
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// Sends requests with async-http-client, which is made when the first request leaves.
///
/// Nothing is sent twice by itself: no redirect is followed, a connection that can't be made is
/// not tried again, and a request that is lost is reported as lost.
final class HTTPClientTransport: HTTPTransport {
  private let settings: Settings
  private let client = Mutex<HTTPClient?>(nil)

  struct Settings: Sendable {
    let certificateAuthorityPath: String?
    let answerSeconds: Double
    let connectionCount: Int
  }

  init(_ settings: Settings) { self.settings = settings }

  deinit {
    // The client keeps itself until it has closed its connections.
    client.withLock { $0 }?.shutdown { _ in }
  }

  func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
    do {
      let response = try await opened().execute(
        Self.clientRequest(request),
        deadline: .now() + Self.amount(settings.answerSeconds + DinteroLimits.connectSeconds)
      )
      let body = try await response.body.collect(upTo: DinteroLimits.answerByteCount)
      var headers: [String: String] = [:]
      for (name, value) in response.headers { headers[name.lowercased()] = value }
      return HTTPResponse(
        status: Int(response.status.code),
        headers: headers,
        body: Array(body.readableBytesView)
      )
    } catch {
      throw TransportFailure(
        error,
        host: Self.host(of: request.url),
        answerSeconds: settings.answerSeconds
      )
    }
  }

  private static func clientRequest(_ request: HTTPRequest) -> HTTPClientRequest {
    var outgoing = HTTPClientRequest(url: request.url)
    outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
    for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
    if let body = request.body { outgoing.body = .bytes(body) }
    return outgoing
  }

  /// Returns host and port, which messages name.
  private static func host(of url: String) -> String {
    let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.count > 2 ? String(parts[2]) : url
  }

  private static func amount(_ seconds: Double) -> TimeAmount { .nanoseconds(Int64(seconds * 1e9)) }
}

// MARK: - The client

extension HTTPClientTransport {
  private func opened() -> HTTPClient {
    client.withLock { client in
      if let client { return client }
      // One loop serves hundreds of connections that mostly wait, and starts fastest.
      let opened = HTTPClient(
        eventLoopGroup: MultiThreadedEventLoopGroup.singleton.next(),
        configuration: configuration
      )
      client = opened
      return opened
    }
  }

  private var configuration: HTTPClient.Configuration {
    var security = TLSConfiguration.makeClientConfiguration()
    security.minimumTLSVersion = .tlsv12
    if let path = settings.certificateAuthorityPath {
      security.additionalTrustRoots = [.file(path)]
    }
    var pool = HTTPClient.Configuration.ConnectionPool(
      idleTimeout: Self.amount(DinteroLimits.idleSeconds),
      concurrentHTTP1ConnectionsPerHostSoftLimit: settings.connectionCount
    )
    pool.retryConnectionEstablishment = false
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: security,
      redirectConfiguration: .disallow,
      timeout: HTTPClient.Configuration.Timeout(
        connect: Self.amount(DinteroLimits.connectSeconds),
        read: Self.amount(settings.answerSeconds)
      ),
      connectionPool: pool
    )
    configuration.httpVersion = .http1Only
    // Nobody collects traces here, and describing every request for them takes its time.
    configuration.tracing.tracer = nil
    return configuration
  }
}
