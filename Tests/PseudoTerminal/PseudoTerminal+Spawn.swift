import CPseudoTerminal
import Glibc

extension PseudoTerminal {
  /// Longer than the path of any terminal.
  private static let pathCapacity = 128

  /// Opens a terminal; returns its descriptor and the path of the program's end.
  static func open() throws -> (descriptor: Int32, path: String) {
    var descriptor: Int32 = -1
    var path = [CChar](repeating: 0, count: pathCapacity)
    // Sound: the function writes at most as many bytes as it is told there are.
    unsafe path.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      descriptor = unsafe pseudo_terminal_open(start, buffer.count)
    }
    guard descriptor >= 0 else { throw Failure.system(call: "open", errno: errno) }
    let bytes = path.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
    return (descriptor, String(decoding: bytes, as: UTF8.self))
  }

  static func setSize(_ size: Screen.Size, of descriptor: Int32) throws {
    guard pseudo_terminal_resize(descriptor, Int32(size.rows), Int32(size.columns)) == 0 else {
      throw Failure.system(call: "resize", errno: errno)
    }
  }

  /// Starts the program on the terminal at the path.
  static func spawn(
    _ command: [String],
    environment: [String: String],
    terminal: String
  ) throws -> pid_t {
    var process: pid_t = 0
    let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
    // Sound: all strings live during the call.
    let error = unsafe withCStrings(command) { arguments in
      unsafe withCStrings(variables) { variables in
        unsafe pseudo_terminal_spawn(&process, terminal, command[0], arguments, variables)
      }
    }
    guard error == 0 else { throw Failure.system(call: "spawn", errno: error) }
    return process
  }

  /// Calls the body with a NULL-terminated array of C strings, which live as long as it runs.
  @unsafe private static func withCStrings<Result>(
    _ strings: [String],
    _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = unsafe strings.map { unsafe strdup($0) }
    defer { unsafe copies.forEach { unsafe free($0) } }
    return unsafe body(copies + [nil])
  }
}
