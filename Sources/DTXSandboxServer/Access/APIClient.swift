package import DTXExecution

/// Someone who may ask for tokens, and what the tokens allow.
package struct APIClient: Hashable, Sendable {
  package let id: String
  package let secret: Secret
  package let scopes: [String]

  package init(id: String, secret: Secret, scopes: [String]) {
    self.id = id
    self.secret = secret
    self.scopes = scopes
  }

  /// The client that exists unless others are named: it may do everything.
  package static let standard = APIClient(
    id: "dtx",
    secret: Secret("sandbox"),
    scopes: ["admin:checkout", "admin:settlements"]
  )

  /// Reads `ID:SECRET`, which may do everything, or `ID:SECRET:SCOPE,SCOPE`.
  ///
  /// Nil for a text of another shape.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    id = String(parts[0])
    secret = Secret(String(parts[1]))
    scopes =
      parts.count == 3
      ? parts[2].split(separator: ",").map(String.init) : Self.standard.scopes
  }

  /// Tells whether the client may do something.
  func may(_ right: Right) -> Bool { scopes.contains { right.scopes.contains($0) } }
}

/// What an address asks of its caller.
enum Right: Hashable, Sendable {
  case readTransactions
  case changeTransactions
  case readSettlements

  /// The scopes of which one is enough.
  ///
  /// Source: Dintero's payments reference, the security of each path.
  var scopes: Set<String> {
    switch self {
    case .readTransactions: ["admin:checkout", "read:checkout"]
    case .changeTransactions: ["admin:checkout", "write:checkout"]
    case .readSettlements:
      [
        "admin:billing", "read:billing", "admin:reports", "read:reports", "admin:settlements",
        "read:settlements",
      ]
    }
  }
}
