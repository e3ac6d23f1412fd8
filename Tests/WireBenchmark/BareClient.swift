import AsyncHTTPClient
import DTXExecution
import DTXLedger
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// The HTTP client alone: it makes the requests of a run and looks at nothing but the status.
struct BareClient {
  private let client: HTTPClient
  private let transactions: String
  private let token: String

  /// Connects, and fetches the token that all requests use.
  init(url: ServiceURL, account: Account, connections: Int) async throws {
    var configuration = HTTPClient.Configuration()
    configuration.httpVersion = .http1Only
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
    client = HTTPClient(
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton.next(),
      configuration: configuration
    )
    transactions = "\(url)/v1/transactions"
    var request = HTTPClientRequest(url: "\(url)/v1/accounts/\(account)/auth/token")
    request.method = .POST
    let credentials = Data("dtx:sandbox".utf8).base64EncodedString()
    request.headers.add(name: "Authorization", value: "Basic \(credentials)")
    request.headers.add(name: "Content-Type", value: "application/json")
    let audience = "https://api.dintero.com/v1/accounts/\(account)"
    request.body = .bytes(
      ByteBuffer(string: #"{"grant_type":"client_credentials","audience":"\#(audience)"}"#)
    )
    let answer = try await Self.body(of: request, client)
    let members = try JSONSerialization.jsonObject(with: answer) as? [String: Any]
    token = members?["access_token"] as? String ?? ""
  }

  func close() async throws { try await client.shutdown() }

  /// Reads and captures every payment, so many side by side.
  func capture(_ ids: [TransactionID], inFlight: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in 0..<inFlight {
        group.addTask {
          for index in stride(from: lane, to: ids.count, by: inFlight) {
            try await capture(ids[index])
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private func capture(_ id: TransactionID) async throws {
    var read = HTTPClientRequest(url: "\(transactions)/\(id)")
    read.headers.add(name: "Authorization", value: "Bearer \(token)")
    _ = try await Self.body(of: read, client)
    var capture = HTTPClientRequest(url: "\(transactions)/\(id)/capture")
    capture.method = .POST
    capture.headers.add(name: "Authorization", value: "Bearer \(token)")
    capture.headers.add(name: "Content-Type", value: "application/json")
    capture.body = .bytes(ByteBuffer(string: Payments.capture))
    _ = try await Self.body(of: capture, client)
  }

  private static func body(of request: HTTPClientRequest, _ client: HTTPClient) async throws -> Data
  {
    let response = try await client.execute(request, timeout: .seconds(30))
    let body = try await response.body.collect(upTo: 1 << 20)
    guard response.status == .ok else {
      throw Failure(text: "\(request.url): \(response.status.code) \(String(buffer: body))")
    }
    return Data(body.readableBytesView)
  }

  private struct Failure: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
  }
}
