import DTXExecution
import DTXLedger
import DTXTestSupport

extension ExecutionTableTests {
  static let waits: [Row] = [
    Row(
      testDescription: "no connection: looked at and tried again, and then done",
      turns: untilSent + [
        (.answer(1, .noConnection), ["wait 2.0"]),
        (.pass(2), ["read 1"]), (.readFails(1, .unreachable), ["send 1"]),
        (.answer(1, .noConnection), ["wait 5.0"]),
        (.pass(5), ["read 1"]), (.read(1), ["send 1"]),
        (.answer(1), ["record done 1, ended"]),
        (.recorded, ["allDone: done"]),
      ]
    ),
    Row(
      testDescription: "no connection for too long: left out, and nothing was sent",
      turns: untilSent + [
        (.answer(1, .noConnection), ["wait 2.0"]),
        (.pass(2), ["read 1"]), (.read(1), ["send 1"]),
        (.answer(1, .noConnection), ["wait 5.0"]),
        (.pass(5), ["read 1"]), (.read(1), ["send 1"]),
        (.answer(1, .noConnection), ["wait 15.0"]),
        (.pass(15), ["read 1"]), (.read(1), ["send 1"]),
        (.answer(1, .noConnection), ["wait 60.0"]),
        (.pass(60), ["read 1"]), (.read(1), ["send 1"]),
        (.answer(1, .noConnection), ["record unreadable 1, ended"]),
        (.recorded, ["unreachable: unreadable"]),
      ]
    ),
    Row(
      testDescription: "no token: left out at once",
      turns: untilSent + [
        (
          .reply(1, .notSent(ProviderError(.unauthorized, "wrong secret"))),
          ["record unreadable 1, ended"]
        ),
        (.recorded, ["someFailed: unreadable"]),
      ]
    ),
    Row(
      testDescription: "no connection, and interrupted: nothing is tried again",
      turns: untilSent + [
        (.answer(1, .noConnection), ["wait 2.0"]),
        (.interrupt, ["read 1"]), (.read(1), ["record interrupted 1, ended"]),
        (.recorded, ["interrupted: interrupted"]),
      ]
    ),
    Row(
      testDescription: "a provider to be tested with is waited for less",
      options: { $0.patience = 0.25 },
      turns: untilSent + [
        (.answer(1, .acceptedThenCompleted), ["record sent 1", "wait 0.5"]),
        (.recorded, []),
        (.pass(0.5), ["read 1"]), (.read(1), ["wait 1.0"]),
        (.pass(1), ["read 1"]), (.read(1), ["record done 1, ended"]),
        (.recorded, ["allDone: done"]),
      ]
    ),
    Row(
      testDescription: "accepted, then completed",
      turns: untilSent + [
        (.answer(1, .acceptedThenCompleted), ["record sent 1", "wait 2.0"]),
        (.recorded, []),
        (.pass(2), ["read 1"]), (.read(1), ["wait 4.0"]),
        (.pass(4), ["read 1"]), (.read(1), ["record done 1, ended"]),
        (.recorded, ["allDone: done"]),
      ]
    ),
    Row(
      testDescription: "accepted, and nothing to be seen of it yet",
      turns: untilSent + [
        (.acceptUnseen(1), ["record sent 1", "wait 2.0"]),
        (.recorded, []),
        (.pass(2), ["read 1"]), (.read(1), ["wait 4.0"]),
        (.receive(1), []),
        (.pass(4), ["read 1"]), (.read(1), ["record done 1, ended"]),
      ]
    ),
    Row(
      testDescription: "accepted, then failed",
      turns: untilSent + [
        (.answer(1, .acceptedThenFailed), ["record sent 1", "wait 2.0"]),
        (.recorded, []),
        (.pass(2), ["read 1"]), (.read(1), ["wait 4.0"]),
        (.pass(4), ["read 1"]), (.read(1), ["record failed 1, ended"]),
      ]
    ),
    Row(
      testDescription: "accepted and never completed: pending, and the rest is not sent",
      wishes: twoOnOne,
      options: { $0.pendingWaitSeconds = 5 },
      turns: untilSent + [
        (.answer(1, .acceptedForever), ["record sent 1", "wait 2.0"]),
        (.recorded, []),
        (.pass(2), ["read 1"]), (.readFails(1, .unreachable), ["wait 3.0"]),
        (.pass(3), ["read 1"]), (.read(1), ["record pending 1, ended"]),
        (.recorded, ["needsAttention: pending stopped"]),
      ]
    ),
    Row(
      testDescription: "polls ever more rarely, and at last once a minute",
      options: { $0.pendingWaitSeconds = 200 },
      turns: untilSent + [(.answer(1, .acceptedForever), ["record sent 1", "wait 2.0"])]
        + [(.recorded, [])]
        + [2.0, 4, 8, 16, 32, 60, 60].enumerated().flatMap { index, seconds -> [Turn] in
          let next = [4.0, 8, 16, 32, 60, 60, 18][index]
          return [(.pass(seconds), ["read 1"]), (.read(1), ["wait \(next)"])]
        } + [(.pass(18), ["read 1"]), (.read(1), ["record pending 1, ended"])]
    ),
    Row(
      testDescription: "who waits for the provider leaves the lane to others",
      wishes: oneEach,
      options: { $0.concurrency = 1 },
      turns: untilSent + [
        (.answer(1, .acceptedThenCompleted), ["read 2", "record sent 1", "wait 2.0"]),
        (.recorded, []),
        (.pass(2), []),
        (.read(2), ["read 1", "record intended 2"]),
      ]
    ),
    Row(
      testDescription: "no answer, but accepted: waited for",
      turns: untilSent + [
        (.receive(1), []),
        (.reply(1, .unknown("lost")), ["record sent 1", "wait 2.0"]),
        (.recorded, []),
        (.pass(2), ["read 1"]), (.read(1), ["record done 1, ended"]),
      ]
    ),
    Row(
      testDescription: "too many requests: waits, looks, sends again",
      turns: untilSent + [
        (.answer(1, .throttled), ["wait 3.0"]),
        (.pass(3), ["read 1"]), (.read(1), ["send 1"]),
        (.answer(1), ["record done 1, ended"]),
      ]
    ),
    Row(
      testDescription: "too many requests, but carried out: not sent again",
      turns: untilSent + [
        (.receive(1), []),
        (.reply(1, .throttled(seconds: 3)), ["wait 3.0"]),
        (.pass(3), ["read 1"]), (.read(1), ["record done 1, ended"]),
      ]
    ),
    Row(
      testDescription: "too many requests: nobody else begins meanwhile",
      wishes: oneEach,
      options: {
        $0.errorPolicy = .skip
        $0.concurrency = 2
      },
      turns: [
        (.start, ["read 1", "read 2"]),
        (.read(1), ["record intended 1"]),
        (.recorded, ["send 1"]),
        (.answer(1, .throttled), ["wait 3.0"]),
        (.readMisses(2), ["record unreadable 2"]),
        (.recorded, []),
        (.pass(3), ["read 1", "read 3"]),
      ]
    ),
    Row(
      testDescription: "too many requests, and the run stops: looked at once",
      wishes: oneEach,
      options: { $0.concurrency = 2 },
      turns: [
        (.start, ["read 1", "read 2"]),
        (.read(1), ["record intended 1"]),
        (.recorded, ["send 1"]),
        (.answer(1, .throttled), ["wait 3.0"]),
        (.readMisses(2), ["read 1", "record unreadable 2"]),
        (.recorded, []),
        (.read(1), ["record stopped 1, ended"]),
      ]
    ),
    Row(
      testDescription: "no longer than five minutes, whatever the provider says",
      turns: untilSent + [(.reply(1, .throttled(seconds: .infinity)), ["wait 300.0"])]
    ),
    Row(
      testDescription: "at least a second, whatever the provider says",
      turns: untilSent + [(.reply(1, .throttled(seconds: -.infinity)), ["wait 1.0"])]
    ),
    Row(
      testDescription: "a wait that is no number is the longest",
      turns: untilSent + [(.reply(1, .throttled(seconds: .nan)), ["wait 300.0"])]
    ),
    Row(
      testDescription: "too many requests once too often fails",
      turns: untilSent
        + (1...ExecutionLimits.throttlesPerOperation).flatMap { _ -> [Turn] in
          [
            (.answer(1, .throttled), ["wait 3.0"]), (.pass(3), ["read 1"]),
            (.read(1), ["send 1"]),
          ]
        } + [(.answer(1, .throttled), ["record failed 1, ended"])]
    ),
  ]

