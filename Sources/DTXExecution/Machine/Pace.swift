/// A token bucket that holds one token: permits at most one thing per interval.
///
/// With room for one token only, no second ever sees more than the rate, not even the first.
struct Pace: Hashable, Sendable {
  private let intervalSeconds: Double
  /// When the next token is there.
  private(set) var next = Moment(nanoseconds: .min)

  /// Makes a pace of so many per second, or one that never waits.
  init(perSecond rate: Double?) { intervalSeconds = rate.map { 1 / $0 } ?? 0 }

  /// Takes the token if it is there.
  mutating func take(at now: Moment) -> Bool {
    guard next <= now else { return false }
    next = now.advanced(bySeconds: intervalSeconds)
    return true
  }

  /// Gives out no token before a moment.
  mutating func pause(until moment: Moment) { next = max(next, moment) }
}
