import Foundation

/// The language reference, as blocks of code and what is between them.
///
/// A fence of `dtx` is a script; one of `text` right under it is what comes out. A fence of `csv` or
/// `dtx` with a name behind it is a file. A fence of `session` is typed at the prompt.
struct ReferenceDocument {
  enum Piece: Equatable {
    /// Lines outside of fences, or fences of other languages.
    case prose([String])
    case script(String)
    case output(String)
    case file(name: String, language: String, text: String)
    case session(String)
  }

  static let file = CompletenessTests.root.appending(path: "grammar/README.md")

  private(set) var pieces: [Piece] = []

  init() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    var prose: [String] = []
    while let line = lines.popFirst() {
      guard line.hasPrefix("```") else {
        prose.append(line)
        continue
      }
      let body = lines.prefix { $0 != "```" }
      lines = lines.dropFirst(body.count + 1)
      if !prose.isEmpty { pieces.append(.prose(prose)) }
      prose = []
      pieces.append(Self.piece(line.dropFirst(3), body.map { $0 + "\n" }.joined()))
    }
    pieces.append(.prose(prose))
  }

  private static func piece(_ information: Substring, _ body: String) -> Piece {
    let words = information.split(separator: " ").map(String.init)
    switch (words.first, words.dropFirst().first) {
    case (let language?, let name?): return .file(name: name, language: language, text: body)
    case ("dtx", nil): return .script(body)
    case ("text", nil): return .output(body)
    case ("session", nil): return .session(body)
    default: return .prose(["```\(information)", body + "```"])
    }
  }

  /// The whole document again, with other pieces.
  func text(with pieces: [Piece]) -> String {
    pieces.map { piece in
      switch piece {
      case .prose(let lines): lines.joined(separator: "\n")
      case .script(let text): "```dtx\n\(text)```"
      case .output(let text): "```text\n\(text)```"
      case .file(let name, let language, let text): "```\(language) \(name)\n\(text)```"
      case .session(let text): "```session\n\(text)```"
      }
    }
    .joined(separator: "\n")
  }

  /// The files that scripts may name.
  var files: [String: String] {
    pieces.reduce(into: [:]) { files, piece in
      if case .file(let name, _, let text) = piece { files[name] = text }
    }
  }
}
