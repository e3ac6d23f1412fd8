import DTXSyntax

/// A place in a source that a diagnostic shows: a line with marks, or a stretch of lines.
struct Excerpt {
  /// How many lines of a stretch are shown; of a longer one the first two and the last.
  private static let mostLines = 4

  /// A label within its source, by byte offsets.
  private struct Marked {
    let range: Range<Int>
    let text: String
    let isPrimary: Bool
  }

  let source: Source
  private let firstLine: Int
  private let lastLine: Int
  private var labels: [Marked]

  /// Where the first label begins, for the excerpt's heading.
  let place: SourcePosition
  /// The number, from 1, of the last line that is shown.
  var lastLineNumber: Int { lastLine }

  private init(_ label: Diagnostic.Label, in source: Source, isPrimary: Bool) {
    self.source = source
    let start = source.clamped(label.range.start)
    let end = max(source.clamped(label.range.end), start)
    firstLine = source.line(of: start)
    // A range that ends with a line's end belongs to that line and not to the next.
    lastLine = end > start ? source.line(of: end - 1) : firstLine
    labels = [Marked(range: start..<end, text: label.text, isPrimary: isPrimary)]
    place = source.position(of: label.range.start)
  }

  /// Returns the excerpts of a diagnostic, the primary one first.
  ///
  /// Labels on the same line share an excerpt; a label in a source that is not at hand has none.
  static func excerpts(of diagnostic: Diagnostic, in sources: SourceSet) -> [Excerpt] {
    var excerpts: [(id: SourceID, excerpt: Excerpt)] = []
    for (number, label) in ([diagnostic.primary] + diagnostic.secondary).enumerated() {
      guard let source = sources[label.source] else { continue }
      let excerpt = Excerpt(label, in: source, isPrimary: number == 0)
      let shared = excerpts.firstIndex { $0.id == label.source && $0.excerpt.shares(excerpt) }
      if let shared {
        excerpts[shared].excerpt.labels += excerpt.labels
      } else {
        excerpts.append((label.source, excerpt))
      }
    }
    return excerpts.map(\.excerpt)
  }

  private func shares(_ other: Excerpt) -> Bool {
    firstLine == lastLine && other.firstLine == firstLine && other.lastLine == firstLine
  }
}

// MARK: - Drawing

extension Excerpt {
  /// Appends the lines with their numbers, the marks and the remarks.
  func append(to builder: inout TextBuilder, margin: Int, severity: Diagnostic.Severity) {
    let count = lastLine - firstLine + 1
    for line in firstLine...lastLine {
      if count > Self.mostLines, (firstLine + 2..<lastLine).contains(line) {
        if line == firstLine + 2 {
          builder.append("...", as: .faint)
          builder.endLine()
        }
        continue
      }
      append(line: line, to: &builder, margin: margin, severity: severity)
    }
  }

  private func append(
    line: Int,
    to builder: inout TextBuilder,
    margin: Int,
    severity: Diagnostic.Severity
  ) {
    let bytes = source.bytes(ofLine: line)
    let drawn = ExcerptLine(bytes, around: labels[0].range.lowerBound)
    let marks = labels.compactMap { mark($0, line: line, bytes: bytes, drawn: drawn) }
    let available = builder.options.columns.map { max($0 - margin - 3, 1) }
    let wanted = marks.first.map(\.columns) ?? 0..<1
    let all = marks.reduce(wanted) {
      min($0.lowerBound, $1.columns.lowerBound)..<max($0.upperBound, $1.columns.upperBound)
    }
    let ellipsis = builder.options.isUnicode ? 1 : 3
    let fits = available.map { all.count <= $0 - 2 * ellipsis } ?? true
    let window = drawn.window(showing: fits ? all : wanted, within: available, ellipsis: ellipsis)

    appendNumber(line, to: &builder, margin: margin)
    if window.isCutBefore { builder.appendEllipsis() }
    let start = builder.bytes.count
    drawn.append(window.columns, to: &builder)
    builder.trimBlanks(after: start)
    if window.isCutAfter { builder.appendEllipsis() }
    builder.endExcerptLine()

    let offset = window.isCutBefore ? ellipsis : 0
    let rows = MarkRows(
      marks: marks.map { $0.moved(into: window.columns, by: offset) },
      columns: available
    )
    rows.append(to: &builder, margin: margin, severity: severity)
  }

  private func appendNumber(_ number: Int, to builder: inout TextBuilder, margin: Int) {
    builder.begin(.faint)
    let digits = String(number)
    builder.appendBlanks(margin - digits.utf8.count)
    builder.append(safe: digits)
    builder.append(" |")
    builder.end(.faint)
    builder.append(" ")
  }

  /// Returns the columns of a line that a label covers, if it covers any.
  private func mark(
    _ label: Marked,
    line: Int,
    bytes: ArraySlice<UInt8>,
    drawn: ExcerptLine
  ) -> Mark? {
    var start = max(label.range.lowerBound, bytes.startIndex)
    let end = min(label.range.upperBound, bytes.endIndex)
    if line > firstLine {
      // The indentation of a following line is not part of what is wrong with it.
      while start < end, bytes[start] == UInt8(ascii: " ") || bytes[start] == UInt8(ascii: "\t") {
        start += 1
      }
      if start >= end { return nil }
    }
    start = min(start, bytes.endIndex)
    let from = drawn.column(of: start)
    let to = end > start ? drawn.column(of: end) : from
    return Mark(
      columns: from..<max(to, from + 1),
      text: line == lastLine ? label.text : "",
      isPrimary: label.isPrimary
    )
  }
}

extension TextBuilder {
  /// Ends a line of an excerpt, without the blanks at its end.
  fileprivate mutating func endExcerptLine() {
    trimBlanks(after: 0)
    endLine()
  }
}
