import DTXExecution
import DTXLedger
import DTXSandbox
import Testing

@Suite("Faults of the sandbox")
struct FaultTests {
  typealias Operation = DTXLedger.Operation

  /// A test card of each kind, the operation it times out on, and one that it does not.
  static let cards: [(transaction: String, timesOut: Operation, passes: Operation)] = [
    ("tx134", .capture(10_000), .void(10_000)),
    ("tx135", .refund(10_000), .tag("x")),
    ("tx136", .void(10_000), .capture(10_000)),
  ]

  let fixture = SandboxFixture()

  @Test("a test card's operation is carried out, and nobody hears of it", arguments: cards)
  func applied(card: (transaction: String, timesOut: Operation, passes: Operation)) async throws {
    let sandbox = fixture.sandbox()
    let before = try await sandbox.transaction(card.transaction)
    guard case .unknown = await sandbox.send(card.timesOut, to: card.transaction) else {
      Issue.record("the operation was answered")
      return
    }
    let after = try await sandbox.transaction(card.transaction)
    #expect(after.events.count == before.events.count + 1)
    #expect(after.state.status != before.state.status)
  }

  @Test("or it is not carried out, by another rule", arguments: cards)
  func notApplied(card: (transaction: String, timesOut: Operation, passes: Operation)) async throws
  {
    var rules = SandboxRules()
    rules.testCardFault = .silentNotApplied
    let sandbox = fixture.sandbox(rules)
    let before = try await sandbox.transaction(card.transaction)
    guard case .unknown = await sandbox.send(card.timesOut, to: card.transaction) else {
      Issue.record("the operation was answered")
      return
    }
    #expect(try await sandbox.transaction(card.transaction) == before)
  }

  @Test("its other operations pass, and so do all without that rule", arguments: cards)
  func passing(card: (transaction: String, timesOut: Operation, passes: Operation)) async {
    let sandbox = fixture.sandbox()
    #expect(await sandbox.send(card.passes, to: card.transaction).transaction != nil)
  }

  @Test("no card is special without the rule", arguments: cards)
  func off(card: (transaction: String, timesOut: Operation, passes: Operation)) async {
    var rules = SandboxRules()
    rules.testCardFault = nil
    let answer = await fixture.sandbox(rules).send(card.timesOut, to: card.transaction)
    #expect(answer.transaction != nil)
  }

  @Test("a policy decides about requests that have passed every rule")
  func policy() async throws {
    var rules = SandboxRules()
    rules.faults = FaultPolicy { request in
      request.reference == "lost" ? .silentNotApplied : nil
    }
    let sandbox = fixture.sandbox(rules)
    #expect(await sandbox.send(.capture(1), to: "tx123", reference: "kept").transaction != nil)
    guard case .unknown = await sandbox.send(.capture(1), to: "tx123", reference: "lost") else {
      Issue.record("the operation was answered")
      return
    }
    let refused = await sandbox.send(.refund(9), to: "tx123", reference: "lost")
    #expect(refused.refusal?.status == 400)
    #expect(try await sandbox.transaction("tx123").state.captured == MinorUnits(1))
  }
}
