import Foundation

/// A conversation with the program, as it is kept in a file.
///
/// Every line says by its first character what it is:
///
///     # a remark
///     = a file that follows       | a line of that file
///     $ a line for the shell      < a line of its standard input
///     > a line of standard output ! a line of standard error
///     exit N
struct Transcript {
  /// One line for the shell, and what is known of its run.
  struct Step {
    let command: String
    var input: [String] = []
    var output: [String] = []
  }

  struct Malformed: Error {
    let line: String
  }

  /// What stands before the first command: remarks and files, as they were read.
  private(set) var preamble: [String] = []
  private(set) var files: [(name: String, lines: [String])] = []
  private(set) var steps: [Step] = []

  init(_ text: String) throws {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      try take(line)
    }
  }

  private mutating func take(_ line: String) throws {
    let rest = String(line.dropFirst(2))
    switch line.first {
    case "#", nil: if steps.isEmpty { preamble.append(line) }
    case "=":
      files.append((rest, []))
      preamble.append(line)
    case "|":
      guard !files.isEmpty else { throw Malformed(line: line) }
      files[files.count - 1].lines.append(rest)
      preamble.append(line)
    case "$": steps.append(Step(command: rest))
    case "<", ">", "!", "e":
      guard !steps.isEmpty else { throw Malformed(line: line) }
      if line.first == "<" {
        steps[steps.count - 1].input.append(rest)
      } else {
        steps[steps.count - 1].output.append(line)
      }
    default: throw Malformed(line: line)
    }
  }

  /// Runs every command in order and returns the transcript with what came of each.
  func played(in workplace: Workplace) async throws -> String {
    for file in files {
      try workplace.write(file.lines.map { $0 + "\n" }.joined(), to: file.name)
    }
    var placeholders = Placeholders(workplace)
    var text = preamble.map { $0 + "\n" }.joined()
    for (index, step) in steps.enumerated() {
      let result = try await workplace.shell(
        step.command,
        input: step.input.map { $0 + "\n" }.joined()
      )
      if index > 0 { text += "\n" }
      text += "$ \(step.command)\n"
      text += step.input.map { "< \($0)".trimmedAtEnd + "\n" }.joined()
      text += Self.marked(placeholders.replacing(in: result.output), with: ">")
      text += Self.marked(placeholders.replacing(in: result.errors), with: "!")
      text += "exit \(result.status)\n"
    }
    return text
  }

  /// The lines of a stream, each with its mark; a last line without its end says so.
  private static func marked(_ text: String, with mark: String) -> String {
    guard !text.isEmpty else { return "" }
    // A carriage return is shown, and kept from joining the line feed to one character.
    let text = text.replacing("\r\n", with: "␍\n")
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let isEnded = lines.last == ""
    if isEnded { lines.removeLast() }
    return lines.map { "\(mark) \($0)".trimmedAtEnd + "\n" }.joined()
      + (isEnded ? "" : "\(mark) (no line end)\n")
  }
}

extension String {
  /// The text without the blank that stands after the mark of an empty line.
  fileprivate var trimmedAtEnd: String { count == 2 && last == " " ? String(dropLast()) : self }
}

/// What differs from run to run, and what stands for it, of the same width where tables are drawn.
private struct Placeholders {
  private let folders: [(path: String, name: String)]
  private let person = NSUserName()
  private var runs: [String] = []

  init(_ workplace: Workplace) {
    folders = [(workplace.stateFolder, "STATE"), (workplace.workFolder, "WORK")]
  }

  /// Makes the rule above the last column of a table as long as if a name in it were its placeholder.
  ///
  /// The row with the name is the widest one of every table that has one.
  private static func withoutWidth(of name: String, in text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.hasSuffix("──") {
      let rows = lines[(index + 1)...].prefix { $0.contains { $0 != " " && $0 != ">" } }
      guard rows.contains(where: { $0.contains(name) }) else { continue }
      let surplus = name.count - "by PERSON".count
      lines[index] =
        surplus > 0 ? line.dropLast(surplus) : line + String(repeating: "─", count: -surplus)
    }
    return lines.joined(separator: "\n")
  }

  mutating func replacing(in text: String) -> String {
    var text = text
    for folder in folders { text = text.replacing(folder.path, with: folder.name) }
    text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, with: "YYYY-MM-DD hh:mm")
    text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z/, with: "YYYY-MM-DDThh:mmZ")
    // The ids of events and clients; in tables they stand last, so that their width does not matter.
    text.replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/, with: "UUID")
    text.replace(/"request_id":"[0-9a-f]{32}"/, with: "\"request_id\":\"REQUEST\"")
    // Milliseconds since 1970.
    text.replace(/\b1[6-9]\d{11}\b/, with: "MILLISECONDS")
    text.replace(/\b[0-9a-f]{64}\b/, with: "DIGEST")
    text = Self.withoutWidth(of: "by \(person)", in: text)
    text.replace("by \(person)", with: "by PERSON")
    text.replace(" \(person) sandbox", with: " PERSON sandbox")
    text.replace("\"\(person)\"", with: "\"PERSON\"")
    for match in text.matches(of: /\b1[0-9a-hjkmnp-z]{11}\b/) {
      let run = String(match.output)
      if !runs.contains(run) { runs.append(run) }
    }
    for (index, run) in runs.enumerated() {
      text.replace(run, with: "RUN-" + String(repeating: "0", count: 7) + "\(index + 1)")
    }
    return text
  }
}
