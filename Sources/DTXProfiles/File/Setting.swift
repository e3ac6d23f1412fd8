import TOMLKit

/// A value of the configuration file, free of the library that read it.
indirect enum Setting: Hashable, Sendable {
  case text(String)
  case integer(Int)
  case decimal(Double)
  case truth(Bool)
  case list([Setting])
  case table([String: Setting])
  /// A date or a time, which nothing here is.
  case moment

  /// Reads a TOML text.
  ///
  /// - Throws: `ConfigurationError` at the first place that is no TOML.
  static func table(
    of text: String,
    from source: String
  ) throws(ConfigurationError) -> [String: Setting] {
    do {
      let document = try TOMLTable(string: text)
      // The parts of a document are only valid as long as the whole.
      return withExtendedLifetime(document) { members(of: document) }
    } catch let error as TOMLParseError {
      throw ConfigurationError(
        source,
        [.init(line: error.source.begin.line, "this is not TOML: \(error.description)")]
      )
    } catch {
      throw ConfigurationError(source, [.init("this is not TOML: \(error)")])
    }
  }

  private static func members(of table: TOMLTable) -> [String: Setting] {
    var members: [String: Setting] = [:]
    for key in table.keys { members[key] = table[key].map(Setting.init) }
    return members
  }

  private init(_ value: any TOMLValueConvertible) {
    if let text = value.string {
      self = .text(text)
    } else if let integer = value.int {
      self = .integer(integer)
    } else if let decimal = value.double {
      self = .decimal(decimal)
    } else if let truth = value.bool {
      self = .truth(truth)
    } else if let list = value.array {
      self = .list(list.map { Setting($0) })
    } else if let table = value.table {
      self = .table(Self.members(of: table))
    } else {
      self = .moment
    }
  }

  /// What kind of value it is, as messages name it.
  var kind: String {
    switch self {
    case .text: "a text"
    case .integer: "a whole number"
    case .decimal: "a decimal number"
    case .truth: "true or false"
    case .list: "a list"
    case .table: "a table"
    case .moment: "a date or time"
    }
  }
}

/// Where the keys of a TOML text stand, which the library that reads it does not tell.
///
/// Keys are looked for line by line; one inside of a table in braces is found at its table.
struct SettingPlaces {
  private var lines: [[String]: Int] = [:]

  init(_ text: String) {
    var table: [String] = []
    var isInText = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      defer { if Self.opensOrClosesText(line) { isInText.toggle() } }
      if isInText { continue }
      let bare = line.drop { $0 == " " || $0 == "\t" }
      if bare.first == "[" {
        table = Self.keys(bare.drop { $0 == "[" }.prefix { $0 != "]" })
        note(table, at: index + 1)
      } else if let sign = bare.firstIndex(of: "="), bare.first != "#" {
        note(table + Self.keys(bare[..<sign]), at: index + 1)
      }
    }
  }

  /// Returns the line of a key, or of the nearest table around it that is found.
  func line(of path: [String]) -> Int? {
    var path = path[...]
    while !path.isEmpty {
      if let line = lines[Array(path)] { return line }
      path.removeLast()
    }
    return nil
  }

  private mutating func note(_ path: [String], at line: Int) {
    for count in 1...max(path.count, 1) where count <= path.count {
      let part = Array(path.prefix(count))
      if lines[part] == nil { lines[part] = line }
    }
  }

  private static func keys(_ text: Substring) -> [String] {
    text.split(separator: ".").map { key in
      String(key.filter { !" \t\"'".contains($0) })
    }
  }

  private static func opensOrClosesText(_ line: Substring) -> Bool {
    (line.ranges(of: "\"\"\"").count + line.ranges(of: "'''").count) % 2 == 1
  }
}
