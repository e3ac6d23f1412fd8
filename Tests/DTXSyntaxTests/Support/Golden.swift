import DTXSyntax
import DTXTestSupport
import Foundation

/// A program and what is expected of it: `Golden/<topic>/<case>.dtx` beside `.expected`.
///
/// `DTX_UPDATE_GOLDEN=1 swift test --filter Golden` writes the expected files anew; review the
/// difference before it is committed.
struct Golden: Sendable, CustomStringConvertible {
  let name: String
  let source: [UInt8]

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden")

  static var isUpdating: Bool { ProcessInfo.processInfo.environment["DTX_UPDATE_GOLDEN"] == "1" }

  /// Every program in the folder, by name.
  static let all: [Golden] = {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (paths ?? []).filter { $0.hasSuffix(".dtx") }.sorted().map { path in
      let source = FileManager.default.contents(atPath: folder.appending(path: path).path)
      return Golden(name: String(path.dropLast(4)), source: Array(source ?? Data()))
    }
  }()

  var description: String { name }

  /// Programs for the prompt lie in a folder of their own.
  var mode: Parser.Mode { name.hasPrefix("session/") ? .session : .script }

  private var expectedFile: URL { Self.folder.appending(path: "\(name).expected") }

  var expected: String? { try? String(contentsOf: expectedFile, encoding: .utf8) }

  func update(_ text: String) throws {
    try text.write(to: expectedFile, atomically: true, encoding: .utf8)
  }

  /// Tokens, tree and diagnostics as text.
  var actual: String {
    let reading = Reading(source, mode: mode)
    return "-- tokens\n\(TokenDump(source).lines)-- tree\n\(reading.tree)-- diagnostics\n"
      + reading.diagnostics.map { text($0, reading.script.lineTable()) }.joined()
  }

  private func text(_ diagnostic: Diagnostic, _ table: LineTable) -> String {
    func place(_ range: SourceRange) -> String {
      let (start, end) = (table.position(of: range.start), table.position(of: range.end))
      return "\(start.line):\(start.column)-\(end.line):\(end.column)"
    }
    func line(_ label: Diagnostic.Label) -> String {
      "\(place(label.range))\(label.text.isEmpty ? "" : " \(label.text)")\n"
    }
    var text = "\(diagnostic.severity) \(diagnostic.code): \(diagnostic.message.text)\n"
    text += "  at " + line(diagnostic.primary)
    text += diagnostic.secondary.map { "  see " + line($0) }.joined()
    if let help = diagnostic.message.help { text += "  help \(help)\n" }
    for fixIt in diagnostic.fixIts {
      let edits = fixIt.edits.map { "\(place($0.range)) \($0.replacement.debugDescription)" }
      text += "  fix \(fixIt.title): \(edits.joined(separator: ", "))\n"
    }
    return text
  }
}
