import DTXExecution
import DTXLedger
import DTXTestSupport
import Testing

@Suite("Resuming, event by event")
struct ResumingTests {
  typealias Turn = ExecutionTableTests.Turn

  /// What happens until the process ends, and what the next one wants done.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var wishes: @Sendable () -> [Plans.Wish] = { [.capture(0, 4_000), .refund(0, 1_000)] }
    var options: @Sendable (inout ExecutionOptions) -> Void = { _ in }
    let before: [Rig.Input]
    let after: [Turn]
  }

  @Test("wants done what the table says", arguments: rows + stopped)
  func effects(row: Row) throws {
    let plan = try Plans.plan(row.wishes())
    var options = ExecutionOptions()
    options.ratePerSecond = nil
    row.options(&options)
    var first = Rig(Execution(of: plan, run: Plans.run, options: options), of: plan)
    for input in row.before { _ = first.take(input) }
    var second = try first.resumed(options)
    for (number, turn) in row.after.enumerated() {
      let actual = second.take(turn.0)
      #expect(actual == turn.1, "turn \(number + 1), \(turn.0)")
      if actual != turn.1 { return }
    }
  }
}

extension ResumingTests {
  static let rows: [Row] = [
    Row(
      testDescription: "nothing was intended: from the beginning",
      before: [.start, .read(1)],
      after: [(.start, ["read 1"]), (.read(1), ["record intended 1"])]
    ),
    Row(
      testDescription: "intended and never sent: looked for, and left to a person",
      before: [.start, .read(1), .recorded],
      after: [
        (.start, ["read 1"]), (.read(1), ["wait 2.0"]),
        (.pass(2), ["read 1"]), (.read(1), ["wait 5.0"]),
        (.pass(5), ["read 1"]), (.read(1), ["wait 15.0"]),
        (.pass(15), ["read 1"]), (.read(1), ["wait 60.0"]),
        (.pass(60), ["read 1"]), (.read(1), ["record unresolved 1, ended"]),
        (.recorded, ["needsAttention: unresolved stopped"]),
      ]
    ),
    Row(
      testDescription: "intended and carried out: found, and the rest goes on",
      before: [.start, .read(1), .recorded, .receive(1)],
      after: [
        (.start, ["read 1"]),
        (.read(1), ["record done 1, intended 2"]),
        (.recorded, ["send 2"]),
        (.answer(2), ["record done 2, ended"]),
        (.recorded, ["allDone: done done"]),
      ]
    ),
    Row(
      testDescription: "the outcome was not recorded yet",
      before: [.start, .read(1), .recorded, .answer(1)],
      after: [(.start, ["read 1"]), (.read(1), ["record done 1, intended 2"])]
    ),
    Row(
      testDescription: "done, and the next not begun: read again",
      wishes: { [.capture(0, 4_000)] },
      before: [.start, .read(1), .recorded, .answer(1), .recorded],
      after: [(.start, ["record ended"]), (.recorded, ["allDone: done"])]
    ),
    Row(
      testDescription: "accepted: asked again",
      before: [.start, .read(1), .recorded, .answer(1, .acceptedThenCompleted), .recorded],
      after: [
        (.start, ["read 1"]), (.read(1), ["wait 2.0"]),
        (.pass(2), ["read 1"]), (.read(1), ["record done 1, intended 2"]),
      ]
    ),
    Row(
      testDescription: "pending: asked again at once",
      options: { $0.pendingWaitSeconds = 2 },
      before: [
        .start, .read(1), .recorded, .answer(1, .acceptedThenCompleted), .recorded, .pass(2),
        .read(1), .recorded,
      ],
      after: [
        (.start, ["read 1"]),
        (.read(1), ["record done 1, intended 2"]),
      ]
    ),
    Row(
      testDescription: "unresolved: one more look finds it",
      before: [
        .start, .read(1), .recorded, .answer(1, .timeoutNotApplied), .recorded,
        .pass(2), .read(1), .pass(5), .read(1), .pass(15), .read(1), .pass(60), .read(1),
        .recorded, .receive(1),
      ],
      after: [
        (.start, ["read 1"]), (.read(1), ["record done 1, intended 2"]),
      ]
    ),
    Row(
      testDescription: "unresolved: one more look and no more",
      before: [
        .start, .read(1), .recorded, .answer(1, .timeoutNotApplied), .recorded,
        .pass(2), .read(1), .pass(5), .read(1), .pass(15), .read(1), .pass(60), .read(1),
        .recorded,
      ],
      after: [
        (.start, ["read 1"]), (.read(1), ["record ended"]),
        (.recorded, ["needsAttention: unresolved stopped"]),
      ]
    ),
    Row(
      testDescription: "unresolved before: no news, and the rest goes on, however many there are",
      wishes: { (0..<4).map { .capture($0, 1_000) } },
      options: {
        $0.errorPolicy = .continue
        $0.concurrency = 1
      },
      before: [.start]
        + (1...3).flatMap { number -> [Rig.Input] in
          let looks = [2, 5, 15, 60.0].flatMap { [Rig.Input.pass($0), .read(number)] }
          return [.read(number), .recorded, .answer(number, .timeoutNotApplied), .recorded] + looks
            + [.recorded]
        },
      after: [
        (.start, ["read 1"]), (.read(1), ["read 2"]), (.read(2), ["read 3"]),
        (.read(3), ["read 4"]), (.read(4), ["record intended 4"]),
      ]
    ),
    Row(
      testDescription: "what is in doubt comes before everything else",
      wishes: { [.capture(0, 1_000), .capture(1, 1_000), .capture(2, 1_000)] },
      options: { $0.concurrency = 1 },
      before: [.start, .read(1), .recorded, .answer(1), .recorded, .read(2), .recorded],
      after: [(.start, ["read 2"]), (.read(2), ["wait 2.0"])]
    ),
  ]

