import Foundation
import PseudoTerminal
import Testing

@Suite("A session at a terminal: history")
struct SessionHistoryTests {
  private func history(of workplace: Workplace) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: workplace.history)), as: UTF8.self)
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
    "begins anew beside a file that is none of its own",
    arguments: ["", "_HiStOrY_V2_\nshow\\040tx1\n", "\u{0}\u{1}garbage", "{}\n[]\n"]
  )
  func foreignFile(content: String) throws {
    let workplace = try Workplace()
    try FileManager.default.createDirectory(
      atPath: workplace.stateFolder,
      withIntermediateDirectories: true
    )
    try Data(content.utf8).write(to: URL(filePath: workplace.history))
    let session = try TerminalSession(in: workplace)
    try session.enter("show tx123", answer: "AUTHORIZED")
    try session.leave()
    // Nothing of the file is thrown away: it may be somebody's.
    #expect(try history(of: workplace).hasPrefix(content))
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
