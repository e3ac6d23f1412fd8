import DTXExecution
import DTXLedger
import DTXTestSupport
import Testing

@Suite("Execution, event by event")
struct ExecutionTableTests {
  typealias Turn = (Rig.Input, [String])

  /// What happens, in order, and what the execution wants done after each.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var wishes: @Sendable () -> [Plans.Wish] = { [.capture(0, 4_000)] }
    var product = "payex.creditcard"
    var options: @Sendable (inout ExecutionOptions) -> Void = { _ in }
    let turns: [Turn]
  }

  /// The turns from the start of a plan of one operation to where its answer is awaited.
  static let untilSent: [Turn] = [
    (.start, ["read 1"]),
    (.read(1), ["record intended 1"]),
    (.recorded, ["send 1"]),
  ]

  static let twoOnOne: @Sendable () -> [Plans.Wish] = { [.capture(0, 4_000), .refund(0, 1_000)] }
  static let oneEach: @Sendable () -> [Plans.Wish] = {
    [.capture(0, 4_000), .capture(1, 4_000), .capture(2, 4_000)]
  }

  @Test(
    "wants done what the table says",
    arguments: settling + doubts + waits + policies + stops + trials
  )
  func effects(row: Row) throws {
    let plan = try Plans.plan(row.wishes(), product: row.product)
    var options = ExecutionOptions()
    options.ratePerSecond = nil
    row.options(&options)
    var rig = Rig(Execution(of: plan, run: Plans.run, options: options), of: plan)
    for (number, turn) in row.turns.enumerated() {
      let actual = rig.take(turn.0)
      #expect(actual == turn.1, "turn \(number + 1), \(turn.0)")
      if actual != turn.1 { return }
    }
  }
}

@Suite("The status of an answer")
struct AnswerStatusTests {
  @Test(
    "is recorded with a success, unless the history told of it",
    arguments: [
      ([.answer(1)], 200),
      (
        [.answer(1, .acceptedThenCompleted), .recorded, .pass(2), .read(1), .pass(4), .read(1)],
        202
      ),
      ([.answer(1, .timeoutApplied), .recorded, .pass(2), .read(1)], nil),
      ([.answer(1, .throttled), .pass(3), .read(1), .answer(1)], 200),
    ] as [([Rig.Input], Int?)]
  )
  func status(inputs: [Rig.Input], expected: Int?) throws {
    let plan = try Plans.plan([.capture(0, 4_000)])
    var options = ExecutionOptions()
    options.ratePerSecond = nil
    var rig = Rig(Execution(of: plan, run: Plans.run, options: options), of: plan)
    for input in [.start, .read(1), .recorded] + inputs + [.recorded] { _ = rig.take(input) }
    let completions = rig.journal.compactMap { entry -> Outcome.Completion? in
      if case .outcome(_, .done(let completion)) = entry { completion } else { nil }
    }
    #expect(completions.map(\.status) == [expected])
  }
}

// MARK: - Rows

extension ExecutionTableTests {
  static let settling: [Row] = [
    Row(
      testDescription: "a success",
      turns: untilSent + [
        (.answer(1), ["record done 1, ended"]),
        (.recorded, ["allDone: done"]),
      ]
    ),
    Row(
      testDescription: "an outcome and the next intent are recorded together",
      wishes: twoOnOne,
      turns: untilSent + [
        (.answer(1), ["record done 1, intended 2"]),
        (.recorded, ["send 2"]),
        (.answer(2), ["record done 2, ended"]),
        (.recorded, ["allDone: done done"]),
      ]
    ),
    Row(
      testDescription: "intents that are ready while the journal is busy share a batch",
      wishes: oneEach,
      turns: [
        (.start, ["read 1", "read 2", "read 3"]),
        (.read(1), ["record intended 1"]),
        (.read(2), []),
        (.read(3), []),
        (.recorded, ["send 1", "record intended 2, intended 3"]),
        (.recorded, ["send 2", "send 3"]),
        (.answer(3), ["record done 3"]),
        (.answer(1), []),
        (.answer(2), []),
        (.recorded, ["record done 1, done 2, ended"]),
        (.recorded, ["allDone: done done done"]),
      ]
    ),
    Row(
      testDescription: "no more requests than lanes",
      wishes: oneEach,
      options: { $0.concurrency = 1 },
      turns: [
        (.start, ["read 1"]),
        (.read(1), ["record intended 1"]),
        (.recorded, ["send 1"]),
        (.answer(1), ["read 2", "record done 1"]),
        (.read(2), []),
        (.recorded, ["record intended 2"]),
        (.recorded, ["send 2"]),
        (.answer(2), ["read 3", "record done 2"]),
      ]
    ),
    Row(
      testDescription: "a refusal fails",
      turns: untilSent + [
        (.answer(1, .refused), ["record failed 1, ended"]),
        (.recorded, ["someFailed: failed"]),
      ]
    ),
    Row(
      testDescription: "a failed event behind a 200 fails",
      turns: untilSent + [
        (.answer(1, .failedEvent), ["record failed 1, ended"]),
        (.recorded, ["someFailed: failed"]),
      ]
    ),
    Row(
      testDescription: "a refused token fails",
      turns: untilSent + [
        (.answer(1, .unauthorized), ["record failed 1, ended"]),
        (.recorded, ["someFailed: failed"]),
      ]
    ),
    Row(
      testDescription: "nothing to do",
      wishes: { [] },
      turns: [(.start, ["record ended"]), (.recorded, ["allDone: "])]
    ),
  ]

