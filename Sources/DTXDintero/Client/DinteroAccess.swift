import DTXExecution
import DTXJSON
import DTXLedger

/// What reader and writer of one account share: the way to the provider, and reading from it.
struct DinteroAccess: Sendable {
  let configuration: DinteroConfiguration
  let exchange: AuthorizedExchange
  let retry: RetryPolicy
  let pace: ReadPace

  init(
    _ configuration: DinteroConfiguration,
    transport: any HTTPTransport,
    clock: RunClock,
    chance: @escaping @Sendable () -> Double
  ) {
    let retry = RetryPolicy(clock: clock, chance: chance)
    let tokens = TokenSource(now: clock.now) { () async throws(ProviderError) -> AccessToken in
      try await Self.fetchToken(configuration, transport, retry)
    }
    self.configuration = configuration
    self.retry = retry
    pace = ReadPace(perSecond: configuration.readsPerSecond, clock: clock)
    exchange = AuthorizedExchange(
      configuration: configuration,
      transport: transport,
      tokens: tokens,
      clock: clock
    )
  }

  /// Makes sure that transactions belong to the account, before anything is asked about them.
  ///
  /// - Throws: `ProviderError` for the first that does not.
  func checkAccount(of ids: some Sequence<TransactionID>) throws(ProviderError) {
    let prefix = configuration.account.text + "."
    for id in ids where !id.text.hasPrefix(prefix) {
      throw ProviderError(
        .refused,
        "\(id) does not belong to account \(configuration.account), so nothing was asked about it"
      )
    }
  }

  /// Returns the path of a transaction.
  func url(of id: TransactionID) -> String {
    configuration.transactionsURL + "/" + PercentEncoding.encoded(id.text)
  }
}

// MARK: - Reading

extension DinteroAccess {
  /// Makes sure that there is a token.
  ///
  /// - Throws: `ProviderError` when none can be had.
  func getToken() async throws(ProviderError) { _ = try await exchange.tokens.token() }
}

extension DinteroAccess {
  /// Reads what stands at an address; nil where nothing does.
  ///
  /// - Parameters:
  ///   - url: The whole address.
  ///   - subject: What is read, as the end of "cannot read …".
  /// - Returns: What stands there.
  /// - Throws: `ProviderError` when there is no answer, or none that can be used.
  func read(_ url: String, _ subject: String) async throws(ProviderError) -> JSONNode? {
    let response = try await answer(to: HTTPRequest(.get, url), subject)
    // A page says that something else is there; the provider itself answers in JSON.
    if response.status == 404, !response.isPage { return nil }
    guard response.status == 200 else {
      throw ProviderError(response, "cannot read \(subject)")
    }
    do throws(JSONError) { return try JSONParser.parse(response.body) } catch {
      throw .unreadable(subject, error, response.requestID)
    }
  }

  private func answer(
    to request: HTTPRequest,
    _ subject: String
  ) async throws(ProviderError) -> HTTPResponse {
    var attempt = 1
    while true {
      await pace.turn()
      let outcome: Result<HTTPResponse, TransportFailure>
      do throws(AuthorizedExchange.Failure) {
        outcome = .success(try await exchange.send(request))
      } catch {
        switch error {
        case .noToken(let error): throw error
        case .transport(let failure): outcome = .failure(failure)
        }
      }
      guard let seconds = retry.delaySeconds(after: attempt, outcome), !Task.isCancelled else {
        return try outcome.answer(subject)
      }
      await retry.wait(seconds)
      attempt += 1
    }
  }
}

extension Result<HTTPResponse, TransportFailure> {
  fileprivate func answer(_ subject: String) throws(ProviderError) -> HTTPResponse {
    switch self {
    case .success(let response): return response
    case .failure(let failure):
      throw ProviderError(
        failure.kind == .tooLong ? .unreadable : .unreachable,
        "cannot read \(subject): \(failure.message)"
      )
    }
  }
}

// MARK: - Tokens

extension DinteroAccess {
  /// Fetches a token; asking for one changes nothing, so it is tried again as a read is.
  private static func fetchToken(
    _ configuration: DinteroConfiguration,
    _ transport: any HTTPTransport,
    _ retry: RetryPolicy
  ) async throws(ProviderError) -> AccessToken {
    let secret = try await configuration.clientSecret()
    let request = TokenExchange.request(configuration, secret)
    var attempt = 1
    while true {
      let outcome: Result<HTTPResponse, TransportFailure>
      do throws(TransportFailure) { outcome = .success(try await transport.send(request)) } catch {
        outcome = .failure(error)
      }
      guard let seconds = retry.delaySeconds(after: attempt, outcome), !Task.isCancelled else {
        do throws(ProviderError) {
          return try token(in: outcome, configuration, at: retry.clock.now())
        } catch {
          // Whoever answers may send back what it was sent.
          throw ProviderError(error.code, error.message.replacing(secret.exposed, with: "…"))
        }
      }
      await retry.wait(seconds)
      attempt += 1
    }
  }

  private static func token(
    in outcome: Result<HTTPResponse, TransportFailure>,
    _ configuration: DinteroConfiguration,
    at now: Moment
  ) throws(ProviderError) -> AccessToken {
    let subject = "a token for account \(configuration.account)"
    let response: HTTPResponse
    switch outcome {
    case .success(let answer): response = answer
    case .failure(let failure):
      throw ProviderError(.unreachable, "cannot get \(subject): \(failure.message)")
    }
    switch response.status {
    case 200:
      if let token = TokenExchange.token(in: response, at: now) { return token }
      throw ProviderError(
        .unreadable,
        "\(configuration.apiURL.authority) answered a request for \(subject) without one; is that"
          + " the address of the provider?"
      )
    case 400, 401, 403:
      throw ProviderError(
        .unauthorized,
        "the provider gives no token for account \(configuration.account) to the client"
          + " \(configuration.clientID): \(response.explanation); check client id and secret"
      )
    default: throw ProviderError(response, "cannot get \(subject)")
    }
  }
}

// MARK: - What went wrong

extension ProviderError {
  /// Says of an answer that is no success what it means for a read.
  init(_ response: HTTPResponse, _ attempt: String) {
    let (code, remedy): (Code, String) =
      switch response.status {
      case 401: (.unauthorized, "; the provider does not accept its own token")
      case 403: (.unauthorized, "; the API client lacks the right, or the account is another's")
      case 429: (.unreachable, "; too many requests: try again later, or lower --rate")
      case 500...: (.unreachable, "; try again later")
      case 300..<400: (.refused, "; the address leads elsewhere, which is not followed")
      default: (.refused, "")
      }
    self.init(code, "\(attempt): \(response.explanation)\(remedy)")
  }

  static func unreadable(
    _ subject: String,
    _ error: JSONError,
    _ requestID: String?
  ) -> ProviderError {
    let request = requestID.map { " (request \($0))" } ?? ""
    return ProviderError(
      .unreadable,
      "cannot understand the provider's answer about \(subject)\(request): \(error.message)"
    )
  }
}

extension HTTPResponse {
  /// The status with what the provider says about it, and the name of the request for its support.
  ///
  /// For example `400 INVALID_AMOUNT: amount exceeds what is left (request 5b0f)`.
  var explanation: String {
    let body = ErrorBody(self)
    let code = body.code.map { " \($0)" } ?? ""
    let request = requestID.map { PlainText.line($0, upTo: 64) }.map { " (request \($0))" } ?? ""
    return "\(status)\(code): \(body.message)\(request)"
  }
}
