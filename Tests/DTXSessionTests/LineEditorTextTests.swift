import Foundation
import PseudoTerminal
import Testing

/// Pastes, completion, history and other programs: what puts text in the line besides typing.
@Suite("Line editor: text", .serialized)
struct LineEditorTextTests {
  // MARK: Paste

  @Test(
    "takes a paste as one text that waits for Enter",
    arguments: [
      ("one\rtwo\rthree\r", "one\ntwo\nthree"),
      ("one\r\ntwo\r\n", "one\ntwo"),
      ("one\ntwo\n\n", "one\ntwo"),
      ("a\tb", "a b"),
      ("a\u{1B}[31mred\u{1B}[0m\u{7}\u{3}\u{4}z", "a[31mred[0mz"),
      ("æøå\u{85}日本😀", "æøå日本😀"),
      ("\u{1B}[20", "[20"),
      ("\u{1B}\u{1B}[200~x", "[200~x"),
    ]
  )
  func paste(pasted: String, text: String) throws {
    let run = try ProbeRun()
    try run.terminal.send(Key.paste(pasted))
    try run.terminal.expect("PASTED")
    try run.enter(expecting: text)
  }

  @Test("can be edited where it was pasted")
  func pasteInTheMiddle() throws {
    let run = try ProbeRun()
    try run.terminal.send("{}\(Key.left)\(Key.paste("a\rb"))!")
    try run.enter(expecting: "{a\nb!}")
  }

  @Test("takes a paste of 2,000 lines whole")
  func largePaste() throws {
    let lines = (1...2000).map { "capture tx\($0) \($0).50 NOK # æøå number \($0)" }
    let run = try ProbeRun()
    try run.terminal.send(Key.paste(lines.joined(separator: "\r") + "\r"))
    try run.terminal.expect("PASTED 2000 lines")
    try run.enter(expecting: lines.joined(separator: "\n"))
    // It comes back from the history as a whole.
    try run.terminal.send(Key.up)
    try run.terminal.waitForScreen("number 2000")
    try run.enter(expecting: lines.joined(separator: "\n"))
  }

  @Test("refuses a paste that is too large, and says so")
  func oversizedPaste() throws {
    let run = try ProbeRun()
    let line = String(repeating: "x", count: 1023) + "\r"
    try run.terminal.send(Key.paste(String(repeating: line, count: 4097)))
    try run.terminal.waitForScreen("The paste is larger than 4 MiB and was left out.")
    #expect(run.terminal.screen.bellCount > 0)
    try run.enter("on")
  }

  // MARK: Completion

  @Test(
    "inserts what is certain",
    arguments: [
      ("cap\t1", "capture 1"),
      ("re\tf\t1", "refund 1"),
      ("c\tt\t", "catalog "),
      ("x capp\(Key.left)\t", "x capture p"),
      // The two people share the letter Æ and "r", in bytes one more half letter.
      ("Æ\tl\t", "Ærlig "),
      ("æ\t", "æ"),
    ]
  )
  func completion(keys: String, text: String) throws {
    let run = try ProbeRun()
    try run.terminal.send(keys)
    try run.enter(expecting: text)
  }

  @Test("lists what is possible and draws the line again")
  func candidates() throws {
    let run = try ProbeRun()
    try run.terminal.send("ca\t")
    try run.terminal.waitForScreen("capture  catalog\nprobe› ca")
    try run.terminal.send("\(Key.control("U"))Ær\t")
    try run.terminal.waitForScreen("Ærlig  a person\nÆrend  a person\nprobe› Ær")
    try run.enter(expecting: "Ær")
  }

  @Test("asks before it shows more candidates than fit")
  func pages() throws {
    let run = try ProbeRun()
    try run.terminal.send("n\t")
    try run.terminal.waitForScreen("n10x   d10\n--more--")
    try run.terminal.send(" ")
    try run.terminal.waitForScreen("n20x   d20\n--more--")
    try run.terminal.send("q")
    try run.terminal.waitForScreen("n20x   d20\nprobe› n")
    try run.terminal.send("\t")
    try run.terminal.waitForScreen("n10x   d10\n--more--")
    try run.terminal.send(Key.down)
    try run.terminal.waitForScreen("n10x   d10\nprobe› n")
    try run.enter(expecting: "n")
  }

  // MARK: History

  @Test("recalls earlier texts, and the draft after them")
  func history() throws {
    let run = try ProbeRun()
    try run.enter("long history")
    try run.enter("quit it")
    try run.terminal.send("draft\(Key.up)\(Key.up)")
    // The entry of 30 lines fills the screen of 12 rows, whose last shows its end.
    try run.waitForRow(11, "line 30")
    try run.terminal.send(String(repeating: Key.up, count: 30))
    try run.terminal.wait(for: "the entry before") { $0.rows[$0.cursor.row] == "entry" }
    try run.terminal.send(String(repeating: Key.up, count: 3) + "!")
    try run.enter(expecting: "second æøå !")
    try run.terminal.send("draft\(Key.up)\(Key.down)\(Key.down)!")
    try run.enter(expecting: "draft!")
  }

