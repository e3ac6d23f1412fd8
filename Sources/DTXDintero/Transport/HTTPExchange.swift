/// A request as it leaves, without anything of the library that sends it.
struct HTTPRequest: Sendable {
  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
  }

  let method: Method
  let url: String
  /// Names and values, in the order in which they are sent.
  var headers: [(name: String, value: String)] = []
  var body: [UInt8]?

  init(_ method: Method, _ url: String) {
    self.method = method
    self.url = url
  }
}

/// An answer, whole: its status, its headers and all of its body.
struct HTTPResponse: Sendable {
  let status: Int
  /// Names in lower case.
  let headers: [String: String]
  let body: [UInt8]

  /// The provider's own name for the request, which its support asks for.
  var requestID: String? { headers["request-id"] }
  /// On an accepted operation: the name by which a later event refers to it.
  var acceptedRequestID: String? { headers["event-request-id"] }
}

/// Why there is no answer.
struct TransportFailure: Error, Hashable {
  enum Kind: Hashable, Sendable {
    /// There was no connection to send it on: it is certain that nothing left.
    case notSent
    /// The connection ended first: the request may have arrived, and may not.
    case lost
    /// No answer came in time: the request may have arrived, and may not.
    case timedOut
    /// More came than is read: the request arrived.
    case tooLong
    /// Whoever waited does not wait any longer.
    case cancelled
  }

  let kind: Kind
  /// What was tried and what went wrong, in one sentence without secrets.
  let message: String
}

/// What carries a request to the provider, once, and brings back the answer.
protocol HTTPTransport: Sendable {
  func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse
}
