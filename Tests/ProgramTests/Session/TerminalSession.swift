import PseudoTerminal
import Testing

/// A session of the real program at a terminal of its own.
struct TerminalSession {
  static let size = Screen.Size(rows: 40, columns: 120)

  let terminal: PseudoTerminal
  /// Kept so that its folder is there for as long as the program runs.
  private let workplace: Workplace

  /// Starts a session, perhaps through another command, and waits for its first prompt.
  init(
    in workplace: Workplace,
    _ changes: [String: String?] = [:],
    size: Screen.Size = size,
    command: [String] = []
  ) throws {
    self.workplace = workplace
    terminal = try Self.terminal(in: workplace, [], changes, size: size, command: command)
    try waitForPrompt()
  }

  /// Goes on with a session that has been started.
  init(_ terminal: PseudoTerminal, in workplace: Workplace) {
    self.terminal = terminal
    self.workplace = workplace
  }

  /// Starts the program with arguments at a terminal, in the workplace's work folder.
  static func terminal(
    in workplace: Workplace,
    _ arguments: [String],
    _ changes: [String: String?] = [:],
    size: Screen.Size = size,
    command: [String] = []
  ) throws -> PseudoTerminal {
    // The terminal's driver knows no working directory, so a shell goes there first.
    try PseudoTerminal(
      executable: "/bin/sh",
      arguments: ["-c", #"cd "$0" && exec "$@""#, workplace.workFolder]
        + command + [Program.path] + arguments,
      // Colours would stand between the words that are waited for.
      environment: workplace.environment(["NO_COLOR": "1"].merging(changes) { $1 }),
      size: size
    )
  }

  /// Waits until the cursor stands behind an empty prompt that ends like this.
  func waitForPrompt(_ ending: String = "sandbox>") throws { try waitForLine(ending + " ") }

  /// Waits until what stands before the cursor ends like this, with nothing behind it but a hint.
  func waitForLine(_ ending: String) throws {
    try terminal.wait(for: "the line \"\(ending)\"") { screen in
      let row = screen.rows[screen.cursor.row]
      // The screen gives its rows without the blanks at their ends.
      let blanks = max(0, screen.cursor.column - row.count)
      let before = row.prefix(screen.cursor.column) + String(repeating: " ", count: blanks)
      let behind = row.dropFirst(screen.cursor.column)
      return before.hasSuffix(ending) && (behind.isEmpty || behind.hasPrefix("  "))
    }
  }

  /// Waits until a hint stands at the right end of the line.
  func waitForHint(_ hint: String) throws {
    try terminal.wait(for: "the hint \"\(hint)\"") { screen in
      screen.rows[screen.cursor.row].hasSuffix(hint)
    }
  }

  /// Types a text and Enter, and waits until its echo has been written.
  func enter(_ text: String) throws {
    try terminal.send(text)
    try waitForLine(text)
    try terminal.send("\r")
  }

  /// Types a text and Enter, and waits for an answer and the next prompt.
  func enter(_ text: String, answer: String, prompt: String = "sandbox>") throws {
    try enter(text)
    try terminal.expect(answer)
    try waitForPrompt(prompt)
  }

  /// Types a text and Tab, again until the list shows something: what there is to be listed is
  /// read in the background.
  func list(_ text: String, until shown: String) throws {
    let end = ContinuousClock.now + PseudoTerminal.defaultDeadline
    while ContinuousClock.now < end {
      try terminal.send(text + Key.tab)
      if (try? terminal.waitForScreen(shown, deadline: .seconds(2))) != nil { return }
      try terminal.send(Key.control("c"))
    }
    try terminal.waitForScreen(shown)
  }

  /// Waits for the question whether to go on, and answers it.
  func answer(_ question: String, _ answer: String) throws {
    try terminal.expect(question)
    try terminal.expect("[y/N] ")
    try terminal.send(answer + "\r")
  }

  /// Presses Ctrl-C until the session says that it does not wait any more.
  ///
  /// One that is pressed before the waiting has begun is for the line, or for nobody.
  func stopWaiting() throws {
    let end = ContinuousClock.now + PseudoTerminal.defaultDeadline
    while ContinuousClock.now < end {
      try terminal.send(Key.control("c"))
      if (try? terminal.expect("Stopped waiting", deadline: .seconds(1))) != nil { return }
    }
    try terminal.expect("Stopped waiting")
  }

  /// Leaves with Ctrl-D, with nothing staged.
  func leave() throws {
    try waitForPrompt()
    try terminal.send(Key.control("d"))
    try #require(terminal.waitForEnding() == .exited(0))
  }
}

/// What the terminal sends for keys.
enum Key {
  static let up = "\u{1B}[A"
  static let left = "\u{1B}[D"
  static let tab = "\t"

  static func control(_ letter: Character) -> String {
    String(Unicode.Scalar((letter.asciiValue ?? 0) & 0x1F))
  }

  /// A text as the terminal sends it when it is pasted.
  static func paste(_ text: String) -> String { "\u{1B}[200~\(text)\u{1B}[201~" }
}
