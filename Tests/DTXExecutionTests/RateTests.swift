import DTXExecution
import DTXLedger
import Testing

@Suite("Rate")
struct RateTests {
  @Test("an operation begins and leaves no sooner than the rate allows")
  func spacing() throws {
    let plan = try Plans.plan((0..<3).map { .capture($0, 4_000) })
    var options = ExecutionOptions()
    options.ratePerSecond = 5
    var rig = Rig(Execution(of: plan, run: Plans.run, options: options), of: plan)
    let turns: [ExecutionTableTests.Turn] = [
      (.start, ["read 1", "wait 0.2"]),
      (.read(1), ["record intended 1"]),
      (.recorded, ["send 1"]),
      (.answer(1), ["record done 1"]),
      (.recorded, []),
      // A little too early is too early.
      (.pass(0.1), ["wait 0.1"]),
      (.pass(0.1), ["read 2", "wait 0.2"]),
      (.read(2), ["record intended 2"]),
      (.pass(0.2), ["read 3"]),
      (.read(3), []),
      // The journal was slow: both intents are ready, and yet only one may leave.
      (.recorded, ["send 2", "record intended 3"]),
      (.recorded, ["wait 0.2"]),
      (.pass(0.2), ["send 3"]),
    ]
    for turn in turns {
      let actual = rig.take(turn.0)
      #expect(actual == turn.1, "\(turn.0)")
    }
  }

  typealias Change = @Sendable (inout ExecutionOptions) -> Void

  static let changes: [(Change, Bool)] = [
    ({ $0.concurrency = 0 }, false), ({ $0.concurrency = 257 }, false),
    ({ $0.concurrency = 256 }, true), ({ $0.ratePerSecond = 0 }, false),
    ({ $0.ratePerSecond = .nan }, false), ({ $0.ratePerSecond = nil }, true),
    ({ $0.pendingWaitSeconds = -1 }, false), ({ $0.pendingWaitSeconds = .nan }, false),
    ({ $0.pendingWaitSeconds = .infinity }, true), ({ $0.firstOnly = -1 }, false),
    ({ $0.firstOnly = 0 }, true), ({ _ in }, true),
  ]

  @Test("options out of their range are seen", arguments: changes)
  func ranges(change: Change, isValid: Bool) {
    var options = ExecutionOptions()
    change(&options)
    #expect(options.isValid == isValid)
  }
}
