import Foundation
import PseudoTerminal
import Testing

@Suite("A session at a terminal: history")
struct SessionHistoryTests {
  private func history(of workplace: Workplace) throws -> String {
    guard FileManager.default.fileExists(atPath: workplace.history) else { return "" }
    return String(decoding: try Data(contentsOf: URL(filePath: workplace.history)), as: UTF8.self)
  }

  @Test("comes back in the next session, from a file that nobody else can read")
  func persistence() throws {
    let workplace = try Workplace()
    let first = try TerminalSession(in: workplace)
    try first.enter("show tx123", answer: "AUTHORIZED")
    try first.enter("show tx124", answer: "PARTIALLY_CAPTURED")
    try first.leave()
    let mode = try FileManager.default.attributesOfItem(atPath: workplace.history)[
      .posixPermissions
    ]
    #expect(mode as? Int == 0o600)
    let second = try TerminalSession(in: workplace)
    try second.terminal.send(Key.up)
    try second.waitForLine("> show tx124")
    try second.terminal.send(Key.up)
    try second.waitForLine("> show tx123")
    // What comes back can be changed before it is taken.
    try second.terminal.send("\u{7F}5\r")
    try second.terminal.expect("T12345678.tx125")
    try second.leave()
    #expect(try history(of: workplace).contains(#""show tx125""#))
  }