  static let trials: [Row] = [
    Row(
      testDescription: "a trial, and the rest",
      wishes: oneEach,
      options: { $0.firstOnly = 1 },
      turns: untilSent + [
        (.answer(1), ["record done 1"]),
        (.recorded, ["trial done beyond beyond"]),
        (.continueTrial, ["read 2", "read 3"]),
        (.read(3), ["record intended 3"]),
        (.recorded, ["send 3"]),
        (.read(2), ["record intended 2"]),
        (.recorded, ["send 2"]),
        (.answer(2), ["record done 2"]),
        (.answer(3), []),
        (.recorded, ["record done 3, ended"]),
        (.recorded, ["allDone: done done done"]),
      ]
    ),
    Row(
      testDescription: "a trial and no more",
      wishes: oneEach,
      options: { $0.firstOnly = 1 },
      turns: untilSent + [
        (.answer(1), ["record done 1"]),
        (.recorded, ["trial done beyond beyond"]),
        (.endTrial, ["record ended"]),
        (.recorded, ["someFailed: done beyond beyond"]),
      ]
    ),
    Row(
      testDescription: "after the question the transaction is read again",
      wishes: twoOnOne,
      options: { $0.firstOnly = 1 },
      turns: untilSent + [
        (.answer(1), ["record done 1"]),
        (.recorded, ["trial done beyond"]),
        (.meddle(1), []),
        (.continueTrial, ["read 2"]),
        (.read(2), ["record drift 2, ended"]),
        (.recorded, ["someFailed: done drift"]),
      ]
    ),
    Row(
      testDescription: "interrupted while asked; the answer comes too late",
      wishes: oneEach,
      options: { $0.firstOnly = 1 },
      turns: untilSent + [
        (.answer(1), ["record done 1"]),
        (.recorded, ["trial done beyond beyond"]),
        (.interrupt, ["record ended"]),
        (.continueTrial, []),
        (.recorded, ["interrupted: done interrupted interrupted"]),
        (.endTrial, []),
      ]
    ),
    Row(
      testDescription: "a failure in the trial ends it",
      wishes: oneEach,
      options: { $0.firstOnly = 1 },
      turns: untilSent + [
        (.answer(1, .refused), ["record failed 1, ended"]),
        (.recorded, ["someFailed: failed stopped stopped"]),
      ]
    ),
    Row(
      testDescription: "a trial as large as the plan is none",
      options: { $0.firstOnly = 1 },
      turns: untilSent + [(.answer(1), ["record done 1, ended"])]
    ),
    Row(
      testDescription: "a trial of nothing asks at once",
      options: { $0.firstOnly = 0 },
      turns: [(.start, ["trial beyond"]), (.continueTrial, ["read 1"])]
    ),
  ]
}
