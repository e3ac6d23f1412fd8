import Foundation
import PseudoTerminal
import Testing

/// What the screen shows, and what signals and questions do to the terminal.
@Suite("Line editor: terminal", .serialized)
struct LineEditorTerminalTests {
  @Test("draws a coloured prompt and a wrapped text at 40 columns")
  func wrapping() throws {
    let run = try ProbeRun(size: Screen.Size(rows: 8, columns: 40))
    let text = String(repeating: "abcdefghij", count: 7)
    try run.terminal.send(text)
    try run.waitForRow(2, String(text.suffix(37)))
    try run.terminal.send("\(Key.home)Å")
    try run.waitForRow(1, "probe› Å" + text.prefix(32))
    try run.waitForRow(2, String(text.suffix(38)))
    try run.waitForCursor(row: 1, column: 8)
    try run.enter(expecting: "Å" + text)
  }

  @Test("uses no colours when they are switched off")
  func noColors() throws {
    let run = try ProbeRun(["NO_COLOR": "1"])
    try run.enter("text")
    #expect(!run.terminal.output.contains(UInt8(ascii: "m")))
    let styled = try ProbeRun()
    try styled.enter("text")
    #expect(styled.terminal.output.contains(UInt8(ascii: "m")))
  }

  @Test("shows a hint at the right margin that follows every key")
  func hint() throws {
    let run = try ProbeRun()
    try run.terminal.send("hint")
    try run.terminal.waitForScreen("<4>")
    try run.terminal.send("s")
    try run.terminal.waitForScreen("<5>")
    try run.terminal.send("\u{7F}\u{7F}")
    try run.terminal.waitForScreen("right")
    try run.enter(expecting: "hin")
  }

  @Test("prints a message above what is being typed, even in several lines")
  func notices() throws {
    let run = try ProbeRun()
    try run.terminal.send(Key.paste("one\ntwo\nthree\(Key.up)"))
    try run.terminal.expect("PASTED 3 lines")
    try run.terminal.waitForScreen("READY\nPASTED 3 lines, 15 bytes\nprobe› one")
    try run.terminal.waitForScreen("two\nthree[A")
    try run.enter(expecting: "one\ntwo\nthree[A")
    try run.terminal.send("notice\rtyped on")
    try run.terminal.waitForScreen("notice one\nnotice two\nprobe› typed on")
    try run.enter(expecting: "typed on")
  }

  @Test("draws the text anew when the window changes", arguments: [20, 30, 59, 100])
  func resizing(columns: Int) throws {
    let run = try ProbeRun()
    try run.terminal.send("0123456789 0123456789 end")
    try run.terminal.waitForScreen("789 end")
    try run.terminal.resize(to: Screen.Size(rows: 9, columns: columns))
    let line = "probe› 0123456789 0123456789 end"
    let rows = stride(from: 0, to: line.count, by: columns).map {
      String(line.dropFirst($0).prefix(columns))
    }
    try run.terminal.wait(for: "the text in \(columns) columns") { screen in
      let end = screen.cursor.row
      let start = end - rows.count + 1
      guard start >= 0 else { return false }
      return zip(screen.rows[start...end], rows).allSatisfy { $0.hasPrefix($1.trimmed) }
        && screen.cursor.column == line.count % columns
    }
    try run.terminal.send("!")
    try run.enter(expecting: "0123456789 0123456789 end!")
  }

  @Test("shows the part around the cursor of a text taller than the screen")
  func tallText() throws {
    let run = try ProbeRun()
    let lines = (1...40).map { "line \($0)" }
    try run.terminal.send(Key.paste(lines.joined(separator: "\r")))
    try run.waitForRow(11, "line 40")
    // What was said of the paste stays in sight.
    try run.waitForRow(0, "PASTED 40 lines, 310 bytes")
    try run.waitForRow(1, "line 30")
    try run.terminal.send(String(repeating: Key.up, count: 19))
    try run.waitForRow(1, "line 21")
    try run.waitForCursor(row: 1, column: 7)
    try run.terminal.send("\(Key.down)\(Key.home)!")
    try run.waitForRow(2, "!line 22")
    try run.waitForCursor(row: 2, column: 1)
    try run.terminal.send("\u{1B}[1;5H?")
    try run.waitForRow(1, "probe› ?line 1")
    try run.waitForRow(11, "line 11")
    try run.terminal.resize(to: Screen.Size(rows: 6, columns: 60))
    try run.terminal.wait(for: "six rows") { $0.rows.last == "line 5" && $0.cursor.column == 8 }
    try run.terminal.send(Key.down)
    try run.waitForCursor(row: 2, column: 1)
    var text = lines
    text[0] = "?line 1"
    text[21] = "!line 22"
    try run.enter(expecting: text.joined(separator: "\n"))
  }

