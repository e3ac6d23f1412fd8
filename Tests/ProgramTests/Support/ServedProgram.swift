import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

/// The program as a server of its sandbox, in a process of its own.
final class ServedProgram: Sendable {
  /// The server ended before it had begun.
  struct Unserved: Error, CustomStringConvertible {
    let description: String
  }

  /// What a test needs in a hurry: no answer comes soon, and what is accepted is soon completed.
  static let hurry = ["--silence", "0.05", "--completion", "0.2"]

  let run: ProgramRun
  let url: String
  let port: Int

  /// Starts a server in a workplace, and waits until it takes requests.
  init(
    in workplace: Workplace,
    _ arguments: [String] = hurry,
    port: Int = 0
  ) async throws {
    let run = try workplace.start(
      ["sandbox", "serve", "--json", "--log", "--port", String(port)] + arguments
    )
    self.run = run
    let deadline = ContinuousClock.now + ProgramRun.deadline
    while true {
      if let line = try run.outputSoFar.split(separator: "\n").first,
        let url = line.firstMatch(of: /"url":"(https?:[^"]+:(\d+))"/)
      {
        self.url = String(url.output.1).replacing("\\/", with: "/")
        self.port = Int(url.output.2) ?? 0
        return
      }
      guard run.isRunning, ContinuousClock.now < deadline else {
        throw Unserved(description: try run.errorsSoFar)
      }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Kills the server and waits until it is gone.
  func kill() async throws {
    run.signal(SIGKILL)
    _ = try await run.result()
  }

  /// The requests that were answered so far: `GET /v1/transactions 200`.
  var requests: [String] {
    get throws { try run.errorsSoFar.split(separator: "\n").map(String.init) }
  }

  /// Asks the simulation itself for something.
  func control(_ path: String, _ body: String = "") async throws {
    var request = HTTPClientRequest(url: url + "/sandbox/" + path)
    request.method = .POST
    request.body = .bytes(ByteBuffer(string: body))
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
    #expect(response.status == .ok)
  }
}

extension Workplace {
  /// Writes a configuration whose default profile leads to a server, and waits little for it.
  ///
  /// - Parameters:
  ///   - url: Where the server is.
  ///   - secret: What the client says to be let in.
  ///   - client: Who the client says it is.
  ///   - account: The account of the profile.
  ///   - more: Further lines of the profile.
  /// - Throws: What keeps the file from being written.
  func configure(
    _ url: String,
    secret: String = "sandbox",
    client: String = "dtx",
    account: String = "T12345678",
    more: String = ""
  ) throws {
    let folder = stateHome + "/../.config/dtx"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = """
      default = "served"

      [profiles.served]
      account = "\(account)"
      client_id = "\(client)"
      client_secret_command = "echo \(secret)"
      checkout_url = "\(url)"
      api_url = "\(url)"
      rate = 10000
      \(more)
      """
    try Data(text.utf8).write(to: URL(filePath: folder + "/config.toml"))
  }

  /// The lines of a profile that is in a hurry, as a server is in `ServedProgram.hurry`.
  static let hurriedProfile = "patience = 0.01\ntimeout = 5"
}
