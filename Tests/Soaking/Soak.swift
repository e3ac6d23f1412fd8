import DTXTestSupport
import Foundation

/// Carries a plan out against a server with faults, kills both at moments of chance, resumes until
/// nothing is left to be done, and compares what the program says with what has happened.
package struct Soak: Sendable {
  /// How much, how wrong, how often.
  package struct Options: Sendable {
    package var operations = 20_000
    package var transactions = 5_000
    package var kills = 50
    package var seed: UInt64 = 1
    /// The share of answers that are faulty, over all faults together.
    package var faultShare = 0.1
    /// How many requests are in flight.
    package var concurrency = 64
    /// The longest time between two kills.
    package var longestSeconds = 4.0
    /// How long the program waits before it asks again, as a share of the usual.
    package var patience = 0.02

    package init() {}
  }

  /// Something that kept the soak from its end.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  static let faults = [
    "async-ok", "async-fail", "fail-4xx", "fail-200", "timeout-applied", "timeout-not-applied",
    "500-applied", "500-not-applied", "503", "409", "429", "fail-then-correct",
  ]
  /// After so many runs to the end in which nothing was settled, nothing is left to be settled.
  private static let quietRuns = 2
  private static let mostRuns = 200

  let options: Options
  let plan: SoakPlan
  let site: SoakSite
  let tell: @Sendable (String) -> Void

  /// Makes a soak.
  ///
  /// - Parameters:
  ///   - options: Its size.
  ///   - program: The path of dtx.
  ///   - folder: An empty folder for everything that is written.
  ///   - tell: Told how far it is.
  package init(
    _ options: Options,
    program: String,
    folder: String,
    tell: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.options = options
    plan = SoakPlan(operations: options.operations, transactions: options.transactions)
    site = SoakSite(program: program, folder: folder)
    self.tell = tell
  }

  /// Runs the soak to its end.
  ///
  /// - Throws: `Failure` where the program does what it never may, such as end by a crash.
  package func run() throws -> SoakVerdict {
    try site.prepare(plan, options)
    var random = SplitMix64(seed: options.seed)
    var server = try site.startServer(options)
    defer { server.kill() }
    var kills = 0
    var quiet = 0
    var runs = 0
    var last = ""
    while quiet < Self.quietRuns || kills < options.kills && last.isEmpty {
      runs += 1
      guard runs <= Self.mostRuns + options.kills else {
        throw Failure(description: "the run does not come to its end")
      }
      let client = try site.startClient(options)
      if kills < options.kills, site.waits(for: client) {
        let seconds = Double(random.next() % 1_000) / 1_000 * options.longestSeconds
        let isServer = random.next() % 3 == 0
        if !client.ends(within: seconds) {
          kills += 1
          if isServer {
            server.kill()
            server = try site.startServer(options)
          }
          if !isServer || !client.ends(within: options.longestSeconds) {
            client.kill()
            tell("run \(runs), \(kills) kills: \(site.entryCount()) entries")
            continue
          }
        }
      }
      try client.waitForEnd()
      // What the provider accepted or is going to correct is completed by the next run.
      usleep(UInt32(SoakSite.completionSeconds * 1_500_000))
      let state = try site.outcomes()
      quiet = !state.isEmpty && state == last ? quiet + 1 : 0
      last = state
      tell("run \(runs), \(kills) kills: \(try site.summary())")
    }
    try site.verifyJournal()
    return SoakVerdict(
      plan,
      words: try SoakVerdict.words(of: site.resultPath),
      happened: try SoakVerdict.history(of: site.sandboxPath)
    )
  }
}
