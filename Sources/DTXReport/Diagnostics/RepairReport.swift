package import DTXSyntax

/// What was repaired in a script, ready to be written.
package struct RepairReport: Report, Sendable {
  private let steps: [Repair.Step]
  private let name: String

  /// Makes a report of the repairs in the file of a name.
  package init(_ repair: Repair, in name: String) {
    steps = repair.steps
    self.name = name
  }

  /// Appends a line for each repair, as in `fix.dtx:3:12: remove it (DTX1123)`.
  package func append(to builder: inout TextBuilder) {
    for step in steps {
      builder.append(foreign: name)
      builder.append(":")
      builder.append(step.position.line)
      builder.append(":")
      builder.append(step.position.column)
      builder.append(": ")
      builder.append(foreign: step.title)
      builder.append(" (")
      builder.append(foreign: step.code.description)
      builder.append(")")
      builder.endLine()
    }
  }

  /// Appends a line of JSON for each repair.
  ///
  /// Shape: type, code, title, file, line, column. Units: lines and columns from 1.
  package func append(to writer: inout JSONWriter) {
    for step in steps {
      writer.record("repair") { record in
        record.member("code", step.code.description)
        record.member("title", step.title)
        record.member("file", name)
        record.member("line", step.position.line)
        record.member("column", step.position.column)
      }
    }
  }
}
