extension LineEditor {
  /// Shows the part of the text around the cursor, if the text is taller than the screen.
  ///
  /// libedit then draws the end of the text wherever the cursor is. So while the editor waits for a
  /// key, the screen shows this instead; before libedit draws on, `hideViewport` puts back what it
  /// believes to be there.
  func showViewport() {
    guard isANSI, !hasViewport else { return }
    let line = EditLine.line
    let screenHeight = EditLine.rows
    // Every row but the last takes at least one scalar, so most texts need no closer look.
    guard line.scalarCount + prompt.visible.unicodeScalars.count >= screenHeight else { return }
    let layout = layout
    let start = layout.position(after: prompt.visible)
    let cursor = layout.position(after: line.beforeCursor, from: start)
    let rest = line.text[line.beforeCursor.endIndex...]
    guard layout.position(after: rest, from: cursor).row >= screenHeight else {
      viewportTop = 0
      return
    }
    let heading = viewportHeading.map {
      [layout.truncate($0, toColumns: layout.columns - 1, mark: isASCII ? "..." : "…")]
    }
    let headingHeight = heading?.count ?? 0
    let height = max(1, screenHeight - headingHeight)
    viewportTop = min(viewportTop, cursor.row)
    viewportTop = max(viewportTop, cursor.row - height + 1)
    let range = viewportTop..<(viewportTop + height)
    hasViewport = true
    var rows = layout.rows(of: prompt.visible + line.text, in: range)
    if range.lowerBound == 0, start.row == 0, let first = rows.first {
      let text = first.dropFirst(prompt.visible.count)
      rows[0] = prompt.encoded.filter { $0 != "\u{1}" } + text
    }
    rows = (heading ?? []) + rows
    let place = "\u{1B}[\(headingHeight + cursor.row - range.lowerBound + 1);\(cursor.column + 1)H"
    EditLine.write("\u{1B}[H\u{1B}[J" + rows.joined(separator: "\r\n") + place)
  }

  /// Has libedit draw the text as it would have without a viewport.
  func hideViewport() {
    guard hasViewport else { return }
    hasViewport = false
    EditLine.write("\u{1B}[H\u{1B}[J")
    EditLine.redraw()
  }
}
