import Glibc

/// Where the program runs: who, which folders, what the terminal can do.
struct Place {
  let variables: [String: String]
  /// The folder of the journal, the sandbox and the history.
  let stateFolder: String
  /// The name of the person, for the journal.
  let person: String

  var journalPath: String { stateFolder + "/journal.sqlite" }
  var sandboxPath: String { stateFolder + "/sandbox.sqlite" }

  /// The file of what was typed in a profile.
  func historyPath(of profile: String) -> String {
    "\(stateFolder)/history-\(Self.fileName(profile)).jsonl"
  }

  /// A name as a part of a file's name: what is no letter, digit or dash is written as its bytes.
  static func fileName(_ name: String) -> String {
    name.utf8.map { byte in
      switch Unicode.Scalar(byte) {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_": String(Unicode.Scalar(byte))
      default: "%" + String(byte, radix: 16, uppercase: true)
      }
    }
    .joined()
  }

  /// Finds the folders by the rules of the XDG base directory specification.
  ///
  /// A command that keeps nothing asks for no folder to be made.
  ///
  /// - Throws: `CommandFailure` when there is no home, or the folder cannot be made.
  static func current(
    _ variables: [String: String],
    makingFolder: Bool = true
  ) throws(CommandFailure) -> Place {
    let base: String
    if let state = variables["XDG_STATE_HOME"], state.hasPrefix("/") {
      base = state
    } else if let home = variables["HOME"], home.hasPrefix("/") {
      base = home + "/.local/state"
    } else {
      throw .noHome()
    }
    let folder = base + "/dtx"
    if makingFolder { try makeFolder(folder) }
    return Place(variables: variables, stateFolder: folder, person: person(variables))
  }

  /// The name of who runs the program: as the system knows it, since a variable can say anything.
  private static func person(_ variables: [String: String]) -> String {
    guard let entry = unsafe getpwuid(getuid()), let name = unsafe entry.pointee.pw_name else {
      return variables["USER"] ?? "uid \(getuid())"
    }
    // Sound: the entry's name is a terminated string that lives until the next look-up.
    return unsafe String(cString: name)
  }

  /// Makes a private folder and those above it.
  static func makeFolder(_ path: String) throws(CommandFailure) {
    if unsafe access(path, F_OK) == 0 { return }
    var made = ""
    for part in path.split(separator: "/") {
      made += "/" + part
      guard unsafe mkdir(made, 0o700) == 0 || errno == EEXIST else {
        throw .stateFolder(path, StandardStreams.reason(errno))
      }
    }
  }

  /// Milliseconds since 1970-01-01T00:00Z.
  static func now() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Milliseconds that the clock of this place is ahead of UTC at a moment.
  static func clockOffset(at milliseconds: Int64) -> Int64 {
    var seconds = time_t(milliseconds / 1_000)
    var local = unsafe tm()
    unsafe localtime_r(&seconds, &local)
    return unsafe Int64(local.tm_gmtoff) * 1_000
  }

  /// The width of the terminal in columns, or that of a page where there is none.
  static var columns: Int {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return pageColumns
    }
    return Int(size.ws_col)
  }

  /// The height of the terminal in rows, or that of a usual one where there is none.
  static var rows: Int {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else {
      return screenRows
    }
    return Int(size.ws_row)
  }

  private static let screenRows = 24

  /// What a file or a pipe is formatted for: wide enough for tables, and for most screens.
  private static let pageColumns = 100
}
