import Foundation
import Synchronization

/// A program that is running without a terminal, and what it wrote and how it ended.
///
/// Its streams are files, so that it never waits for the test to read.
final class ProgramRun: Sendable {
  /// How the program ended, and everything that it wrote.
  struct Result: Sendable {
    /// The exit status; 128 and the signal's number after a signal, as shells have it.
    let status: Int32
    let output: String
    let errors: String
  }

  /// The program had not ended at the deadline and was killed.
  struct TimedOut: Error, CustomStringConvertible {
    let command: [String]
    let errors: String

    var description: String { "\(command) did not end in time; it had written:\n\(errors)" }
  }

  /// Far more than any command takes, because the machine may be busy.
  static let deadline = Duration.seconds(60)

  private let command: [String]
  /// Kept so that its folder is there for as long as the program runs.
  private let workplace: Workplace
  private let process: Mutex<Process>
  private let ending: AsyncStream<Int32>
  private let streams: String
  private let isLate = Atomic(false)

  /// Starts a program in a workplace; its standard input ends at once unless some is given.
  init(
    _ command: [String],
    in workplace: Workplace,
    input: [UInt8] = [],
    environment: [String: String?] = [:]
  ) throws {
    self.command = command
    self.workplace = workplace
    streams = workplace.workFolder + "/../" + UUID().uuidString
    for (name, bytes) in [("in", input), ("out", []), ("err", [])] {
      try Data(bytes).write(to: URL(filePath: streams + "." + name))
    }
    let process = Process()
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = URL(filePath: workplace.workFolder)
    process.environment = try workplace.environment(environment)
    let input = try FileHandle(forReadingFrom: URL(filePath: streams + ".in"))
    let output = try FileHandle(forWritingTo: URL(filePath: streams + ".out"))
    let errors = try FileHandle(forWritingTo: URL(filePath: streams + ".err"))
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    let (ending, continuation) = AsyncStream<Int32>.makeStream()
    self.ending = ending
    process.terminationHandler = { process in
      let isSignal = process.terminationReason == .uncaughtSignal
      continuation.yield((isSignal ? 128 : 0) + process.terminationStatus)
      continuation.finish()
    }
    try process.run()
    // The program has its own by now. Foundation keeps a process, and so these, for good, and starts
    // programs unreliably once more than a thousand files are open.
    for handle in [input, output, errors] { try handle.close() }
    self.process = Mutex(process)
  }

  deinit { signal(SIGKILL) }

  /// Sends the program a signal, unless it has ended.
  func signal(_ number: Int32) {
    process.withLock { process in
      if process.isRunning { kill(process.processIdentifier, number) }
    }
  }

  /// What the program has written to a stream by now.
  var outputSoFar: String { get throws { try text("out") } }
  var errorsSoFar: String { get throws { try text("err") } }

  var isRunning: Bool { process.withLock { $0.isRunning } }

  /// Waits for the end and returns what came of the program.
  ///
  /// - Throws: `TimedOut` at the deadline.
  func result(within deadline: Duration = deadline) async throws -> Result {
    let alarm = Task { [self] in
      try await Task.sleep(for: deadline)
      isLate.store(true, ordering: .relaxed)
      signal(SIGKILL)
    }
    defer { alarm.cancel() }
    var status: Int32?
    for await ended in ending { status = ended }
    guard let status, !isLate.load(ordering: .relaxed) else {
      throw TimedOut(command: command, errors: try text("err"))
    }
    return Result(status: status, output: try text("out"), errors: try text("err"))
  }

  private func text(_ stream: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: streams + "." + stream)), as: UTF8.self)
  }
}

extension Workplace {
  /// Starts dtx.
  func start(
    _ arguments: [String],
    input: [UInt8] = [],
    environment: [String: String?] = [:]
  ) throws -> ProgramRun {
    try ProgramRun(
      [Program.path] + arguments,
      in: self,
      input: input,
      environment: environment
    )
  }

  /// Runs dtx to its end.
  func dtx(
    _ arguments: String...,
    input: String = "",
    environment: [String: String?] = [:]
  ) async throws -> ProgramRun.Result {
    try await start(arguments, input: Array(input.utf8), environment: environment).result()
  }

  /// Runs a line of shell to its end; dtx is found by its name.
  func shell(
    _ line: String,
    input: String = "",
    environment: [String: String?] = [:]
  ) async throws -> ProgramRun.Result {
    try await ProgramRun(
      ["/bin/sh", "-c", line],
      in: self,
      input: Array(input.utf8),
      environment: environment
    )
    .result()
  }
}
