import DTXExecution
import DTXJSON
import FoundationEssentials

/// A token and how long it is good for.
struct AccessToken: Hashable, Sendable {
  let secret: Secret
  let obtainedAt: Moment
  /// When it is better renewed, though it still holds.
  var renewAt: Moment
  let expiresAt: Moment

  init(secret: Secret, lifetimeSeconds: Double, obtainedAt: Moment) {
    self.secret = secret
    self.obtainedAt = obtainedAt
    renewAt = obtainedAt.advanced(bySeconds: Self.renewalSeconds(lifetime: lifetimeSeconds))
    expiresAt = obtainedAt.advanced(bySeconds: lifetimeSeconds)
  }

  /// Returns after how many seconds a token of this lifetime is renewed.
  ///
  /// At half its life, or ten minutes before its end if that is sooner; the life of one that lives
  /// no longer than that is simply halved.
  static func renewalSeconds(lifetime: Double) -> Double {
    let margin = DinteroLimits.renewalMarginSeconds
    return lifetime > margin ? min(lifetime / 2, lifetime - margin) : lifetime / 2
  }
}

/// The request for a token, and its answer.
///
/// Shape: `POST /v1/accounts/{account}/auth/token` with HTTP Basic and
/// `{"grant_type": "client_credentials", "audience": String}`, answered by
/// `{"access_token": String, "token_type": "Bearer", "expires_in": Int}`.
/// Source: Dintero's documentation of API clients.
enum TokenExchange {
  static func request(_ configuration: DinteroConfiguration, _ secret: Secret) -> HTTPRequest {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("grant_type", "client_credentials")
      writer.member("audience", configuration.audience)
    }
    var request = HTTPRequest(.post, configuration.accountURL + "/auth/token")
    let pair = "\(configuration.clientID):\(secret.exposed)"
    let credentials = Data(pair.utf8).base64EncodedString()
    request.headers = [
      ("Authorization", "Basic \(credentials)"), ("Content-Type", "application/json"),
      ("Accept", "application/json"), ("User-Agent", configuration.userAgent),
    ]
    request.body = writer.bytes
    return request
  }

  /// Reads the answer; nil when it holds no token.
  ///
  /// A lifetime that is missing or makes no sense counts as the documented four hours.
  static func token(in response: HTTPResponse, at now: Moment) -> AccessToken? {
    guard let node = try? JSONParser.parse(response.body),
      let text = node["access_token"]?.string, !text.isEmpty
    else { return nil }
    let lifetime = node["expires_in"]?.wholeNumber.map(Double.init) ?? 0
    return AccessToken(
      secret: Secret(text),
      lifetimeSeconds: lifetime > 0 ? lifetime : documentedLifetimeSeconds,
      obtainedAt: now
    )
  }

  private static let documentedLifetimeSeconds = 14_400.0
}

extension DinteroConfiguration {
  var userAgent: String { "dtx/\(version)" }
}
