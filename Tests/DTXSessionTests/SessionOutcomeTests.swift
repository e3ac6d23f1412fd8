import DTXEvaluator
import DTXExecution
import DTXLedger
import DTXSession
import DTXSyntax
import Testing

@Suite("A session after a run")
struct SessionOutcomeTests {
  @Test("keeps what was not sent, with its settings, and lets its guards go")
  func partlyCommitted() async throws {
    var session = try SessionFixture.session()
    _ = try await session.take(
      "on error continue; capture tx1 line 1; expect $plan.operations < 9; refund tx2 line 2"
    )
    var outcome = Session.CommitOutcome()
    (outcome.done, outcome.undone, outcome.unsent) = ([0], [1], [1])
    #expect(session.statements(doneIn: outcome) == ["capture tx1 line 1"])
    #expect(session.settle(outcome).outputText.contains("1 statement was not sent"))
    _ = try await session.planAnew()
    #expect(session.statementCount == 2)
    #expect(session.totals.operations == 1)
    #expect(session.totals.net.map(\.amount) == [MinorUnits(-5_100)])
    let request = try await session.take("commit").request
    guard case .commit(let planned, _) = request else {
      Issue.record("no commit was asked for")
      return
    }
    #expect(planned.errorPolicy == .continue)
  }

  @Test("keeps a loop or a call of which not everything was sent, with what it is made of")
  func partlyCommittedLoop() async throws {
    var session = try SessionFixture.session()
    _ = try await session.take("define ship($tx) { capture $tx line 1 }")
    _ = try await session.take("let $both = [tx1, tx2]")
    _ = try await session.take("for $tx in [tx1] { capture $tx line 2 }; call ship(tx1)")
    #expect(session.totals.operations == 2)
    var outcome = Session.CommitOutcome()
    (outcome.done, outcome.undone, outcome.unsent) = ([0], [1], [1])
    #expect(
      session.statements(doneIn: outcome) == ["for $tx in [tx1] { capture $tx line 2 }"]
    )
    #expect(!session.settle(outcome).outputText.contains("went with it"))
    _ = try await session.planAnew()
    #expect(session.statementCount == 3)
    #expect(session.totals.operations == 1)
  }

  @Test("says which names went with what was carried out")
  func forgottenNames() async throws {
    var session = try SessionFixture.session()
    _ = try await session.take("let $b = 10.00 NOK; on error continue")
    _ = try await session.take("define f() { capture tx1 $b }; call f()")
    var outcome = Session.CommitOutcome()
    outcome.done = [0]
    #expect(
      session.settle(outcome).outputText
        == "`$b` and `f` went with it; write them again for what comes next.\n"
    )
    #expect(try await session.take("print $b").isAccepted == false)
  }
}
