import Foundation
import PseudoTerminal
import Testing

/// Sessions at a provider over HTTP, which can be slow, or gone.
@Suite("A session at a terminal: a provider that is far away")
struct SessionProviderTests {
  private func session(
    _ arguments: [String] = ServedProgram.hurry,
    more: String = Workplace.hurriedProfile
  ) async throws -> (Workplace, ServedProgram, TerminalSession) {
    let workplace = try Workplace()
    let server = try await ServedProgram(in: workplace, arguments)
    try workplace.configure(server.url, more: more)
    let terminal = try TerminalSession.terminal(in: workplace, ["--profile", "served"])
    try terminal.waitForScreen("served>")
    return (workplace, server, TerminalSession(terminal, in: workplace))
  }

  @Test("takes keys and completes from what it knows while nobody answers")
  func silence() async throws {
    let (_, server, session) = try await session()
    // What is known has been read once there is something to say about it.
    try session.terminal.send("capture tx123 line 1")
    try session.waitForHint("  captures 299.90 NOK, leaves 100.00")
    server.run.signal(SIGSTOP)
    defer { server.run.signal(SIGCONT) }
    try session.terminal.send(Key.control("c"))
    try session.waitForPrompt("served>")
    try session.terminal.send("capture tx124 li\t")
    try session.waitForLine("served> capture tx124 line ")
    try session.terminal.send("2")
    try session.waitForHint("  captures 200.00 NOK, leaves 0.00")
  }

  @Test("goes back to the prompt at Ctrl-C while nobody answers, with what was staged before")
  func interruptedWaiting() async throws {
    let (_, server, session) = try await session()
    let prompt = "served 1 staged 299.90 NOK>"
    try session.enter("capture tx123 line 1", answer: "staged", prompt: prompt)
    server.run.signal(SIGSTOP)
    for text in ["show tx124", "capture tx124 line 2", "preview"] {
      try session.enter(text)
      try session.stopWaiting()
      try session.waitForPrompt(prompt)
    }
    server.run.signal(SIGCONT)
    try session.enter("show tx124", answer: "PARTIALLY_CAPTURED", prompt: prompt)
    try await server.kill()
  }

  /// Waits until the first operation of a commit has reached the provider.
  private func waitForFirst(in workplace: Workplace) async throws {
    let deadline = ContinuousClock.now + ProgramRun.deadline
    while try workplace.captured("tx123") == 0, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test("offers again what it could not stage again, and names the run that was cut short")
  func killedRun() async throws {
    let (workplace, server, session) = try await session(
      ["--latency", "400"],
      more: "concurrency = 1\npatience = 0.01\ntimeout = 20"
    )
    let text = "capture tx123 line 2; capture tx124 line 2; capture tx145 all"
    try session.enter(text, answer: "staged: capture", prompt: "served 3 staged 900.00 NOK>")
    try session.enter("commit")
    try session.answer("Carry out 3 operations", "y")
    try await waitForFirst(in: workplace)
    session.terminal.signal(SIGKILL)
    _ = try session.terminal.waitForEnding()
    try await server.kill()
    for _ in 0..<2 {
      let next = try TerminalSession.terminal(in: workplace, ["--profile", "served"])
      try next.expect(" did not come to its end: `dtx resume ")
      try next.expect("3 statements were staged")
      try next.expect("Enter asks again next time: ")
      try next.send("y\r")
      try next.expect("DTX4001")
      try next.expect("Not staged, and kept for the next time:\r\n  capture tx123 line 2\r\n")
      try next.waitForScreen("served>")
    }
  }

  @Test("loses nothing when the provider is gone, and says so")
  func lostConnection() async throws {
    let (workplace, server, session) = try await session()
    let prompt = "served 1 staged 299.90 NOK>"
    try session.enter("capture tx123 line 1", answer: "staged", prompt: prompt)
    try await server.kill()
    try session.enter("capture tx124 line 2", answer: "DTX4001", prompt: prompt)
    try session.enter("commit", answer: "DTX4001", prompt: prompt)
    // It comes back at the same place, and what was staged is still there.
    let again = try await ServedProgram(in: workplace, port: server.port)
    try session.enter("commit")
    try session.answer("Carry out 1 operation (capture 299.90 NOK) in served", "y")
    try session.terminal.expect("1 done.")
    try session.waitForPrompt("served>")
    #expect(try workplace.captured("tx123") == 29_990)
    try await again.kill()
  }

  @Test("stops at Ctrl-C while it carries out, and keeps what was not sent")
  func interruptedRun() async throws {
    let (workplace, server, session) = try await session(
      ["--latency", "400"],
      more: "concurrency = 1\npatience = 0.01\ntimeout = 20"
    )
    let text = "capture tx123 line 2; capture tx124 line 2; capture tx145 all; refund tx125 all"
    try session.enter(text, answer: "staged: refund", prompt: "served 4 staged -350.00 NOK>")
    try session.enter("commit")
    try session.answer("Carry out 4 operations", "y")
    try await waitForFirst(in: workplace)
    try session.terminal.send(Key.control("c"))
    try session.terminal.expect("Sending nothing new")
    try session.terminal.expect("not sent")
    try session.terminal.wait(for: "the rest is staged") { screen in
      screen.rows[screen.cursor.row].contains(/^served [123] staged .*NOK>/)
    }
    let effects = try workplace.effects().count
    try session.enter("commit")
    try session.answer("Carry out", "y")
    try session.terminal.expect(" done.")
    try session.waitForPrompt("served>")
    #expect(try workplace.effects().count > effects)
    #expect(try workplace.captured("tx123") == 5_100)
    #expect(try workplace.captured("tx145") == 64_900)
    try await server.kill()
  }

  @Test("says in the prompt that the money is real")
  func production() throws {
    let workplace = try Workplace()
    try workplace.configure("http://127.0.0.1:9", account: "P12345678")
    let terminal = try TerminalSession.terminal(in: workplace, ["--profile", "served"])
    try terminal.expect("account P12345678 (PRODUCTION: real money)")
    try terminal.waitForScreen("served PRODUCTION>")
  }

  @Test("goes from the sandbox to the provider and back")
  func use() async throws {
    let (workplace, server, session) = try await session()
    try session.enter(
      "capture tx123 line 2",
      answer: "staged",
      prompt: "served 1 staged 51.00 NOK>"
    )
    try session.enter("commit")
    try session.answer("Carry out 1 operation", "y")
    try session.waitForPrompt("served>")
    try session.enter("use sandbox", answer: "profile sandbox", prompt: "sandbox>")
    // The server serves the file of the embedded sandbox, so that both have the same.
    try session.enter("show tx123", answer: "PARTIALLY_CAPTURED", prompt: "sandbox>")
    try session.enter("use served", answer: "profile served", prompt: "served>")
    // Each has a history of its own.
    try session.terminal.send(Key.up + Key.up + Key.up)
    try session.terminal.waitForScreen("served> # done")
    #expect(try workplace.captured("tx123") == 5_100)
    try await server.kill()
  }
}
