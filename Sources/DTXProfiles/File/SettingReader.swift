import DTXLedger
import DTXSyntax

/// Reads the keys of one table of the configuration, and remembers every mistake.
///
/// What it returns for a key that is wrong is nil, as for one that is absent; the mistakes tell
/// the two apart, and nothing is used while there is any.
struct SettingReader {
  let path: [String]
  let table: [String: Setting]
  let places: SettingPlaces
  private(set) var mistakes: [ConfigurationError.Mistake] = []
  private var known: [String] = []

  init(_ table: [String: Setting], at path: [String], _ places: SettingPlaces) {
    self.table = table
    self.path = path
    self.places = places
  }

  /// Notes a mistake at a key of the table, or at the table itself.
  mutating func note(_ key: String?, _ message: String, help: String? = nil) {
    mistakes.append(
      .init(line: places.line(of: path + (key.map { [$0] } ?? [])), message, help: help)
    )
  }

  mutating func take(_ other: [ConfigurationError.Mistake]) { mistakes += other }

  /// Notes every key that was not asked for, with the nearest one that was.
  mutating func noteUnknownKeys() {
    for key in table.keys.sorted() where !known.contains(key) {
      let meant = nearest(to: key, among: known)
      note(
        key,
        "unknown key '\(key)'\(owner)",
        help: meant.map { "did you mean '\($0)'?" }
          ?? "known are: \(known.sorted().joined(separator: ", "))"
      )
    }
  }

  /// ` in profile 'shop'`, or nothing at the top of the file.
  private var owner: String {
    path.isEmpty ? "" : " in [\(path.joined(separator: "."))]"
  }
}

// MARK: - Kinds of values

extension SettingReader {
  mutating func setting(_ key: String) -> Setting? {
    known.append(key)
    return table[key]
  }

  mutating func text(_ key: String) -> String? {
    guard let setting = setting(key) else { return nil }
    guard case .text(let text) = setting, !text.isEmpty else {
      return mismatch(key, setting, "a text in double quotes")
    }
    return text
  }

  mutating func table(_ key: String) -> [String: Setting] {
    guard let setting = setting(key) else { return [:] }
    guard case .table(let table) = setting else {
      note(key, "'\(key)' must be a table, and is \(setting.kind)")
      return [:]
    }
    return table
  }

  mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let setting = setting(key) else { return nil }
    guard case .integer(let number) = setting, range.contains(number) else {
      return mismatch(
        key,
        setting,
        "a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }

  mutating func number(_ key: String, in range: ClosedRange<Double>) -> Double? {
    guard let setting = setting(key) else { return nil }
    switch setting {
    case .integer(let number) where range.contains(Double(number)): return Double(number)
    case .decimal(let number) where range.contains(number): return number
    default:
      return mismatch(
        key,
        setting,
        "a number from \(Self.plain(range.lowerBound)) to \(Self.plain(range.upperBound))"
      )
    }
  }

  /// Reads one text or a list of texts.
  mutating func texts(_ key: String) -> [String] {
    guard let setting = setting(key) else { return [] }
    switch setting {
    case .text(let text): return [text]
    case .list(let list):
      let texts = list.compactMap { element -> String? in
        if case .text(let text) = element { text } else { nil }
      }
      if texts.count == list.count { return texts }
    default: break
    }
    let _: String? = mismatch(key, setting, "a text in double quotes, or a list of them")
    return []
  }

  /// Reads amounts of money, at most one in each currency.
  mutating func money(_ key: String) -> [Money] {
    var sums: [Money] = []
    for text in texts(key) {
      guard let money = Money(text), money.amount > .zero else {
        note(key, "'\(text)' is no amount", help: "write it with its currency, as 20000.00 NOK")
        continue
      }
      if sums.contains(where: { $0.currency == money.currency }) {
        note(key, "'\(key)' has two amounts in \(money.currency)")
      }
      sums.append(money)
    }
    return sums
  }

  private mutating func mismatch<Value>(
    _ key: String,
    _ setting: Setting,
    _ expected: String
  ) -> Value? {
    let found =
      switch setting {
      case .text(let text): text.isEmpty ? "empty" : "'\(text)'"
      case .integer(let number): "\(number)"
      case .decimal(let number): "\(number)"
      case .truth, .list, .table, .moment: setting.kind
      }
    note(key, "'\(key)' must be \(expected), and is \(found)")
    return nil
  }

  private static func plain(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}