  @Test("recalls a text of several lines at the bottom of the screen")
  func recallAtBottom() throws {
    let run = try ProbeRun()
    try run.terminal.send(Key.paste("alpha\nbeta\ngamma"))
    try run.enter(expecting: "alpha\nbeta\ngamma")
    for index in 1...12 { try run.enter("filler \(index)") }
    #expect(run.terminal.screen.cursor.row == 11)
    try run.terminal.send(String(repeating: Key.up, count: 13))
    try run.terminal.waitForScreen("probe› alpha\nbeta\ngamma")
    try run.terminal.send("\(Key.up)\(Key.up)\(Key.end)1\(Key.down)\(Key.end)2")
    try run.terminal.waitForScreen("probe› alpha1\nbeta2\ngamma")
    try run.enter(expecting: "alpha1\nbeta2\ngamma")
  }

  @Test("searches back with Ctrl-R")
  func search() throws {
    let run = try ProbeRun()
    for text in ["capture one", "refund two", "capture three"] { try run.enter(text) }
    try run.terminal.send("\(Key.control("R"))capt")
    try run.terminal.waitForScreen("bck:capt")
    try run.terminal.send(Key.control("R"))
    try run.terminal.waitForScreen("probe› capture one")
    try run.enter(expecting: "capture one")
    // From an entry that was found, Up goes on to the one before it.
    try run.terminal.send("\(Key.control("R"))two\(Key.escape)")
    try run.terminal.wait(for: "the search to end") { !$0.contains("bck:") && $0.contains("two") }
    try run.terminal.send(Key.up)
    try run.enter(expecting: "capture one")
  }

  @Test(
    "keeps a draft longer than libedit saves",
    arguments: [
      (Key.up, Key.down), (Key.control("O"), Key.control("T")),
      (Key.control("R") + "earl", Key.control("G")),
    ]
  )
  func longDraft(leaving: String, returning: String) throws {
    // Ctrl-O and Ctrl-T go through libedit's own history, which loses the rest.
    let settings = "bind ^O ed-prev-history\nbind ^T ed-next-history\n"
    try ProbeRun.withSettings(settings) { run in
      try run.enter("earlier")
      let draft = (1...400).map(String.init).joined(separator: " ")
      try run.terminal.send(draft)
      try run.terminal.waitForScreen("399 400")
      try run.terminal.send(leaving)
      try run.terminal.wait(for: "the history") { !$0.contains("399 400") || $0.contains("bck") }
      try run.terminal.send(returning)
      try run.terminal.wait(for: "the draft") { $0.contains("399 400") && !$0.contains("bck") }
      try run.enter(expecting: draft)
    }
  }

  @Test("keeps a long draft even where the keys come faster than it is drawn")
  func longDraftInHaste() throws {
    let run = try ProbeRun()
    try run.enter("earlier")
    let draft = (1...400).map(String.init).joined(separator: " ")
    try run.terminal.send(draft + Key.control("R") + "earl" + Key.control("G"))
    try run.enter(expecting: draft)
  }

  // MARK: Settings and other programs

  @Test("leaves vi's insert mode on ESC, and keeps our keys in both modes")
  func vi() throws {
    try ProbeRun.withSettings("bind -v\n") { run in
      try run.terminal.send("abc def\(Key.escape)")
      try run.terminal.wait(for: "command mode") { $0.cursor.column == 13 }
      try run.terminal.send("b")
      try run.terminal.wait(for: "the word") { $0.cursor.column == 11 }
      try run.terminal.send("x0iZ")
      try run.enter(expecting: "Zabc ef")
      try run.terminal.send("gone\(Key.escape)")
      try run.terminal.wait(for: "command mode") { $0.cursor.column == 10 }
      try run.terminal.send(Key.control("C"))
      try run.terminal.expect("INTERRUPTED")
      try run.terminal.send("cap\t")
      try run.enter(expecting: "capture ")
      try run.terminal.send(Key.up + Key.up + Key.end)
      try run.enter(expecting: "Zabc ef")
    }
  }

  @Test("puts what another program made of the text in the line, without running it")
  func externalEditing() throws {
    try ProbeRun.withSettings("bind -v\n") { run in
      try run.terminal.send("text\(Key.escape)")
      try run.terminal.wait(for: "command mode") { $0.cursor.column == 10 }
      try run.terminal.send("v")
      try run.terminal.expect("EDITING \"text\"")
      try run.terminal.waitForScreen("probe› text edited")
      #expect(run.terminal.screen.isBracketingPastes)
      try run.enter(expecting: "text edited")
    }
    let run = try ProbeRun()
    try run.terminal.send("keep\(Key.control("X"))\(Key.control("E"))")
    try run.terminal.expect("EDITING \"keep\"")
    try run.terminal.waitForScreen("probe› keep")
    try run.enter(expecting: "keep")
  }

  @Test("does not accept what libedit's own command made of the text in an editor")
  func libeditsEditor() throws {
    try ProbeRun.withSettings("bind ^O vi-histedit\n", ["EDITOR": "/bin/true"]) { run in
      try run.terminal.send("refund all\(Key.control("O"))")
      try run.terminal.wait(for: "the text again") { screen in
        screen.cursor.row > 1 && screen.rows[screen.cursor.row].hasPrefix("probe› refund all")
      }
      #expect(!String(decoding: run.terminal.output, as: UTF8.self).contains("=>"))
      try run.terminal.send("!")
      try run.enter(expecting: "refund all!")
    }
  }

  @Test("edits even if the settings switch editing off")
  func editingOff() throws {
    try ProbeRun.withSettings("edit off\n") { run in
      try run.terminal.send("ac\(Key.left)b {\rd }")
      try run.enter(expecting: "ab {\nd }c")
    }
  }
}
