import DTXDintero
import DTXExecution
import DTXLedger
import Foundation

/// Measures how much of a bare HTTP client's rate is left when plans are carried out over it: every
/// transaction read first, every intent durably in a journal before its request leaves.
///
///     dtx-wire-benchmark seed COUNT              the transactions, for `dtx sandbox seed`
///     dtx-wire-benchmark rate URL FOLDER COUNT ROUNDS IN-FLIGHT…
///     dtx-wire-benchmark delay URL FOLDER COUNT MILLISECONDS IN-FLIGHT
///
/// Each pair of a bare and a journalled round has its own transactions, since a capture can be made
/// only once, and both make the same requests: a `GET` and a capture for each.
@main
struct WireBenchmark {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("seed", 2):
      guard let count = Int(arguments[1]) else { usage() }
      try FileHandle.standardOutput.write(contentsOf: Payments.seed(count))
    case ("rate", 6...):
      let numbers = arguments[3...].compactMap { Int($0) }
      guard numbers.count == arguments.count - 3 else { usage() }
      let bench = try WireBenchmark(url: arguments[1], folder: arguments[2], count: numbers[0])
      try await bench.compare(rounds: numbers[1], levels: Array(numbers[2...]))
    case ("delay", 6):
      let numbers = arguments[3...].compactMap { Int($0) }
      guard numbers.count == 3 else { usage() }
      let bench = try WireBenchmark(url: arguments[1], folder: arguments[2], count: numbers[0])
      try await bench.measureDelay(milliseconds: numbers[1], inFlight: numbers[2])
    default: usage()
    }
  }

  private static func usage() -> Never {
    print("usage: dtx-wire-benchmark seed COUNT | rate … | delay …; see scripts/bench")
    exit(64)
  }

  let account: Account
  let url: ServiceURL
  let folder: String
  /// How many operations each round makes.
  let count: Int

  private init(url: String, folder: String, count: Int) throws {
    self.url = try ServiceURL(url)
    self.folder = folder
    self.count = count
    guard let account = Account("T12345678") else { fatalError("the account has its shape") }
    self.account = account
  }

  /// Prints the requests per second of both, and their ratio, for so many in flight.
  ///
  /// The ratio is the median over pairs of rounds that follow one another, since the machine is
  /// seldom as fast at the end of a minute as at its beginning.
  private func compare(rounds: Int, levels: [Int]) async throws {
    var payments = Payments(account: account)
    for level in levels {
      let bare = try await BareClient(url: url, account: account, connections: level)
      var pairs: [(bare: Rate, ours: Rate)] = []
      for _ in 0..<rounds {
        let ids = payments.take(count)
        let run = try await JournalledRun(self, payments.take(count), inFlight: level)
        pairs.append(
          (
            try await rate { try await bare.capture(ids, inFlight: level) },
            try await rate { try await run.carryOut() }
          )
        )
      }
      try await bare.close()
      let percents = pairs.map { 100 * $0.ours.perSecond / $0.bare.perSecond }.sorted()
      print(
        "in_flight \(level) percent \(Int(median(percents)))"
          + " from \(Int(percents[0])) to \(Int(percents[percents.count - 1]))"
          + " bare_requests_per_s \(Int(median(pairs.map(\.bare.perSecond))))"
          + " dtx_requests_per_s \(Int(median(pairs.map(\.ours.perSecond))))"
          + " bare_cpu_us_per_request \(Int(median(pairs.map(\.bare.cpuMicroseconds))))"
          + " dtx_cpu_us_per_request \(Int(median(pairs.map(\.ours.cpuMicroseconds))))"
      )
    }
  }

  /// Prints how much of what a server's delay allows is reached, and what the bare client reaches.
  private func measureDelay(milliseconds: Int, inFlight: Int) async throws {
    var payments = Payments(account: account)
    let bare = try await BareClient(url: url, account: account, connections: inFlight)
    let ids = payments.take(count)
    let theirs = try await rate { try await bare.capture(ids, inFlight: inFlight) }
    try await bare.close()
    let run = try await JournalledRun(self, payments.take(count), inFlight: inFlight)
    let ours = try await rate { try await run.carryOut() }
    let possible = Double(inFlight) * 1_000 / Double(milliseconds)
    print(
      "delay_ms \(milliseconds) in_flight \(inFlight) possible \(Int(possible))"
        + " dtx_requests_per_s \(Int(ours.perSecond)) percent"
        + " \(Int(100 * ours.perSecond / possible)) bare_requests_per_s \(Int(theirs.perSecond))"
        + " percent \(Int(100 * theirs.perSecond / possible))"
    )
  }

  /// How fast requests were made, and what each of them took of the processor.
  private struct Rate {
    let perSecond: Double
    let cpuMicroseconds: Double
  }

  /// Returns the rate of work that makes two requests for each operation.
  private func rate(_ work: () async throws -> Void) async rethrows -> Rate {
    let requests = Double(2 * count)
    let cpu = cpuSeconds()
    let start = ContinuousClock.now
    try await work()
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Rate(
      perSecond: requests / (Double(seconds) + Double(attoseconds) / 1e18),
      cpuMicroseconds: (cpuSeconds() - cpu) * 1e6 / requests
    )
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  private func cpuSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
