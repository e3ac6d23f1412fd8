import DTXExecution

/// When a read, which changes nothing and may be repeated, is tried again.
struct RetryPolicy: Sendable {
  let clock: RunClock
  /// Returns a number from 0 to 1 by chance.
  let chance: @Sendable () -> Double

  /// Returns how long to wait before the next attempt; nil when there is to be none.
  ///
  /// - Parameters:
  ///   - attempt: How many attempts there were.
  ///   - outcome: What the last one brought.
  /// - Returns: Seconds.
  func delaySeconds(
    after attempt: Int,
    _ outcome: Result<HTTPResponse, TransportFailure>
  ) -> Double? {
    guard attempt < DinteroLimits.readAttempts else { return nil }
    switch outcome {
    case .success(let response):
      guard response.status == 429 || response.status >= 500 else { return nil }
      let asked = response.retryAfterSeconds
      guard let asked else { return backoff(attempt) }
      return asked <= DinteroLimits.longestRetrySeconds ? max(asked, backoff(attempt)) : nil
    case .failure(let failure):
      // A host that can't be reached, or is silent for a minute, is a person's to look at.
      return failure.kind == .lost ? backoff(attempt) : nil
    }
  }

  private func backoff(_ attempt: Int) -> Double {
    var span = DinteroLimits.firstRetrySeconds
    for _ in 1..<attempt { span *= 2 }
    return span * (1 - chance() / 2)
  }

  /// Waits so many seconds, or less when the task is cancelled.
  func wait(_ seconds: Double) async {
    await clock.sleep(clock.now().advanced(bySeconds: seconds))
  }
}

extension HTTPResponse {
  /// How long the provider asks to wait, in seconds; nil where it does not say, or not in seconds.
  ///
  /// Source: RFC 9110, section 10.2.3; the provider documents seconds and no dates.
  var retryAfterSeconds: Double? {
    guard let text = headers["retry-after"], let seconds = Double(text), seconds >= 0,
      seconds.isFinite
    else { return nil }
    return seconds
  }
}

/// Lets a limited number of reads leave in a second.
actor ReadPace {
  private let clock: RunClock
  private let intervalSeconds: Double
  private var next = Moment(nanoseconds: .min)

  init(perSecond rate: Double?, clock: RunClock) {
    intervalSeconds = rate.map { 1 / $0 } ?? 0
    self.clock = clock
  }

  /// Returns when the next read may leave, or at once when the task is cancelled.
  func turn() async {
    guard intervalSeconds > 0 else { return }
    let mine = max(next, clock.now())
    next = mine.advanced(bySeconds: intervalSeconds)
    if mine > clock.now() { await clock.sleep(mine) }
  }
}
