import Crypto
import DTXExecution
import DTXJSON
import DTXLedger

/// Tokens that say by themselves to whom they were given and until when they are good.
///
/// Each is signed with its client's secret, so that nothing has to be kept of them, and those given
/// before a restart are good after it.
struct AccessTokens: Sendable {
  /// What became of a token that was presented.
  enum Check: Hashable, Sendable {
    case good(APIClient)
    case expired
    /// Given for another account.
    case foreign
    case invalid
  }

  let account: Account
  let clients: [APIClient]
  let lifeSeconds: Int64

  private var audience: String { "https://api.dintero.com/v1/accounts/\(account)" }

  /// Returns a token for a client.
  ///
  /// Shape: `header.payload.signature`, a JSON web token with `HS256`.
  func token(for client: APIClient, at milliseconds: Int64, id: String) -> String {
    var header = JSONWriter()
    header.object { writer in
      writer.member("alg", "HS256")
      writer.member("typ", "JWT")
    }
    var payload = JSONWriter()
    payload.object { writer in
      writer.member("iss", "https://api.dintero.com")
      writer.member("sub", client.id)
      writer.member("aud", audience)
      writer.member("scope", client.scopes.joined(separator: " "))
      writer.member("iat", milliseconds / 1000)
      writer.member("exp", milliseconds / 1000 + lifeSeconds)
      writer.member("jti", id)
    }
    let signed = Base64.encoded(header.bytes) + "." + Base64.encoded(payload.bytes)
    return signed + "." + signature(of: signed, by: client)
  }

  /// Returns whose token a text is, if it is good.
  func check(_ token: some StringProtocol, at milliseconds: Int64) -> Check {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Base64.decoded(parts[1]),
      let payload = try? JSONParser.parse(bytes),
      let subject = try? payload.required("sub").text(),
      let client = clients.first(where: { $0.id == subject }),
      signature(of: parts[0] + "." + parts[1], by: client) == parts[2],
      let expiry = try? payload.required("exp").integer()
    else { return .invalid }
    guard (try? payload.required("aud").text()) == audience else { return .foreign }
    return milliseconds / 1000 < expiry ? .good(client) : .expired
  }

  private func signature(of text: some StringProtocol, by client: APIClient) -> String {
    let key = SymmetricKey(data: SHA256.hash(data: Array(client.secret.exposed.utf8)))
    return Base64.encoded(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
  }

  /// Returns the client that a header with a name and a password is of; nil where it is nobody's.
  ///
  /// Shape: `Basic base64(id:secret)`.
  func client(basic header: String?) -> APIClient? {
    guard let header, header.lowercased().hasPrefix("basic "),
      let bytes = Base64.decoded(header.dropFirst("basic ".count)),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    let id = String(decoding: bytes[..<colon], as: UTF8.self)
    let secret = Array(bytes[(colon + 1)...])
    return clients.first { $0.id == id && Array($0.secret.exposed.utf8) == secret }
  }
}
