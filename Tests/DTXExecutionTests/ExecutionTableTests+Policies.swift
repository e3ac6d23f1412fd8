import DTXExecution
import DTXLedger
import DTXTestSupport

extension ExecutionTableTests {
  static let threeOnTwo: @Sendable () -> [Plans.Wish] = {
    [.capture(0, 4_000), .capture(0, 1_000), .capture(1, 4_000)]
  }

  static let policies: [Row] = [
    Row(
      testDescription: "stop: nothing after a failure",
      wishes: oneEach,
      options: { $0.concurrency = 1 },
      turns: untilSent + [
        (.answer(1, .refused), ["record failed 1, ended"]),
        (.recorded, ["someFailed: failed stopped stopped"]),
      ]
    ),
    Row(
      testDescription: "stop: what is in flight is waited for, what is recorded does not leave",
      wishes: oneEach,
      turns: [
        (.start, ["read 1", "read 2", "read 3"]),
        (.read(1), ["record intended 1"]),
        (.read(2), []),
        (.recorded, ["send 1", "record intended 2"]),
        (.recorded, ["send 2"]),
        (.read(3), ["record intended 3"]),
        (.answer(1, .refused), []),
        (.recorded, ["record failed 1, stopped 3"]),
        (.answer(2), []),
        (.recorded, ["record done 2, ended"]),
        (.recorded, ["someFailed: failed done stopped"]),
      ]
    ),
    Row(
      testDescription: "skip: nothing further to that transaction",
      wishes: threeOnTwo,
      options: {
        $0.errorPolicy = .skip
        $0.concurrency = 1
      },
      turns: untilSent + [
        (.answer(1, .refused), ["read 3", "record failed 1"]),
        (.recorded, []),
        (.read(3), ["record intended 3"]),
        (.recorded, ["send 3"]),
        (.answer(3), ["record done 3, ended"]),
        (.recorded, ["someFailed: failed stopped done"]),
      ]
    ),
    Row(
      testDescription: "continue: on the same transaction, once it is read again",
      wishes: threeOnTwo,
      options: {
        $0.errorPolicy = .continue
        $0.concurrency = 1
      },
      turns: untilSent + [
        (.answer(1, .failedEvent), ["read 2", "record failed 1"]),
        (.recorded, []),
        (.read(2), ["record intended 2"]),
        (.recorded, ["send 2"]),
        (.answer(2), ["read 3", "record different 2"]),
        (.recorded, []),
        (.read(3), ["record intended 3"]),
        (.recorded, ["send 3"]),
        (.answer(3), ["record done 3, ended"]),
        (.recorded, ["someFailed: failed different done"]),
      ]
    ),
    Row(
      testDescription: "continue: a failure that was repaired meanwhile is drift",
      wishes: threeOnTwo,
      options: {
        $0.errorPolicy = .continue
        $0.concurrency = 1
      },
      turns: untilSent + [
        (.answer(1, .refused), ["read 2", "record failed 1"]),
        (.recorded, []),
        (.meddle(1), []),
        (.read(2), ["read 3", "record drift 2"]),
      ]
    ),
    Row(
      testDescription: "three failures in a row stop the run whatever the policy",
      wishes: { (0..<5).map { .capture($0, 4_000) } },
      options: {
        $0.errorPolicy = .continue
        $0.concurrency = 1
      },
      turns: untilSent + [
        (.answer(1, .refused), ["read 2", "record failed 1"]),
        (.recorded, []), (.read(2), ["record intended 2"]), (.recorded, ["send 2"]),
        (.answer(2, .failedEvent), ["read 3", "record failed 2"]),
        (.recorded, []), (.read(3), ["record intended 3"]), (.recorded, ["send 3"]),
        (.answer(3, .unauthorized), ["record failed 3, ended"]),
        (.recorded, ["someFailed: failed failed failed stopped stopped"]),
      ]
    ),
    Row(
      testDescription: "a success between failures begins the count again",
      wishes: { (0..<5).map { .capture($0, 4_000) } },
      options: {
        $0.errorPolicy = .skip
        $0.concurrency = 1
      },
      turns: untilSent + [
        (.answer(1, .refused), ["read 2", "record failed 1"]),
        (.recorded, []), (.read(2), ["record intended 2"]), (.recorded, ["send 2"]),
        (.answer(2), ["read 3", "record done 2"]),
        (.recorded, []), (.read(3), ["record intended 3"]), (.recorded, ["send 3"]),
        (.answer(3, .refused), ["read 4", "record failed 3"]),
        (.recorded, []), (.read(4), ["record intended 4"]), (.recorded, ["send 4"]),
        (.answer(4, .refused), ["read 5", "record failed 4"]),
      ]
    ),
    Row(
      testDescription: "stop: at the first difference from the prediction",
      wishes: oneEach,
      options: { $0.concurrency = 1 },
      turns: untilSent + [
        (.meddle(1), []),
        (.answer(1), ["record different 1, ended"]),
        (.recorded, ["someFailed: different stopped stopped"]),
      ]
    ),
    Row(
      testDescription: "skip: a difference is recorded, and the run goes on",
      wishes: oneEach,
      options: {
        $0.errorPolicy = .skip
        $0.concurrency = 1
      },
      turns: untilSent + [
        (.meddle(1), []),
        (.answer(1), ["read 2", "record different 1"]),
      ]
    ),
    Row(
      testDescription: "stop: drift ends the run",
      wishes: threeOnTwo,
      options: { $0.concurrency = 1 },
      turns: [
        (.start, ["read 1"]),
        (.meddle(1), []),
        (.read(1), ["record drift 1, ended"]),
        (.recorded, ["someFailed: drift drift stopped"]),
      ]
    ),
    Row(
      testDescription: "continue: drift concerns its own transaction only",
      wishes: threeOnTwo,
      options: {
        $0.errorPolicy = .continue
        $0.concurrency = 1
      },
      turns: [
        (.start, ["read 1"]),
        (.meddle(1), []),
        (.read(1), ["read 3", "record drift 1"]),
        (.recorded, []),
        (.read(3), ["record intended 3"]),
        (.recorded, ["send 3"]),
        (.answer(3), ["record done 3, ended"]),
        (.recorded, ["someFailed: drift drift done"]),
      ]
    ),
    Row(
      testDescription: "a transaction that does not exist",
      turns: [
        (.start, ["read 1"]),
        (.readMisses(1), ["record unreadable 1, ended"]),
        (.recorded, ["someFailed: unreadable"]),
      ]
    ),
    Row(
      testDescription: "a provider out of reach is asked again, and nothing was sent",
      turns: [
        (.start, ["read 1"]),
        (.readFails(1, .unreachable), ["wait 2.0"]),
        (.pass(2), ["read 1"]), (.readFails(1, .unreachable), ["wait 5.0"]),
        (.pass(5), ["read 1"]), (.readFails(1, .unreachable), ["wait 15.0"]),
        (.pass(15), ["read 1"]), (.readFails(1, .unreachable), ["wait 60.0"]),
        (.pass(60), ["read 1"]),
        (.readFails(1, .unreachable), ["record unreadable 1, ended"]),
        (.recorded, ["unreachable: unreadable"]),
      ]
    ),
    Row(
      testDescription: "a provider that refuses to be read is not asked again",
      turns: [
        (.start, ["read 1"]),
        (.readFails(1, .unauthorized), ["record unreadable 1, ended"]),
        (.recorded, ["someFailed: unreadable"]),
      ]
    ),
  ]

