/// An amount as people write amounts in letters and spreadsheets, and what it should have been.
///
/// It is read from the bytes, not from tokens: `1 299,90 kr` is six tokens and one mistake.
struct AmountSpelling {
  /// Currencies whose lower-case codes are recognized, with their number of decimals.
  ///
  /// The list only makes suggestions better; which currencies there are, the ledger knows.
  /// Source: ISO 4217.
  static let commonCurrencies: [String: Int] = [
    "NOK": 2, "SEK": 2, "DKK": 2, "EUR": 2, "USD": 2, "GBP": 2, "CHF": 2, "PLN": 2, "CZK": 2,
    "AUD": 2, "CAD": 2, "ISK": 0, "JPY": 0,
  ]

  /// The offset just past the last byte.
  var end = 0
  var digits = ""
  var fraction: String?
  /// The code of the currency, where what is written leaves no doubt.
  var currency: String?
  /// A currency for examples, where it is in doubt.
  fileprivate(set) var example = "NOK"
  var isPercent = false
  /// Whether it can be read as two amounts, a thousand times apart.
  var isAmbiguous = false
  fileprivate(set) var slips: Set<AmountSlip> = []

  /// What is wrong with it; where several things are, the one that matters most.
  var slip: AmountSlip? {
    let order: [AmountSlip] = [
      .negative, .plus, .currencySymbol, .currencyFirst, .decimalComma, .grouping, .currencyGlued,
      .currencyLowercase,
    ]
    if let slip = order.first(where: slips.contains) { return slip }
    return fraction != nil && currency == nil && !isPercent ? .currencyMissing : nil
  }

  /// The amount as it has to be written; nil where that cannot be known.
  var replacement: String? {
    guard !isAmbiguous, !slips.contains(.negative) else { return nil }
    if isPercent { return "\(number)%" }
    if let currency { return "\(number(decimals: Self.commonCurrencies[currency])) \(currency)" }
    let isPlainInteger = fraction == nil && slips == [.plus]
    return isPlainInteger ? digits : nil
  }

  /// Whether the replacement has exactly the digits that are written.
  ///
  /// `NOK 300` becomes `300.00 NOK`, which most likely is meant; but 300 may also count minor units.
  /// A plus sign may stand between two amounts that are to be added.
  var isReplacementExact: Bool {
    guard !slips.contains(.plus) else { return false }
    guard let currency else { return true }
    return number(decimals: Self.commonCurrencies[currency]) == number
  }

  /// What may be meant, where it cannot be known.
  var hint: String {
    if slips.contains(.negative) || replacement != nil { return "" }
    if isAmbiguous { return "`\(digits)\(fraction ?? "")` or `\(number)`?" }
    let decimals = Self.commonCurrencies[example] ?? 2
    guard (fraction ?? "").count <= decimals else { return "write `\(number)` and its currency" }
    // How many minor units that is, only the currency tells.
    let major = "write it with its currency, such as `\(number(decimals: decimals)) \(example)`"
    // Digits in groups, and nothing else, may be either.
    return slips == [.grouping] && fraction == nil ? "\(major), or `\(digits)` minor units" : major
  }

  /// The number with a decimal point and nothing else.
  var number: String { fraction.map { "\(digits).\($0)" } ?? digits }

  private func number(decimals: Int?) -> String {
    guard let decimals, decimals > 0 else { return number }
    let given = fraction ?? ""
    return "\(digits).\(given)\(String(repeating: "0", count: max(0, decimals - given.count)))"
  }
}

extension AmountSpelling {
  /// Reads the amount that begins at an offset; nil where what begins there is none.
  static func read(from start: Int, in source: [UInt8], end: Int) -> AmountSpelling? {
    var reader = AmountReader(source: source, position: start, end: end)
    return reader.read() ? reader.spelling : nil
  }
}

/// Reads one amount from bytes, however it is written.
private struct AmountReader {
  enum Separator { case blank, apostrophe, point, comma }

