/// The list of candidates as it is printed beneath the line.
struct CandidateTable {
  let rows: [[StyledText]]

  private static let gap = 2
  /// A label may take this share of the width when details stand beside it: half.
  private static let labelShare = 2

  /// Lays the candidates out: with details one a row, else in columns that are read downwards.
  init(_ completion: Completion, layout: ScreenLayout, isASCII: Bool) {
    let candidates = completion.candidates
    let mark = isASCII ? "..." : "…"
    // The last column stays free, because filling it would wrap to another row.
    let width = max(1, layout.columns - 1)
    let labels = candidates.map {
      layout.truncate($0.label.removingControlCharacters(), toColumns: width, mark: mark)
    }
    let details = candidates.map { $0.detail.removingControlCharacters() }
    var rows =
      details.allSatisfy(\.isEmpty)
      ? Self.grid(labels, width: width, layout: layout)
      : Self.list(Array(zip(labels, details)), width: width, layout: layout, mark: mark)
    if completion.hasMore {
      let words = "\(mark) and more: type more of the word"
      rows.append([StyledText(layout.truncate(words, toColumns: width, mark: mark), .dim)])
    }
    self.rows = rows
  }

  private static func grid(
    _ labels: [String],
    width: Int,
    layout: ScreenLayout
  ) -> [[StyledText]] {
    let cell = (labels.map { layout.columns(of: $0) }.max() ?? 0) + gap
    let columnCount = max(1, (width + gap) / cell)
    let rowCount = (labels.count + columnCount - 1) / columnCount
    return (0..<rowCount).map { row in
      let cells = stride(from: row, to: labels.count, by: rowCount).map { labels[$0] }
      let padded = cells.dropLast().map { pad($0, to: cell, layout: layout) }
      return [StyledText(padded.joined() + (cells.last ?? ""))]
    }
  }

  private static func list(
    _ rows: [(label: String, detail: String)],
    width: Int,
    layout: ScreenLayout,
    mark: String
  ) -> [[StyledText]] {
    let widest = rows.map { layout.columns(of: $0.label) }.max() ?? 0
    let cell = min(widest, max(1, width / labelShare))
    return rows.map { row in
      guard !row.detail.isEmpty else { return [StyledText(row.label)] }
      let label = layout.truncate(row.label, toColumns: cell, mark: mark)
      let room = width - cell - gap
      guard room > 0 else { return [StyledText(label)] }
      return [
        StyledText(pad(label, to: cell + gap, layout: layout)),
        StyledText(layout.truncate(row.detail, toColumns: room, mark: mark), .dim),
      ]
    }
  }

  private static func pad(_ text: String, to width: Int, layout: ScreenLayout) -> String {
    text + String(repeating: " ", count: max(0, width - layout.columns(of: text)))
  }
}
