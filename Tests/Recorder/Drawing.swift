import PseudoTerminal

/// Screens of a terminal, one after the other, as a drawing that moves by itself.
///
/// It needs no script and no font of its own. Where the reader wants nothing to move, the last screen
/// stands still.
struct Drawing {
  let frames: [Recording.Frame]
  let size: Screen.Size

  private static let cellWidth = 8.4
  private static let rowHeight = 18.0
  private static let margin = 14.0

  var svg: String {
    let width = Double(size.columns) * Self.cellWidth + 2 * Self.margin
    let height = Double(size.rows) * Self.rowHeight + 2 * Self.margin
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.number(width)) \
      \(Self.number(height))" width="\(Self.number(width))" role="img">
      <title>A session with dtx</title>
      <style>
      text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;\
      fill:#d7dae0;white-space:pre}
      .b{font-weight:bold}.d{opacity:.6}.c31{fill:#ff7b72}.c32{fill:#7ee787}.c33{fill:#e3b341}
      .c35{fill:#d2a8ff}.c36{fill:#76e3ea}
      .f{visibility:hidden;animation:\(Self.number(total))s step-end infinite}
      \(keyframes)
      @media(prefers-reduced-motion:reduce){.f{animation:none!important}\
      #f\(frames.count - 1){visibility:visible}}
      </style>
      <rect width="100%" height="100%" rx="8" fill="#161b22"/>
      \(frames.indices.map(group).joined(separator: "\n"))
      </svg>

      """
  }

  private var total: Double { frames.reduce(0) { $0 + $1.seconds } }

  /// When each screen is to be seen: from its start to the start of the next.
  private var keyframes: String {
    var start = 0.0
    return frames.enumerated().map { index, frame in
      let end = start + frame.seconds
      defer { start = end }
      let (from, to) = (start / total * 100, end / total * 100)
      var moments = from > 0 ? "0%{visibility:hidden}" : ""
      moments += "\(Self.number(from))%{visibility:visible}"
      if to < 99.99 { moments += "\(Self.number(to))%{visibility:hidden}" }
      return "@keyframes k\(index){\(moments)}#f\(index){animation-name:k\(index)}"
    }
    .joined(separator: "\n")
  }

  private func group(_ index: Int) -> String {
    let screen = frames[index].screen
    var rows: [String] = []
    for (row, cells) in screen.cells.enumerated() {
      let y = Self.margin + Double(row + 1) * Self.rowHeight - 4
      rows += runs(of: cells).map { column, text, style in
        let x = Self.margin + Double(column) * Self.cellWidth
        let name = Self.className(style)
        let kind = name.isEmpty ? "" : " class=\"\(name)\""
        // The length keeps columns in place, whatever font the reader has.
        let length = Self.number(Double(text.count) * Self.cellWidth)
        return
          "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" textLength=\"\(length)\"\(kind)>"
          + Self.escaped(text) + "</text>"
      }
    }
    let x = Self.margin + Double(screen.cursor.column) * Self.cellWidth
    let y = Self.margin + Double(screen.cursor.row) * Self.rowHeight + 1
    rows.append(
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.cellWidth)\""
        + " height=\"16\" fill=\"#d7dae0\" opacity=\".5\"/>"
    )
    return "<g class=\"f\" id=\"f\(index)\">\(rows.joined())</g>"
  }

  /// The stretches of a row that look alike and are not blank.
  private func runs(of cells: [Screen.Cell]) -> [(column: Int, text: String, style: Screen.Style)] {
    var runs: [(column: Int, text: String, style: Screen.Style)] = []
    var end = -1
    for (column, cell) in cells.enumerated() where cell.text != " " {
      if let last = runs.indices.last, runs[last].style == cell.style, column - end <= 2 {
        // One blank between two words belongs to them.
        runs[last].text += String(repeating: " ", count: column - end - 1) + cell.text
      } else {
        runs.append((column, cell.text, cell.style))
      }
      end = column
    }
    return runs
  }

  private static func className(_ style: Screen.Style) -> String {
    [style.isBold ? "b" : nil, style.isDim ? "d" : nil, style.color.map { "c\($0)" }]
      .compactMap(\.self).joined(separator: " ")
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// A number with at most two decimals, as short as it can be.
  private static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = (hundredths / 100, abs(hundredths % 100))
    if rest == 0 { return "\(whole)" }
    return "\(whole)." + (rest < 10 ? "0\(rest)" : rest % 10 == 0 ? "\(rest / 10)" : "\(rest)")
  }
}