  static let stopped: [Row] = [
    Row(
      testDescription: "failed under stop: its transaction is left alone, the others are not",
      wishes: { [.capture(0, 4_000), .refund(0, 1_000), .capture(1, 4_000)] },
      options: { $0.concurrency = 1 },
      before: [.start, .read(1), .recorded, .answer(1, .refused), .recorded],
      after: [
        (.start, ["read 1"]), (.read(1), ["read 3"]), (.read(3), ["record intended 3"]),
        (.recorded, ["send 3"]), (.answer(3), ["record done 3, ended"]),
        (.recorded, ["someFailed: failed stopped done"]),
      ]
    ),
    Row(
      testDescription: "failed under continue: its transaction goes on",
      wishes: { [.capture(0, 4_000), .capture(0, 1_000)] },
      options: { $0.errorPolicy = .continue },
      before: [.start, .read(1), .recorded, .answer(1, .failedEvent), .recorded],
      after: [
        (.start, ["read 1"]), (.read(1), ["read 2"]), (.read(2), ["record intended 2"]),
        (.recorded, ["send 2"]), (.answer(2), ["record different 2, ended"]),
      ]
    ),
    Row(
      testDescription: "failed and corrected since: done, and its transaction goes on",
      before: [.start, .read(1), .recorded, .answer(1, .failedEventThenCorrected), .recorded],
      after: [
        (.start, ["read 1"]), (.read(1), ["record done 1, intended 2"]),
        (.recorded, ["send 2"]), (.answer(2), ["record done 2, ended"]),
        (.recorded, ["allDone: done done"]),
      ]
    ),
    Row(
      testDescription: "failed, and the look fails too: as it was",
      before: [.start, .read(1), .recorded, .answer(1, .failedEventThenCorrected), .recorded],
      after: [
        (.start, ["read 1"]), (.readFails(1, .unreachable), ["record ended"]),
        (.recorded, ["someFailed: failed stopped"]),
      ]
    ),
    Row(
      testDescription: "failed, and interrupted before the look: as it was",
      before: [.start, .read(1), .recorded, .answer(1, .refused), .recorded],
      after: [
        (.interrupt, ["record ended"]), (.recorded, ["interrupted: failed interrupted"]),
      ]
    ),
    Row(
      testDescription: "two in doubt on one transaction: one after the other",
      wishes: { [.capture(0, 4_000), .capture(0, 1_000), .capture(0, 500)] },
      options: { $0.errorPolicy = .continue },
      before: [
        .start, .read(1), .recorded, .answer(1, .failedEvent), .recorded, .read(2), .recorded,
        .receive(2),
      ],
      after: [
        (.start, ["read 1"]), (.read(1), ["read 2"]),
        (.read(2), ["record different 2, intended 3"]), (.recorded, ["send 3"]),
      ]
    ),
    Row(
      testDescription: "somebody else was there meanwhile: drift",
      wishes: { [.capture(0, 4_000), .refund(0, 1_000)] },
      options: { $0.firstOnly = 1 },
      before: [.start, .read(1), .recorded, .answer(1), .recorded, .endTrial, .meddle(1)],
      after: [(.start, ["read 2"]), (.read(2), ["record drift 2, ended"])]
    ),
    Row(
      testDescription: "a trial of one: the first of those that nothing was done about",
      wishes: { [.capture(0, 4_000), .refund(0, 1_000), .refund(0, 500)] },
      options: { $0.firstOnly = 1 },
      before: [.start, .read(1), .recorded, .answer(1), .recorded, .endTrial],
      after: [
        (.start, ["read 2"]), (.read(2), ["record intended 2"]), (.recorded, ["send 2"]),
        (.answer(2), ["record done 2"]), (.recorded, ["trial done done beyond"]),
      ]
    ),
    Row(
      testDescription: "not sent because of an interruption: sent now",
      before: [.start, .read(1), .interrupt, .recorded, .recorded],
      after: [
        (.start, ["read 1"]), (.read(1), ["record intended 1"]), (.recorded, ["send 1"]),
      ]
    ),
    Row(
      testDescription: "interrupted before the look: reported as it was",
      before: [.start, .read(1), .recorded],
      after: [
        (.interrupt, ["record ended"]),
        (.recorded, ["needsAttention: unresolved interrupted"]),
      ]
    ),
    Row(
      testDescription: "interrupted before asking again: still pending",
      options: { $0.pendingWaitSeconds = 0 },
      before: [
        .start, .read(1), .recorded, .answer(1, .acceptedForever), .recorded,
      ],
      after: [
        (.interrupt, ["record ended"]),
        (.recorded, ["needsAttention: pending interrupted"]),
      ]
    ),
  ]
}
