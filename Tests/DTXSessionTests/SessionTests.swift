import DTXEvaluator
import DTXExecution
import DTXLedger
import DTXReport
import DTXSession
import DTXSyntax
import DTXTestSupport
import Testing

@Suite("Session")
struct SessionTests {
  @Test("stages what holds, and says what it would do")
  func staging() async throws {
    var session = try SessionFixture.session()
    let reply = try await session.take(#"capture tx1 line 1 29990 ref "ship-1""#)
    #expect(reply.isAccepted)
    #expect(reply.isAnsweredAlone)
    #expect(reply.errors.isEmpty)
    #expect(reply.outputText.contains("staged"))
    #expect(reply.outputText.contains("29990 = 299.90 NOK"))
    #expect(session.totals.operations == 1)
    #expect(session.totals.net.map(\.amount) == [MinorUnits(29_990)])
    _ = try await session.take("refund tx2 100.00 NOK")
    #expect(session.totals.operations == 2)
    #expect(session.totals.net.map(\.amount) == [MinorUnits(19_990)])
  }

  @Test(
    "stages nothing of a text with a mistake, and keeps what was staged",
    arguments: [
      "capture tx1", "capture tx9 all", "capture tx1 line 9", "capture tx1 300 NOK",
      "capture tx1 line 2; capture tx1 line 2 9999999", "captur tx1 all", "show tx9",
      // The line was taken by what is staged already.
      "capture tx1 line 1 100.00 NOK", "expect $plan.operations = 7", "void tx1", "capture tx1 \"",
    ]
  )
  func mistakes(text: String) async throws {
    var session = try SessionFixture.session()
    _ = try await session.take(#"capture tx1 line 1 29990 ref "ship-1""#)
    let before = try await session.take("preview").outputText
    let reply = try await session.take(text)
    #expect(!reply.isAccepted)
    #expect(!reply.errorText.isEmpty)
    #expect(!reply.outputText.contains("staged"))
    #expect(try await session.take("preview").outputText == before)
  }

  @Test("says that an operation which is on the transaction already moves nothing")
  func alreadyApplied() async throws {
    var session = try SessionFixture.session()
    let done = try await session.take(#"capture tx2 39990 ref "parcel-1""#)
    #expect(done.outputText.contains("already applied"))
    #expect(session.totals.operations == 0)
    #expect(!session.isWaiting)
    _ = try await session.take(#"capture tx1 line 1 100.00 NOK ref "a""#)
    let staged = try await session.take(#"capture tx1 line 1 100.00 NOK ref "a""#)
    #expect(staged.outputText.contains("already applied"))
    #expect(session.totals.operations == 1)
  }

  @Test(
    "takes every statement of a script",
    arguments: [
      "capture tx1 line 1", "refund tx2 5100", "void tx1", "tag tx1 \"a\"", "show tx1", "list",
      "print 1", "let $a = 1", "param $a = 1 \"why\"", "for $a in [1] { }",
      "if 1 = 2 { } else if 1 = 3 { } else { }", "define f() { }", "define f() { }; call f()",
      "expect $plan.operations = 0", "account T12345678", "on error skip", "preview",
    ]
  )
  func statements(text: String) async throws {
    var session = try SessionFixture.session()
    let reply = try await session.take(text)
    #expect(reply.isAccepted)
    #expect(!reply.errorText.contains("error"))
  }

  @Test(
    "reads every statement of a script, and says what keeps it from being staged",
    arguments: [
      ("extend tx1", "DTX3030"), ("authorize tx1", "DTX3020"), ("adjust tx1 to 5", "DTX3032"),
      ("include \"a.dtx\"", "DTX2062"),
    ]
  )
  func refusedStatements(text: String, code: String) async throws {
    var session = try SessionFixture.session()
    #expect(try await session.take(text).errorText.contains("error \(code)"))
  }

  @Test("answers a look without staging anything", arguments: ["show tx1", "list", "print 1 + 1"])
  func looking(text: String) async throws {
    var session = try SessionFixture.session()
    let reply = try await session.take(text)
    #expect(reply.isAccepted)
    #expect(!reply.output.isEmpty)
    #expect(session.isEmpty)
  }

  @Test("shows a transaction as it would be after what is staged")
  func plannedState() async throws {
    var session = try SessionFixture.session()
    _ = try await session.take("capture tx1 line 1")
    #expect(try await session.take("show tx1").outputText.contains("PARTIALLY_CAPTURED"))
    #expect(session.plannedStates.values.map(\.captured) == [MinorUnits(29_990)])
    _ = try await session.take("undo")
    #expect(!(try await session.take("show tx1").outputText.contains("PARTIALLY_CAPTURED")))
  }

  @Test(
    "says of what it shows which of it is staged and not done",
    arguments: [
      ("show tx1", "With what is staged: capture 299.90 NOK, tag; not carried out yet.\n"),
      ("list", "1 row shows what is staged as if it were done; it is not carried out yet.\n"),
      ("show tx2", nil), ("list where status = CAPTURED", nil), ("print 1", nil),
    ]
  )
  func notCarriedOut(text: String, note: String?) async throws {
    var session = try SessionFixture.session()
    let staged = try await session.take("show tx1; capture tx1 line 1; tag tx1 \"late\"")
    #expect(!staged.outputText.contains("carried out yet"))
    let answer = try await session.take(text).outputText
    #expect(answer.contains("carried out yet") == (note != nil))
    if let note { #expect(answer.hasSuffix(note)) }
    _ = try await session.take("set output csv")
    let reply = try await session.take(text)
    #expect(!reply.outputText.contains("carried out yet"))
    #expect(reply.errorText == note ?? "")
    // Without its operations it shows what the provider has.
    var other = session.withoutOperations()
    #expect(try await other.take(text).errorText == "")
  }

  @Test("takes back the statement that was staged last, one at a time")
  func undo() async throws {
    var session = try SessionFixture.session()
    _ = try await session.take("capture tx1 line 1; refund tx2 line 2")
    #expect(try await session.take("undo").outputText.contains("refund tx2 line 2"))
    #expect(session.totals.operations == 1)
    #expect(try await session.take("undo").outputText.contains("capture tx1 line 1"))
    #expect(session.isEmpty)
    #expect(try await session.take("undo").outputText == "Nothing is staged.\n")
  }

  @Test("drops everything at once")
  func discard() async throws {
    var session = try SessionFixture.session()
    _ = try await session.take("capture tx1 line 1; refund tx2 line 2")
    #expect(try await session.take("discard").outputText == "Discarded 2 statements.\n")
    #expect(session.isEmpty)
    #expect(session.totals.operations == 0)
    #expect(try await session.take("preview").outputText == "Nothing is staged.\n")
  }

  @Test("does the commands within a text in their place")
  func commandsInBetween() async throws {
    var session = try SessionFixture.session()
    let reply = try await session.take("capture tx1 line 1; undo; capture tx1 line 2; preview")
    #expect(reply.isAccepted)
    #expect(session.totals.net.map(\.amount) == [MinorUnits(5_100)])
  }

  @Test(
    "takes nothing behind a command that has to be done first",
    arguments: [
      "run \"a.dtx\"; capture tx1 line 1", "capture tx1 line 1; commit; quit",
      "capture tx1 line 1; run \"b.dtx\"; commit",
    ]
  )
  func earlyRequest(text: String) async throws {
    var session = try SessionFixture.session()
    let reply = try await session.take(text)
    #expect(!reply.isAccepted)
    #expect(String(decoding: reply.errors, as: UTF8.self).contains("can only be the last"))
    guard case .none = reply.request else {
      Issue.record("it asks for \(reply.request)")
      return
    }
    #expect(session.isEmpty)
  }

  @Test("asks the provider once for each line")
  func reads() async throws {
    let account = try #require(Account(SessionFixture.account))
    let provider = FakeProvider(
      account: account,
      FakeProviderModel([try SessionFixture.authorized("tx1")])
    )
    let reader = RecordingReader(provider)
    var session = SessionFixture.session(reader)
    _ = try await session.take("capture tx1 line 1")
    _ = try await session.take("capture tx1 line 2")
    #expect(await reader.readIDs.count == 2)
    #expect(session.totals.operations == 2)
  }

  @Test("keeps nothing that the provider could not be asked about")
  func unreachable() async throws {
    let account = try #require(Account(SessionFixture.account))
    var session = SessionFixture.session(UnreachableReader(account: account))
    await #expect(throws: ProviderError.self) { try await session.take("capture tx1 all") }
    #expect(session.isEmpty)
    // What needs no transaction is still answered.
    #expect(try await session.take("help capture").isAccepted)
  }
}

// MARK: - What only the terminal's owner can do

extension SessionTests {
  @Test("asks for a commit of exactly what is staged", arguments: [nil, 1])
  func commit(first: Int?) async throws {
    var session = try SessionFixture.session()
    _ = try await session.take("capture tx1 line 1; refund tx2 line 2")
    let reply = try await session.take(first.map { "commit first \($0)" } ?? "commit")
    guard case .commit(let planned, let firstOnly) = reply.request else {
      Issue.record("no commit was asked for")
      return
    }
    #expect(firstOnly == first)
    #expect(planned.plan.steps.map(\.amount) == [MinorUnits(29_990), MinorUnits(5_100)])
    #expect(planned.places.places.map(\.line) == [1, 2])
    // It stays staged until its owner says that it was carried out.
    #expect(session.totals.operations == 2)
    var outcome = Session.CommitOutcome()
    outcome.done = [0, 1]
    #expect(session.statements(doneIn: outcome) == ["capture tx1 line 1", "refund tx2 line 2"])
    _ = session.settle(outcome)
    #expect(session.isEmpty)
  }

  @Test(
    "asks for no commit of nothing",
    arguments: [
      ("commit", "Nothing is staged."), ("commit first 1", "Nothing is staged."),
      ("expect $plan.operations = 0\ncommit", "Nothing is left to do"),
      ("capture tx1 all\ncommit first 0", "above zero"),
    ]
  )
  func emptyCommit(text: String, answer: String) async throws {
    var session = try SessionFixture.session()
    let reply = try await session.take(text)
    #expect(reply.isAnsweredAlone)
    #expect((reply.outputText + reply.errorText).contains(answer))
  }

  @Test("asks for the script to run, and stages it whole")
  func script() async throws {
    var session = try SessionFixture.session()
    let request = try await session.take(#"run "fix.dtx""#).request
    guard case .run(let path) = request else {
      Issue.record("no script was asked for")
      return
    }
    #expect(path == "fix.dtx")
    let script = "capture tx1 line 1\n# a remark\nrefund tx2 line 2\n"
    #expect(try await session.stage(Array(script.utf8), named: path).isAccepted)
    #expect(session.totals.operations == 2)
  }

  @Test(
    "stages nothing of a script with a mistake, and names the script's line",
    arguments: ["capture tx1 300 NOK", "capture tx1 line 1 999999", "quit", "commit"]
  )
  func wrongScript(line: String) async throws {
    var session = try SessionFixture.session()
    let script = Array("# a remark\ncapture tx1 line 2\n\(line)\n".utf8)
    let reply = try await session.stage(script, named: "fix.dtx")
    #expect(!reply.isAccepted)
    #expect(reply.errorText.contains("fix.dtx:3:"))
    #expect(session.isEmpty)
  }

  @Test("points at what a mistake in a script is about, staged before or in the script itself")
  func placesInScripts() async throws {
    var session = try SessionFixture.session()
    _ = try await session.take("capture tx1 line 1")
    let script =
      "\n  capture tx1 line 2   # pads\n\ncapture tx1 line 1 9.00 NOK\ncapture tx1 line 2\n"
    let reply = try await session.stage(Array(script.utf8), named: "fix.dtx")
    #expect(reply.errorText.contains("--> fix.dtx:4:1"))
    #expect(reply.errorText.contains("::: session:1:1"))
    #expect(reply.errorText.contains("--> fix.dtx:5:1"))
    #expect(reply.errorText.contains("::: fix.dtx:2:3"))
    #expect(session.totals.operations == 1)
  }

  @Test(
    "stages nothing of a script in another folder that names files beside it",
    arguments: [
      (#"include "common.dtx""#, false),
      (#"for $row in csv "rows.csv" { capture $row.id all }"#, false),
      (#"include "/nowhere/common.dtx""#, true), ("capture tx1 line 1", true),
    ]
  )
  func scriptElsewhere(script: String, isLookedFor: Bool) async throws {
    var session = try SessionFixture.session()
    let bytes = Array((script + "\n").utf8)
    let reply = try await session.stage(bytes, named: "fixes/fix.dtx", isElsewhere: true)
    #expect(reply.errorText.contains("names files in its own folder") == !isLookedFor)
    #expect(isLookedFor || session.isEmpty)
  }

  @Test("plans at the commit from what somebody else has done meanwhile")
  func drift() async throws {
    let account = try #require(Account(SessionFixture.account))
    let transaction = try SessionFixture.authorized("tx1")
    let provider = FakeProvider(account: account, FakeProviderModel([transaction]))
    var session = SessionFixture.session(provider)
    _ = try await session.take("capture tx1 all")
    await provider.update { $0.change(transaction.id) { $0.state.voided = MinorUnits(10_000) } }
    _ = try await session.take("preview")
    #expect(session.totals.net.map(\.amount) != [MinorUnits(39_990)])
    await provider.update { $0.change(transaction.id) { $0.state.status = .authorizationVoided } }
    let reply = try await session.take("commit")
    #expect(reply.isAnsweredAlone)
    #expect(!reply.isAccepted)
    #expect(reply.errorText.contains("does not hold any more"))
    // Nothing is lost: the statement is still there to be looked at, or dropped.
    #expect(session.statementCount == 1)
    #expect(session.totals.operations == 0)
    #expect(session.isWaiting)
    #expect(try await session.take("discard").outputText == "Discarded 1 statement.\n")
  }

  @Test("asks to leave")
  func quit() async throws {
    var session = try SessionFixture.session()
    guard case .quit = try await session.take("quit").request else {
      Issue.record("nobody asked to leave")
      return
    }
  }
}

// MARK: - Properties

extension SessionTests {
  static let pool = [
    "capture tx1 line 1", "capture tx1 line 2 ref \"pads\"", "capture tx1 10.00 NOK ref \"a\"",
    "refund tx2 line 1 50.00 NOK reason \"riper, æøå\"", "refund tx2 line ship-1",
    "tag tx1 \"again\"", "expect $plan.operations < 5", "on error continue", "void tx1",
    "capture tx1 all", "capture tx9 all", "show tx1", "undo",
  ]

  @Test("plans what was staged bit by bit as it plans the same script", arguments: UInt64(1)...15)
  func stagingIsAScript(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    var session = try SessionFixture.session()
    var kept: [String] = []
    for _ in 0..<8 {
      let text = try #require(Self.pool.randomElement(using: &random))
      let reply = try await session.take(text)
      if text == "undo" {
        _ = kept.popLast()
      } else if reply.isAccepted, !text.hasPrefix("show") {
        kept.append(text)
      }
    }
    var whole = try SessionFixture.session()
    let script = kept.map { $0 + "\n" }.joined()
    #expect(try await whole.stage(Array(script.utf8), named: "script").isAccepted)
    #expect(session.totals.operations == whole.totals.operations)
    #expect(
      try await session.take("preview").outputText == whole.take("preview").outputText,
      "\(kept)"
    )
  }
}
