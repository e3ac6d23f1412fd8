/// How one text differs from another, line by line, as a unified diff.
///
/// Lines that differ are skipped up to the nearest ones that are equal again. For texts that differ
/// here and there that gives the shortest diff, or nearly; the work is bounded in any case.
///
/// Source: GNU diffutils manual, "Unified Format", read 2026-11-25.
package struct LineDiff {
  /// How many lines are looked at on both sides to find equal ones again.
  private static let reach = 100
  /// How many equal lines are shown around those that differ.
  private static let context = 3

  /// A stretch of lines that differ.
  private struct Change {
    var old: Range<Int>
    var new: Range<Int>
  }

  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]
  private let changes: [Change]

  /// Compares two texts.
  package init(from old: [UInt8], to new: [UInt8]) {
    self.old = Self.lines(of: old)
    self.new = Self.lines(of: new)
    changes = Self.changes(from: self.old, to: self.new)
  }

  /// Whether the texts are equal.
  package var isEmpty: Bool { changes.isEmpty }

  /// Appends the diff; nothing where the texts are equal.
  package func append(to builder: inout TextBuilder, old oldName: String, new newName: String) {
    guard !changes.isEmpty else { return }
    appendHeading("--- ", oldName, to: &builder)
    appendHeading("+++ ", newName, to: &builder)
    var rest = changes[...]
    while let first = rest.first {
      // Changes whose contexts touch share a hunk.
      var hunk = [first]
      rest.removeFirst()
      while let next = rest.first, let last = hunk.last,
        next.old.lowerBound - last.old.upperBound <= 2 * Self.context
      {
        hunk.append(next)
        rest.removeFirst()
      }
      append(hunk, to: &builder)
    }
  }
}

// MARK: - Comparing

extension LineDiff {
  /// Returns the lines, each with its end, if it has one.
  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.count
      lines.append(text[start..<end])
      start = end
    }
    return lines
  }

  private static func changes(
    from old: [ArraySlice<UInt8>],
    to new: [ArraySlice<UInt8>]
  ) -> [Change] {
    var changes: [Change] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, right < new.count, old[left] == new[right] {
        (left, right) = (left + 1, right + 1)
        continue
      }
      let (removed, added) = distance(old[left...], new[right...])
      let change = Change(old: left..<left + removed, new: right..<right + added)
      if let last = changes.last, last.old.upperBound == left, last.new.upperBound == right {
        changes[changes.count - 1].old = last.old.lowerBound..<change.old.upperBound
        changes[changes.count - 1].new = last.new.lowerBound..<change.new.upperBound
      } else {
        changes.append(change)
      }
      (left, right) = (change.old.upperBound, change.new.upperBound)
    }
    return changes
  }

  /// Returns how many lines to skip on both sides, as few as possible, to come to equal ones.
  private static func distance(
    _ old: ArraySlice<ArraySlice<UInt8>>,
    _ new: ArraySlice<ArraySlice<UInt8>>
  ) -> (Int, Int) {
    for sum in 1...reach {
      for removed in 0...sum where removed < old.count && sum - removed < new.count {
        let added = sum - removed
        if old[old.startIndex + removed] == new[new.startIndex + added] { return (removed, added) }
      }
    }
    return (min(reach, old.count), min(reach, new.count))
  }
}

// MARK: - Writing

extension LineDiff {
  private func appendHeading(
    _ mark: StaticString,
    _ name: String,
    to builder: inout TextBuilder
  ) {
    builder.begin(.heading)
    builder.append(mark)
    builder.append(foreign: name)
    builder.end(.heading)
    builder.endLine()
  }

  private func append(_ hunk: [Change], to builder: inout TextBuilder) {
    guard let first = hunk.first, let last = hunk.last else { return }
    let before = min(Self.context, first.old.lowerBound)
    let after = min(Self.context, old.count - last.old.upperBound)
    let oldRange = first.old.lowerBound - before..<last.old.upperBound + after
    let newRange = first.new.lowerBound - before..<last.new.upperBound + after
    builder.begin(.note)
    builder.append("@@ -")
    append(oldRange, to: &builder)
    builder.append(" +")
    append(newRange, to: &builder)
    builder.append(" @@")
    builder.end(.note)
    builder.endLine()
    var position = oldRange.lowerBound
    for change in hunk {
      for line in old[position..<change.old.lowerBound] { append(" ", line, .plain, to: &builder) }
      for line in old[change.old] { append("-", line, .error, to: &builder) }
      for line in new[change.new] { append("+", line, .success, to: &builder) }
      position = change.old.upperBound
    }
    for line in old[position..<oldRange.upperBound] { append(" ", line, .plain, to: &builder) }
  }

  /// Appends the lines of a hunk: the first one from 1, or the one before where there is none.
  private func append(_ range: Range<Int>, to builder: inout TextBuilder) {
    builder.append(range.isEmpty ? range.lowerBound : range.lowerBound + 1)
    if range.count != 1 {
      builder.append(",")
      builder.append(range.count)
    }
  }

  private func append(
    _ mark: StaticString,
    _ line: ArraySlice<UInt8>,
    _ role: TextRole,
    to builder: inout TextBuilder
  ) {
    let isEnded = line.last == UInt8(ascii: "\n")
    builder.begin(role)
    builder.append(mark)
    builder.append(line: isEnded ? line.dropLast() : line)
    builder.end(role)
    builder.endLine()
    guard !isEnded else { return }
    builder.append("\\ No newline at end of file")
    builder.endLine()
  }
}

extension TextBuilder {
  /// Appends a line of a file, its tabs as they are.
  fileprivate mutating func append(line: ArraySlice<UInt8>) {
    for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
      if scalar == "\t" { append(byte: UInt8(ascii: "\t")) } else { append(foreign: scalar) }
    }
  }
}
