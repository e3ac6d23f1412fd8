import Foundation
import Synchronization

/// A process of a soak, with its streams in files.
final class SoakProcess: Sendable {
  private static let count = Atomic(0)

  private let process: Mutex<Process>
  private let arguments: [String]
  private let stream: String

  init(
    _ program: String,
    _ arguments: [String],
    folder: String,
    environment: [String: String]
  ) throws {
    self.arguments = arguments
    let number = Self.count.add(1, ordering: .relaxed).newValue
    stream = "\(folder)/process-\(number)"
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = URL(filePath: folder)
    for ending in ["out", "err"] {
      try Data().write(to: URL(filePath: "\(stream).\(ending)"))
    }
    process.standardInput = FileHandle.nullDevice
    let output = try FileHandle(forWritingTo: URL(filePath: stream + ".out"))
    let errors = try FileHandle(forWritingTo: URL(filePath: stream + ".err"))
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // The process has its own by now, and Foundation would keep these open for good.
    for handle in [output, errors] { try handle.close() }
    self.process = Mutex(process)
  }

  var isRunning: Bool { process.withLock { $0.isRunning } }
  var output: String { get throws { try String(contentsOfFile: stream + ".out", encoding: .utf8) } }
  var errors: String { get throws { try String(contentsOfFile: stream + ".err", encoding: .utf8) } }
  var status: Int32 { process.withLock { $0.terminationStatus } }

  /// Waits until the process has ended, at most so long, and tells whether it has.
  func ends(within seconds: Double) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while isRunning {
      if ContinuousClock.now >= deadline { return false }
      usleep(2_000)
    }
    return true
  }

  /// Kills the process, as a power cut would, and waits until it is gone.
  func kill() {
    process.withLock { process in
      if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    }
    _ = ends(within: 10)
    try? FileManager.default.removeItem(atPath: stream + ".out")
  }

  /// Waits for the end.
  ///
  /// - Throws: `Soak.Failure` where it does not come, or is a crash.
  func waitForEnd() throws {
    guard ends(within: 3_600) else {
      throw Soak.Failure(description: "\(arguments) does not end")
    }
    let reason = process.withLock { $0.terminationReason }
    guard reason == .exit || status == SIGKILL else {
      throw Soak.Failure(description: "\(arguments) ended by signal \(status): \(try errors)")
    }
    if reason == .exit, ![0, 1, 4, 6, 130].contains(status) {
      throw Soak.Failure(description: "\(arguments) ended with \(status): \(try errors)")
    }
  }
}