  enum Mark {
    case code(String)
    case lowercase(String)
    /// A symbol or an everyday name, with the code if it can mean only one currency, and a code
    /// for examples.
    case symbol(String?, example: String)
  }

  /// More digits than any amount has, so that a line of digits is not copied.
  private static let longestDigitCount = 40

  let source: [UInt8]
  var position: Int
  let end: Int
  var spelling = AmountSpelling()
  private var groups: [(digits: String, separator: Separator?)] = []

  init(source: [UInt8], position: Int, end: Int) {
    (self.source, self.position, self.end) = (source, position, end)
  }

  /// Reads a currency, a sign, a number and a currency, all but the number optional.
  mutating func read() -> Bool {
    readPrefix()
    readSign()
    readPrefix()
    guard readGroups(), interpretGroups() else { return false }
    return readSuffix()
  }
}

// MARK: - Around the number

extension AmountReader {
  private mutating func readPrefix() {
    guard let (mark, length) = mark(at: position), spelling.currency == nil else { return }
    let saved = position
    position += length
    skipBlanks()
    // Only before a number, or a sign and a number, is it part of an amount.
    guard byte.isDigit || sign != nil else { return position = saved }
    spelling.slips.insert(.currencyFirst)
    apply(mark)
  }

  private mutating func readSign() {
    guard let sign else { return }
    position += sign.length
    spelling.slips.insert(sign.slip)
    skipBlanks()
  }

  private var sign: (slip: AmountSlip, length: Int)? {
    if byte == "+" { return (.plus, 1) }
    if byte == "-" { return (.negative, 1) }
    guard let scalar = scalar(at: position), Lookalike(scalar.scalar) == .dash else { return nil }
    return (.negative, scalar.length)
  }

  /// Reads what follows the number; false where it is not the end of an amount.
  private mutating func readSuffix() -> Bool {
    spelling.end = position
    // In Norway, `300,-` is 300 and no øre.
    if byte == ",", position + 1 < end, source[position + 1] == "-", isBoundary(position + 2) {
      apply(.symbol(nil, example: "NOK"))
      spelling.end = position + 2
      return true
    }
    let afterNumber = position
    skipBlanks()
    let isGlued = position == afterNumber
    if byte == "%" {
      spelling.isPercent = true
      spelling.end = position + 1
      return true
    }
    if let (mark, length) = mark(at: position), isBoundary(position + length) {
      if isGlued, spelling.slips.isDisjoint(with: [.currencyFirst]) {
        spelling.slips.insert(.currencyGlued)
      }
      apply(mark)
      spelling.end = position + length
      return true
    }
    return isBoundary(afterNumber)
  }

  private mutating func apply(_ mark: Mark) {
    switch mark {
    case .code(let code): spelling.currency = code
    case .lowercase(let code):
      spelling.currency = code
      spelling.slips.insert(.currencyLowercase)
    case .symbol(let code, let example):
      spelling.currency = spelling.currency ?? code
      spelling.example = example
      spelling.slips.insert(.currencySymbol)
    }
  }

  private func mark(at start: Int) -> (Mark, length: Int)? {
    guard start < end else { return nil }
    if source[start] == "$" { return (.symbol(nil, example: "USD"), 1) }
    if source[start] >= 0x80 {
      guard let scalar = scalar(at: start) else { return nil }
      switch scalar.scalar {
      case "€": return (.symbol("EUR", example: "EUR"), scalar.length)
      case "£": return (.symbol("GBP", example: "GBP"), scalar.length)
      case "¥": return (.symbol(nil, example: "JPY"), scalar.length)
      default: return nil
      }
    }
    var length = 0
    while length < 4, start + length < end, (source[start + length] | 0x20).isLowercase {
      length += 1
    }
    let word = source[start..<start + length]
    let code = String(decoding: word, as: UTF8.self).uppercased()
    if code == "KR" {
      let hasPoint = start + 2 < end && source[start + 2] == "." && isBoundary(start + 3)
      return (.symbol(nil, example: "NOK"), hasPoint ? 3 : 2)
    }
    guard length == 3 else { return nil }
    if word.allSatisfy(\.isUppercase) { return (.code(code), 3) }
    return AmountSpelling.commonCurrencies[code] == nil ? nil : (.lowercase(code), 3)
  }