  static let doubts: [Row] = [
    Row(
      testDescription: "no answer, done: found at the first look",
      turns: untilSent + [
        (.answer(1, .timeoutApplied), ["record sent 1", "wait 2.0"]),
        (.recorded, []),
        (.pass(2), ["read 1"]),
        (.read(1), ["record done 1, ended"]),
        (.recorded, ["allDone: done"]),
      ]
    ),
    Row(
      testDescription: "no answer, done later: found at the second look",
      turns: untilSent + [
        (.answer(1, .timeoutAppliedLate), ["record sent 1", "wait 2.0"]),
        (.pass(2), ["read 1"]),
        (.read(1), ["wait 5.0"]),
        (.recorded, []),
        (.pass(5), ["read 1"]),
        (.read(1), ["record done 1, ended"]),
      ]
    ),
    Row(
      testDescription: "no answer, nothing found after 2, 5, 15 and 60 seconds: unresolved",
      wishes: twoOnOne,
      turns: untilSent + [
        (.answer(1, .timeoutNotApplied), ["record sent 1", "wait 2.0"]),
        (.recorded, []),
        (.pass(2), ["read 1"]), (.read(1), ["wait 5.0"]),
        (.pass(5), ["read 1"]), (.readFails(1, .unreachable), ["wait 15.0"]),
        (.pass(15), ["read 1"]), (.read(1), ["wait 60.0"]),
        (.pass(60), ["read 1"]), (.read(1), ["record unresolved 1, ended"]),
        (.recorded, ["needsAttention: unresolved stopped"]),
      ]
    ),
    Row(
      testDescription: "no answer, and a failed event: failed",
      turns: untilSent + [
        (.reply(1, .unknown("lost")), ["record sent 1", "wait 2.0"]),
        (.pass(1.5), ["wait 0.5"]),
        (.pass(0.5), ["read 1"]),
        (.readMisses(1), ["wait 5.0"]),
      ]
    ),
    Row(
      testDescription: "a failed event that was corrected since is done",
      turns: untilSent + [
        (.answer(1, .failedThenCorrected), ["record sent 1", "wait 2.0"]),
        (.recorded, []),
        (.pass(2), ["read 1"]),
        (.read(1), ["record done 1, ended"]),
      ]
    ),
    Row(
      testDescription: "an answer about another transaction says nothing",
      wishes: { [.extend(0), .extend(1)] },
      product: "klarna.klarna",
      options: { $0.concurrency = 1 },
      turns: untilSent + [
        (.replyAboutOther(1), ["record sent 1", "wait 2.0"])
      ]
    ),
    Row(
      testDescription: "409 is no refusal, even if a writer says so",
      turns: untilSent + [
        (
          .reply(1, .refused(ProviderRefusal(status: 409, message: "conflict"))),
          ["record sent 1", "wait 2.0"]
        )
      ]
    ),
    Row(
      testDescription: "503 is no refusal, even if a writer says so",
      turns: untilSent + [
        (
          .reply(1, .refused(ProviderRefusal(status: 503, message: "busy"))),
          ["record sent 1", "wait 2.0"]
        )
      ]
    ),
  ]
}
