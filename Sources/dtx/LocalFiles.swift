import DTXPlanning
import Glibc

/// The files of this machine that scripts name, and the environment of the program.
struct LocalFiles: PlanningFiles {
  let variables: [String: String]

  /// Where a script is, without links and detours; nil for standard input and for what is no file.
  static func path(ofScript path: String) -> String? { path == "-" ? nil : resolved(path) }

  /// Whether a file is in the folder that the program was started in.
  static func isInWorkingFolder(_ path: String) -> Bool {
    guard let file = resolved(path), let folder = resolved(".") else { return false }
    return file[..<(file.lastIndex(of: "/") ?? file.startIndex)] == (folder == "/" ? "" : folder)
  }

  func file(
    _ path: String,
    relativeTo script: String?,
    byteLimit: Int
  ) throws(FileProblem) -> PlanningFile {
    let folder = script.map {
      $0[..<($0.lastIndex(of: "/").map($0.index(after:)) ?? $0.startIndex)]
    }
    let place = path.hasPrefix("/") ? path : (folder ?? "") + path
    let bytes = try StandardStreams.read(filePath: place, byteLimit: byteLimit)
    return PlanningFile(path: Self.resolved(place) ?? place, name: path, bytes: bytes)
  }

  func variable(_ name: String) -> String? { variables[name] }

  private static func resolved(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    // Sound: realpath gives a terminated string, which is freed at the end.
    return unsafe String(cString: resolved)
  }
}
