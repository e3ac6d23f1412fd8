import Foundation
import PseudoTerminal
import Testing

@Suite("A session at a terminal: typing")
struct SessionEditingTests {
  @Test("clears the line at Ctrl-C and keeps what is staged")
  func interruption() throws {
    let session = try TerminalSession(in: Workplace())
    let prompt = "sandbox 1 staged 51.00 NOK>"
    try session.enter("capture tx123 line 2", answer: "staged", prompt: prompt)
    try session.terminal.send("capture tx124 all")
    try session.waitForLine("> capture tx124 all")
    try session.terminal.send(Key.control("c"))
    try session.terminal.expect("^C")
    try session.waitForPrompt(prompt)
    // A shorter line after a longer one holds nothing of it.
    try session.enter("undo", answer: "Took back: capture tx123 line 2")
    try session.leave()
  }

  @Test("answers no for Ctrl-C at the question, and sends nothing")
  func interruptedQuestion() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.enter(
      "capture tx123 line 2",
      answer: "staged",
      prompt: "sandbox 1 staged 51.00 NOK>"
    )
    try session.enter("commit")
    try session.terminal.expect("[y/N] ")
    try session.terminal.send(Key.control("c"))
    try session.terminal.expect("Nothing was sent; it is still staged.")
    try session.waitForPrompt("sandbox 1 staged 51.00 NOK>")
    #expect(try workplace.captured("tx123") == 0)
  }

  @Test("completes a verb, a transaction, a clause and a line, from what is there")
  func completion() throws {
    let session = try TerminalSession(in: Workplace())
    // What there is to be completed is read in the background.
    try session.enter("show tx130", answer: "Teapot")
    try session.terminal.send("cap\t")
    try session.waitForLine("> capture ")
    try session.terminal.send("tx130\t")
    try session.waitForLine("> capture tx130 ")
    try session.terminal.send("li\t")
    try session.waitForLine("> capture tx130 line ")
    // Two lines are possible: they are listed with what is left of each.
    try session.terminal.send("\t\t")
    try session.terminal.waitForScreen("Teapot, 9800 JPY left")
    try session.terminal.waitForScreen("Cups, 3000 JPY left")
    try session.terminal.send("1\r")
    try session.terminal.expect("staged: capture T12345678.tx130 9800 = 9800 JPY")
    try session.waitForPrompt("sandbox 1 staged 9800 JPY>")
    // A line that is staged is not offered again.
    try session.terminal.send("capture tx130 line \t")
    try session.waitForLine("> capture tx130 line 2 ")
  }

  @Test("waits for the end of brackets and of a continued line")
  func continuation() throws {
    let session = try TerminalSession(in: Workplace())
    try session.terminal.send("capture tx123 \\\r")
    try session.terminal.wait(for: "a second row") { $0.cursor.column == 0 }
    try session.terminal.send("line 2\r")
    try session.terminal.expect("staged: capture T12345678.tx123 5100 = 51.00 NOK")
    try session.waitForPrompt("sandbox 1 staged 51.00 NOK>")
    try session.enter("undo", answer: "Took back")
  }

  @Test("takes letters beyond ASCII as they are", arguments: ["C.UTF-8", nil])
  func letters(locale: String?) throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace, ["LC_ALL": locale, "LANG": nil])
    try session.terminal.send(#"refund tx125 line ship-1 reason "blåbær på øya""#)
    try session.terminal.send("\r")
    try session.terminal.expect("staged")
    try session.waitForPrompt("sandbox 1 staged -60.00 NOK>")
    let history = String(
      decoding: try Data(contentsOf: URL(filePath: workplace.history)),
      as: UTF8.self
    )
    #expect(history.contains("blåbær på øya"))
  }

  @Test("stages a pasted block, and carries nothing out")
  func paste() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    let block = "capture tx123 line 1\ncapture tx123 line 2\nrefund tx125 line ship-1"
    try session.terminal.wait(for: "pastes in brackets") { $0.isBracketingPastes }
    try session.terminal.send(Key.paste(block))
    try session.terminal.waitForScreen("refund tx125 line ship-1")
    try session.terminal.send("\r")
    try session.waitForPrompt("sandbox 3 staged 290.90 NOK>")
    #expect(try workplace.captured("tx123") == 0)
  }

  @Test("asks before it carries out what a pasted block wants carried out")
  func pastedCommit() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.terminal.wait(for: "pastes in brackets") { $0.isBracketingPastes }
    try session.terminal.send(Key.paste("capture tx123 line 2\ncommit"))
    try session.waitForLine("commit")
    try session.terminal.send("\r")
    try session.answer("Carry out 1 operation (capture 51.00 NOK)", "n")
    try session.waitForPrompt("sandbox 1 staged 51.00 NOK>")
    #expect(try workplace.captured("tx123") == 0)
  }

  @Test("takes a pasted escape sequence for text")
  func pastedEscape() throws {
    let session = try TerminalSession(in: Workplace())
    try session.terminal.wait(for: "pastes in brackets") { $0.isBracketingPastes }
    try session.terminal.send(Key.paste("show tx1\u{1B}[31m23\u{7}"))
    try session.waitForLine("> show tx1[31m23")
    try session.terminal.send(Key.control("c"))
    try session.leave()
  }
}

