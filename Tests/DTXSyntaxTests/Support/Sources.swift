import DTXSyntax
import DTXTestSupport

/// What came of a source: its tree, and what is wrong with it.
struct Reading {
  let script: Script
  let diagnostics: [Diagnostic]

  init(_ source: [UInt8], mode: Parser.Mode = .script) {
    (script, diagnostics) = Parser.parse(source, mode: mode)
  }

  init(_ source: String, mode: Parser.Mode = .script) { self.init(Array(source.utf8), mode: mode) }

  /// The messages, for comparison as data.
  var messages: [SyntaxMessage] { diagnostics.compactMap { $0.message as? SyntaxMessage } }

  /// The tree, one statement a line.
  var tree: String { TreeDump(script: script).statements }

  /// The source that each diagnostic underlines.
  var underlined: [String] { diagnostics.map { script.text($0.primary.range) } }
}

/// Returns a source with the edits of a fix-it carried out.
func apply(_ fixIt: Diagnostic.FixIt, to source: [UInt8]) -> [UInt8] {
  var result = source
  for edit in fixIt.edits.sorted(by: { $0.range.start > $1.range.start }) {
    result.replaceSubrange(edit.range.bytes, with: edit.replacement.utf8)
  }
  return result
}
