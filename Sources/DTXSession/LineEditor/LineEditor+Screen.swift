import CLineEditor

extension LineEditor {
  var layout: ScreenLayout {
    ScreenLayout(columns: EditLine.columns, width: EditLine.width)
  }

  /// Reacts to what happened outside of the line.
  func notice(_ event: EditorEvent) {
    let hadViewport = hasViewport
    hideViewport()
    defer { if hadViewport { showViewport() } }
    switch event {
    case .woken:
      printNotices(hidden: hadViewport)
      refreshRightPrompt()
    case .resized:
      // What fits beside the text is another now.
      refreshRightPrompt()
      redraw()
    case .suspensionRequested: _ = perform(.suspend)
    case .continued:
      EditLine.leaveTerminal()
      EditLine.enterTerminal()
      // The shell has written in between, so the line starts again where the cursor is now.
      EditLine.write("\r")
      EditLine.redraw()
    @unknown default: break
    }
  }

  // MARK: Above the line

  private func printNotices(hidden: Bool) {
    let messages = notices.take()
    guard let last = messages.last else { return }
    if hidden { viewportHeading = last.split(separator: "\n").last.map(String.init) }
    clear()
    for message in messages {
      let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
      for line in lines { EditLine.write(line + "\r\n") }
    }
    EditLine.redraw()
  }

  /// Shows what has been found out about the line meanwhile.
  private func refreshRightPrompt() {
    let line = EditLine.line
    guard !line.isDamaged, !isSearching(line), showRightPrompt(for: line.text) else { return }
    redraw()
  }

  private func redraw() {
    clear()
    EditLine.redraw()
  }

  /// Takes prompt and text off the screen, with the cursor where the prompt was.
  private func clear() {
    guard isANSI else { return EditLine.write("\r\n") }
    let row = rows(upTo: EditLine.line.beforeCursor)
    EditLine.write("\r" + (row > 0 ? "\u{1B}[\(row)A" : "") + "\u{1B}[J")
  }

  // MARK: Beneath the line

  /// Moves the cursor to the start of the row beneath the text.
  func moveBeneathText() {
    let line = EditLine.line
    let down = rows(upTo: Substring(line.text)) - rows(upTo: line.beforeCursor)
    EditLine.write((isANSI && down > 0 ? "\u{1B}[\(down)B" : "") + "\r\n")
  }

  /// Returns the rows between the prompt and the end of the text; libedit shows no more of them
  /// than the screen has.
  private func rows(upTo text: Substring) -> Int {
    let layout = layout
    let start = layout.position(after: prompt.visible)
    return min(layout.position(after: text, from: start).row, EditLine.rows - 1)
  }

  // MARK: Completion

  /// Inserts what is certain, and otherwise shows what is possible.
  func complete() -> EditorReaction {
    let line = EditLine.line
    guard let delegate else { return .bell }
    let completion = delegate.complete(line.text, cursorByteOffset: line.cursor)
    if !completion.remark.isEmpty { notices.printAbove(completion.remark) }
    guard let replaced = text(of: line, in: completion.range), !completion.candidates.isEmpty
    else { return .bell }
    let prefix = completion.commonPrefix
    if completion.isUnique || prefix.count > replaced.count {
      replace(completion.range, of: line, with: prefix)
      return .redraw
    }
    moveBeneathText()
    show(CandidateTable(completion, layout: layout, isASCII: isASCII))
    EditLine.redraw()
    return .none
  }

  /// Returns the part of the text, or nil if the range is none of it or cuts a character.
  private func text(of line: EditLine.Line, in range: Range<Int>) -> Substring? {
    let bytes = line.text.utf8
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
    let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
    let end = bytes.index(bytes.startIndex, offsetBy: range.upperBound)
    guard start.samePosition(in: line.text.unicodeScalars) != nil,
      end.samePosition(in: line.text.unicodeScalars) != nil
    else { return nil }
    return line.text[start..<end]
  }

  private func replace(_ range: Range<Int>, of line: EditLine.Line, with insertion: String) {
    guard let replaced = text(of: line, in: range) else { return }
    let scalars = line.text.unicodeScalars
    let end = scalars.distance(from: scalars.startIndex, to: replaced.endIndex)
    EditLine.moveCursor(scalars: end - line.beforeCursor.unicodeScalars.count)
    EditLine.deleteBefore(scalars: replaced.unicodeScalars.count)
    let text = insertion.removingControlCharacters()
    if !EditLine.insert(text) { EditLine.bell() }
  }

  /// Prints the list, and asks before each further screen of it.
  private func show(_ table: CandidateTable) {
    let isStyled = configuration.usesStyles && isANSI
    // One row stays for the question, and one of the screen before for the eye to hold on to.
    let pageSize = max(1, EditLine.rows - 2)
    for (index, row) in table.rows.enumerated() {
      if index > 0, index.isMultiple(of: pageSize), !wantsMore() { return }
      var text = ""
      for piece in row {
        let isDecorated = isStyled && piece.style != .plain
        text += isDecorated ? piece.style.escapeSequence : ""
        text += piece.text
        text += isDecorated ? TextStyle.plain.escapeSequence : ""
      }
      EditLine.write(text + "\r\n")
    }
  }

  /// Asks whether the list shall go on.
  ///
  /// Anything but a key that says yes is no.
  private func wantsMore() -> Bool {
    let question = "--more--"
    EditLine.write(question)
    let key = EditLine.readByte()
    EditLine.write("\r" + String(repeating: " ", count: question.count) + "\r")
    switch key {
    case UInt8(ascii: " "), UInt8(ascii: "y"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
      return true
    default:
      // The rest of an escape sequence would be taken for typed text.
      if key == 0x1B { EditLine.discardInput() }
      return false
    }
  }
}
