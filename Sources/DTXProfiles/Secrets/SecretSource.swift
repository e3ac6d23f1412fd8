/// Where a profile's client secret is to be had; the secret itself is in no configuration.
package enum SecretSource: Hashable, Sendable {
  /// A program and its arguments; the first line that it writes is the secret.
  case command([String])
  /// The name of an environment variable.
  case variable(String)
  /// A file that nobody but its owner may read.
  case file(String)

  /// What the source is, for a listing.
  package var summary: String {
    switch self {
    case .command(let words): "the command \(words.joined(separator: " "))"
    case .variable(let name): "the variable \(name)"
    case .file(let path): "the file \(path)"
    }
  }
}

extension SecretSource {
  /// Returns the words of a command; nil where it takes a shell to read it, or is none.
  package static func words(ofCommand text: String) -> [String]? { try? CommandWords.split(text) }

  /// Reads which source a profile names; nil where it is not exactly one.
  init?(_ reader: inout SettingReader) {
    var sources: [SecretSource] = []
    if let words = Self.words(&reader) { sources.append(.command(words)) }
    if let name = reader.text("client_secret_env") { sources.append(.variable(name)) }
    if let path = reader.text("client_secret_file") { sources.append(.file(path)) }
    if reader.setting("client_secret") != nil {
      reader.note(
        "client_secret",
        "a secret does not belong in this file",
        help: "name where it is kept: client_secret_command, client_secret_env or"
          + " client_secret_file; and change the secret if anyone else could read the file"
      )
      return nil
    }
    guard sources.count <= 1 else {
      reader.note(nil, "the profile names its secret in more than one way")
      return nil
    }
    guard let source = sources.first else {
      if !Self.keys.contains(where: { reader.table[$0] != nil }) {
        reader.note(
          nil,
          "the profile does not say where its client secret is kept",
          help: "add client_secret_command, client_secret_env or client_secret_file"
        )
      }
      return nil
    }
    self = source
  }

  private static let keys = ["client_secret_command", "client_secret_env", "client_secret_file"]

  /// Reads a command: a list of words as they are, or a text that is cut into words.
  private static func words(_ reader: inout SettingReader) -> [String]? {
    let key = "client_secret_command"
    let texts = reader.texts(key)
    if case .list = reader.table[key] {
      guard let program = texts.first, !program.isEmpty else { return nil }
      return texts
    }
    guard let text = texts.first else { return nil }
    do throws(CommandWords.Mistake) { return try CommandWords.split(text) } catch {
      switch error {
      case .openQuote: reader.note(key, "a quotation mark in '\(key)' is not closed")
      case .empty: reader.note(key, "'\(key)' names no program")
      case .needsShell(let sign):
        reader.note(
          key,
          "'\(sign)' in '\(key)' means something to a shell, and none is asked",
          help: "put it in quotes, or ask a shell yourself: [\"sh\", \"-c\", \"…\"]"
        )
      }
      return nil
    }
  }
}

/// Cuts a command into its words as a shell does, and does nothing else that a shell does.
enum CommandWords {
  enum Mistake: Error, Hashable, Sendable {
    case openQuote
    case empty
    case needsShell(Character)
  }

  /// What a shell would not leave as it is, outside of quotes.
  private static let shellSigns: Set<Character> = [
    "|", "&", ";", "<", ">", "(", ")", "$", "`", "*", "?", "[", "]", "~", "#", "{", "}", "!", "\n",
  ]

  /// Cuts a text at its blanks; quotes keep blanks, and a backslash keeps the next character.
  ///
  /// - Throws: `.needsShell` for an unquoted sign that a shell would act on, so that nobody
  ///   believes in a pipe that is not there.
  static func split(_ text: String) throws(Mistake) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        word = word ?? ""
      } else if character == " " || character == "\t" {
        if let finished = word { words.append(finished) }
        word = nil
      } else if shellSigns.contains(character), character != "~" || word == nil {
        throw .needsShell(character)
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil, !isEscaped else { throw .openQuote }
    if let word { words.append(word) }
    guard words.first?.isEmpty == false else { throw .empty }
    return words
  }
}
