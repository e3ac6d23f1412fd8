package import DTXSyntax

/// Diagnostics with the texts they are about, ready to be written.
package struct DiagnosticReport: Report, Sendable {
  package let diagnostics: [Diagnostic]
  package let sources: SourceSet

  package init(_ diagnostics: [Diagnostic], in sources: SourceSet) {
    self.diagnostics = diagnostics
    self.sources = sources
  }

  /// Appends every diagnostic with its excerpts, and how many there are; nothing if there are none.
  ///
  ///     error DTX3001: capture of 299.90 NOK is more than tx123 has left
  ///       --> fix.dtx:40:1
  ///        |
  ///     40 | capture tx123 line 1 29990
  ///        | ^^^^^^^^^^^^^^^^^^^^^^^^^^ 100.00 NOK is left to capture
  ///        = help: capture what is left with `capture tx123 all`
  package func append(to builder: inout TextBuilder) {
    guard !diagnostics.isEmpty else { return }
    for diagnostic in diagnostics {
      append(diagnostic, to: &builder)
      builder.endLine()
    }
    appendSummary(to: &builder)
  }

  /// Appends how many errors and warnings there are, as in `2 errors, 1 warning`.
  package func appendSummary(to builder: inout TextBuilder) {
    var isFirst = true
    for (severity, one, many) in Self.severities {
      let count = diagnostics.count { $0.severity == severity }
      guard count > 0 else { continue }
      if !isFirst { builder.append(", ") }
      isFirst = false
      builder.begin(severity.role)
      builder.append(count: count)
      builder.append(" ")
      builder.append(count == 1 ? one : many)
      builder.end(severity.role)
    }
    if !isFirst { builder.endLine() }
  }

  private static let severities: [(Diagnostic.Severity, StaticString, StaticString)] = [
    (.error, "error", "errors"), (.warning, "warning", "warnings"), (.note, "note", "notes"),
  ]
}

// MARK: - One diagnostic

extension DiagnosticReport {
  /// Appends one diagnostic: what is wrong, where, and what to do.
  package func append(_ diagnostic: Diagnostic, to builder: inout TextBuilder) {
    appendHeading(of: diagnostic, to: &builder)
    let excerpts = Excerpt.excerpts(of: diagnostic, in: sources)
    let margin = excerpts.map(\.lastLineNumber).max().map { String($0).utf8.count } ?? 1
    for (index, excerpt) in excerpts.enumerated() {
      if index > 0 { builder.appendMargin(margin) }
      builder.appendBlanks(margin)
      builder.append(index == 0 ? "--> " : "::: ", as: .faint)
      builder.append(foreign: excerpt.source.name)
      builder.append(":")
      builder.append(excerpt.place.line)
      builder.append(":")
      builder.append(excerpt.place.column)
      builder.endLine()
      builder.appendMargin(margin)
      excerpt.append(to: &builder, margin: margin, severity: diagnostic.severity)
    }
    for help in helps(of: diagnostic) {
      builder.appendBlanks(margin + 1)
      builder.append("= ", as: .faint)
      builder.append("help: ", as: .heading)
      builder.appendForeignParagraph(help, indentation: margin + 3, from: margin + 9)
    }
  }

  private func appendHeading(of diagnostic: Diagnostic, to builder: inout TextBuilder) {
    var heading = TextBuilder()
    heading.append(safe: diagnostic.severity.rawValue)
    heading.append(" DTX")
    heading.append(diagnostic.code.number)
    builder.begin(diagnostic.severity.role)
    builder.append(heading.bytes[...])
    builder.end(diagnostic.severity.role)
    builder.append(": ")
    builder.appendForeignParagraph(
      diagnostic.message.text,
      indentation: 2,
      from: heading.bytes.count + 2,
      role: .heading
    )
  }

  /// Returns the help of the message and the repairs that nothing else names already.
  private func helps(of diagnostic: Diagnostic) -> [String] {
    var helps = diagnostic.message.help.map { [$0] } ?? []
    for fixIt in diagnostic.fixIts {
      let phrase = phrase(for: fixIt, of: diagnostic)
      let isSaid = (helps + [diagnostic.primary.text]).contains { words in
        words.contains(phrase) || names(words, fixIt)
      }
      if !isSaid { helps.append(phrase) }
    }
    return helps
  }

  /// Shorter texts, such as `=`, are part of many words without being meant.
  private static let fewestLettersToName = 3

  /// Tells whether words have the new text of a repair, in backquotes if it is short.
  private func names(_ words: String, _ fixIt: Diagnostic.FixIt) -> Bool {
    guard fixIt.edits.count == 1, let replacement = fixIt.edits.first?.replacement else {
      return false
    }
    let isLong = replacement.utf8.count >= Self.fewestLettersToName
    return !replacement.isEmpty && words.contains(isLong ? replacement : "`\(replacement)`")
  }

  private func phrase(for fixIt: Diagnostic.FixIt, of diagnostic: Diagnostic) -> String {
    guard fixIt.edits.count == 1, let edit = fixIt.edits.first else { return fixIt.title }
    let isTitleEnough =
      names(fixIt.title, fixIt) || edit.replacement.utf8.allSatisfy { $0 == UInt8(ascii: " ") }
    if !fixIt.title.isEmpty, isTitleEnough { return fixIt.title }
    if edit.replacement.isEmpty {
      return "remove `\(sources.text(edit.range, in: diagnostic.primary.source))`"
    }
    let verb = edit.range.isEmpty ? "insert" : "replace with"
    let title = fixIt.title.isEmpty || fixIt.title.hasPrefix(verb) ? verb : fixIt.title + ":"
    return "\(title) `\(edit.replacement)`"
  }
}

extension SourceSet {
  /// Returns the text of a range, as far as the source has it.
  func text(_ range: SourceRange, in id: SourceID) -> String {
    guard let source = self[id] else { return "" }
    let start = source.clamped(range.start)
    return String(decoding: source.bytes[start..<source.clamped(range.end)], as: UTF8.self)
  }
}

extension Diagnostic.Severity {
  /// The colour of a severity.
  var role: TextRole {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}

extension TextBuilder {
  /// Appends the empty margin of an excerpt, and ends the line.
  mutating func appendMargin(_ columns: Int) {
    appendBlanks(columns + 1)
    append("|", as: .faint)
    endLine()
  }

  /// Appends a text from elsewhere as a paragraph; see `appendParagraph`.
  mutating func appendForeignParagraph(
    _ text: String,
    indentation: Int,
    from column: Int,
    role: TextRole = .plain
  ) {
    var safe = TextBuilder(options: options)
    safe.append(foreign: text)
    safe.glueCode()
    appendParagraph(safe.bytes[...], from: column, indentation: indentation, role: role)
  }
}
