import DTXLedger

/// What an address and a method ask for.
enum Route: Hashable, Sendable {
  enum Action: String, Hashable, Sendable {
    case capture, refund, void, authorization
  }

  case token
  case list
  case transaction(TransactionID)
  case tag(TransactionID)
  case act(Action, TransactionID)
  case cancelSession(String)
  case settlements
  case control(ControlRoute)

  /// Reads a method and the path within the checkout; nil where nothing is there.
  fileprivate init?(method: String, checkout parts: some Collection<String>) {
    let parts = Array(parts)
    switch (method, parts.first, parts.count) {
    case ("GET", "transactions", 1): self = .list
    case ("GET", "transactions", 2): self = .transaction(TransactionID(parts[1]))
    case ("PUT", "transactions", 2): self = .tag(TransactionID(parts[1]))
    case ("POST", "transactions", 3):
      guard let action = Action(rawValue: parts[2]) else { return nil }
      self = .act(action, TransactionID(parts[1]))
    case ("POST", "sessions", 3) where parts[2] == "cancel": self = .cancelSession(parts[1])
    default: return nil
    }
  }

  /// What the caller must be allowed to do; nil where no token is asked for.
  var right: Right? {
    switch self {
    case .token, .control: nil
    case .list, .transaction: .readTransactions
    case .tag, .act, .cancelSession: .changeTransactions
    case .settlements: .readSettlements
    }
  }
}

/// A route, and of which account.
struct Address: Hashable, Sendable {
  let route: Route
  /// Nil where the path names none.
  let account: String?

  /// Reads a method and a path; nil where nothing is there.
  ///
  /// Transactions are found at the address of the checkout and at its alias that names the
  /// account, tokens at any.
  init?(method: String, path: String) {
    let written = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let parts = written.compactMap { PercentCoding.decoded($0) }
    // Without a part that is empty or can't be read, the others would name something else.
    guard !parts.isEmpty, parts.count == written.count, !parts.contains("") else { return nil }
    var account: String?
    let route: Route?
    switch (parts[0], parts.dropFirst().first) {
    case ("sandbox", _):
      route = ControlRoute(method: method, path: Array(parts.dropFirst())).map { .control($0) }
    case ("v1", "accounts") where parts.count > 3:
      account = parts[2]
      switch (method, Array(parts[3...])) {
      case ("POST", ["auth", "token"]): route = .token
      case ("GET", ["settlements"]): route = .settlements
      case (_, let rest) where rest[0] == "payments":
        route = Route(method: method, checkout: rest.dropFirst())
      default: route = nil
      }
    case ("v1", _): route = Route(method: method, checkout: parts.dropFirst())
    default: route = nil
    }
    guard let route else { return nil }
    (self.route, self.account) = (route, account)
  }
}

/// Letters that stand in URLs by their numbers.
///
/// Source: RFC 3986, section 2.1.
enum PercentCoding {
  /// Returns the text that is meant; nil where it is not well-formed, or no UTF-8.
  static func decoded(_ text: some StringProtocol) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.contains(UInt8(ascii: "%")) else { return String(text) }
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "%") else {
        decoded.append(bytes[index])
        index += 1
        continue
      }
      guard index + 2 < bytes.count,
        let high = Character(Unicode.Scalar(bytes[index + 1])).hexDigitValue,
        let low = Character(Unicode.Scalar(bytes[index + 2])).hexDigitValue
      else { return nil }
      decoded.append(UInt8(high << 4 | low))
      index += 3
    }
    return String(validating: decoded, as: UTF8.self)
  }
}