  // MARK: Signals

  @Test(
    "gives the terminal back before a signal ends the process",
    arguments: [SIGTERM, SIGHUP, SIGINT]
  )
  func termination(signal: Int32) throws {
    let terminal = try PseudoTerminal(
      executable: "/bin/sh",
      arguments: ["-c", "stty -echo; exec '\(ProbeRun.executable)'"],
      environment: ProbeRun.environment()
    )
    try terminal.waitForScreen("probe›")
    try terminal.send("half a sta")
    try terminal.waitForScreen("half a sta")
    #expect(terminal.screen.isBracketingPastes)
    terminal.signal(signal)
    #expect(try terminal.waitForEnding() == .signalled(signal))
    #expect(!terminal.screen.isBracketingPastes)
    let modes = try terminal.modes()
    #expect(modes.isCanonical)
    // What the user had set before is not touched.
    #expect(modes.local & UInt32(ECHO) == 0)
  }

  @Test("gives the terminal back when a signal ends the process at a question")
  func terminationAtQuestion() throws {
    let run = try ProbeRun()
    try run.terminal.send("confirm\r")
    try run.terminal.waitForScreen("Really?")
    run.terminal.signal(SIGTERM)
    #expect(try run.terminal.waitForEnding() == .signalled(SIGTERM))
    #expect(try run.terminal.modes().isCanonical)
  }

  @Test("stops on Ctrl-Z and draws the line again when it is continued")
  func suspension() throws {
    let terminal = try PseudoTerminal(
      executable: "/bin/bash",
      arguments: ["--norc", "--noprofile", "--noediting", "-i"],
      environment: ProbeRun.environment(["PS1": "shell$ "]),
      size: ProbeRun.size
    )
    try terminal.waitForScreen("shell$")
    try terminal.send("'\(ProbeRun.executable)'\r")
    try terminal.waitForScreen("probe›")
    try terminal.send("first\rsecond\(Key.control("Z"))")
    try terminal.expect("Stopped")
    try terminal.wait(for: "the shell") { $0.rows[$0.cursor.row] == "shell$" }
    #expect(try terminal.modes().isCanonical)
    #expect(!terminal.screen.isBracketingPastes)
    try terminal.send("fg\r")
    try terminal.wait(for: "the line") { $0.rows[$0.cursor.row].hasPrefix("probe› second") }
    #expect(terminal.screen.isBracketingPastes)
    try terminal.send(" half\r")
    try terminal.expect("=> \"second half\"")
    try terminal.wait(for: "an empty prompt") { $0.cursor.column == 7 }
    try terminal.send(Key.control("D"))
    try terminal.expect("END")
  }

  // MARK: Questions

  @Test(
    "does not take what was typed ahead for an answer",
    arguments: ["\r", "yes\r", "yes\ryes\r"]
  )
  func typedAhead(keys: String) throws {
    let run = try ProbeRun(["PROBE_WAITS": "1"])
    try run.terminal.send("confirm\r")
    try run.terminal.expect("BUSY")
    try run.terminal.send(keys)
    try run.terminal.expect("Really? ")
    try run.terminal.send("no\r")
    try run.terminal.expect("ANSWER \"no\"")
    try run.waitForPrompt()
  }

  @Test(
    "does not take for an answer what came in one piece with the text before it",
    arguments: ["\r", "yes\r", "y"]
  )
  func typedAheadAtOnce(keys: String) throws {
    let run = try ProbeRun()
    try run.terminal.send("confirm\r" + keys)
    try run.terminal.expect("Really? ")
    try run.terminal.send("æ\u{7F}nei\r")
    try run.terminal.expect("ANSWER \"nei\"")
    try run.waitForPrompt()
    // The question leaves no trace in the history.
    try run.terminal.send(Key.up)
    try run.terminal.wait(for: "the text") { $0.rows[$0.cursor.row].hasPrefix("probe› confirm") }
  }

  @Test("has no answer after Ctrl-C or Ctrl-D", arguments: ["C", "D"] as [Character])
  func noAnswer(letter: Character) throws {
    let run = try ProbeRun()
    try run.terminal.send("confirm\r")
    try run.terminal.waitForScreen("Really?")
    try run.terminal.send((letter == "C" ? "yes" : "") + Key.control(letter))
    try run.terminal.expect("NO ANSWER")
    try run.enter("on")
  }
}

extension String {
  /// The text without spaces at its end, which a screen does not tell from nothing.
  fileprivate var trimmed: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
