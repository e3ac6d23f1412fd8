import PseudoTerminal
import Testing

@Suite("A session at a terminal: staging and carrying out")
struct SessionStagingTests {
  static let sentence = #"capture tx123 line 1 29990 ref "ship-1""#

  @Test("takes the sentence, shows it, carries it out once, and knows it the second time")
  func wholeWay() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.enter(
      Self.sentence,
      answer: "staged: capture T12345678.tx123 29990 = 299.90 NOK",
      prompt: "sandbox 1 staged 299.90 NOK>"
    )
    try session.enter(
      "preview",
      answer: "Plan of session: 1 operation on 1 transaction",
      prompt: "sandbox 1 staged 299.90 NOK>"
    )
    try session.enter("commit")
    try session.answer("Carry out 1 operation (capture 299.90 NOK) in sandbox", "n")
    try session.terminal.expect("Nothing was sent; it is still staged.")
    try session.waitForPrompt("sandbox 1 staged 299.90 NOK>")
    #expect(try workplace.captured("tx123") == 0)
    try session.enter("commit")
    try session.answer("Carry out 1 operation", "y")
    try session.terminal.expect("1 done.")
    try session.waitForPrompt()
    try session.enter(Self.sentence, answer: "already applied: capture T12345678.tx123")
    try session.enter("commit", answer: "Nothing is left to do")
    try session.leave()
    #expect(try workplace.captured("tx123") == 29_990)
  }

  @Test("takes back and drops what is staged")
  func undoAndDiscard() throws {
    let session = try TerminalSession(in: Workplace())
    try session.enter(
      "refund tx125 100.00 NOK",
      answer: "staged",
      prompt: "sandbox 1 staged -100.00 NOK>"
    )
    try session.enter(
      "capture tx123 line 2",
      answer: "staged",
      prompt: "sandbox 2 staged -49.00 NOK>"
    )
    try session.enter(
      "undo",
      answer: "Took back: capture tx123 line 2",
      prompt: "sandbox 1 staged -100.00 NOK>"
    )
    try session.enter("discard", answer: "Discarded 1 statement.")
    try session.enter("undo", answer: "Nothing is staged.")
    try session.leave()
  }

  @Test("stages nothing of a mistake and loses nothing")
  func mistake() throws {
    let session = try TerminalSession(in: Workplace())
    let prompt = "sandbox 1 staged 299.90 NOK>"
    try session.enter(Self.sentence, answer: "staged", prompt: prompt)
    try session.enter("capture tx124 300 NOK", answer: "write 300.00 NOK, or 30000", prompt: prompt)
    try session.enter("capture tx123 line 1 1.00 NOK", answer: "DTX3", prompt: prompt)
    try session.enter("captur tx124 all", answer: "did you mean", prompt: prompt)
    try session.enter("preview", answer: "1 operation on 1 transaction", prompt: prompt)
  }

  @Test("looks at transactions as they are and as they would be")
  func looking() throws {
    let session = try TerminalSession(in: Workplace())
    try session.enter("show tx123", answer: "AUTHORIZED: the amount is reserved")
    try session.enter("list limit 2", answer: "Sums")
    try session.enter("help", answer: "help capture")
    try session.enter("help capture", answer: "capture TARGET SCOPE")
    try session.enter("help captrue", answer: "Did you mean `help capture`?")
    try session.enter("# nothing but a remark")
    try session.enter("quit")
    #expect(try session.terminal.waitForEnding() == .exited(0))
  }

  @Test("stages a script, whole or not at all")
  func script() throws {
    let workplace = try Workplace()
    try workplace.write("capture tx123 line 1\ncapture tx123 line 2\n", to: "good.dtx")
    try workplace.write("capture tx124 all\ncapture tx123 line 9\n", to: "bad.dtx")
    let session = try TerminalSession(in: workplace)
    let prompt = "sandbox 2 staged 350.90 NOK>"
    try session.enter(#"run "good.dtx""#, answer: "staged", prompt: prompt)
    try session.enter(#"run "bad.dtx""#, answer: ":2:", prompt: prompt)
    try session.enter(#"run "absent.dtx""#, answer: "no such file", prompt: prompt)
  }

  @Test("keeps what a trial did not send, until it is carried out too")
  func trial() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.enter(
      "capture tx123 line 1; capture tx124 line 2",
      answer: "staged",
      prompt: "sandbox 2 staged 499.90 NOK>"
    )
    try session.enter("commit first 1")
    try session.answer("Carry out the first 1 of 2 operations", "y")
    try session.answer("Carry out the rest?", "n")
    try session.terminal.expect("1 statement was not sent")
    try session.waitForPrompt("sandbox 1 staged 200.00 NOK>")
    #expect(try workplace.captured("tx123") == 29_990)
    #expect(try workplace.captured("tx124") == 44_900)
    try session.enter("commit")
    try session.answer("Carry out 1 operation (capture 200.00 NOK)", "y")
    try session.terminal.expect("1 done.")
    try session.leave()
    #expect(try workplace.captured("tx124") == 64_900)
  }

  @Test("finds at the commit what somebody else did meanwhile")
  func drift() async throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    let prompt = "sandbox 1 staged 399.90 NOK>"
    try session.enter("capture tx123 all", answer: "staged", prompt: prompt)
    #expect(try await workplace.dtx("-c", "capture tx123 line 1", "--yes").status == 0)
    try session.enter("commit")
    try session.answer("(capture 100.00 NOK)", "n")
    try session.terminal.expect("still staged")
    try session.waitForPrompt("sandbox 1 staged 100.00 NOK>")
    let rest = #"capture tx123 100.00 NOK ref "theirs""#
    #expect(try await workplace.dtx("-c", rest, "--yes").status == 0)
    try session.enter("commit", answer: "does not hold any more", prompt: "sandbox 0 staged>")
    try session.enter("discard", answer: "Discarded 1 statement.")
    try session.leave()
  }

  @Test("takes no Enter that was typed ahead as an answer")
  func typedAhead() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.enter(Self.sentence, answer: "staged", prompt: "sandbox 1 staged 299.90 NOK>")
    // All of it is there before the question is.
    try session.terminal.send("commit\ry\ry\r")
    try session.terminal.expect("[y/N] ")
    #expect(try workplace.captured("tx123") == 0)
    try session.terminal.send("\r")
    try session.terminal.expect("still staged")
    try session.waitForPrompt("sandbox 1 staged 299.90 NOK>")
  }

  @Test("leaves with something staged only when that is meant")
  func leaving() throws {
    let session = try TerminalSession(in: Workplace())
    let prompt = "sandbox 1 staged 299.90 NOK>"
    try session.enter(Self.sentence, answer: "staged", prompt: prompt)
    try session.terminal.send(Key.control("d"))
    try session.answer("1 operation is staged and not carried out. Leave?", "n")
    try session.waitForPrompt(prompt)
    try session.enter("quit")
    try session.answer("Leave?", "")
    try session.waitForPrompt(prompt)
    try session.enter("quit")
    try session.answer("Leave?", "y")
    #expect(try session.terminal.waitForEnding() == .exited(0))
  }
}
