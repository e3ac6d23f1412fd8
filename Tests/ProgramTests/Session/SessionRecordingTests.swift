import Foundation
import PseudoTerminal
import Testing

/// Recordings of sessions, kept as `scripts/recordings/<name>.keys` and `Golden/session/`.
///
/// With `DTX_UPDATE_GOLDEN=1` in the environment the screens are written anew, to be reviewed.
@Suite("A session at a terminal: recordings")
struct SessionRecordingTests {
  private static let tests = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let recordings = tests.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "scripts/recordings")

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: recordings.path)) ?? [])
    .filter { $0.hasSuffix(".keys") }
    .map { String($0.dropLast(5)) }
    .sorted()

  @Test("there are some, and none has lost its keys")
  func complete() throws {
    let folder = Self.tests.appending(path: "Golden/session").path
    let screens = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".screens") }
    #expect(!Self.names.isEmpty)
    #expect(screens.sorted() == Self.names.map { $0 + ".screens" })
  }

  @Test("shows what it showed when it was recorded", arguments: names)
  func replay(name: String) throws {
    let keys = try String(
      contentsOf: Self.recordings.appending(path: name + ".keys"),
      encoding: .utf8
    )
    let workplace = try Workplace()
    let terminal = try TerminalSession.terminal(
      in: workplace,
      [],
      ["PAGER": ""],
      size: Screen.Size(rows: 26, columns: 92)
    )
    let frames = try Recording(keys).play(on: terminal)
    let actual = frames.enumerated().map { index, frame in
      "-- screen \(index + 1)\n\(Self.stable(frame.screen.description))\n"
    }
    .joined()
    let file = Self.tests.appending(path: "Golden/session/\(name).screens")
    if ProcessInfo.processInfo.environment["DTX_UPDATE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(actual.utf8).write(to: file)
      return
    }
    #expect(actual == (try String(contentsOf: file, encoding: .utf8)))
  }

  /// The screen without what differs from day to day and from person to person.
  private static func stable(_ screen: String) -> String {
    var screen = screen
    screen.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, with: "YYYY-MM-DD hh:mm")
    screen.replace(/# done \d\d:\d\d/, with: "# done hh:mm")
    screen.replace("by \(NSUserName())", with: "by PERSON")
    screen.replace(/Run 1[0-9a-z]{11}/, with: "Run RUN-00000001")
    return screen
  }

  @Test("refuses what is no step", arguments: ["press enter", "key f13", "key ctrl-1"])
  func malformed(line: String) {
    #expect(throws: Recording.Malformed.self) { try Recording(line) }
  }
}
