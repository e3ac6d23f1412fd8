/// The time and the waiting that a run is given, so that tests need neither.
package struct RunClock: Sendable {
  /// Returns the time on a monotonic clock.
  package let now: @Sendable () -> Moment
  /// Returns at the moment, or at once when the task is cancelled.
  package let sleep: @Sendable (_ until: Moment) async -> Void

  package init(
    now: @escaping @Sendable () -> Moment,
    sleep: @escaping @Sendable (_ until: Moment) async -> Void
  ) {
    self.now = now
    self.sleep = sleep
  }

  /// The computer's own monotonic clock, counted from the call.
  package static func system() -> RunClock {
    let beginning = ContinuousClock.now
    return RunClock(
      now: { Moment(nanoseconds: nanoseconds(in: ContinuousClock.now - beginning)) },
      sleep: { moment in
        // A cancelled sleep ends early, which is what being cancelled means here.
        try? await Task.sleep(
          until: beginning + .nanoseconds(moment.nanoseconds),
          clock: .continuous
        )
      }
    )
  }

  private static func nanoseconds(in duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
