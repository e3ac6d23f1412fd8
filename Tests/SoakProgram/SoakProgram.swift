import Foundation
import Soaking

/// Soaks the program at any size, and says what came of it.
///
///     dtx-soak DTX [--operations N] [--transactions N] [--kills N] [--seed S]
///              [--concurrency N] [--faults SHARE] [--patience SHARE]
@main
struct SoakProgram {
  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    guard !arguments.isEmpty else { usage() }
    let program = arguments.removeFirst()
    var options = Soak.Options()
    while let name = arguments.first {
      guard arguments.count > 1, set(name, arguments[1], in: &options) else { usage() }
      arguments.removeFirst(2)
    }
    let folder = FileManager.default.temporaryDirectory.path + "/dtx-soak-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let start = ContinuousClock.now
    let soak = Soak(options, program: program, folder: folder) { text in
      FileHandle.standardError.write(Data((text + "\n").utf8))
    }
    let verdict = try soak.run()
    report(verdict, options, after: ContinuousClock.now - start)
    guard verdict.isGood else {
      print("everything is kept in \(folder)")
      exit(1)
    }
    try FileManager.default.removeItem(atPath: folder)
  }

  private static func set(
    _ name: String,
    _ value: String,
    in options: inout Soak.Options
  ) -> Bool {
    switch (name, Int(value), Double(value)) {
    case ("--operations", let number?, _): options.operations = number
    case ("--transactions", let number?, _): options.transactions = number
    case ("--kills", let number?, _): options.kills = number
    case ("--seed", let number?, _): options.seed = UInt64(number)
    case ("--concurrency", let number?, _): options.concurrency = number
    case ("--faults", _, let share?): options.faultShare = share
    case ("--patience", _, let share?): options.patience = share
    default: return false
    }
    return true
  }

  private static func report(
    _ verdict: SoakVerdict,
    _ options: Soak.Options,
    after duration: Duration
  ) {
    print("operations \(options.operations)  transactions \(options.transactions)")
    print("kills \(options.kills)  faulty answers \(options.faultShare)  seed \(options.seed)")
    print("seconds \(duration.components.seconds)")
    for (word, count) in verdict.counts.sorted(by: { $0.key < $1.key }) {
      print("\(word) \(count)")
    }
    print("twice \(verdict.twice.count)")
    print("lost \(verdict.lost.count)")
    print("reported wrongly \(verdict.wrong.count)")
    for mistake in (verdict.twice + verdict.lost + verdict.wrong).prefix(20) { print(mistake) }
  }

  private static func usage() -> Never {
    print(
      "usage: dtx-soak DTX [--operations N] [--transactions N] [--kills N] [--seed S]"
        + " [--concurrency N] [--faults SHARE] [--patience SHARE]"
    )
    exit(64)
  }
}
