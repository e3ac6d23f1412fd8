import DTXSyntax

/// What of a typed text goes into the history: its statements, each by itself.
package struct KeptText: Hashable, Sendable {
  /// Why a part of the text is not kept, where the person is to be told.
  package enum Omission: String, Hashable, Sendable {
    case cardNumber = "a card number"
    case token = "a token"
    case password = "a password or secret"
  }

  /// The statements, in their order.
  ///
  /// A text that cannot be read is one entry, since it will be wanted back to be put right.
  package let statements: [String]
  /// Why something was left out; nil where nothing was, or where that was the person's wish.
  package let omission: Omission?

  package init(_ text: String) {
    guard let first = text.first, !first.isWhitespace, !DoneRemark.isAll(of: text) else {
      // A blank in front keeps a line out, as shells have it.
      (statements, omission) = ([], nil)
      return
    }
    var kept: [String] = []
    var omission: Omission?
    for statement in Self.statements(of: text) {
      if let secret = Omission(in: statement) { omission = secret } else { kept.append(statement) }
    }
    (statements, self.omission) = (kept, omission)
  }

  private static func statements(of text: String) -> [String] {
    let (script, diagnostics) = Parser.parse(Array(text.utf8), mode: .session)
    guard !script.statements.isEmpty, !diagnostics.contains(where: { $0.severity == .error }) else {
      return [text]
    }
    return script.passages.map { script.text($0.range) }
  }
}

// MARK: - Secrets

extension KeptText.Omission {
  /// Recognises what must not stand in a file: with doubt, it is left out.
  init?(in text: String) {
    if Self.hasCardNumber(text.utf8) {
      self = .cardNumber
    } else if Self.hasToken(text) {
      self = .token
    } else if Self.hasPassword(text) {
      self = .password
    } else {
      return nil
    }
  }

  /// Source: ISO/IEC 7812-1: up to 19 digits, of which the last is Luhn's check digit; cards have no
  /// fewer than 12, and those of payments begin with 2 to 6.
  private static let cardDigits = 12...19

  /// Looks for digits, perhaps in groups, that a card could have.
  ///
  /// Groups in front of it and behind it, such as the month in which it expires, do not hide it.
  package static func hasCardNumber(_ text: some Sequence<UInt8>) -> Bool {
    var groups: [[UInt8]] = []
    var isInGroup = false
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if !isInGroup { groups.append([]) }
        groups[groups.count - 1].append(byte - UInt8(ascii: "0"))
        isInGroup = true
      case UInt8(ascii: " ") where isInGroup, UInt8(ascii: "-") where isInGroup:
        // One separator between two groups; two end the number.
        isInGroup = false
      default:
        if hasCardNumber(groups) { return true }
        (groups, isInGroup) = ([], false)
      }
    }
    return hasCardNumber(groups)
  }

  private static func hasCardNumber(_ groups: [[UInt8]]) -> Bool {
    groups.indices.contains { start in
      var digits: [UInt8] = []
      for group in groups[start...] {
        digits += group
        if isCardNumber(digits) { return true }
        guard digits.count < cardDigits.upperBound else { return false }
      }
      return false
    }
  }

  private static func isCardNumber(_ digits: [UInt8]) -> Bool {
    guard cardDigits.contains(digits.count), let first = digits.first, (2...6).contains(first)
    else { return false }
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      let weighted = Int(digit) * (place.isMultiple(of: 2) ? 1 : 2)
      sum += weighted > 9 ? weighted - 9 : weighted
    }
    return sum.isMultiple(of: 10)
  }

  /// A JSON web token begins with `{"` in base64url; others stand behind the name of their scheme.
  private static func hasToken(_ text: String) -> Bool {
    text.contains(/\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+\./)
      || text.contains(/(?i)\b(?:bearer|basic) [A-Za-z0-9._~+\/=-]{16,}/)
  }

  /// A name for something secret with its value behind a sign.
  private static func hasPassword(_ text: String) -> Bool {
    text.contains(/(?i)(?:password|passord|passphrase|secret|api[_-]?key|token)\s*[:=]\s*\S/)
  }
}
