import DTXExplanations
import DTXSyntax

/// The explanation of a code as a page to read: what `dtx explain` and `help DTX3001` show.
package struct ExplanationReport: Report, Sendable {
  private let explanation: Explanation

  /// Finds the explanation of a code as a person writes it, such as `DTX3001`; nil if there is none.
  package init?(_ code: String) {
    guard let explanation = Explanation.named(code) else { return nil }
    self.init(explanation)
  }

  init(_ explanation: Explanation) { self.explanation = explanation }

  private static let indentation = 2
  private static let exampleIndentation = 4

  /// Appends the page.
  package func append(to builder: inout TextBuilder) {
    builder.append(foreign: explanation.code.description)
    builder.append(": ")
    builder.appendForeignParagraph(
      explanation.title,
      indentation: Self.indentation,
      from: explanation.code.description.utf8.count + 2,
      role: .heading
    )
    append("", explanation.meaning, to: &builder)
    append("Why: ", explanation.reason, to: &builder)
    append("What to do: ", explanation.remedy, to: &builder)
    switch explanation.example {
    case .script(let wrong, let right), .table(let wrong, let right):
      append(wrong: wrong, right: right, to: &builder)
    case .event(let event): append("For example: ", event, to: &builder)
    }
  }

  private func append(_ name: StaticString, _ text: String, to builder: inout TextBuilder) {
    builder.endLine()
    builder.appendBlanks(Self.indentation)
    if name.utf8CodeUnitCount > 0 { builder.append(name, as: .heading) }
    builder.appendForeignParagraph(
      text,
      indentation: Self.indentation,
      from: Self.indentation + name.utf8CodeUnitCount
    )
  }

  private func append(wrong: [UInt8], right: String, to builder: inout TextBuilder) {
    for file in explanation.exampleFiles {
      builder.endLine()
      builder.appendBlanks(Self.indentation)
      builder.append("With ", as: .heading)
      builder.append(foreign: file.name)
      builder.append(":")
      builder.endLine()
      append(lines: Array(file.text.utf8), to: &builder)
    }
    append("Wrong:", wrong, as: .error, to: &builder)
    append("Right:", Array(right.utf8), as: .success, to: &builder)
  }

  /// Appends an example as it would stand in a file: it is never wrapped.
  private func append(
    _ name: StaticString,
    _ example: [UInt8],
    as role: TextRole,
    to builder: inout TextBuilder
  ) {
    builder.endLine()
    builder.appendBlanks(Self.indentation)
    builder.append(name, as: role)
    builder.endLine()
    append(lines: example, to: &builder)
  }

  private func append(lines example: [UInt8], to builder: inout TextBuilder) {
    var lines = example.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for line in lines {
      builder.appendBlanks(Self.exampleIndentation)
      builder.append(foreign: String(decoding: line, as: UTF8.self))
      builder.trimBlanks(after: 0)
      builder.endLine()
    }
    guard lines.isEmpty else { return }
    builder.appendBlanks(Self.exampleIndentation)
    builder.append("(an empty file)", as: .faint)
    builder.endLine()
  }
}

extension ExplanationReport {
  /// Appends the explanation as one line of JSON.
  ///
  /// Shape: type, code, title, meaning, reason, remedy, kind (`script`, `table`, or null), wrong,
  /// right, files (those that the example reads: name, text), event (how it comes about, where
  /// there is no example).
  package func append(to writer: inout JSONWriter) {
    writer.record("explanation") { record in
      record.member("code", explanation.code.description)
      record.member("title", explanation.title)
      record.member("meaning", explanation.meaning)
      record.member("reason", explanation.reason)
      record.member("remedy", explanation.remedy)
      var (kind, wrong, right): (String?, String?, String?)
      var event: String?
      switch explanation.example {
      case .script(let first, let second):
        (kind, wrong, right) = ("script", String(decoding: first, as: UTF8.self), second)
      case .table(let first, let second):
        (kind, wrong, right) = ("table", String(decoding: first, as: UTF8.self), second)
      case .event(let text): event = text
      }
      record.member("kind", kind)
      record.member("wrong", wrong)
      record.member("right", right)
      record.array("files", explanation.exampleFiles) { file, member in
        member.member("name", file.name)
        member.member("text", file.text)
      }
      record.member("event", event)
    }
  }
}

/// Every code with its title, by section: what `dtx explain` shows when no code is named.
package struct ExplanationList: Report, Sendable {
  package init() {}

  /// Appends a line for each code.
  package func append(to builder: inout TextBuilder) {
    for (number, section) in Explanation.sections.enumerated() {
      if number > 0 { builder.endLine() }
      builder.begin(.heading)
      builder.append(safe: section.title)
      builder.end(.heading)
      builder.endLine()
      for explanation in section.explanations {
        builder.appendBlanks(2)
        builder.append(foreign: explanation.code.description)
        builder.appendBlanks(2)
        builder.appendForeignParagraph(explanation.title, indentation: 11, from: 11)
      }
    }
  }

  /// Appends every explanation in full, a line of JSON for each.
  package func append(to writer: inout JSONWriter) {
    for explanation in Explanation.sections.flatMap(\.explanations) {
      ExplanationReport(explanation).append(to: &writer)
    }
  }
}
