package import DTXSyntax

/// Why a command can't go on: a message that no source text belongs to.
package struct FailureReport: Report, Sendable {
  package let code: DiagnosticCode
  package let text: String
  package let help: String?

  package init(code: DiagnosticCode, text: String, help: String?) {
    self.code = code
    self.text = text
    self.help = help
  }

  /// Appends the message and what to do, as a diagnostic without a place.
  package func append(to builder: inout TextBuilder) {
    builder.begin(.error)
    builder.append("error ")
    builder.append(foreign: code.description)
    builder.end(.error)
    builder.append(": ")
    builder.append(foreign: text)
    builder.endLine()
    guard let help else { return }
    builder.append("  = help: ")
    builder.append(foreign: help)
    builder.endLine()
  }

  /// Appends the message as one JSON line, of the shape of a diagnostic's.
  ///
  /// Shape: `{"type": "diagnostic", "code", "severity", "message", "help"}`.
  package func append(to writer: inout JSONWriter) {
    writer.record("diagnostic") { line in
      line.member("code", code.description)
      line.member("severity", Diagnostic.Severity.error.rawValue)
      line.member("message", text)
      line.member("help", help)
    }
  }
}
