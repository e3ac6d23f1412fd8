extension TextBuilder {
  /// Appends one fact of a list: its name, and what is to be said, which may go on below itself.
  ///
  /// - Parameters:
  ///   - name: What the fact is about.
  ///   - width: The columns of the widest name in the list.
  ///   - role: The colour of what is said.
  ///   - write: Writes what is said.
  mutating func append(
    fact name: StaticString,
    width: Int,
    as role: TextRole = .plain,
    _ write: (inout TextBuilder) -> Void
  ) {
    let start = Self.factIndentation + width + Table.gap
    appendBlanks(Self.factIndentation)
    append(name, as: .faint)
    appendBlanks(start - Self.factIndentation - name.utf8CodeUnitCount)
    appendParagraph(from: start, indentation: start, as: role, write)
  }

  private static let factIndentation = 2

  /// Appends a paragraph of words and values; see the other `appendParagraph`.
  package mutating func appendParagraph(
    from column: Int = 0,
    indentation: Int = 0,
    as role: TextRole = .plain,
    _ write: (inout TextBuilder) -> Void
  ) {
    var words = TextBuilder(options: options)
    words.fixedBlank = LineWrapping.glue
    write(&words)
    appendParagraph(words.bytes[...], from: column, indentation: indentation, role: role)
  }

  /// Appends a count and its noun, as in `1 operation` or `37 operations`.
  mutating func append(count: Int, _ one: StaticString, _ many: StaticString) {
    append(count: count)
    bytes.append(fixedBlank)
    append(count == 1 ? one : many)
  }

  /// Appends an id or a reference as a script would write it: bare if it is a word, else quoted.
  mutating func append(name: String) {
    let isWord = !name.isEmpty && name.unicodeScalars.allSatisfy(\.isPartOfWord)
    if isWord {
      append(foreign: name)
    } else {
      append(quoted: name)
    }
  }

  /// Appends a text in quotes, with what would end it early escaped.
  mutating func append(quoted text: String) {
    append("\"")
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { append("\\") }
      append(foreign: scalar)
    }
    append("\"")
  }
}

extension Unicode.Scalar {
  /// Whether the character can stand in a word of the language; letters of any script can.
  fileprivate var isPartOfWord: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".": true
    default: value >= 0x80 && properties.isAlphabetic
    }
  }
}
