import Foundation
import GRDB
import Synchronization

/// The folder in which a soak takes place, and the processes in it.
struct SoakSite: Sendable {
  let program: String
  let folder: String

  var sandboxPath: String { folder + "/sandbox.sqlite" }
  var resultPath: String { folder + "/result.csv" }
  private var journalPath: String { folder + "/state/dtx/journal.sqlite" }
  private static let port = Mutex(0)
  /// How long the provider takes to complete what it has accepted, or to correct what failed.
  static let completionSeconds = 0.3

  /// Writes the script, and fills the sandbox of the server.
  func prepare(_ plan: SoakPlan, _ options: Soak.Options) throws {
    for name in ["state", "config/dtx"] {
      try FileManager.default.createDirectory(
        atPath: folder + "/" + name,
        withIntermediateDirectories: true
      )
    }
    try write(plan.script, to: "soak.dtx")
    try write(plan.seed, to: "seed.json")
    let seeding = try start(["sandbox", "seed", folder + "/seed.json"])
    try seeding.waitForEnd()
    guard seeding.status == 0 else { throw Soak.Failure(description: try seeding.errors) }
    try FileManager.default.moveItem(
      atPath: folder + "/state/dtx/sandbox.sqlite",
      toPath: sandboxPath
    )
    for ending in ["-wal", "-shm"] {
      let path = folder + "/state/dtx/sandbox.sqlite" + ending
      if FileManager.default.fileExists(atPath: path) {
        try FileManager.default.moveItem(atPath: path, toPath: sandboxPath + ending)
      }
    }
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
  }

  /// Starts a server with faults, at the port of the server before it, and waits for it.
  func startServer(_ options: Soak.Options) throws -> SoakProcess {
    let share = options.faultShare / Double(Soak.faults.count)
    var arguments = [
      "sandbox", "serve", "--json", "--file", sandboxPath, "--seed", String(options.seed),
      "--silence", "0.05", "--completion", String(Self.completionSeconds), "--read-fault",
      "503=0.005", "--read-fault",
      "timeout-not-applied=0.002", "--port", String(Self.port.withLock { $0 }),
    ]
    for fault in Soak.faults { arguments += ["--fault", "\(fault)=\(share)"] }
    let server = try start(arguments)
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      if let port = try server.output.firstMatch(of: /"url":"[^"]*:(\d+)"/)?.output.1 {
        Self.port.withLock { $0 = Int(port) ?? 0 }
        try configure(port: String(port), options)
        return server
      }
      guard server.isRunning, ContinuousClock.now < deadline else {
        throw Soak.Failure(description: "no server: \(try server.errors)")
      }
      usleep(10_000)
    }
  }

  private func configure(port: String, _ options: Soak.Options) throws {
    try write(
      """
      default = "served"

      [profiles.served]
      account = "T12345678"
      client_id = "dtx"
      client_secret_command = "echo sandbox"
      checkout_url = "http://127.0.0.1:\(port)"
      rate = 10000
      patience = \(options.patience)
      timeout = 20
      """,
      to: "config/dtx/config.toml"
    )
  }

  /// Starts the program: from the script, or from what its journal holds.
  func startClient(_ options: Soak.Options) throws -> SoakProcess {
    let run = self.run()
    var arguments = run.map { ["resume", $0] } ?? ["run", "soak.dtx"]
    if run == nil { arguments += ["--max-operations", String(options.operations)] }
    return try start(
      arguments + [
        "--yes", "--concurrency", String(options.concurrency), "--result", resultPath,
      ]
    )
  }

  func start(_ arguments: [String]) throws -> SoakProcess {
    try SoakProcess(
      program,
      arguments,
      folder: folder,
      environment: [
        "PATH": "/usr/bin:/bin", "HOME": folder, "XDG_STATE_HOME": folder + "/state",
        "XDG_CONFIG_HOME": folder + "/config", "LC_ALL": "C.UTF-8",
        "SWIFT_BACKTRACE": "enable=no",
      ]
    )
  }
}

// MARK: - What the journal holds

extension SoakSite {
  /// Waits until a process has written something, or has ended; tells whether it goes on.
  ///
  /// Killing it before would try nothing that has not been tried.
  func waits(for client: SoakProcess) -> Bool {
    let before = entryCount()
    while client.isRunning {
      if entryCount() > before { return true }
      usleep(10_000)
    }
    return false
  }

  func entryCount() -> Int {
    // The program may not have made the tables yet.
    (try? journal("SELECT count(*) FROM entries") { $0[0] as Int })?.first ?? 0
  }

  private func journal<Value>(_ sql: String, _ read: (Row) -> Value) throws -> [Value] {
    guard FileManager.default.fileExists(atPath: journalPath) else { return [] }
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    let queue = try DatabaseQueue(path: journalPath, configuration: configuration)
    return try queue.read { database in try Row.fetchAll(database, sql: sql) }.map(read)
  }

  /// The run's name, or nil where the program was killed before it began one.
  private func run() -> String? {
    (try? journal("SELECT id FROM runs ORDER BY number") { $0[0] as String })?.first
  }

  /// How many operations there are of each outcome, for telling.
  func summary() throws -> String {
    let words = try SoakVerdict.words(of: resultPath)
    let counts = Dictionary(grouping: words.values, by: \.rawValue).mapValues(\.count)
    return counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      .joined(separator: ", ")
  }

  /// The program's last report: when two are the same, nothing happens any more.
  func outcomes() throws -> String {
    let words = try SoakVerdict.words(of: resultPath)
    return words.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "\n")
  }

  func verifyJournal() throws {
    let verification = try start(["journal", "verify"])
    try verification.waitForEnd()
    guard verification.status == 0 else {
      throw Soak.Failure(description: "the journal is broken: \(try verification.errors)")
    }
  }
}
