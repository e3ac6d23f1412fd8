import Glibc

/// Which process this is, in a way that survives the reuse of process numbers.
struct ProcessIdentity: Hashable, Sendable {
  /// What became of a process.
  enum Liveness: Hashable, Sendable {
    case running
    case gone
    /// The process belongs to another container, where it can't be seen.
    case unknown
  }

  /// More than the kernel ever writes about one process in the files that are read here.
  private static let bufferByteCount = 4096

  let number: Int64
  /// When the process started, in clock ticks since the computer did.
  let start: Int64
  /// The random number of the computer's last start.
  let boot: String
  /// The name space in which the process number is valid.
  let namespace: String

  init(number: Int64, start: Int64, boot: String, namespace: String) {
    self.number = number
    self.start = start
    self.boot = boot
    self.namespace = namespace
  }

  /// The process that asks.
  static var current: ProcessIdentity {
    let number = Int64(getpid())
    return ProcessIdentity(
      number: number,
      start: start(of: number) ?? 0,
      boot: text(of: "/proc/sys/kernel/random/boot_id") ?? "",
      namespace: link(at: "/proc/self/ns/pid") ?? ""
    )
  }

  /// Tells whether the process runs, as far as `observer` can see.
  func liveness(asSeenBy observer: ProcessIdentity) -> Liveness {
    guard boot == observer.boot else { return .gone }
    guard namespace == observer.namespace else { return .unknown }
    return Self.start(of: number) == start ? .running : .gone
  }

  /// Returns the 22nd field of a process's status, its start; nil when there is no such process.
  ///
  /// The second field is the program's name in parentheses and may hold anything, so the count
  /// begins behind the last parenthesis. A dead process whose parent has not asked for its status
  /// (Z, X) counts as gone.
  ///
  /// Source: proc_pid_stat(5).
  private static func start(of number: Int64) -> Int64? {
    guard let status = text(of: "/proc/\(number)/stat"),
      let parenthesis = status.lastIndex(of: ")")
    else { return nil }
    let fields = status[status.index(after: parenthesis)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return Int64(fields[19])
  }

  /// Returns the first line of a small file of the kernel's; nil when there is none.
  private static func text(of path: String) -> String? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: bufferByteCount)
    let count = unsafe read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return buffer[..<count].split(separator: UInt8(ascii: "\n")).first
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Returns where a symbolic link of the kernel's points; nil when there is none.
  private static func link(at path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: bufferByteCount)
    let count = unsafe readlink(path, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
