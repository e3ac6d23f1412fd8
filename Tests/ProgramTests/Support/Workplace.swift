import DTXTestSupport
import Foundation

/// A folder of a test's own in which the real program runs: its state, and the files it is given.
struct Workplace: Sendable {
  /// Removes everything when no copy of the workplace is used any more.
  private let folder: TemporaryFolder

  init() throws {
    folder = TemporaryFolder()
    for name in ["work", "state"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(name),
        withIntermediateDirectories: false
      )
    }
  }

  /// Where the program is started.
  var workFolder: String { folder.file("work") }
  /// What `XDG_STATE_HOME` says.
  var stateHome: String { folder.file("state") }
  var stateFolder: String { stateHome + "/dtx" }
  var journal: String { stateFolder + "/journal.sqlite" }
  var sandbox: String { stateFolder + "/sandbox.sqlite" }
  var history: String { stateFolder + "/history-sandbox.jsonl" }

  /// Returns the path of a file in the work folder.
  func file(_ name: String) -> String { workFolder + "/" + name }

  /// Writes a file in the work folder.
  func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  /// Writes a file in the work folder.
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(filePath: file(name)))
  }

  /// Returns the bytes of a file of the work folder.
  func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: file(name))))
  }

  /// The variables of a usual user; a nil in `changes` takes one away.
  func environment(_ changes: [String: String?] = [:]) throws -> [String: String] {
    var environment = [
      "PATH": try Program.folder + ":/usr/bin:/bin:/usr/sbin:/sbin",
      "HOME": folder.path,
      "XDG_STATE_HOME": stateHome,
      "LC_ALL": "C.UTF-8",
      "TERM": "xterm",
      "EDITRC": "/dev/null",
      // A backtrace of a crash can hang where standard error is a pipe; the signal says enough.
      "SWIFT_BACKTRACE": "enable=no",
      "LLVM_PROFILE_FILE": "/dev/null",
    ]
    for (name, value) in changes { environment[name] = value }
    return environment
  }
}

/// The program that was built with the tests.
enum Program {
  /// The folder of the program: it lies beside the test bundle.
  static var folder: String {
    get throws {
      let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      return URL(filePath: bundle).deletingLastPathComponent().path
    }
  }

  static var path: String { get throws { try folder + "/dtx" } }
}
