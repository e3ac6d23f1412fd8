import DTXExecution
import DTXLedger
import Testing

@Suite("Recovery from a journal")
struct RecoveredStateTests {
  /// Entries of operation 1 of a plan of two, and what they come to.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let entries: [JournalEntry]
    let expected: RecoveredState.Progress
  }

  static let id = OperationID(run: Plans.run, step: 0)
  static let intended = JournalEntry.intended(request(id), knownEvents: ["authorized-0"])
  static let failure = Outcome.failed(
    Outcome.Failure(status: 400, code: nil, message: "no", requestID: nil)
  )

  static func request(_ id: OperationID) -> OperationRequest {
    OperationRequest(
      id: id,
      transaction: TransactionID("T12345678.payment0"),
      operation: Operation(.capture, amount: MinorUnits(4_000)),
      reference: "ref-0",
      extras: nil
    )
  }

  static func done(isAsPredicted: Bool) -> Outcome {
    var state = Transaction.State(status: .captured, authorized: MinorUnits(4_000))
    state.captured = MinorUnits(4_000)
    return .done(
      Outcome.Completion(
        eventID: "e1",
        requestID: nil,
        after: Balance(state),
        isAsPredicted: isAsPredicted
      )
    )
  }

  static let rows: [Row] = [
    Row(testDescription: "nothing", entries: [], expected: .untouched),
    Row(testDescription: "an intent", entries: [intended], expected: .intended),
    Row(testDescription: "a request", entries: [intended, .sent(id)], expected: .sent),
    Row(
      testDescription: "an intent that did not leave",
      entries: [intended, .outcome(id, .notSent(.interrupted))],
      expected: .untouched
    ),
    Row(
      testDescription: "drift",
      entries: [.outcome(id, .notSent(.unreadable("gone")))],
      expected: .untouched
    ),
    Row(
      testDescription: "an intent after one that did not leave",
      entries: [intended, .outcome(id, .notSent(.interrupted)), intended],
      expected: .intended
    ),
    Row(
      testDescription: "a success",
      entries: [intended, .outcome(id, done(isAsPredicted: true))],
      expected: .settledAsPredicted
    ),
    Row(
      testDescription: "a surprising success",
      entries: [intended, .sent(id), .outcome(id, done(isAsPredicted: false))],
      expected: .settled(done(isAsPredicted: false))
    ),
    Row(
      testDescription: "a failure",
      entries: [intended, .outcome(id, failure)],
      expected: .settled(failure)
    ),
    Row(
      testDescription: "pending",
      entries: [intended, .sent(id), .outcome(id, .pending(requestID: "R1"))],
      expected: .settled(.pending(requestID: "R1"))
    ),
    Row(
      testDescription: "pending twice, then done",
      entries: [
        intended, .outcome(id, .pending(requestID: "R1")), .ended(RunSummary()),
        .outcome(id, .pending(requestID: "R1")), .outcome(id, done(isAsPredicted: true)),
      ],
      expected: .settledAsPredicted
    ),
    Row(
      testDescription: "failed, then corrected",
      entries: [intended, .outcome(id, failure), .outcome(id, done(isAsPredicted: true))],
      expected: .settledAsPredicted
    ),
    Row(
      testDescription: "unresolved, then failed",
      entries: [intended, .outcome(id, .unresolved("?")), .outcome(id, failure)],
      expected: .settled(failure)
    ),
  ]

  @Test("comes to what the table says", arguments: rows)
  func progress(row: Row) throws {
    let state = try RecoveredState(run: Plans.run, operationCount: 2, entries: row.entries)
    #expect(state.progress(of: 0) == row.expected)
    #expect(state.progress(of: 1) == .untouched)
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let entries: [JournalEntry]
    let code: RecoveryError.Code
  }

  static let refused: [Refused] = [
    Refused(testDescription: "sent, not intended", entries: [.sent(id)], code: .outOfOrder),
    Refused(
      testDescription: "done, not intended",
      entries: [.outcome(id, done(isAsPredicted: true))],
      code: .outOfOrder
    ),
    Refused(
      testDescription: "intended twice",
      entries: [intended, intended],
      code: .outOfOrder
    ),
    Refused(
      testDescription: "sent twice",
      entries: [intended, .sent(id), .sent(id)],
      code: .outOfOrder
    ),
    Refused(
      testDescription: "not sent after it was sent",
      entries: [intended, .sent(id), .outcome(id, .notSent(.stopped))],
      code: .outOfOrder
    ),
    Refused(
      testDescription: "failed after it was done",
      entries: [intended, .outcome(id, done(isAsPredicted: true)), .outcome(id, failure)],
      code: .outOfOrder
    ),
    Refused(
      testDescription: "pending after it failed",
      entries: [intended, .outcome(id, failure), .outcome(id, .pending(requestID: nil))],
      code: .outOfOrder
    ),
    Refused(
      testDescription: "failed twice",
      entries: [intended, .outcome(id, failure), .outcome(id, failure)],
      code: .outOfOrder
    ),
    Refused(
      testDescription: "failed after a surprising success",
      entries: [intended, .outcome(id, done(isAsPredicted: false)), .outcome(id, failure)],
      code: .outOfOrder
    ),
    Refused(
      testDescription: "intended after it failed",
      entries: [intended, .outcome(id, failure), intended],
      code: .outOfOrder
    ),
    Refused(
      testDescription: "another run's",
      entries: [.sent(OperationID(run: RunID("run-2"), step: 0))],
      code: .foreignRun
    ),
    Refused(
      testDescription: "a step beyond the plan",
      entries: [.sent(OperationID(run: Plans.run, step: 2))],
      code: .unknownStep
    ),
    Refused(
      testDescription: "a step before the plan",
      entries: [.outcome(OperationID(run: Plans.run, step: -1), .notSent(.stopped))],
      code: .unknownStep
    ),
    Refused(
      testDescription: "an outcome of another run's",
      entries: [.outcome(OperationID(run: RunID("run-2"), step: 9), failure)],
      code: .foreignRun
    ),
  ]

  @Test("refuses entries that can't follow one another", arguments: refused)
  func refusal(row: Refused) throws {
    let error = #expect(throws: RecoveryError.self) {
      try RecoveredState(run: Plans.run, operationCount: 2, entries: row.entries)
    }
    #expect(error?.code == row.code)
  }

  @Test("knows whether the run came to its end")
  func ended() throws {
    var state = try RecoveredState(
      run: Plans.run,
      operationCount: 1,
      entries: [Self.intended, .ended(RunSummary())]
    )
    #expect(state.hasEnded)
    try state.take(.sent(Self.id))
    #expect(!state.hasEnded)
  }

  @Test("does not resume another plan")
  func otherPlan() throws {
    let state = try RecoveredState(run: Plans.run, operationCount: 2, entries: [])
    let plan = try Plans.plan([.capture(0, 1)])
    #expect(throws: RecoveryError(.otherPlan)) {
      try Execution(resuming: state, of: plan, options: ExecutionOptions())
    }
  }
}
