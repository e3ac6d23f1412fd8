import Foundation
import PseudoTerminal
import Testing

/// Keys and the text they make, through a terminal.
@Suite("Line editor: keys", .serialized)
struct LineEditorEditingTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let keys: String
    let text: String

    init(_ name: String, _ keys: String, _ text: String) {
      self.name = name
      self.keys = keys
      self.text = text
    }

    var testDescription: String { name }
  }

  static let rows = [
    Row("Nordic letters", "æøå ÆØÅ", "æøå ÆØÅ"),
    Row("insert between Nordic letters", "æå\(Key.left)ø", "æøå"),
    Row("double width", "日本\(Key.left)x", "日x本"),
    Row("four bytes", "a😀b\(Key.left)\u{7F}", "ab"),
    Row("Home of xterm", "bc\(Key.home)a", "abc"),
    Row("Home of the application mode", "bc\u{1B}OHa", "abc"),
    Row("Home of the Linux console", "bc\u{1B}[1~a", "abc"),
    Row("Home of rxvt", "bc\u{1B}[7~a", "abc"),
    Row("End of xterm", "ab\(Key.home)\(Key.end)c", "abc"),
    Row("End of the application mode", "ab\(Key.home)\u{1B}OFc", "abc"),
    Row("End of the Linux console", "ab\(Key.home)\u{1B}[4~c", "abc"),
    Row("End of rxvt", "ab\(Key.home)\u{1B}[8~c", "abc"),
    Row("arrows of the application mode", "ad\u{1B}ODb\u{1B}OC\(Key.left)c", "abcd"),
    Row("Delete", "axb\(Key.left)\(Key.left)\u{1B}[3~", "ab"),
    Row("Ctrl-Left", "one two\u{1B}[1;5Dx", "one xtwo"),
    Row("Ctrl-Right", "one two\(Key.home)\u{1B}[1;5Cx", "onex two"),
    Row("Alt-Left", "one two\u{1B}[1;3Dx", "one xtwo"),
    Row("Alt-B of emacs", "one two\u{1B}bx", "one xtwo"),
    Row("Ctrl-Delete", "one two\(Key.home)\u{1B}[3;5~", " two"),
    Row("Ctrl-Alt-Left", "one two\u{1B}[1;7Dx", "one xtwo"),
    Row("Alt-Left of rxvt", "one two\u{1B}\u{1B}[Dx", "one xtwo"),
    Row("Ctrl-Left of rxvt", "one two\u{1B}Odx", "one xtwo"),
    Row("Shift-Left", "one two\u{1B}[1;2Dx", "one twxo"),
    Row("Meta-Left", "one two\u{1B}[1;9Dx", "one xtwo"),
    Row("Shift-Home", "one\u{1B}[1;2Hx", "xone"),
    Row("Ctrl-Home", "{one\rtwo}\u{1B}[1;5Hx", "x{one\ntwo}"),
    Row("Alt-End", "{one\rtwo}\(Key.up)\u{1B}[1;3Fx", "{one\ntwo}x"),
    Row("Shift-Delete", "axb\(Key.left)\(Key.left)\u{1B}[3;2~", "ab"),
    Row("Delete of st", "axb\(Key.left)\(Key.left)\u{1B}[P", "ab"),
    Row("Alt-Backspace", "one two\u{1B}\u{7F}", "one "),
    Row("Alt-D", "one two\(Key.home)\u{1B}d", " two"),
    Row("Alt-#", "one\u{1B}#", "# one"),
    Row("Alt-# twice", "# done 14:02 one\u{1B}#", "one"),
    Row("an unknown modifier", "a\u{1B}[1;99Cb", "ab"),
    Row("Ctrl-W", "one two\(Key.control("W"))", "one "),
    Row(
      "Ctrl-A, Ctrl-K, Ctrl-Y",
      "ab\(Key.control("A"))\(Key.control("K"))x\(Key.control("Y"))",
      "xab"
    ),
    Row("an unknown function key", "a\u{1B}[15~b", "ab"),
    Row("a function key of the Linux console", "a\u{1B}[[Ab", "ab"),
    Row("bytes that are not text", "a\u{80}\u{9F}b", "ab"),
    Row("Ctrl-S does not stop the terminal", "a\(Key.control("S"))\(Key.control("G"))b", "ab"),
    Row(
      "1,500 letters",
      String(repeating: "0123456789", count: 150),
      String(repeating: "0123456789", count: 150)
    ),
    Row("nothing", "", ""),
  ]

  @Test("make this text", arguments: rows)
  func keys(row: Row) throws {
    let run = try ProbeRun()
    try run.terminal.send(row.keys)
    try run.enter(expecting: row.text)
  }

  @Test(
    "come through in every kind of locale and terminal",
    arguments: [
      ["LC_ALL": "C"], ["LC_ALL": "POSIX"], ["LC_ALL": "xx_YY.ISO-8859-1"], ["LC_ALL": nil],
      ["TERM": "dumb"], ["TERM": nil], ["TERM": "no-such-terminal"], ["TERM": "vt100"],
      ["TERM": "linux"], ["TERM": "screen-256color"], ["TERM": "dumb", "LC_ALL": "C"],
    ] as [[String: String?]]
  )
  func environments(changes: [String: String?]) throws {
    let run = try ProbeRun(changes)
    try run.terminal.send("capture æå\(Key.left)ø")
    try run.enter(expecting: "capture æøå")
    try run.enter("short")
  }

  @Test("shows an ASCII prompt where the locale is not UTF-8")
  func asciiPrompt() throws {
    #expect(try ProbeRun(["LC_ALL": "C"]).terminal.screen.contains("probe> "))
    #expect(try ProbeRun().terminal.screen.contains("probe› "))
  }

  @Test(
    "knows the terminals that obey escape sequences",
    arguments: ["xterm", "xterm-256color", "screen", "tmux-256color", "linux", "vt100", "rxvt"]
  )
  func capableTerminal(name: String) throws {
    let run = try ProbeRun(["TERM": name])
    try run.enter("text")
    #expect(run.terminal.screen.isBracketingPastes)
  }

  @Test("writes no escape to a terminal that has none")
  func plainTerminal() throws {
    let run = try ProbeRun(["TERM": "dumb"])
    try run.terminal.send("ca\tt")
    try run.enter(expecting: "cat")
    #expect(!run.terminal.output.contains(0x1B))
  }

  @Test("adds a line on Enter while the text is incomplete")
  func severalLines() throws {
    let run = try ProbeRun()
    try run.terminal.send("one {\rtwo\rthree }")
    try run.waitForRow(3, "three }")
    try run.terminal.send(
      "\(Key.up)\(Key.home)2 \(Key.end), too\(Key.up)\(Key.end) # 1\u{1B}[1;5H!"
    )
    try run.enter(expecting: "!one { # 1\n2 two, too\nthree }")
  }

  @Test("keeps the column between lines as far as they reach")
  func columns() throws {
    let run = try ProbeRun()
    try run.terminal.send("{abcd\r12\rABCDE\(Key.up)x\(Key.up)y\(Key.down)z\(Key.down)w}")
    try run.enter(expecting: "{aby cd\n12xz\nABCDw}E".replacingOccurrences(of: " ", with: ""))
  }

  @Test("Ctrl-C drops a long line, and nothing of it is left in the next")
  func interruption() throws {
    let run = try ProbeRun()
    try run.terminal.send("refund everything to everybody, now\(Key.home)\(Key.control("C"))")
    try run.terminal.expect("INTERRUPTED")
    #expect(run.terminal.screen.contains("everybody, now^C"))
    try run.waitForPrompt()
    try run.enter("v")
  }

  @Test("Ctrl-D ends an empty line, and only that")
  func end() throws {
    let run = try ProbeRun()
    let modes = try run.terminal.modes()
    #expect(!modes.isCanonical)
    try run.terminal.send("ab\(Key.left)\(Key.control("D"))\(Key.control("D"))")
    try run.enter(expecting: "a")
    try run.terminal.send(Key.control("D"))
    try run.terminal.expect("END")
    #expect(try run.terminal.waitForEnding() == .exited(0))
    #expect(try run.terminal.modes().isCanonical)
  }

  @Test("Ctrl-_ takes back a step at a time")
  func undo() throws {
    let run = try ProbeRun()
    try run.terminal.send("one")
    try run.terminal.waitForScreen("probe› one")
    try run.terminal.send(Key.paste(" two"))
    try run.terminal.waitForScreen("one two")
    try run.terminal.send(Key.control("U"))
    try run.waitForPrompt()
    try run.terminal.send(Key.control("_"))
    try run.terminal.waitForScreen("one two")
    try run.terminal.send(Key.control("_"))
    try run.terminal.wait(for: "the paste to go") { !$0.contains("two") }
    try run.enter(expecting: "one")
  }

  @Test("starts with the text that is given")
  func initialText() throws {
    let run = try ProbeRun()
    try run.terminal.send("initial\r")
    try run.terminal.waitForScreen("probe› given\nbefore")
    try run.terminal.send("!")
    try run.enter(expecting: "given\nbefore!")
  }

  @Test("refuses to open without a terminal")
  func noTerminal() throws {
    let terminal = try PseudoTerminal(
      executable: "/bin/sh",
      arguments: ["-c", "'\(ProbeRun.executable)' </dev/null"],
      environment: ProbeRun.environment()
    )
    try terminal.expect("FAILURE notATerminal")
    #expect(try terminal.waitForEnding() == .exited(3))
  }
}