@Suite("A session at a terminal: what it needs of the terminal")
struct SessionTerminalTests {
  @Test("works at any terminal, or at one that is not named", arguments: [nil, "dumb", "no-such"])
  func terminalName(name: String?) throws {
    let session = try TerminalSession(in: Workplace(), ["TERM": name, "NO_COLOR": nil])
    try session.enter(
      "capture tx123 line 2",
      answer: "staged",
      prompt: "sandbox 1 staged 51.00 NOK>"
    )
    try session.enter("undo", answer: "Took back")
    try session.leave()
    // What is not known to understand colours is sent none.
    if name != "no-such" {
      #expect(!String(decoding: session.terminal.output, as: UTF8.self).contains(";32m"))
    }
  }

  @Test("shows the profile in colour, unless none is wanted")
  func colours() throws {
    for (variable, isColoured) in [(nil, true), ("", true), ("1", false)] {
      let session = try TerminalSession(in: Workplace(), ["NO_COLOR": variable])
      try session.leave()
      let output = String(decoding: session.terminal.output, as: UTF8.self)
      #expect(output.contains("\u{1B}[0;1;32msandbox") == isColoured)
    }
  }

  @Test("gives the terminal back as it was")
  func modes() throws {
    let workplace = try Workplace()
    let terminal = try PseudoTerminal(
      executable: "/bin/sh",
      arguments: ["-c", "echo ready; read line; \(Program.path); echo done; read line"],
      environment: workplace.environment()
    )
    try terminal.expect("ready")
    let before = try terminal.modes()
    try terminal.send("\r")
    try terminal.waitForScreen("sandbox>")
    try terminal.send(Key.control("d"))
    try terminal.expect("done")
    #expect(try terminal.modes() == before)
    #expect(FileManager.default.fileExists(atPath: workplace.stateFolder))
  }

  @Test("asks at the terminal before a script is carried out", arguments: ["y", "n", ""])
  func confirmation(answer: String) throws {
    let workplace = try Workplace()
    let terminal = try TerminalSession.terminal(in: workplace, ["-c", "capture tx123 line 2"])
    try terminal.expect("Carry out 1 operation (capture 51.00 NOK) in sandbox, account T12345678?")
    try terminal.expect("[y/N] ")
    try terminal.send(answer + "\r")
    #expect(try terminal.waitForEnding() == .exited(answer == "y" ? 0 : 5))
    #expect(try workplace.captured("tx123") == (answer == "y" ? 5_100 : 0))
  }

  @Test("takes no Enter that was typed before the question")
  func typedAhead() throws {
    let workplace = try Workplace()
    let terminal = try TerminalSession.terminal(in: workplace, ["-c", "capture tx123 line 2"])
    try terminal.send("y\r")
    try terminal.expect("[y/N] ")
    try terminal.send("n\r")
    #expect(try terminal.waitForEnding() == .exited(5))
    #expect(try workplace.captured("tx123") == 0)
  }
}
