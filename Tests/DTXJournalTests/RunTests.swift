import DTXExecution
import DTXJournal
import DTXLedger
import Testing

@Suite("Runs in the journal")
struct RunTests {
  let fixture = JournalFixture()

  @Test("gives back every kind of entry as it was appended, after reopening too")
  func roundTrip() async throws {
    let record = JournalFixture.record("r1")
    let entries = JournalFixture.everyEntry(of: "r1")
    let journal = fixture.journal()
    try await journal.begin(record, plan: Array("plan".utf8))
    try await journal.append(entries, to: record.id)
    for journal in [journal, fixture.journal()] {
      let (run, recorded) = try await journal.run(record.id)
      #expect(run.record == record)
      #expect(recorded.map(\.entry) == entries)
      #expect(recorded.map(\.sequence) == Array(2...Int64(entries.count) + 1))
      #expect(recorded.allSatisfy { $0.time == 1_800_000_000_000 })
    }
  }

  @Test("keeps the plan byte for byte", arguments: [0, 1, 5_000, 300_000])
  func plan(count: Int) async throws {
    let plan = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let journal = fixture.journal()
    try await journal.begin(JournalFixture.record("r1"), plan: plan)
    #expect(try await fixture.journal().plan(of: RunID("r1")) == plan)
  }

  @Test("refuses a plan a second time, and says who carried it out and when")
  func planUsed() async throws {
    let journal = fixture.journal()
    try await journal.begin(JournalFixture.record("r1", plan: "d"), plan: [])
    let error = try await #require(throws: JournalError.self) {
      try await fixture.journal().begin(JournalFixture.record("r2", plan: "d"), plan: [])
    }
    #expect(error.code == .planUsed)
    for fact in ["kari", "r1", "2027-01-15T07:59:59.000Z"] { #expect(error.message.contains(fact)) }
    #expect(try await journal.runs(limit: 9).map(\.record.id) == [RunID("r1")])
  }

