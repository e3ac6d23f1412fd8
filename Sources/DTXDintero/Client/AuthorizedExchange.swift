import DTXExecution

/// Sends requests with a token, and once more with a fresh one where the token was refused.
struct AuthorizedExchange: Sendable {
  let configuration: DinteroConfiguration
  let transport: any HTTPTransport
  let tokens: TokenSource
  let clock: RunClock

  /// A token younger than this that may not do something lacks the right; a new one would too.
  private static let youngTokenSeconds = 60.0

  /// Why a request has no answer.
  enum Failure: Error {
    /// There is no token, so that nothing of the request left, or only a part that was refused.
    case noToken(ProviderError)
    case transport(TransportFailure)
  }

  /// Sends a request, and a second time if the provider refused the token, since then it has not
  /// looked at the request.
  ///
  /// - Throws: `Failure`; after `.noToken`, nothing was processed.
  func send(_ request: HTTPRequest) async throws(Failure) -> HTTPResponse {
    let token = try await token()
    let response = try await send(request, with: token)
    guard isTokenRefused(response.status, token) else { return response }
    await tokens.discard(token)
    return try await send(request, with: self.token())
  }

  /// An expired token has been seen to be answered with 403 as well as with 401.
  private func isTokenRefused(_ status: Int, _ token: AccessToken) -> Bool {
    if status == 401 { return true }
    return status == 403
      && clock.now() > token.obtainedAt.advanced(bySeconds: Self.youngTokenSeconds)
  }

  private func token() async throws(Failure) -> AccessToken {
    do throws(ProviderError) { return try await tokens.token() } catch { throw .noToken(error) }
  }

  private func send(
    _ request: HTTPRequest,
    with token: AccessToken
  ) async throws(Failure) -> HTTPResponse {
    var request = request
    request.headers += [
      ("Authorization", "Bearer \(token.secret.exposed)"), ("Accept", "application/json"),
      ("User-Agent", configuration.userAgent),
    ]
    if request.body != nil { request.headers.append(("Content-Type", "application/json")) }
    do throws(TransportFailure) { return try await transport.send(request) } catch {
      throw .transport(error)
    }
  }
}
