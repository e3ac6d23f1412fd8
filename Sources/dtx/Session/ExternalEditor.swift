import DTXSession
import DTXSyntax
import Glibc

/// The person's own editor, on a private file.
struct ExternalEditor {
  let variables: [String: String]
  /// A folder that nobody else can look into.
  let folder: String

  /// As a shell would choose: VISUAL, EDITOR, or what the system has.
  private var command: String {
    ["VISUAL", "EDITOR"].lazy.compactMap { variables[$0] }.first { !$0.isEmpty } ?? "editor"
  }

  /// Returns the text as the person left it; nil where it did not change.
  ///
  /// - Throws: `CommandFailure` where there is no editor, or what it left cannot be taken. The file
  ///   is kept then, and named.
  func edit(_ text: String) throws(CommandFailure) -> String? {
    // The ending tells an editor which language it is.
    let path = "\(folder)/edit-\(getpid()).dtx"
    try StandardStreams.replace(path, with: Array((text + "\n").utf8))
    let status = try ChildProgram.run(command, argument: path)
    let bytes = try StandardStreams.read(path: path, byteLimit: LineEditor.textByteLimit)
    guard let edited = String(validating: bytes, as: UTF8.self) else {
      throw .cannotRead(path, "it is not UTF-8")
    }
    var trimmed = Substring(edited)
    while trimmed.last == "\n" { trimmed.removeLast() }
    let isChanged = trimmed != text
    // An editor that failed says nothing about what the person wanted.
    guard status == 0 else {
      if !isChanged { unsafe unlink(path) }
      throw .editorFailed(command, status: status, kept: isChanged ? path : nil)
    }
    unsafe unlink(path)
    return isChanged ? String(trimmed) : nil
  }
}

extension CommandFailure {
  static func cannotRun(_ command: String, _ reason: String) -> CommandFailure {
    CommandFailure(code: DiagnosticCode(5070), text: "cannot run `\(command)`: \(reason)")
  }

  fileprivate static func editorFailed(
    _ command: String,
    status: Int32,
    kept path: String?
  ) -> CommandFailure {
    let (text, help): (String, String?) =
      status == commandNotFound
      ? ("there is no editor `\(command)`", "set EDITOR to one that you have")
      : ("the editor `\(command)` ended with status \(status), so the line stays as it was", nil)
    let kept = path.map { "what it wrote is in \($0)" }
    return CommandFailure(code: DiagnosticCode(5071), text: text, help: kept ?? help)
  }

  /// What a shell ends with where it finds no such program.
  private static let commandNotFound: Int32 = 127
}