  @Test("refuses a second run of the same id")
  func sameID() async throws {
    let journal = fixture.journal()
    try await journal.begin(JournalFixture.record("r1", plan: "one"), plan: [])
    let error = await #expect(throws: JournalError.self) {
      try await journal.begin(JournalFixture.record("r1", plan: "two"), plan: [])
    }
    #expect(error == JournalError(.cannotWrite, "the journal has a run r1 already"))
  }

  @Test("refuses entries of a run that has not begun, or of another run, and keeps none of them")
  func unknownRun() async throws {
    let journal = fixture.journal()
    try await journal.begin(JournalFixture.record("r1"), plan: [])
    let foreign = JournalEntry.sent(OperationID(run: RunID("r2"), step: 0))
    let own = JournalEntry.sent(OperationID(run: RunID("r1"), step: 0))
    for (entries, run) in [([own], "r9"), ([own, foreign], "r1")] {
      let error = await #expect(throws: JournalError.self) {
        try await journal.append(entries, to: RunID(run))
      }
      #expect(error?.code == .unknownRun)
    }
    let error = await #expect(throws: JournalError.self) { try await journal.run(RunID("r9")) }
    #expect(error?.code == .unknownRun)
    #expect(try await journal.run(RunID("r1")).entries == [])
    #expect(try await journal.head().sequence == 1)
  }

  @Test("lists the newest runs first, as many as asked for")
  func listing() async throws {
    let journal = fixture.journal()
    #expect(try await journal.runs(limit: 3) == [])
    for id in ["a", "b", "c", "d"] {
      try await journal.begin(JournalFixture.record(id), plan: [])
    }
    #expect(try await journal.runs(limit: 3).map(\.record.id.text) == ["d", "c", "b"])
  }

  @Test("knows which runs left something to do")
  func unfinished() async throws {
    let journal = fixture.journal()
    var done = RunSummary()
    done.done = 2
    var pending = done
    pending.pending = 1
    var unresolved = done
    unresolved.unresolved = 1
    let sent = JournalEntry.sent(OperationID(run: RunID("resumed"), step: 0))
    let runs: [(String, [JournalEntry])] = [
      ("begun", []), ("ended", [.ended(done)]), ("pending", [.ended(pending)]),
      ("unresolved", [.ended(unresolved)]), ("resumed", [.ended(done), sent]),
      ("settled", [.ended(pending), .ended(done)]),
    ]
    for (id, entries) in runs {
      try await journal.begin(JournalFixture.record(id), plan: [])
      try await journal.append(entries, to: RunID(id))
    }
    let unfinished = try await journal.unfinishedRuns()
    #expect(
      unfinished.map(\.record.id.text) == ["resumed", "unresolved", "pending", "begun"]
    )
    #expect(unfinished.map(\.end) == [nil, unresolved, pending, nil])
  }

  @Test("tells of which operations on a transaction nobody knows what became, whose, and when")
  func openOperations() async throws {
    let journal = fixture.journal()
    let other = JournalFixture.request("a", step: 1, transaction: "T12345678.other")
    let first = JournalFixture.request("a", step: 0, amount: 1)
    let second = JournalFixture.request("b", step: 0, amount: 2)
    let third = JournalFixture.request("b", step: 1, amount: 3)
    let again = JournalFixture.request("b", step: 2, amount: 4)
    let unresolved = Outcome.unresolved("nobody knows")
    let pending = Outcome.pending(requestID: "r")
    let failed = Outcome.failed(
      Outcome.Failure(status: 400, code: nil, message: "no", requestID: nil)
    )
    try await journal.begin(JournalFixture.record("a"), plan: [])
    try await journal.append(
      [
        .intended(first, knownEvents: []), .intended(other, knownEvents: []), .sent(first.id),
        .outcome(first.id, pending), .outcome(other.id, .notSent(.stopped)),
        .outcome(first.id, failed),
      ],
      to: RunID("a")
    )
    try await journal.begin(JournalFixture.record("b", person: "ola"), plan: [])
    try await journal.append(
      [
        .intended(second, knownEvents: []), .intended(third, knownEvents: []),
        .outcome(third.id, unresolved), .intended(again, knownEvents: []),
        .outcome(again.id, .notSent(.interrupted)), .intended(again, knownEvents: []),
      ],
      to: RunID("b")
    )
    let ids = [first.transaction, other.transaction, TransactionID("T12345678.none")]
    let open = try await journal.openOperations(on: ids)
    #expect(open.map(\.request) == [second, third, again])
    #expect(open.map(\.run.person) == ["ola", "ola", "ola"])
    #expect(open.map(\.outcome) == [nil, unresolved, nil])
    #expect(open.allSatisfy { $0.intendedAt == 1_800_000_000_000 })
    try await journal.append(
      [.outcome(second.id, failed), .outcome(third.id, pending)],
      to: RunID("b")
    )
    #expect(try await journal.openOperations(on: ids).map(\.outcome) == [pending, nil])
  }

  @Test("tells who made the events that its own runs have made")
  func people() async throws {
    let journal = fixture.journal()
    #expect(try await journal.people(behindEventsOf: [TransactionID("T12345678.none")]) == [:])
    let request = JournalFixture.request("a", step: 0)
    let refused = JournalFixture.request("b", step: 0)
    let done = Outcome.done(
      Outcome.Completion(
        eventID: "e7",
        requestID: nil,
        after: JournalFixture.balance(6, .captured),
        isAsPredicted: true
      )
    )
    try await journal.begin(JournalFixture.record("a"), plan: [])
    try await journal.append(
      [.intended(request, knownEvents: ["e1"]), .outcome(request.id, done)],
      to: RunID("a")
    )
    try await journal.begin(JournalFixture.record("b", person: "ola"), plan: [])
    try await journal.append(
      [.intended(refused, knownEvents: ["e1", "e7"]), .outcome(refused.id, .notSent(.stopped))],
      to: RunID("b")
    )
    let people = try await journal.people(behindEventsOf: [request.transaction])
    #expect(people == ["e7": "kari"])
  }

  @Test("appending nothing writes nothing")
  func nothing() async throws {
    let journal = fixture.journal()
    try await journal.append([], to: RunID("r9"))
    #expect(try await journal.head().sequence == 0)
  }
}
