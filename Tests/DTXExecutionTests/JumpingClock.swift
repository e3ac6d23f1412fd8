import DTXExecution
import Synchronization

/// A clock that stands still until somebody sleeps, and then jumps to the end of the sleep.
final class JumpingClock: Sendable {
  private let state = Mutex((now: Moment(nanoseconds: 0), sleepCount: 0))
  /// It never comes this far: who sleeps until then wakes up only when cancelled.
  private let end: Moment

  init(end: Moment = Moment(nanoseconds: .max)) { self.end = end }

  var now: Moment { state.withLock { $0.now } }
  var sleepCount: Int { state.withLock { $0.sleepCount } }

  var clock: RunClock {
    RunClock(
      now: { self.now },
      sleep: { moment in
        if moment >= self.end { return await waitUntilCancelled() }
        self.state.withLock { state in
          state.now = max(state.now, moment)
          state.sleepCount += 1
        }
        await Task.yield()
      }
    )
  }
}

/// Returns when the task is cancelled, and not before.
func waitUntilCancelled() async {
  let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
  await withTaskCancellationHandler {
    for await _ in stream {}
  } onCancel: {
    continuation.finish()
  }
}

/// Counts calls, from any task.
final class Counter: Sendable {
  private let count = Atomic(0)

  /// Counts one more, and returns how many there have been with it.
  func next() -> Int { count.add(1, ordering: .relaxed).newValue }

  var value: Int { count.load(ordering: .relaxed) }
}
