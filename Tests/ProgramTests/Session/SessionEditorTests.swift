import Foundation
import PseudoTerminal
import Testing

/// The person's own editor: a script of the test's that changes the file it is given.
@Suite("A session at a terminal: another editor")
struct SessionEditorTests {
  /// A workplace with an editor; its variables.
  private func workplace(
    editing script: String
  ) throws -> (workplace: Workplace, variables: [String: String?]) {
    let workplace = try Workplace()
    try workplace.write("#!/bin/sh\n\(script)\n", to: "editor")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o700],
      ofItemAtPath: workplace.file("editor")
    )
    return (workplace, ["EDITOR": workplace.file("editor"), "VISUAL": nil])
  }

  private func leftovers(in workplace: Workplace) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workplace.stateFolder)
      .filter { $0.hasPrefix("edit") }
  }

  @Test(
    "shows what comes back and never runs it unseen",
    arguments: ["\u{18}\u{05}", "\u{1B}v"]
  )
  func keys(keys: String) throws {
    let (workplace, variables) = try workplace(
      editing: #"stat -c 'mode %a of %n' "$1"; sed -i 's/tx123/tx124/' "$1"; echo EDITED"#
    )
    let isVi = keys == "\u{1B}v"
    try workplace.write(isVi ? "bind -v\n" : "", to: "editrc")
    let session = try TerminalSession(
      in: workplace,
      variables.merging(["EDITRC": workplace.file("editrc")]) { $1 }
    )
    try session.terminal.send("capture tx123 all")
    try session.waitForLine("> capture tx123 all")
    // ESC needs its moment to be the key and not the beginning of another.
    try session.terminal.send(String(keys.prefix(1)))
    if isVi { try session.terminal.wait(for: "vi's command mode") { $0.cursor.column == 25 } }
    try session.terminal.send(String(keys.dropFirst()))
    try session.terminal.expect("mode 600 of ")
    try session.terminal.expect("EDITED")
    try session.terminal.waitForScreen("sandbox> capture tx124 all")
    #expect(!session.terminal.screen.contains("staged"))
    try session.terminal.send("\r")
    try session.terminal.expect("staged: capture T12345678.tx124")
    #expect(try leftovers(in: workplace).isEmpty)
  }

  @Test("has the last mistake to be put right when `edit` is typed, or an empty file")
  func command() throws {
    let (workplace, variables) = try workplace(
      editing: #"echo "was <$(cat "$1")>"; echo "show tx123" > "$1""#
    )
    let session = try TerminalSession(in: workplace, variables)
    try session.enter("captur tx123 all", answer: "did you mean")
    try session.enter("edit")
    try session.terminal.expect("was <captur tx123 all>")
    try session.waitForLine("> show tx123")
    try session.terminal.send("\r")
    try session.terminal.expect("AUTHORIZED")
    try session.waitForPrompt()
    try session.enter("edit")
    try session.terminal.expect("was <>")
    try session.waitForLine("> show tx123")
  }

  @Test("takes lines from the editor as a block, in which Enter still accepts nothing by itself")
  func block() throws {
    let (workplace, variables) = try workplace(
      editing: #"printf 'capture tx123 line 1\ncapture tx123 line 2\n\033[31m\n' > "$1""#
    )
    let session = try TerminalSession(in: workplace, variables)
    try session.enter("edit")
    try session.terminal.waitForScreen("sandbox> capture tx123 line 1\ncapture tx123 line 2\n[31m")
    try session.terminal.send("\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\r")
    try session.waitForPrompt("sandbox 2 staged 350.90 NOK>")
  }

  @Test("leaves the line as it was when the editor fails, or is not there")
  func failure() throws {
    let (workplace, variables) = try workplace(editing: #"echo changed > "$1"; exit 3"#)
    let session = try TerminalSession(in: workplace, variables)
    try session.terminal.send("show tx123\u{18}\u{05}")
    try session.terminal.expect("ended with status 3, so the line stays as it was")
    try session.terminal.expect("what it wrote is in \(workplace.stateFolder)/edit-")
    try session.waitForLine("> show tx123")
    #expect(try leftovers(in: workplace).count == 1)
    let other = try TerminalSession(in: Workplace(), ["EDITOR": "no-such-editor", "VISUAL": ""])
    try other.terminal.send("show tx123\u{18}\u{05}")
    try other.terminal.expect("there is no editor `no-such-editor`")
    try other.waitForLine("> show tx123")
  }

  @Test("refuses what is no text, and keeps it")
  func notText() throws {
    let (workplace, variables) = try workplace(editing: #"printf '\377\376' > "$1""#)
    let session = try TerminalSession(in: workplace, variables)
    try session.terminal.send("show tx123\u{18}\u{05}")
    try session.terminal.expect("it is not UTF-8")
    try session.waitForLine("> show tx123")
    #expect(try leftovers(in: workplace).count == 1)
  }
}
