import PseudoTerminal
import Testing

@Suite("A session at a terminal: what a line would do")
struct SessionHintTests {
  @Test("stands at the right while one types, and goes where there is no room")
  func hints() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.terminal.send("capture tx123 line 1")
    try session.waitForHint("  captures 299.90 NOK, leaves 100.00")
    try session.terminal.send(" 999999")
    try session.waitForHint("  error: 399.90 NOK is left to capture")
    try session.terminal.send(String(repeating: "\u{7F}", count: 7))
    try session.waitForHint("  captures 299.90 NOK, leaves 100.00")
    // Too little room for all of it, and then for any of it.
    try session.terminal.resize(to: Screen.Size(rows: 40, columns: 60))
    try session.waitForHint("…")
    try session.terminal.resize(to: Screen.Size(rows: 40, columns: 40))
    try session.waitForHint("line 1")
    #expect(try workplace.captured("tx123") == 0)
  }

  @Test("is summed up for a pasted block, before Enter")
  func paste() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.terminal.wait(for: "pastes in brackets") { $0.isBracketingPastes }
    let block = "capture tx123 line 1\ncapture tx123 line 2\ncapture tx123 300 NOK"
    try session.terminal.send(Key.paste(block))
    try session.terminal.waitForScreen(
      "Pasted: 3 statements, 2 operations, captures 350.90 NOK, 1 error. Enter stages nothing"
    )
    // It is still there to be put right.
    try session.terminal.send(String(repeating: "\u{7F}", count: 22) + "\r")
    try session.waitForPrompt("sandbox 2 staged 350.90 NOK>")
    #expect(try workplace.captured("tx123") == 0)
  }

  @Test("lists what can be captured, with its customer's order and what is left")
  func table() throws {
    let session = try TerminalSession(in: Workplace())
    try session.terminal.send("show tx123")
    try session.terminal.send("\r")
    try session.waitForPrompt()
    try session.terminal.send("capture tx123 \t\t")
    try session.terminal.waitForScreen("appears on the settlement report")
    try session.terminal.send(Key.control("c"))
    try session.waitForPrompt()
    try session.terminal.send("capture tx12\t\t")
    try session.terminal.wait(for: "what is left") { screen in
      screen.rows.contains { $0.contains(/^tx123 .*AUTHORIZED.*399\.90 NOK left,/) }
    }
  }

  @Test("completes the names of files and profiles")
  func files() throws {
    let workplace = try Workplace()
    try workplace.write("capture tx123 line 1\n", to: "fredag.dtx")
    let session = try TerminalSession(in: workplace)
    try session.terminal.send("run \"fr\t")
    try session.waitForLine(#"run "fredag.dtx" "#)
    try session.terminal.send("\r")
    try session.waitForPrompt("sandbox 1 staged 299.90 NOK>")
    try session.terminal.send("use sa\t")
    try session.waitForLine("use sandbox ")
  }
}
