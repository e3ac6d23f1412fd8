import DTXExecution

/// Hands out the token of an account, and fetches one only when it must, one fetch at a time.
///
/// However many requests find that they need a token, the first fetches it and the others wait for
/// that; while a token that still holds is being renewed, nobody waits.
actor TokenSource {
  typealias Fetch = @Sendable () async throws(ProviderError) -> AccessToken
  private typealias Result = Swift.Result<AccessToken, ProviderError>

  private let fetch: Fetch
  private let now: @Sendable () -> Moment
  private var held: AccessToken?
  private var isFetching = false
  private var waiting: [CheckedContinuation<Result, Never>] = []

  init(now: @escaping @Sendable () -> Moment, fetch: @escaping Fetch) {
    self.now = now
    self.fetch = fetch
  }

  /// Returns a token that holds.
  ///
  /// - Throws: `ProviderError` when there is none and none can be had.
  func token() async throws(ProviderError) -> AccessToken {
    let time = now()
    if let held, time < held.renewAt || isFetching && time < held.expiresAt { return held }
    if isFetching {
      return try await withCheckedContinuation { waiting.append($0) }.get()
    }
    isFetching = true
    let result = await renewed()
    isFetching = false
    for continuation in waiting { continuation.resume(returning: result) }
    waiting = []
    return try result.get()
  }

  /// Forgets a token that the provider has refused, unless it was replaced since.
  func discard(_ refused: AccessToken) {
    if held?.secret == refused.secret { held = nil }
  }

  private func renewed() async -> Result {
    do throws(ProviderError) {
      let token = try await fetch()
      held = token
      return .success(token)
    } catch {
      let time = now()
      guard var held, time < held.expiresAt else { return .failure(error) }
      held.renewAt = time.advanced(bySeconds: DinteroLimits.renewalPauseSeconds)
      self.held = held
      return .success(held)
    }
  }
}
