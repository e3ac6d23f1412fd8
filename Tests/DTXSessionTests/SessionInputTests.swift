import DTXSession
import Testing

@Suite("Session input")
struct SessionInputTests {
  @Test(
    "takes a whole text at Enter",
    arguments: [
      "", " ", "capture tx1 all", "capture tx1 all; capture tx2 all",
      "adjust tx1 { drop line 2 }", "adjust tx1 {\n  drop line 2\n}", "print (1 + 2) * 3",
      // A bracket in a string or in a comment opens nothing.
      #"capture tx1 all ref "a{b""#, #"capture tx1 all ref "say \"(\"""#, "capture tx1 all # {",
      // What is behind a continued line ends the text.
      "capture tx1 \\\n  line 1", "capture tx1 all # not continued \\",
      // These are mistakes: the parser reports them, and waiting would not mend them.
      "capture tx1 all }", "}{}", #"capture tx1 all ref "open"#, #"ref "open {"#, #"ref "a\"#,
    ]
  )
  func complete(text: String) { #expect(SessionInput.isComplete(text)) }

  @Test(
    "waits for the rest of a text",
    arguments: [
      "capture tx1 \\", "\\", "adjust tx1 {", "adjust tx1 { drop line 2", "print (1 + ",
      "print [tx1, tx2", "{ ( }", "adjust tx1 { # }", #"adjust tx1 { add line 3 "}""#,
      // A string that was left open ends with its line, so that what follows counts again.
      "ref \"open\nadjust tx1 {",
    ]
  )
  func incomplete(text: String) { #expect(!SessionInput.isComplete(text)) }

  @Test("waits at every line end of a text in brackets, and never behind it")
  func prefixes() {
    let lines = ["adjust tx1 {", "  add line 3 \"{\" 100 # }", "  drop line 2", "}"]
    for count in 1..<lines.count {
      #expect(!SessionInput.isComplete(lines.prefix(count).joined(separator: "\n")))
    }
    #expect(SessionInput.isComplete(lines.joined(separator: "\n")))
  }
}
