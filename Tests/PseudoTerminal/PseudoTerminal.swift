import CPseudoTerminal

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A program that runs on a terminal of its own, driven by a test.
///
/// Nothing here sleeps: every wait reads what the program writes until a condition holds, and throws
/// at the deadline with what the screen shows.
package final class PseudoTerminal {
  /// Why the terminal cannot be driven on.
  package enum Failure: Error, CustomStringConvertible {
    /// A call of the system failed.
    case system(call: String, errno: Int32)
    /// The deadline passed while something was waited for.
    case timedOut(waitingFor: String, screen: String)
    /// The program ended while something was waited for.
    case ended(waitingFor: String, screen: String)

    package var description: String {
      switch self {
      case .system(let call, let errno): "\(call): errno \(errno)"
      case .timedOut(let condition, let screen): "timed out: \(condition); the screen:\n\(screen)"
      case .ended(let condition, let screen): "ended before: \(condition); the screen:\n\(screen)"
      }
    }
  }

  /// How the program ended.
  package enum Ending: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// The modes of the terminal, to compare before and after a program has run.
  package struct Modes: Hashable, Sendable {
    package let input: UInt32
    package let output: UInt32
    package let local: UInt32
    package let control: UInt32

    /// Whether the terminal itself puts lines together, as it does for a shell's children.
    package var isCanonical: Bool { local & UInt32(ICANON) != 0 }
  }

  /// Generous, because the machine may be busy; a test that passes never waits for it.
  package static let defaultDeadline = Duration.seconds(30)

  package private(set) var screen: Screen
  /// Everything that was written, as bytes.
  package private(set) var output: [UInt8] = []
  /// Where `expect` looks next.
  private var expected = 0
  private var master: Int32
  private let process: pid_t
  private var ending: Ending?
  private var isAtEnd = false

  /// Starts the program as the leader of a session on a new terminal.
  ///
  /// It gets the given environment and nothing else.
  package init(
    executable: String,
    arguments: [String] = [],
    environment: [String: String],
    size: Screen.Size = Screen.Size(rows: 24, columns: 80)
  ) throws {
    let (descriptor, path) = try Self.open()
    master = descriptor
    screen = Screen(size: size)
    do {
      try Self.setSize(size, of: descriptor)
      process = try Self.spawn(
        [executable] + arguments,
        environment: environment,
        terminal: path
      )
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit {
    if ending == nil {
      kill(process, SIGKILL)
      _ = waitpid(process, nil, 0)
    }
    if master >= 0 { close(master) }
  }

  // MARK: Doing

  /// Types the text, reading meanwhile what the program writes.
  package func send(_ text: String) throws {
    var bytes = Array(text.utf8)[...]
    let deadline = ContinuousClock.now + Self.defaultDeadline
    while !bytes.isEmpty {
      // Sound: the buffer lives during the call, which reads no more than its count.
      let written = unsafe bytes.withUnsafeBytes { unsafe write(master, $0.baseAddress, $0.count) }
      if written > 0 {
        bytes = bytes.dropFirst(written)
        continue
      }
      guard written < 0, errno == EAGAIN || errno == EINTR else {
        throw Failure.system(call: "write", errno: errno)
      }
      try read(until: deadline, orWritable: true, waitingFor: "the program to read")
    }
  }

  /// Gives the terminal another size, of which the program is told by SIGWINCH.
  package func resize(to size: Screen.Size) throws {
    try Self.setSize(size, of: master)
    screen.resize(to: size)
  }

  /// Sends a signal to the program.
  package func signal(_ number: Int32) { kill(process, number) }

  /// Returns the terminal's modes as they are now.
  package func modes() throws -> Modes {
    var modes = termios()
    // Sound: the structure lives during the call.
    guard unsafe tcgetattr(master, &modes) == 0 else {
      throw Failure.system(call: "tcgetattr", errno: errno)
    }
    return Modes(
      input: UInt32(modes.c_iflag),
      output: UInt32(modes.c_oflag),
      local: UInt32(modes.c_lflag),
      control: UInt32(modes.c_cflag)
    )
  }

  // MARK: Waiting

  /// Reads until the condition holds for the screen.
  package func wait(
    for description: String,
    deadline: Duration = defaultDeadline,
    until condition: (Screen) -> Bool
  ) throws {
    let end = ContinuousClock.now + deadline
    while !condition(screen) { try read(until: end, waitingFor: description) }
  }

  /// Reads until the screen shows the text.
  package func waitForScreen(_ text: String, deadline: Duration = defaultDeadline) throws {
    try wait(for: "\"\(text)\"", deadline: deadline) { $0.contains(text) }
  }

  /// Reads until the text has been written since what was last expected.
  package func expect(_ text: String, deadline: Duration = defaultDeadline) throws {
    let end = ContinuousClock.now + deadline
    let pattern = Array(text.utf8)
    while true {
      if let found = Self.find(pattern, in: output[expected...]) {
        expected = found + pattern.count
        return
      }
      try read(until: end, waitingFor: "\"\(text)\"")
    }
  }

  /// Reads until the program has ended.
  package func waitForEnding(deadline: Duration = defaultDeadline) throws -> Ending {
    if let ending { return ending }
    let end = ContinuousClock.now + deadline
    while !isAtEnd { try read(until: end, waitingFor: "the end", endIsFailure: false) }
    return try reap()
  }

  /// Takes the terminal away, as when its window is closed, and waits until the program has ended.
  package func hangUp(deadline: Duration = defaultDeadline) throws -> Ending {
    close(master)
    master = -1
    isAtEnd = true
    let milliseconds = Int32(clamping: deadline.components.seconds * 1000)
    guard pseudo_terminal_wait(process, milliseconds) > 0 else {
      throw Failure.timedOut(waitingFor: "the end of a program without a terminal", screen: picture)
    }
    return try reap()
  }

  private func reap() throws -> Ending {
    var status: Int32 = 0
    // Sound: the status lives during the call.
    while unsafe waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw Failure.system(call: "waitpid", errno: errno) }
    }
    let signal = status & 0x7F
    let ending = signal == 0 ? Ending.exited(status >> 8 & 0xFF) : .signalled(signal)
    self.ending = ending
    return ending
  }

  /// The screen and its cursor, for a message.
  private var picture: String {
    "\(screen)\n(cursor in row \(screen.cursor.row), column \(screen.cursor.column))"
  }

  private static func find(_ pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = pattern.first else { return bytes.startIndex }
    var start = bytes.startIndex
    while let index = bytes[start...].firstIndex(of: first) {
      if bytes[index...].starts(with: pattern) { return index }
      start = index + 1
    }
    return nil
  }

  /// Takes in what the program has written, and waits for it if there is nothing.
  private func read(
    until deadline: ContinuousClock.Instant,
    orWritable: Bool = false,
    waitingFor description: String,
    endIsFailure: Bool = true
  ) throws {
    if isAtEnd, endIsFailure {
      throw Failure.ended(waitingFor: description, screen: picture)
    }
    let left = deadline - .now
    // A program that never stops writing must not keep the test for ever either.
    guard left > .zero else {
      throw Failure.timedOut(waitingFor: description, screen: picture)
    }
    let milliseconds =
      left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
    let events = orWritable ? POLLIN | POLLOUT : POLLIN
    var polled = pollfd(fd: master, events: Int16(events), revents: 0)
    // Sound: the structure lives during the call.
    let ready = unsafe poll(&polled, 1, Int32(clamping: max(0, milliseconds)))
    guard ready != 0 else {
      throw Failure.timedOut(waitingFor: description, screen: picture)
    }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    // Sound: the buffer lives during the call, which writes no more than its count.
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe Glibc.read(master, buffer.baseAddress, buffer.count)
    }
    if count > 0 {
      output += bytes[..<count]
      screen.write(bytes[..<count])
    } else if count == 0 || errno != EAGAIN && errno != EINTR {
      // Linux reports EIO once nobody has the terminal open any more.
      isAtEnd = true
    }
  }
}
