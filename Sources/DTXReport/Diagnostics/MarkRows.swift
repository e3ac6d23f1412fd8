import DTXSyntax

/// A stretch of columns to underline, and the remark about it.
struct Mark {
  var columns: Range<Int>
  let text: String
  let isPrimary: Bool

  /// Returns the mark within a window of the line, `offset` columns to the right for the ellipsis.
  ///
  /// A mark on what was cut off stands beneath the ellipsis.
  func moved(into window: Range<Int>, by offset: Int) -> Mark {
    let visible = columns.clamped(to: window)
    let shift = offset - window.lowerBound
    let moved =
      if !visible.isEmpty {
        visible.lowerBound + shift..<visible.upperBound + shift
      } else if columns.lowerBound < window.lowerBound {
        0..<max(offset, 1)
      } else {
        window.upperBound + shift..<window.upperBound + shift + 1
      }
    return Mark(columns: moved, text: text, isPrimary: isPrimary)
  }
}

/// The rows beneath a line of source: the underlines, and the remarks beside and below them.
///
///     | ------- ^^^^^ the last remark
///     | |
///     | another remark
struct MarkRows {
  /// How many columns one of several remarks gets at least: where there are fewer, it moves left.
  private static let fewestRemarkColumns = 24

  private let marks: [Mark]
  /// The columns beside the margin; nil for no limit.
  private let columns: Int?

  init(marks: [Mark], columns: Int?) {
    self.marks = marks
    self.columns = columns
  }

  func append(to builder: inout TextBuilder, margin: Int, severity: Diagnostic.Severity) {
    guard !marks.isEmpty else { return }
    let end = marks.map(\.columns.upperBound).max() ?? 0
    builder.appendMarginStart(margin)
    appendUnderlines(to: &builder, end: end, severity: severity)

    var hanging = marks.filter { !$0.text.isEmpty }
    if let last = hanging.firstIndex(where: { $0.columns.upperBound == end }) {
      let remark = Remark(hanging[last])
      if columns.map({ end + 1 + remark.columns <= $0 }) ?? true {
        builder.append(" ")
        builder.begin(remark.role(severity))
        builder.append(wrapped: remark.bytes[...])
        builder.end(remark.role(severity))
        hanging.remove(at: last)
      }
    }
    builder.endLine()
    appendHanging(hanging, to: &builder, margin: margin, severity: severity)
  }

  private func appendUnderlines(
    to builder: inout TextBuilder,
    end: Int,
    severity: Diagnostic.Severity
  ) {
    var row = [UInt8](repeating: UInt8(ascii: " "), count: end)
    for mark in marks where !mark.isPrimary {
      for column in mark.columns { row[column] = UInt8(ascii: "-") }
    }
    for mark in marks where mark.isPrimary {
      for column in mark.columns { row[column] = UInt8(ascii: "^") }
    }
    var start = 0
    while start < row.count {
      let next = row[start...].firstIndex { $0 != row[start] } ?? row.count
      let role = Self.role(of: row[start], severity)
      builder.begin(role)
      builder.append(row[start..<next])
      builder.end(role)
      start = next
    }
  }

  private static func role(of byte: UInt8, _ severity: Diagnostic.Severity) -> TextRole {
    switch byte {
    case UInt8(ascii: "^"): severity.role
    case UInt8(ascii: "-"): .note
    default: .plain
    }
  }

  /// Appends the remarks that found no room beside the underlines, from right to left.
  private func appendHanging(
    _ marks: [Mark],
    to builder: inout TextBuilder,
    margin: Int,
    severity: Diagnostic.Severity
  ) {
    let ordered = marks.enumerated().sorted {
      ($0.element.columns.lowerBound, $0.offset) > ($1.element.columns.lowerBound, $1.offset)
    }
    .map(\.element)
    if self.marks.count > 1, !ordered.isEmpty {
      builder.appendMarginStart(margin)
      appendBars(of: ordered[...], before: Int.max, to: &builder)
      builder.endLine()
    }
    for (index, mark) in ordered.enumerated() {
      let remark = Remark(mark)
      let indentation = indentation(of: mark, remark)
      let lines = LineWrapping.lines(
        of: remark.bytes[...],
        columns: columns.map { $0 - indentation } ?? Int.max
      )
      for line in lines {
        builder.appendMarginStart(margin)
        let bars = ordered[(index + 1)...].filter {
          $0.columns.lowerBound < mark.columns.lowerBound
        }
        let written = appendBars(of: bars[...], before: indentation, to: &builder)
        builder.appendBlanks(indentation - written)
        builder.begin(remark.role(severity))
        builder.append(wrapped: remark.bytes[line])
        builder.end(remark.role(severity))
        builder.endLine()
      }
    }
  }

  private func indentation(of mark: Mark, _ remark: Remark) -> Int {
    guard let columns else { return mark.columns.lowerBound }
    let room = marks.count == 1 ? remark.columns : min(remark.columns, Self.fewestRemarkColumns)
    return max(min(mark.columns.lowerBound, columns - room), 0)
  }

  /// Appends a bar beneath each mark and returns how many columns that took.
  @discardableResult
  private func appendBars(
    of marks: ArraySlice<Mark>,
    before limit: Int,
    to builder: inout TextBuilder
  ) -> Int {
    var written = 0
    for column in marks.map(\.columns.lowerBound).sorted() where written <= column {
      guard column + 1 < limit else { break }
      builder.appendBlanks(column - written)
      builder.append("|", as: .faint)
      written = column + 1
    }
    return written
  }
}

/// A remark made safe, with its extent.
private struct Remark {
  let bytes: [UInt8]
  let columns: Int
  private let isPrimary: Bool

  init(_ mark: Mark) {
    var builder = TextBuilder()
    builder.append(foreign: mark.text)
    builder.trimBlanks(after: 0)
    builder.glueCode()
    bytes = builder.bytes
    columns = ColumnCounter.columns(of: bytes[...])
    isPrimary = mark.isPrimary
  }

  func role(_ severity: Diagnostic.Severity) -> TextRole { isPrimary ? severity.role : .note }
}

extension TextBuilder {
  /// Appends the margin of an excerpt and the blank behind it.
  fileprivate mutating func appendMarginStart(_ columns: Int) {
    appendBlanks(columns + 1)
    append("|", as: .faint)
    append(" ")
  }

  /// Removes blanks at the end, but nothing before an index.
  mutating func trimBlanks(after start: Int) {
    while bytes.count > start, bytes.last == UInt8(ascii: " ") { removeLast() }
  }
}
