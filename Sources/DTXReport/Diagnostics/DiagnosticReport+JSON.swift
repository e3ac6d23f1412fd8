package import DTXSyntax

extension DiagnosticReport {
  /// Appends every diagnostic as one line of JSON.
  ///
  /// Shape: type, code, severity, message, help, file, line, column, end_line, end_column, start,
  /// end, label, labels (the secondary ones, each with file, line, column, end_line, end_column,
  /// start, end, text), fix_its (each with title, certain, and edits: start, end, replacement).
  /// Units: lines and columns from 1, columns in characters; start and end in bytes from 0.
  package func append(to writer: inout JSONWriter) {
    for diagnostic in diagnostics { append(diagnostic, to: &writer) }
  }

  /// Appends one diagnostic as one line of JSON.
  package func append(_ diagnostic: Diagnostic, to writer: inout JSONWriter) {
    writer.record("diagnostic") { record in
      record.member("code", diagnostic.code.description)
      record.member("severity", diagnostic.severity.rawValue)
      record.member("message", diagnostic.message.text)
      record.member("help", diagnostic.message.help)
      record.members(of: diagnostic.primary, in: sources)
      record.member("label", diagnostic.primary.text.isEmpty ? nil : diagnostic.primary.text)
      record.array("labels", diagnostic.secondary) { label, member in
        member.members(of: label, in: sources)
        member.member("text", label.text)
      }
      record.array("fix_its", diagnostic.fixIts) { fixIt, member in
        member.member("title", fixIt.title)
        member.member("certain", fixIt.isCertain)
        member.array("edits", fixIt.edits) { edit, part in
          part.member("start", edit.range.start)
          part.member("end", edit.range.end)
          part.member("replacement", edit.replacement)
        }
      }
    }
  }
}

extension JSONWriter {
  /// Writes where a label is; file, lines and columns are `null` without the source.
  fileprivate mutating func members(of label: Diagnostic.Label, in sources: SourceSet) {
    let source = sources[label.source]
    let start = source?.position(of: label.range.start)
    let end = source?.position(of: label.range.end)
    member("file", source?.name)
    member("line", start?.line)
    member("column", start?.column)
    member("end_line", end?.line)
    member("end_column", end?.column)
    member("start", label.range.start)
    member("end", label.range.end)
  }
}
