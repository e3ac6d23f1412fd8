import Glibc

/// What the sandbox takes from outside, so that a test decides it.
package struct SandboxEnvironment: Sendable {
  /// Returns the time in milliseconds since 1970-01-01T00:00Z.
  package let now: @Sendable () -> Int64
  /// Returns an id that was not returned before: 32 hexadecimal digits without dashes.
  package let nextID: @Sendable () -> String

  package init(now: @escaping @Sendable () -> Int64, nextID: @escaping @Sendable () -> String) {
    self.now = now
    self.nextID = nextID
  }

  /// The computer's clock and random ids.
  package static let live = SandboxEnvironment(
    now: {
      var time = timespec()
      _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
      return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    },
    nextID: { hexadecimal(UInt64.random(in: 0...(.max))) + hexadecimal(.random(in: 0...(.max))) }
  )

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Returns an event's id, which the provider writes with dashes.
  func nextEventID() -> String {
    let digits = nextID()
    var text = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text.append("-") }
      text.append(digit)
    }
    return text
  }
}
