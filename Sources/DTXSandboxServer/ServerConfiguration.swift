package import DTXSandbox

/// How a sandbox is served: where, to whom, and how it behaves on the wire.
package struct ServerConfiguration: Sendable {
  /// A certificate and its key, both in PEM.
  package struct Identity: Hashable, Sendable {
    package let certificatePath: String
    package let keyPath: String

    package init(certificatePath: String, keyPath: String) {
      self.certificatePath = certificatePath
      self.keyPath = keyPath
    }
  }

  package var host = "127.0.0.1"
  /// Zero for any that is free.
  package var port = 0
  /// Nil for plain HTTP.
  package var identity: Identity?
  package var clients: [APIClient] = [.standard]
  package var behaviour = WireBehaviour()
  /// Faults of operations, once they have passed every rule.
  package var operationFaults: [FaultRates.Rate] = []
  /// Faults of reads: only those that concern a read.
  package var readFaults: [FaultRates.Rate] = []
  /// What the faults are drawn from.
  package var seed: UInt64 = 1
  /// Told of every request once its answer is known.
  package var tell: @Sendable (AnsweredRequest) -> Void = { _ in }

  package init() {}
}

/// How the server behaves on the wire where the provider's documentation leaves a choice.
package struct WireBehaviour: Hashable, Sendable {
  /// In what shape an error comes that some gateway, or a fault, answers with.
  package enum ErrorShape: String, CaseIterable, Hashable, Sendable {
    case envelope, bare, page, empty
  }

  /// How long a token is good for.
  package var tokenSeconds: Int64 = 14_400
  /// What is answered to a token that is no longer good.
  package var expiredTokenStatus = 401
  package var hasDashedRequestIDs = false
  /// Whether answers hold members and values that no document names.
  package var addsUnknowns = false
  /// Whether the event of an accepted request shows the lines that were asked for.
  package var showsAcceptedItems = true
  package var isOldestFirst = false
  package var faultShape = ErrorShape.envelope
  /// How long every answer takes longer than it must.
  package var latencyMilliseconds: Int64 = 0
  /// How long a connection is held before it is closed without an answer: longer than clients wait.
  package var silenceMilliseconds: Int64 = 90_000

  package init() {}
}

/// A request and how it was answered, without anything that it held.
package struct AnsweredRequest: Hashable, Sendable {
  package let method: String
  /// The path with its query.
  package let address: String
  /// Nil where the connection is closed without an answer.
  package let status: Int?
}

/// Why the server can't begin, in a sentence.
package struct ServerError: Error, Hashable, Sendable {
  package let message: String

  package init(_ message: String) { self.message = message }
}