  static let stops: [Row] = [
    Row(
      testDescription: "interrupted while reading: nothing is sent",
      turns: [
        (.start, ["read 1"]),
        (.interrupt, []),
        (.read(1), ["record ended"]),
        (.recorded, ["interrupted: interrupted"]),
      ]
    ),
    Row(
      testDescription: "interrupted while a read fails",
      turns: [
        (.start, ["read 1"]),
        (.interrupt, []),
        (.readFails(1, .unreachable), ["record ended"]),
      ]
    ),
    Row(
      testDescription: "interrupted while the intent is recorded: it does not leave",
      turns: [
        (.start, ["read 1"]),
        (.read(1), ["record intended 1"]),
        (.interrupt, []),
        (.recorded, ["record interrupted 1, ended"]),
        (.recorded, ["interrupted: interrupted"]),
      ]
    ),
    Row(
      testDescription: "interrupted while in flight: waited for",
      wishes: twoOnOne,
      turns: untilSent + [
        (.interrupt, []),
        (.interrupt, []),
        (.answer(1), ["record done 1, ended"]),
        (.recorded, ["interrupted: done interrupted"]),
      ]
    ),
    Row(
      testDescription: "interrupted in doubt: found out",
      turns: untilSent + [
        (.answer(1, .timeoutApplied), ["record sent 1", "wait 2.0"]),
        (.recorded, []),
        (.interrupt, []),
        (.pass(2), ["read 1"]),
        (.read(1), ["record done 1, ended"]),
        (.recorded, ["allDone: done"]),
      ]
    ),
    Row(
      testDescription: "interrupted while the provider completes: pending",
      wishes: twoOnOne,
      turns: untilSent + [
        (.answer(1, .acceptedThenCompleted), ["record sent 1", "wait 2.0"]),
        (.recorded, []),
        (.interrupt, ["record pending 1, ended"]),
        (.recorded, ["needsAttention: pending stopped"]),
      ]
    ),
    Row(
      testDescription: "interrupted, then accepted: pending at once",
      turns: untilSent + [
        (.interrupt, []),
        (.answer(1, .acceptedThenCompleted), ["record sent 1, pending 1, ended"]),
      ]
    ),
    Row(
      testDescription: "interrupted after too many requests: looked at, and not sent again",
      turns: untilSent + [
        (.answer(1, .throttled), ["wait 3.0"]),
        (.interrupt, ["read 1"]),
        (.read(1), ["record interrupted 1, ended"]),
      ]
    ),
    Row(
      testDescription: "the journal fails: nothing is sent",
      turns: [
        (.start, ["read 1"]),
        (.read(1), ["record intended 1"]),
        (.recordFails, ["journalFailed: stopped"]),
        (.interrupt, []),
      ]
    ),
    Row(
      testDescription: "the journal fails: what is in flight is waited for",
      wishes: oneEach,
      turns: [
        (.start, ["read 1", "read 2", "read 3"]),
        (.read(1), ["record intended 1"]),
        (.recorded, ["send 1"]),
        (.read(2), ["record intended 2"]),
        (.read(3), []),
        (.recordFails, []),
        (.answer(1), ["journalFailed: done stopped stopped"]),
      ]
    ),
    Row(
      testDescription: "the journal fails at an outcome",
      wishes: twoOnOne,
      turns: untilSent + [
        (.answer(1), ["record done 1, intended 2"]),
        (.recordFails, ["journalFailed: done stopped"]),
      ]
    ),
  ]
}
