import DTXSyntax
import Testing

@testable import DTXSession

/// 2026-11-23 14:02 UTC.
private let noon: Int64 = 1_795_442_520_000
private let hour: Int64 = 3_600_000

@Suite("Session history")
struct SessionHistoryTests {
  private func recalled(
    _ history: SessionHistory,
    limit: Int = 10,
    now: Int64 = noon,
    ahead: Int64 = 0
  ) -> [String] {
    history.recalled(limit: limit, now: now) { _ in ahead }
  }

  @Test("recalls statements in their order, neighbours that are alike once")
  func order() {
    var history = SessionHistory()
    for text in ["a", "b", "b", "a"] { history.add(text) }
    #expect(recalled(history) == ["a", "b", "a"])
    #expect(recalled(history, limit: 2) == ["b", "a"])
  }

  @Test("recalls what was carried out as a remark, wherever it was typed")
  func done() {
    var history = SessionHistory()
    for text in ["capture tx1 all", "show tx1", "capture tx1 all"] { history.add(text) }
    let known = ["capture tx1 all", "refund tx1 all"].filter { history.markDone($0, at: noon) }
    #expect(known == ["capture tx1 all"])
    #expect(
      recalled(history) == [
        "# done 14:02 capture tx1 all", "show tx1", "# done 14:02 capture tx1 all",
      ]
    )
    // What is typed once more was not carried out yet.
    history.add("capture tx1 all")
    #expect(recalled(history).last == "capture tx1 all")
  }

  @Test("tells the day too unless it is today, by the person's own clock")
  func day() {
    var history = SessionHistory()
    history.add("void tx1")
    history.markDone("void tx1", at: noon)
    #expect(recalled(history, now: noon + 9 * hour) == ["# done 14:02 void tx1"])
    #expect(recalled(history, now: noon + 10 * hour) == ["# done 2026-11-23 14:02 void tx1"])
    #expect(
      recalled(history, now: noon + 9 * hour, ahead: hour) == ["# done 2026-11-23 15:02 void tx1"]
    )
    #expect(recalled(history, ahead: -15 * hour) == ["# done 23:02 void tx1"])
  }

  @Test("makes a remark of every line")
  func lines() {
    var history = SessionHistory()
    history.add("adjust tx1 {\n  drop line 2\n}")
    history.markDone("adjust tx1 {\n  drop line 2\n}", at: noon)
    let text = recalled(history)[0]
    #expect(text == "# done 14:02 adjust tx1 {\n#   drop line 2\n# }")
    #expect(DoneRemark.isAll(of: text))
    #expect(Parser.parse(Array(text.utf8), mode: .session).script.statements.isEmpty)
  }

  @Test("reads what a file holds, in which the word of a deed stands behind the statement")
  func records() {
    func record(_ text: String, isDone: Bool = false) -> HistoryRecord {
      HistoryRecord(at: noon, profile: "p", account: "T1", text: text, isDone: isDone)
    }
    let history = SessionHistory([
      record("capture tx1 all"), record("commit"), record("capture tx1 all", isDone: true),
      record("capture tx1 all"),
    ])
    #expect(recalled(history) == ["# done 14:02 capture tx1 all", "commit", "capture tx1 all"])
  }

  @Test(
    "turns a text into a remark and back",
    arguments: [
      ("capture tx1 all", "# capture tx1 all"), ("a {\n}", "# a {\n# }"), ("", "# "),
      ("a\n# b", "# a\n# # b"),
    ]
  )
  func toggling(text: String, remark: String) {
    #expect(DoneRemark.toggled(text) == remark)
    #expect(DoneRemark.toggled(remark) == text)
  }

  @Test(
    "takes the time away with the remark",
    arguments: [
      ("# done 14:02 void tx1", "void tx1"), ("# done 2026-11-23 14:02 void tx1", "void tx1"),
      ("# done 14:02 a {\n#   b\n# }", "a {\n  b\n}"), ("#void tx1", "void tx1"),
    ]
  )
  func untoggling(remark: String, text: String) { #expect(DoneRemark.toggled(remark) == text) }
}

@Suite("What the history keeps")
struct KeptTextTests {
  @Test(
    "is each statement by itself",
    arguments: [
      ("show tx1", ["show tx1"]),
      ("capture tx1 all; refund tx2 all", ["capture tx1 all", "refund tx2 all"]),
      ("capture tx1 all # why\n\nundo\n", ["capture tx1 all", "undo"]),
      ("adjust tx1 {\n  drop line 2\n}", ["adjust tx1 {\n  drop line 2\n}"]),
      ("capture tx1 \\\n  all", ["capture tx1 \\\n  all"]),
      // A text with a mistake stays whole, to be put right; a remark is one too.
      ("captur tx1 all; undo", ["captur tx1 all; undo"]),
      ("# a remark", ["# a remark"]),
    ]
  )
  func statements(text: String, kept: [String]) {
    #expect(KeptText(text).statements == kept)
    #expect(KeptText(text).omission == nil)
  }

  @Test(
    "is nothing of what begins with a blank, or comes back as done",
    arguments: [" show tx1", "\tshow tx1", "\nshow tx1", "\u{A0}a", "", "# done 14:02 void tx1"]
  )
  func nothing(text: String) {
    #expect(KeptText(text).statements.isEmpty)
    #expect(KeptText(text).omission == nil)
  }

  @Test(
    "is no secret",
    arguments: [
      (#"refund tx1 all reason "card 4111 1111 1111 1111""#, .cardNumber),
      (#"refund tx1 all reason "5555-5555-5555-4444""#, .cardNumber),
      ("print 378282246310005", .cardNumber),
      (#"refund tx1 all reason "4111 1111 1111 1111 12/27""#, .cardNumber),
      (#"refund tx1 all reason "7 5555-5555-5555-4444 123""#, .cardNumber),
      (#"print "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln""#, .token),
      (#"print "Authorization: Bearer 0123456789abcdef0123""#, .token),
      (#"print "client_secret=hunter2""#, .password),
      (#"print "Passord: hunter2""#, .password),
    ] as [(String, KeptText.Omission)]
  )
  func secrets(text: String, omission: KeptText.Omission) {
    #expect(KeptText(text).statements.isEmpty)
    #expect(KeptText(text).omission == omission)
    // What stands beside it is kept.
    #expect(KeptText("show tx1; " + text).statements == ["show tx1"])
  }

  @Test(
    "is what only looks a little like a secret",
    arguments: [
      "capture tx1 4111111111111112", "print 20261123140200", "capture tx1 29990 ref \"4111\"",
      #"refund tx1 all reason "forgot the password, token of regret""#,
      "capture 4111111111111111000000000 all", #"print "the bearer 12 of news""#,
    ]
  )
  func harmless(text: String) {
    #expect(KeptText(text).omission == nil)
    #expect(KeptText(text).statements == [text])
  }
}
