import Foundation
import PseudoTerminal
import Testing

@Suite("A session at a terminal: commands")
struct SessionCommandTests {
  private func stagedFiles(in workplace: Workplace) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workplace.stateFolder)
      .filter { $0.hasPrefix("staged-") }
  }

  @Test("offers what was staged when the terminal went away, and stages it again")
  func leftover() throws {
    let workplace = try Workplace()
    let prompt = "sandbox 2 staged 350.90 NOK>"
    let first = try TerminalSession(in: workplace)
    try first.enter("capture tx123 line 1; capture tx123 line 2", answer: "staged", prompt: prompt)
    let file = try #require(try stagedFiles(in: workplace).first)
    let attributes = try FileManager.default.attributesOfItem(
      atPath: workplace.stateFolder + "/" + file
    )
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    // While that session lives, another is offered nothing.
    let other = try TerminalSession(in: workplace)
    try other.leave()
    first.terminal.signal(SIGKILL)
    _ = try first.terminal.waitForEnding()
    for (answer, words) in [("", "Kept for the next time."), ("y", "staged: capture")] {
      let terminal = try TerminalSession.terminal(in: workplace, [])
      try terminal.expect("2 statements were staged in a session that ended unexpectedly")
      try terminal.expect("capture tx123 line 2")
      try terminal.expect("Enter asks again next time: ")
      try terminal.send(answer + "\r")
      try terminal.expect(words)
      try terminal.waitForScreen(answer == "y" ? prompt : "next time.\nsandbox>")
      // Only the terminal is gone: what is staged is left once more.
      terminal.signal(SIGKILL)
      _ = try terminal.waitForEnding()
    }
    #expect(try workplace.captured("tx123") == 0)
    let last = try TerminalSession.terminal(in: workplace, [])
    try last.expect("Enter asks again next time: ")
    try last.send("n\r")
    try last.expect("Dropped.")
    try last.waitForScreen("Dropped.\nsandbox>")
    #expect(try stagedFiles(in: workplace).isEmpty)
  }

  @Test("keeps for the next time what could not be staged again, and says what that is")
  func leftoverInPart() async throws {
    let workplace = try Workplace()
    let first = try TerminalSession(in: workplace)
    let prompt = "sandbox 2 staged 350.90 NOK>"
    try first.enter("capture tx123 line 1; capture tx123 line 2", answer: "staged", prompt: prompt)
    first.terminal.signal(SIGKILL)
    _ = try first.terminal.waitForEnding()
    let other = #"capture tx123 line 1 ref "theirs""#
    #expect(try await workplace.dtx("-c", other, "--yes").status == 0)
    let second = try TerminalSession.terminal(in: workplace, [])
    try second.expect("2 statements were staged")
    try second.expect("Enter asks again next time: ")
    try second.send("y\r")
    try second.expect("Not staged, and kept for the next time:\r\n  capture tx123 line 1\r\n")
    try second.waitForScreen("sandbox 1 staged 51.00 NOK>")
    let third = try TerminalSession.terminal(in: workplace, [])
    // What the second has staged is not offered while it lives.
    try third.expect("1 statement was staged")
    try third.expect("capture tx123 line 1")
  }

  @Test("writes no card number to the file of what is staged, and says so once")
  func cardNumber() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.enter(
      #" refund tx125 10.00 NOK reason "card 4111 1111 1111 1111 12/27""#,
      answer: "A staged statement will not survive a crash",
      prompt: "sandbox 1 staged -10.00 NOK>"
    )
    #expect(try stagedFiles(in: workplace).isEmpty)
    let prompt = "sandbox 2 staged 41.00 NOK>"
    try session.enter("capture tx123 line 2", answer: "staged", prompt: prompt)
    let output = String(decoding: session.terminal.output, as: UTF8.self)
    #expect(output.split(separator: "survive a crash").count == 2)
    let file = try #require(try stagedFiles(in: workplace).first)
    let kept = try Data(contentsOf: URL(filePath: workplace.stateFolder + "/" + file))
    #expect(String(decoding: kept, as: UTF8.self).contains("capture tx123 line 2"))
    #expect(!String(decoding: kept, as: UTF8.self).contains("4111"))
  }

  @Test("keeps no file when nothing is staged any more, or when one leaves on purpose")
  func nothingLeft() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    let prompt = "sandbox 1 staged 299.90 NOK>"
    try session.enter("capture tx123 line 1", answer: "staged", prompt: prompt)
    try session.enter("discard", answer: "Discarded")
    #expect(try stagedFiles(in: workplace).isEmpty)
    try session.enter("capture tx123 line 1", answer: "staged", prompt: prompt)
    #expect(try stagedFiles(in: workplace).count == 1)
    try session.enter("quit")
    try session.answer("1 operation is staged and not carried out. Leave?", "y")
    #expect(try session.terminal.waitForEnding() == .exited(0))
    #expect(try stagedFiles(in: workplace).isEmpty)
  }

  @Test("carries out each operation at once where that is wanted, after the question")
  func autocommit() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.enter("autocommit on", answer: "as soon as", prompt: "sandbox autocommit>")
    try session.enter("capture tx123 line 2")
    try session.answer("Carry out 1 operation (capture 51.00 NOK)", "y")
    try session.terminal.expect("1 done.")
    try session.waitForPrompt("sandbox autocommit>")
    #expect(try workplace.captured("tx123") == 5_100)
    try session.enter("autocommit off", answer: "staged again")
    try session.leave()
  }

  @Test("saves a script of what was done, which stages nothing new")
  func save() async throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.enter("capture tx123 line 2", answer: "staged", prompt: "1 staged 51.00 NOK>")
    try session.enter("commit")
    try session.answer("Carry out", "y")
    try session.waitForPrompt()
    try session.enter(#"save "day.dtx""#, answer: "Saved as day.dtx.")
    try session.enter(#"save "day.dtx""#, answer: "choose another name")
    let text = String(decoding: try workplace.bytes(of: "day.dtx"), as: UTF8.self)
    #expect(text.contains("UTC: captures 51.00 NOK, leaves 348.90.\ncapture tx123 line 2\n"))
    try session.enter("journal", answer: "session")
    try session.leave()
    #expect(try await workplace.dtx("fmt", "--check", "day.dtx").status == 0)
  }

  @Test("carries out and saves a script that includes another")
  func inclusion() throws {
    let workplace = try Workplace()
    try workplace.write("capture tx124 line 2\n", to: "inner.dtx")
    try workplace.write("include \"inner.dtx\"\ncapture tx123 line 2\n", to: "outer.dtx")
    let session = try TerminalSession(in: workplace)
    let prompt = "sandbox 2 staged 251.00 NOK>"
    try session.enter(#"run "outer.dtx""#, answer: "staged", prompt: prompt)
    try session.enter(#"save "staged.dtx""#, answer: "Saved as staged.dtx.", prompt: prompt)
    try session.enter("commit")
    try session.answer("Carry out 2 operations", "y")
    try session.terminal.expect("2 done.")
    try session.waitForPrompt()
    try session.enter(#"save "done.dtx""#, answer: "Saved as done.dtx.")
    let text = String(decoding: try workplace.bytes(of: "done.dtx"), as: UTF8.self)
    #expect(text.contains("include \"inner.dtx\"\n"))
    #expect(text.contains("UTC: captures 51.00 NOK, leaves 348.90.\ncapture tx123 line 2\n"))
    #expect(try workplace.captured("tx124") == 64_900)
  }

  @Test("asks for the total to be typed where that is wanted")
  func typedTotal() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.enter("set confirm total", answer: "confirm is now total.")
    let prompt = "sandbox 1 staged 51.00 NOK>"
    try session.enter("capture tx123 line 2", answer: "staged", prompt: prompt)
    for (answer, words) in [("y", "still staged"), ("51.00", "1 done.")] {
      try session.enter("commit")
      try session.terminal.expect("Type 51.00 to capture once on T12345678: ")
      try session.terminal.send(answer + "\r")
      try session.terminal.expect(words)
      try session.waitForPrompt(answer == "y" ? prompt : "sandbox>")
    }
    #expect(try workplace.captured("tx123") == 5_100)
  }

  @Test("takes no Enter that was typed before the question of a commit")
  func typedAhead() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    let prompt = "sandbox 1 staged 51.00 NOK>"
    try session.enter("capture tx123 line 2", answer: "staged", prompt: prompt)
    try session.terminal.send("commit\ry\ry\r")
    try session.terminal.expect("[y/N] ")
    try session.terminal.send("n\r")
    try session.terminal.expect("Nothing was sent; it is still staged.")
    #expect(try workplace.captured("tx123") == 0)
  }

  @Test("goes on with another profile, but leaves nothing staged behind")
  func use() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.enter("use nowhere", answer: "there is no profile 'nowhere'")
    let prompt = "sandbox 1 staged 51.00 NOK>"
    try session.enter("capture tx123 line 2", answer: "staged", prompt: prompt)
    try session.enter("use sandbox", answer: "`commit` or `discard` it first", prompt: prompt)
    try session.enter("discard", answer: "Discarded")
    try session.enter("use sandbox", answer: "Nothing is staged.")
    try session.leave()
  }

  @Test("shows long answers through the person's pager, and short ones itself")
  func pager() throws {
    let workplace = try Workplace()
    let variables = ["PAGER": "sed 's/^/PAGED /'"]
    let size = Screen.Size(rows: 20, columns: 120)
    let session = try TerminalSession(in: workplace, variables, size: size)
    try session.enter("list", answer: "PAGED Sums")
    try session.enter("print 1 + 1", answer: "2\r\n")
    try session.enter("set page off", answer: "page is now off.")
    try session.enter("list", answer: "\r\nSums")
    let other = try TerminalSession(in: workplace, ["PAGER": "no-such-pager"], size: size)
    try other.enter("list", answer: "\r\nSums")
  }

  @Test("says what changes on a watched transaction, until Ctrl-C")
  func watch() async throws {
    let workplace = try Workplace()
    // Colours of the answers would be spelled out in their differences.
    let session = try TerminalSession(in: workplace, ["PAGER": "", "NO_COLOR": nil])
    try session.enter("capture tx123 line 2", answer: "staged", prompt: "1 staged 51.00 NOK>")
    try session.enter("watch show tx123")
    try session.terminal.expect("Watching; Ctrl-C ends it. What is staged is left out.")
    #expect(try await workplace.dtx("-c", "capture tx123 line 2", "--yes").status == 0)
    try session.terminal.expect("+  captured           51.00 NOK")
    #expect(try await workplace.dtx("-c", "capture tx123 line 1", "--yes").status == 0)
    try session.terminal.expect("+  captured          350.90 NOK")
    try session.terminal.send(Key.control("c"))
    try session.waitForPrompt("1 staged 51.00 NOK>")
    #expect(!String(decoding: session.terminal.output, as: UTF8.self).contains(#"\u{1B}"#))
  }

  @Test("lays answers and questions out for the width that the terminal has now")
  func resizing() throws {
    let session = try TerminalSession(in: Workplace(), ["PAGER": ""])
    try session.enter("list", answer: "Sums")
    try session.terminal.resize(to: Screen.Size(rows: 40, columns: 50))
    try session.enter("help capture", answer: "`ref` appears on the settlement report. `final`\r\n")
    try session.enter("capture tx123 all", answer: "staged:", prompt: "1 staged 399.90 NOK>")
    try session.enter("commit")
    try session.terminal.expect("Carry out 1 operation (capture 399.90 NOK) in\r\n")
    try session.terminal.expect("[y/N] ")
    try session.terminal.send("n\r")
    try session.waitForPrompt("1 staged 399.90 NOK>")
    let start = session.terminal.output.count
    try session.enter("list", answer: "Sums", prompt: "1 staged 399.90 NOK>")
    let answer = String(decoding: session.terminal.output[start...], as: UTF8.self)
    let lines = answer.split(separator: "\r\n").dropFirst().dropLast()
    #expect(lines.filter { $0.count > 50 } == [])
  }

  @Test("tells how long an answer took")
  func timing() throws {
    let session = try TerminalSession(in: Workplace())
    try session.enter("set timing on", answer: "timing is now on.")
    try session.enter("show tx123", answer: " ms)")
    try session.enter("capture tx123 line 2", answer: "staged", prompt: "1 staged 51.00 NOK>")
    try session.enter("commit")
    try session.answer("Carry out 1 operation", "y")
    try session.terminal.expect("1 done.")
    try session.terminal.expect(" ms)")
    try session.waitForPrompt()
    try session.enter("set output csv", answer: "csv")
    try session.enter("journal 1", answer: "dtx journal export --format csv")
  }

  @Test("shows no hints on a terminal that cannot take a line back")
  func dumbTerminal() throws {
    let session = try TerminalSession(in: Workplace(), ["TERM": "dumb"])
    try session.enter("capture tx123 line 1", answer: "staged", prompt: "1 staged 299.90 NOK>")
    let output = String(decoding: session.terminal.output, as: UTF8.self)
    #expect(!output.contains("leaves 100.00"))
  }

  @Test("says everything in plain lines to a screen reader")
  func reader() throws {
    let session = try TerminalSession(in: Workplace(), ["DTX_READER": "1"])
    try session.enter("list limit 2", answer: "authorized ")
    #expect(!session.terminal.screen.contains("──"))
    try session.terminal.send("capture tx123 line 1")
    try session.waitForLine("> capture tx123 line 1")
    try session.terminal.send("\r")
    try session.waitForPrompt("sandbox 1 staged 299.90 NOK>")
    let output = String(decoding: session.terminal.output, as: UTF8.self)
    #expect(!output.contains("leaves 100.00"))
  }
}
