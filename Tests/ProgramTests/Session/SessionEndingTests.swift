import Foundation
import PseudoTerminal
import Testing

@Suite("A session at a terminal: how it ends")
struct SessionEndingTests {
  /// Where a session can be when somebody ends it, and how a test gets there.
  enum Moment: String, CaseIterable, Sendable {
    case typing, asking, listing

    func reach(_ session: TerminalSession) throws {
      let prompt = "sandbox 1 staged 299.90 NOK>"
      try session.enter(SessionStagingTests.sentence, answer: "staged", prompt: prompt)
      switch self {
      case .typing:
        try session.terminal.send("half a sta")
        try session.waitForLine("half a sta")
      case .asking:
        try session.enter("commit")
        try session.terminal.expect("[y/N] ")
      case .listing:
        try session.list("show tx1", until: "--more--")
      }
    }
  }

  /// Fewer rows than there are transactions to list.
  static let size = Screen.Size(rows: 20, columns: 120)

  @Test(
    "ends by the signal that asks for it, with the terminal as it was",
    arguments: Moment.allCases,
    [SIGTERM, SIGHUP]
  )
  func signals(moment: Moment, number: Int32) throws {
    let workplace = try Workplace()
    let session = try TerminalSession(in: workplace, size: Self.size)
    try moment.reach(session)
    session.terminal.signal(number)
    #expect(try session.terminal.waitForEnding() == .signalled(number))
    #expect(try session.terminal.modes().isCanonical)
    #expect(!session.terminal.screen.isBracketingPastes)
    #expect(try workplace.captured("tx123") == 0)
  }

  @Test("ends when its terminal is closed", arguments: Moment.allCases)
  func hangUp(moment: Moment) throws {
    let session = try TerminalSession(in: Workplace(), size: Self.size)
    try moment.reach(session)
    // Whichever comes first, the signal or the end of what can be read.
    #expect(try [.signalled(SIGHUP), .exited(130)].contains(session.terminal.hangUp()))
  }

  @Test("ends when its terminal is closed and nobody tells it", arguments: Moment.allCases)
  func unnoticedHangUp(moment: Moment) throws {
    let session = try TerminalSession(
      in: Workplace(),
      size: Self.size,
      command: ["/bin/sh", "-c", #"trap '' HUP; exec "$@""#, "sh"]
    )
    try moment.reach(session)
    // What is ignored stays ignored, so the session finds out by itself.
    #expect(try session.terminal.hangUp() == .exited(130))
  }
}