  @Test("does not keep what begins with a blank")
  func blank() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.enter("show tx123", answer: "AUTHORIZED")
    try session.enter(" show tx124", answer: "PARTIALLY_CAPTURED")
    try session.terminal.send(Key.up)
    try session.waitForLine("> show tx123")
    try session.terminal.send(Key.control("c"))
    try session.leave()
    #expect(try !history(of: workplace).contains("tx124"))
  }

  @Test("is shared by two sessions, and loses nothing of either")
  func sideBySide() throws {
    let workplace = try Workplace()
    let sessions = try [TerminalSession(in: workplace), TerminalSession(in: workplace)]
    for number in 0..<6 {
      try sessions[number % 2].enter("print \(number)", answer: "\(number)\r\n")
    }
    for session in sessions { try session.leave() }
    let kept = try history(of: workplace)
    for number in 0..<6 { #expect(kept.contains("\"print \(number)\"")) }
    let third = try TerminalSession(in: workplace)
    try third.terminal.send(Key.up)
    try third.waitForLine("> print 5")
  }

  @Test(
    "sets a file aside that is none of its own, and begins anew",
    arguments: ["_HiStOrY_V2_\nshow\\040tx1\n", "\u{0}\u{1}garbage", "{}\n[]\n", "set -o vi\n"]
  )
  func foreignFile(content: String) throws {
    let workplace = try Workplace()
    try FileManager.default.createDirectory(
      atPath: workplace.stateFolder,
      withIntermediateDirectories: true
    )
    try Data(content.utf8).write(to: URL(filePath: workplace.history))
    let session = try TerminalSession(in: workplace)
    #expect(session.terminal.screen.contains("The file was set aside: "))
    try session.enter("show tx123", answer: "AUTHORIZED")
    try session.leave()
    #expect(try !history(of: workplace).contains(content))
    // Nothing of it is thrown away: it may be somebody's.
    let names = try FileManager.default.contentsOfDirectory(atPath: workplace.stateFolder)
    let aside = try #require(names.first { $0.hasPrefix("history-sandbox.jsonl.damaged-") })
    let kept = try Data(contentsOf: URL(filePath: workplace.stateFolder + "/" + aside))
    #expect(String(decoding: kept, as: UTF8.self) == content)
  }

  @Test("takes an empty file for an empty history")
  func emptyFile() throws {
    let workplace = try Workplace()
    try FileManager.default.createDirectory(
      atPath: workplace.stateFolder,
      withIntermediateDirectories: true
    )
    try Data().write(to: URL(filePath: workplace.history))
    let session = try TerminalSession(in: workplace)
    #expect(!session.terminal.screen.contains("set aside"))
    try session.leave()
  }

  @Test("keeps what is sound of a damaged file")
  func damagedFile() throws {
    let workplace = try Workplace()
    let first = try TerminalSession(in: workplace)
    try first.enter("show tx123", answer: "AUTHORIZED")
    try first.enter("show tx124", answer: "PARTIALLY_CAPTURED")
    try first.leave()
    let sound = try history(of: workplace)
    // As a full disk leaves it: the last record is there in part.
    try Data(sound.utf8.dropLast(9)).write(to: URL(filePath: workplace.history))
    let second = try TerminalSession(in: workplace)
    #expect(second.terminal.screen.contains("A part of the history could not be read."))
    try second.terminal.send(Key.up)
    try second.waitForLine("> show tx123")
    try second.terminal.send(Key.control("c"))
    try second.leave()
    let third = try TerminalSession(in: workplace)
    #expect(!third.terminal.screen.contains("set aside"))
    try third.leave()
  }

  @Test("finds with Ctrl-R what was typed in another session, and lets it be changed")
  func search() throws {
    let workplace = try Workplace()
    let first = try TerminalSession(in: workplace)
    for text in ["show tx123", "print 1 + 1", "list limit 2"] {
      try first.enter(text, answer: "\r\n")
    }
    try first.leave()
    let second = try TerminalSession(in: workplace)
    try second.terminal.send(Key.control("r") + "tx1")
    try second.terminal.waitForScreen("bck:tx1")
    // Any other key ends the search, and does what it always does.
    try second.terminal.send(Key.control("e"))
    try second.waitForLine("> show tx123")
    try second.terminal.send("\u{7F}4\r")
    try second.terminal.expect("T12345678.tx124")
    try second.leave()
  }

  @Test("gives back each statement of a block by itself, with what it was typed for")
  func statements() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    let prompt = "sandbox 2 staged 350.90 NOK>"
    let text = "capture tx123 line 1; capture tx123 line 2"
    try session.enter(text, answer: "staged", prompt: prompt)
    try session.terminal.send(Key.up)
    try session.waitForLine("> capture tx123 line 2")
    try session.terminal.send(Key.up)
    try session.waitForLine("> capture tx123 line 1")
    try session.terminal.send(Key.control("c"))
    let lines = try history(of: workplace).split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines {
      #expect(line.contains(#""profile":"sandbox""#))
      #expect(line.contains(#""account":"T12345678""#))
      #expect(line.contains(/"at":\d{13}/))
    }
  }

  @Test("gives back what was carried out as a remark, in this session and in the next")
  func done() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace, ["TZ": "UTC-1"])
    try session.enter(
      "capture tx123 line 2",
      answer: "staged",
      prompt: "sandbox 1 staged 51.00 NOK>"
    )
    try session.enter("commit")
    try session.answer("Carry out 1 operation", "y")
    try session.terminal.expect("1 done.")
    try session.waitForPrompt()
    try session.terminal.send(Key.up + Key.up)
    try session.terminal.wait(for: "the remark") { screen in
      screen.rows[screen.cursor.row].contains(/> # done \d\d:\d\d capture tx123 line 2$/)
    }
    // Enter alone does nothing, not even an entry.
    try session.terminal.send("\r")
    try session.waitForPrompt()
    try session.terminal.send(Key.up + Key.up + "\u{1B}#")
    try session.waitForLine("> capture tx123 line 2")
    try session.terminal.send("\r")
    try session.terminal.expect("already applied")
    try session.waitForPrompt()
    try session.leave()
    let next = try TerminalSession(in: workplace)
    try next.terminal.send(Key.up)
    try next.waitForLine("> capture tx123 line 2")
    try next.terminal.send(Key.up + Key.up)
    try next.terminal.waitForScreen("> # done ")
    try next.terminal.send(Key.control("c"))
    try next.leave()
  }

  @Test("keeps no card number, and says so")
  func secret() throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace)
    try session.enter(
      #"print "4111 1111 1111 1111""#,
      answer: "Not kept in the history: it seems to have a card number in it."
    )
    try session.leave()
    #expect(try !history(of: workplace).contains("4111"))
  }

  @Test("goes on without a history that cannot be kept, and says so once")
  func unwritable() throws {
    let workplace = try Workplace()
    try FileManager.default.createDirectory(
      atPath: workplace.history,
      withIntermediateDirectories: true
    )
    let session = try TerminalSession(in: workplace)
    try session.enter("show tx123", answer: "is a directory")
    try session.enter("show tx124", answer: "PARTIALLY_CAPTURED")
    try session.leave()
    let output = String(decoding: session.terminal.output, as: UTF8.self)
    #expect(output.components(separatedBy: "cannot write").count == 2)
  }
}
