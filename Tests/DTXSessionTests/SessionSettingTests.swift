import DTXExecution
import DTXLedger
import DTXSession
import DTXTestSupport
import Testing

@Suite("Session settings and scripts")
struct SessionSettingTests {
  @Test(
    "writes answers as they are wanted",
    arguments: [
      ("table", "show tx1", "Transaction T12345678.tx1"),
      ("json", "show tx1", #"{"type":"transaction","id":"T12345678.tx1""#),
      ("csv", "show tx1", "id,status,product,currency,authorized,"),
      ("csv", "list", "T12345678.tx2,CAPTURED,dintero_psp.creditcard,NOK,399.90,399.90,0.00,"),
      ("json", "print 1 + 1", #"{"type":"print","text":"2"}"#),
      ("csv", #"print "a,b""#, "text\r\n\"a,b\"\r\n"),
      ("json", "preview", #"{"type":"plan","script":"session""#),
      ("csv", "preview", "1,T12345678.tx1,capture,5100,NOK,"),
    ]
  )
  func output(format: String, text: String, expected: String) async throws {
    var session = try SessionFixture.session()
    _ = try await session.take("capture tx1 line 2")
    #expect(
      try await session.take("set output \(format)").outputText == "output is now \(format).\n"
    )
    #expect(try await session.take(text).outputText.contains(expected))
  }

  @Test(
    "says what can be set, and to what",
    arguments: [
      ("set colour off", "There is no setting `colour`. `set` alone lists them."),
      ("set outptu csv", "Did you mean `set output`?"),
      ("set output html", "`output` can be table, json, csv, and `html` is none of these."),
      ("set confirm off", "`confirm` can be short, total, and `off` is none of these."),
    ]
  )
  func mistakes(text: String, answer: String) async throws {
    var session = try SessionFixture.session()
    let reply = try await session.take(text)
    #expect(!reply.isAccepted)
    #expect(reply.errorText.contains(answer))
    #expect(session.settings == SessionSettings())
  }

  @Test("shows what everything is set to", arguments: ["set", "help set", "set; list"])
  func listing(text: String) async throws {
    var session = try SessionFixture.session()
    _ = try await session.take("set page off; set timing on")
    let text = try await session.take(text).outputText
    #expect(text.contains("page off "))
    #expect(text.contains("timing on "))
    #expect(text.contains("output table "))
  }

  @Test("says what one setting is, and what it can be")
  func one() async throws {
    var session = try SessionFixture.session()
    let text = try await session.take("set output").outputText
    #expect(text == "output is table; it can be table, json, csv.\n")
  }

  @Test("writes records instead of tables for a screen reader")
  func reader() async throws {
    var session = try SessionFixture.session()
    #expect(try await session.take("list").outputText.contains("──"))
    _ = try await session.take("set reader on")
    let text = try await session.take("list").outputText
    #expect(!text.contains("──"))
    #expect(text.contains("T12345678.tx1: AUTHORIZED"))
  }

  @Test("explains the code of a message")
  func explanation() async throws {
    var session = try SessionFixture.session()
    let reply = try await session.take("help DTX3001")
    #expect(reply.isAccepted)
    #expect(reply.outputText.contains("DTX3001"))
    #expect(try await session.take("help DTX9999").isAccepted == false)
  }

  @Test("asks for each operation at once where that is wanted")
  func autocommit() async throws {
    var session = try SessionFixture.session()
    _ = try await session.take("autocommit on")
    guard case .commit(let planned, nil) = try await session.take("capture tx1 line 2").request
    else {
      Issue.record("no commit was asked for")
      return
    }
    #expect(planned.plan.steps.map(\.amount) == [MinorUnits(5_100)])
    #expect(try await session.take("show tx1").isAnsweredAlone)
    _ = try await session.take("autocommit off")
    #expect(try await session.take("capture tx1 line 1").isAnsweredAlone)
  }

  @Test("hands on what only the terminal's owner can do")
  func requests() async throws {
    var session = try SessionFixture.session()
    guard case .use("shop-test") = try await session.take("use shop-test").request,
      case .journal(limit: nil) = try await session.take("journal").request,
      case .journal(limit: 20) = try await session.take("journal 20").request,
      case .watch("show tx1") = try await session.take("watch show tx1").request
    else {
      Issue.record("something else was asked for")
      return
    }
    #expect(try await !session.take("journal 0").isAccepted)
    #expect(try await !session.take("watch list").isAccepted)
  }

  @Test("saves what was carried out and what is staged as a script that stages the same")
  func save() async throws {
    var session = try SessionFixture.session()
    #expect(try await !session.take(#"save "a.dtx""#).isAccepted)
    _ = try await session.take("on error continue; capture tx1 line 1; refund tx2 line 2")
    var outcome = Session.CommitOutcome()
    (outcome.done, outcome.undone, outcome.unsent) = ([0], [1], [1])
    _ = session.settle(outcome)
    _ = try await session.planAnew()
    guard case .save(let script, path: "a.dtx") = try await session.take(#"save "a.dtx""#).request
    else {
      Issue.record("nothing was to be saved")
      return
    }
    let text = String(decoding: script, as: UTF8.self)
    #expect(text.hasPrefix("# Statements of a session of kari with profile shop-test.\n"))
    #expect(text.contains("account T12345678\n"))
    #expect(text.contains("UTC: captures 299.90 NOK, leaves 100.00.\ncapture tx1 line 1\n"))
    #expect(text.contains("# Staged: refunds 51.00 NOK, leaves 348.90.\nrefund tx2 line 2\n"))
    var other = try SessionFixture.session()
    #expect(try await other.stage(script, named: "a.dtx").isAccepted)
    #expect(other.totals.operations == 2)
  }

  @Test("saves a setting once, and no script in which a name is two things")
  func saveSettings() async throws {
    var session = try SessionFixture.session()
    var outcome = Session.CommitOutcome()
    outcome.done = [0]
    _ = try await session.take("let $a = 10.00 NOK; capture tx1 $a")
    _ = session.settle(outcome)
    _ = try await session.take("let $a = 10.00 NOK; refund tx2 $a")
    guard case .save(let script, _) = try await session.take(#"save "a.dtx""#).request else {
      Issue.record("nothing was to be saved")
      return
    }
    var other = try SessionFixture.session()
    #expect(try await other.stage(script, named: "a.dtx").isAccepted)
    #expect(other.totals.operations == 2)
    _ = try await session.take("discard")
    _ = try await session.take("let $a = 20.00 NOK; refund tx2 $a")
    let reply = try await session.take(#"save "a.dtx""#)
    #expect(!reply.isAccepted && reply.isAnsweredAlone)
    #expect(reply.errorText.contains("`$a` was set to different things"))
  }

  @Test("says at the commit which transaction is not as it was when its statement was staged")
  func change() async throws {
    let account = try #require(Account(SessionFixture.account))
    let transaction = try SessionFixture.authorized("tx1")
    let provider = FakeProvider(account: account, FakeProviderModel([transaction]))
    var session = SessionFixture.session(provider)
    _ = try await session.take("capture tx1 line 1")
    #expect(try await !session.take("commit").outputText.contains("changed"))
    await provider.update { $0.change(transaction.id) { $0.state.captured = MinorUnits(1_000) } }
    let reply = try await session.take("commit")
    #expect(
      reply.outputText
        == "T12345678.tx1 has changed since this was staged. What follows is planned anew.\n"
    )
  }
}

@Suite("What is kept of what is staged")
struct StagedRecordTests {
  @Test("is read back, the last whole line of the file")
  func lastLine() throws {
    let first = StagedRecord(account: "T12345678", at: 1, statements: ["capture tx1 all"])
    let second = StagedRecord(account: "T12345678", at: 2, statements: ["a\nb", "æ \"ø\""])
    let bytes = first.line + second.line
    #expect(StagedRecord.last(of: bytes) == second)
    #expect(StagedRecord.last(of: []) == nil)
    #expect(StagedRecord.last(of: Array("garbage\n{}\n".utf8)) == nil)
    // Wherever the machine stopped while the second was written, the first is still there.
    for length in first.line.count..<(bytes.count - 1) {
      #expect(StagedRecord.last(of: Array(bytes[..<length])) == first)
    }
  }
}
