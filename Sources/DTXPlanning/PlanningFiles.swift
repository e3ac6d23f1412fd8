/// What planning asks of the machine it runs on: files that a script names, and its environment.
///
/// Nothing can be written through it.
package protocol PlanningFiles: Sendable {
  /// Reads a file that a script names.
  ///
  /// - Parameters:
  ///   - path: The path as it is written; one that is not absolute is relative to the script.
  ///   - script: The path of the script; nil where it is no file.
  ///   - byteLimit: The most bytes that the file may have.
  /// - Returns: The file's bytes, and where it is.
  /// - Throws: `FileProblem` where it cannot be read.
  func file(
    _ path: String,
    relativeTo script: String?,
    byteLimit: Int
  ) throws(FileProblem) -> PlanningFile

  /// Returns the value of an environment variable; nil where it is not set.
  func variable(_ name: String) -> String?
}

/// A file as it was read.
package struct PlanningFile: Sendable {
  /// Where the file is, without links and detours, so that two ways to it are one file.
  package let path: String
  /// What the file is called in messages.
  package let name: String
  package let bytes: [UInt8]

  package init(path: String, name: String, bytes: [UInt8]) {
    self.path = path
    self.name = name
    self.bytes = bytes
  }
}

/// Why a file cannot be read, as the end of a sentence.
package struct FileProblem: Error, Hashable, Sendable {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }
}

/// A machine without files and without an environment.
package struct NoFiles: PlanningFiles {
  package init() {}

  /// Finds nothing.
  ///
  /// - Throws: `FileProblem`, always.
  package func file(
    _ path: String,
    relativeTo script: String?,
    byteLimit: Int
  ) throws(FileProblem) -> PlanningFile {
    throw FileProblem("there are no files here")
  }

  /// Knows no variable.
  package func variable(_ name: String) -> String? { nil }
}
