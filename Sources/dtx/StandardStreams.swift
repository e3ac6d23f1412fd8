import DTXPlanning
import DTXSyntax
import Glibc
import Synchronization

/// Standard input, output and error as bytes: nothing else in the program writes to them.
enum StandardStreams {
  static var isInputTerminal: Bool { isatty(STDIN_FILENO) == 1 }
  static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Waits until something can be read from standard input, or its end, and tells whether it can.
  static func hasInput(withinMilliseconds time: Int32) -> Bool {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    // Sound: the call is told that there is one.
    return unsafe poll(&input, 1, time) > 0
  }

  /// The error number of the first failure to write to standard output, or zero.
  private static let outputError = Atomic<CInt>(0)

  /// Why standard output does not have everything that was written to it; nil where it has.
  static var outputFailure: CommandFailure? {
    let number = outputError.load(ordering: .relaxed)
    return number == 0 ? nil : .cannotWrite("standard output", reason(number))
  }

  static func write(_ text: String) { write(Array(text.utf8)) }
  static func write(_ bytes: [UInt8]) {
    guard !write(bytes, to: STDOUT_FILENO) else { return }
    _ = outputError.compareExchange(expected: 0, desired: errno, ordering: .relaxed)
  }

  static func writeError(_ text: String) { write(Array(text.utf8), to: STDERR_FILENO) }
  static func writeError(_ bytes: [UInt8]) { write(bytes, to: STDERR_FILENO) }

  /// Writes all bytes, however many calls that takes; false where that failed, for `errno` to tell.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
    unsafe bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        // Sound: the pointer and the count stay within the array for the length of the closure.
        let written = unsafe Glibc.write(
          descriptor,
          buffer.baseAddress?.advanced(by: offset),
          buffer.count - offset
        )
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else { return false }
        offset += written
      }
      return true
    }
  }

  /// What a path is called in messages: `-` is no name that a person would know.
  static func name(of path: String) -> String { path == "-" ? "standard input" : path }

  /// Reads standard input to its end.
  static func readAll() throws(CommandFailure) -> [UInt8] {
    do throws(FileProblem) {
      return try read(STDIN_FILENO, byteLimit: Parser.sourceLimit)
    } catch {
      throw .cannotRead("standard input", error.reason)
    }
  }

  /// Reads a file, or standard input where the path is `-`.
  ///
  /// - Throws: `CommandFailure` where it cannot be read, or has more bytes than the limit: a device
  ///   may never end.
  static func read(
    path: String,
    byteLimit: Int = Parser.sourceLimit
  ) throws(CommandFailure) -> [UInt8] {
    guard path != "-" else { return try readAll() }
    do throws(FileProblem) { return try read(filePath: path, byteLimit: byteLimit) } catch {
      throw .cannotRead(path, error.reason)
    }
  }

  /// Reads a file.
  ///
  /// - Throws: `FileProblem` where it cannot be read, or has more bytes than the limit.
  static func read(filePath path: String, byteLimit: Int) throws(FileProblem) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileProblem(reason(errno)) }
    defer { close(descriptor) }
    return try read(descriptor, byteLimit: byteLimit)
  }

  /// Makes sure that a file can be read, which is done later by others.
  static func checkReadable(_ path: String) throws(CommandFailure) {
    guard unsafe access(path, R_OK) == 0 else {
      throw .cannotRead(path, reason(errno), status: .configuration)
    }
  }

  /// Makes sure that a file can be written later on, as far as that can be known.
  static func checkWritable(_ path: String) throws(CommandFailure) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    guard unsafe access(folder.isEmpty ? "/" : folder, W_OK) == 0 else {
      throw .cannotWrite(path, reason(errno))
    }
    var status = stat()
    if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw .cannotWrite(path, reason(EISDIR))
    }
  }

  /// The size of the largest plan that is read: one of several million operations.
  static let planByteLimit = 1 << 32

  private static let chunkSize = 1 << 18

  private static func read(
    _ descriptor: CInt,
    byteLimit: Int
  ) throws(FileProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    var status = stat()
    if unsafe fstat(descriptor, &status) == 0 {
      guard status.st_size <= byteLimit else { throw tooLarge(byteLimit) }
      bytes.reserveCapacity(Int(status.st_size))
    }
    var chunk = [UInt8](repeating: 0, count: chunkSize)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        // Sound: the buffer is as long as the count says.
        unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileProblem(reason(errno)) }
      if count == 0 { return bytes }
      guard bytes.count + count <= byteLimit else {
        throw tooLarge(byteLimit)
      }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  private static func tooLarge(_ byteLimit: Int) -> FileProblem {
    FileProblem("it has more than \(byteLimit) bytes")
  }

  /// The system's sentence for an error number.
  static func reason(_ number: CInt) -> String {
    guard let text = unsafe strerror(number) else { return "error \(number)" }
    // Sound: strerror gives a terminated string that lives until the next call on this thread.
    return unsafe String(cString: text).lowercased()
  }
}

// MARK: - Writing files

extension StandardStreams {
  /// Writes a file whole or not at all: to a new name beside it, then over the old one.
  ///
  /// It is private unless the mode says otherwise.
  static func replace(
    _ path: String,
    with bytes: [UInt8],
    mode: mode_t = 0o600
  ) throws(CommandFailure) {
    try replace(path, with: bytes, mode: mode, like: nil)
  }

  /// Writes a file that is there whole or not at all, and leaves its mode and its owner as they are.
  ///
  /// Where the path is a link, the file that it leads to is written.
  static func rewrite(_ path: String, with bytes: [UInt8]) throws(CommandFailure) {
    var status = stat()
    guard let resolved = unsafe realpath(path, nil) else { throw .cannotWrite(path, reason(errno)) }
    defer { unsafe free(resolved) }
    // Sound: realpath gives a terminated string, which is freed at the end.
    let target = unsafe String(cString: resolved)
    guard unsafe stat(target, &status) == 0 else { throw .cannotWrite(path, reason(errno)) }
    // A new file beside it may be written even where this one is protected.
    guard unsafe access(target, W_OK) == 0 else { throw .cannotWrite(path, reason(errno)) }
    try replace(target, with: bytes, mode: 0o600, like: status)
  }

  private static func replace(
    _ path: String,
    with bytes: [UInt8],
    mode: mode_t,
    like status: stat?
  ) throws(CommandFailure) {
    let temporary = "\(path).\(getpid()).new"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .cannotWrite(path, reason(errno)) }
    var isWritten = write(bytes, to: descriptor)
    if let status, isWritten {
      // Only the system's administrator can give a file away; its mode is kept in any case.
      _ = fchown(descriptor, status.st_uid, status.st_gid)
      isWritten = fchmod(descriptor, status.st_mode & 0o7777) == 0
    }
    let isFlushed = isWritten && fsync(descriptor) == 0
    let failure = errno
    close(descriptor)
    guard isFlushed, unsafe rename(temporary, path) == 0 else {
      let number = isFlushed ? errno : failure
      unsafe unlink(temporary)
      throw .cannotWrite(path, reason(number))
    }
  }
}
