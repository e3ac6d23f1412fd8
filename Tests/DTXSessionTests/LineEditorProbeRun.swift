import Foundation
import PseudoTerminal

/// A run of the probe on a terminal, ready for its first line.
struct ProbeRun {
  /// A terminal that libedit can draw on.
  static let size = Screen.Size(rows: 12, columns: 60)

  let terminal: PseudoTerminal

  /// The probe lies beside the test bundle.
  static var executable: String {
    get throws {
      let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      return URL(filePath: bundle).deletingLastPathComponent()
        .appending(path: "line-editor-probe").path
    }
  }

  /// Variables of a usual user; a nil in `changes` takes one away.
  static func environment(_ changes: [String: String?] = [:]) -> [String: String] {
    var environment = [
      "PATH": "/usr/bin:/bin", "TERM": "xterm", "LC_ALL": "C.UTF-8", "EDITRC": "/dev/null",
      "SWIFT_BACKTRACE": "enable=no", "LLVM_PROFILE_FILE": "/dev/null",
    ]
    for (name, value) in changes { environment[name] = value }
    return environment
  }

  init(_ changes: [String: String?] = [:], size: Screen.Size = size) throws {
    terminal = try PseudoTerminal(
      executable: Self.executable,
      environment: Self.environment(changes),
      size: size
    )
    try terminal.expect("READY")
    try waitForPrompt()
  }

  /// Starts the probe with settings as from a user's `.editrc`.
  static func withSettings(
    _ settings: String,
    _ changes: [String: String?] = [:],
    _ body: (ProbeRun) throws -> Void
  ) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).editrc")
    try Data(settings.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try body(ProbeRun(changes.merging(["EDITRC": file.path]) { $1 }))
  }

  /// Waits until the cursor stands behind an empty prompt.
  func waitForPrompt() throws {
    try terminal.wait(for: "an empty prompt") { screen in
      let row = screen.rows[screen.cursor.row]
      return (row.hasPrefix("probe› ") || row.hasPrefix("probe> ")) && screen.cursor.column == 7
    }
  }

  /// Presses Enter and waits for the report that this was the text.
  func enter(expecting text: String) throws {
    try terminal.send("\r")
    try terminal.expect("=> \(String(reflecting: text))\r\n")
    try waitForPrompt()
  }

  /// Types a text, presses Enter and waits for the report that it came through.
  func enter(_ text: String) throws {
    try terminal.send(text)
    try enter(expecting: text)
  }

  /// Waits until the cursor stands there.
  func waitForCursor(row: Int, column: Int) throws {
    try terminal.wait(for: "the cursor in row \(row), column \(column)") {
      $0.cursor == Screen.Position(row: row, column: column)
    }
  }

  /// Waits until the row shows the text, with only spaces after it.
  func waitForRow(_ row: Int, _ text: String) throws {
    try terminal.wait(for: "row \(row): \"\(text)\"") { $0.rows[row] == text }
  }
}

/// What the terminal sends for keys.
enum Key {
  static let up = "\u{1B}[A"
  static let down = "\u{1B}[B"
  static let right = "\u{1B}[C"
  static let left = "\u{1B}[D"
  static let home = "\u{1B}[H"
  static let end = "\u{1B}[F"
  static let escape = "\u{1B}"

  static func control(_ letter: Character) -> String {
    let code = (letter.asciiValue ?? 0) & 0x1F
    return String(Unicode.Scalar(code))
  }

  static func paste(_ text: String) -> String { "\u{1B}[200~\(text)\u{1B}[201~" }
}