  private var byte: UInt8 { position < end ? source[position] : 0 }

  private func scalar(at start: Int) -> UTF8Scalar? {
    start < end ? UTF8Scalar(at: start, in: source, end: end) : nil
  }

  private func isBoundary(_ start: Int) -> Bool {
    guard start < end else { return true }
    return !source[start].continuesWord && scalar(at: start)?.scalar.continuesWord != true
  }

  private mutating func skipBlanks() {
    while position < end {
      if source[position].isBlank {
        position += 1
      } else if let next = scalar(at: position), Lookalike(next.scalar) == .blank {
        position += next.length
      } else {
        return
      }
    }
  }
}

// MARK: - The number

extension AmountReader {
  /// Reads digits with separators between them.
  private mutating func readGroups() -> Bool {
    var separator: Separator?
    var count = 0
    repeat {
      guard let digits = readDigits() else { return false }
      count += digits.count
      guard count <= Self.longestDigitCount else { return false }
      groups.append((digits, separator))
      separator = readSeparator()
    } while separator != nil
    return true
  }

  private mutating func readDigits() -> String? {
    let start = position
    while byte.isDigit || byte == "_" && position > start { position += 1 }
    guard position > start else { return nil }
    guard position - start <= Self.longestDigitCount else { return nil }
    return String(decoding: source[start..<position].filter(\.isDigit), as: UTF8.self)
  }

  /// Moves past a separator, if a digit follows it, or three of them after a blank.
  private mutating func readSeparator() -> Separator? {
    let separator: Separator
    var length = 1
    switch byte {
    case " ": separator = .blank
    case ".": separator = .point
    case ",": separator = .comma
    default:
      guard let next = scalar(at: position), let lookalike = Lookalike(next.scalar) else {
        return nil
      }
      switch lookalike {
      case .blank: separator = .blank
      case .singleQuote: separator = .apostrophe
      default: return nil
      }
      length = next.length
    }
    let start = position + length
    var next = start
    while next < end, source[next].isDigit { next += 1 }
    let isGroup = next - start == 3
    let needsGroup = separator == .blank || separator == .apostrophe
    guard next > start, !needsGroup || isGroup && canGroup else { return nil }
    position = start
    return separator
  }

  /// Whether the digits so far can be followed by another group of three.
  ///
  /// After `0,5` or `2500` a blank and three digits are another number.
  private var canGroup: Bool {
    groups.allSatisfy { $0.digits.count <= 3 && $0.separator != .comma && $0.separator != .point }
  }

  /// Decides which separator stands before the decimals; false where no reading makes sense.
  private mutating func interpretGroups() -> Bool {
    let separators = groups.compactMap(\.separator)
    guard let last = separators.last else {
      spelling.digits = groups[0].digits
      return true
    }
    let isDecimalMark =
      (last == .comma || last == .point) && separators.count { $0 == last } == 1
    if isDecimalMark {
      spelling.fraction = groups.removeLast().digits
      if last == .comma { spelling.slips.insert(.decimalComma) }
      spelling.isAmbiguous = last == .comma && groups.count == 1 && spelling.fraction?.count == 3
    }
    if groups.count > 1 { spelling.slips.insert(.grouping) }
    let isGrouped = groups.dropFirst().allSatisfy { $0.digits.count == 3 }
    let hasOneSeparator = Set(groups.compactMap(\.separator)).count <= 1
    let isFirstShort = groups.count == 1 || groups[0].digits.count <= 3
    spelling.digits = groups.map(\.digits).joined()
    return isGrouped && hasOneSeparator && isFirstShort
  }
}
