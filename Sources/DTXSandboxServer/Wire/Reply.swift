import DTXExecution
import DTXJSON

/// One answer of the server, before it is put on the wire.
struct Reply: Sendable {
  var status: Int
  var contentType = "application/json"
  var body: [UInt8] = []
  /// Of which request; nil for one that is named when it is answered.
  var requestID: String?
  /// More headers, by name.
  var headers: [(name: String, value: String)] = []
  /// Whether the connection is closed instead, after a while.
  var isSilence = false

  init(_ status: Int, body: [UInt8] = [], requestID: String? = nil) {
    self.status = status
    self.body = body
    self.requestID = requestID
  }

  /// A success with a body.
  static func success(_ body: [UInt8], requestID: String? = nil) -> Reply {
    Reply(200, body: body, requestID: requestID)
  }

  static let silence: Reply = {
    var reply = Reply(500)
    reply.isSilence = true
    return reply
  }()

  /// The service's own error.
  ///
  /// Shape: `{"error": {"code": String?, "message": String, "errors": []}}`.
  static func error(
    _ status: Int,
    _ code: String?,
    _ message: String,
    requestID: String? = nil
  ) -> Reply {
    var writer = JSONWriter()
    writer.object { writer in
      writer.name("error")
      writer.object { writer in
        writer.member("code", ifPresent: code)
        writer.member("message", message)
        writer.name("errors")
        writer.array { _ in }
      }
    }
    return Reply(status, body: writer.bytes, requestID: requestID)
  }

  /// The error of the gateway in front of the service.
  ///
  /// Shape: `{"message": String}`.
  static func gateway(_ status: Int, _ message: String) -> Reply {
    var writer = JSONWriter()
    writer.object { $0.member("message", message) }
    return Reply(status, body: writer.bytes)
  }

  /// An error in a shape that was asked for.
  static func fault(
    _ refusal: ProviderRefusal,
    in shape: WireBehaviour.ErrorShape
  ) -> Reply {
    var reply: Reply
    switch shape {
    case .envelope: reply = .error(refusal.status, refusal.code, refusal.message)
    case .bare: reply = .gateway(refusal.status, refusal.message)
    case .empty: reply = Reply(refusal.status)
    case .page:
      reply = Reply(
        refusal.status,
        body: Array("<html><title>\(refusal.message)</title><body></body></html>\n".utf8)
      )
      reply.contentType = "text/html"
    }
    reply.requestID = refusal.requestID
    return reply
  }

  static func throttled(seconds: Int, requestID: String? = nil) -> Reply {
    var reply = Reply.gateway(429, "Too many requests")
    reply.requestID = requestID
    reply.headers = [("Retry-After", String(seconds))]
    return reply
  }
}
