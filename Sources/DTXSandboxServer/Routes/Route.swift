import DTXLedger

/// What an address and a method ask for.
enum Route: Hashable, Sendable {
  enum Action: String, Hashable, Sendable {
    case capture, refund, void, authorization
  }

  case token(account: String)
  case list
  case transaction(TransactionID)
  case tag(TransactionID)
  case act(Action, TransactionID)
  case cancelSession(String)
  case settlements(account: String)
  case control(ControlRoute)

  /// Reads a method and a path; nil where nothing is there.
  ///
  /// Transactions are found at the address of the checkout and at its alias that names the
  /// account, tokens at any.
  init?(method: String, path: String) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: true)
      .compactMap { PercentCoding.decoded($0) }
    guard !parts.isEmpty else { return nil }
    if parts[0] == "sandbox" {
      guard let route = ControlRoute(method: method, path: Array(parts.dropFirst())) else {
        return nil
      }
      self = .control(route)
      return
    }
    guard parts.removeFirst() == "v1" else { return nil }
    if parts.count >= 3, parts[0] == "accounts" {
      let account = parts[1]
      switch (method, parts[2...].joined(separator: "/")) {
      case ("POST", "auth/token"):
        self = .token(account: account)
        return
      case ("GET", "settlements"):
        self = .settlements(account: account)
        return
      default:
        guard parts[2] == "payments" else { return nil }
        parts.removeFirst(3)
      }
    }
    self.init(method: method, parts: parts)
  }

  private init?(method: String, parts: [String]) {
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
