import CLineEditor

extension LineEditor {
  /// Binds the keys: first the customs of emacs, which .editrc may change, then what must hold.
  ///
  /// `bind -v` and `bind -e` in .editrc reset every key, so the second part comes after it, and goes
  /// into vi's command map too. No sequence here begins with ESC: such a binding would take ESC
  /// itself from vi's insert mode.
  func bindKeys() {
    for (key, command) in [
      ("^R", "em-inc-search-prev"), ("^S", "em-inc-search-next"), ("^W", "ed-delete-prev-word"),
      ("^A", "dtx-line-start"), ("^E", "dtx-line-end"), ("^P", "dtx-previous-line"),
      ("^N", "dtx-next-line"), ("^X^E", "dtx-edit-externally"),
      ("^_", "dtx-undo"), ("^X^U", "dtx-undo"),
    ] {
      EditLine.bind(key, to: command)
    }
    // Alt-#, in the one map where ESC begins a sequence anyway; `bind -v` takes it away again.
    EditLine.bind("^[#", to: "dtx-toggle-remark")
    EditLine.readSettings()
    for (key, command) in [
      ("^I", "dtx-complete"), ("^M", "dtx-enter"), ("^J", "dtx-enter"), ("^C", "dtx-interrupt"),
      ("^Z", "dtx-suspend"),
    ] {
      EditLine.bind(key, to: command)
      EditLine.bind(key, to: command, inAlternativeMap: true)
    }
    // libedit's own command for v runs what comes back from the editor.
    EditLine.bind("v", to: "dtx-edit-externally", inAlternativeMap: true)
    EditLine.bind("#", to: "dtx-toggle-remark", inAlternativeMap: true)
    EditLine.bind("k", to: "dtx-previous-line", inAlternativeMap: true)
    EditLine.bind("j", to: "dtx-next-line", inAlternativeMap: true)
    for (code, command) in [
      (EDITOR_KEY_PASTE, "dtx-paste"), (EDITOR_KEY_UP, "dtx-previous-line"),
      (EDITOR_KEY_DOWN, "dtx-next-line"), (EDITOR_KEY_RIGHT, "ed-next-char"),
      (EDITOR_KEY_LEFT, "ed-prev-char"), (EDITOR_KEY_HOME, "dtx-line-start"),
      (EDITOR_KEY_END, "dtx-line-end"), (EDITOR_KEY_TEXT_START, "ed-move-to-beg"),
      (EDITOR_KEY_TEXT_END, "ed-move-to-end"), (EDITOR_KEY_DELETE, "ed-delete-next-char"),
      (EDITOR_KEY_WORD_RIGHT, "em-next-word"), (EDITOR_KEY_WORD_LEFT, "ed-prev-word"),
      (EDITOR_KEY_DELETE_WORD, "em-delete-next-word"), (EDITOR_KEY_UNKNOWN, "dtx-refuse"),
      (EDITOR_KEY_REFRESH, "dtx-refresh"), (EDITOR_KEY_ACCEPT, "ed-newline"),
    ] {
      EditLine.bind(Int(code), to: command)
    }
  }

  /// Does what a key asks for.
  func perform(_ command: EditorCommand) -> EditorReaction {
    switch command {
    case .complete: complete()
    case .enter: enter()
    case .interrupt: interrupt()
    case .suspend: suspend()
    case .paste: paste()
    case .previousLine: moveToPreviousLine()
    case .nextLine: moveToNextLine()
    case .lineStart: moveToLineStart()
    case .lineEnd: moveToLineEnd()
    case .editExternally: editExternally()
    case .undo: undoLastChange()
    case .toggleRemark: toggleRemark()
    case .refresh: .redraw
    case .refuse: .bell
    @unknown default: .bell
    }
  }

  /// Looks at the line before a key is read; true if it has to be drawn again.
  func look() -> Bool {
    if let text = initialText {
      initialText = nil
      replaceText(with: text)
      showRightPrompt(for: text)
      return true
    }
    let line = EditLine.line
    if line.isDamaged { return repair(line) }
    guard !isSearching(line) else { return false }
    let cursor = line.beforeCursor.unicodeScalars.count
    undo.record(UndoStack.State(text: line.text, cursor: cursor))
    if line.scalarCount >= Self.scalarsThatLibeditSaves { longText = line.text }
    return showRightPrompt(for: line.text)
  }

  /// Shows what is to be seen while nobody types.
  func willWait() {
    if !isSearching(EditLine.line) { showViewport() }
  }

  /// The size of the buffer in which libedit saves a line that it leaves for the history.
  static let scalarsThatLibeditSaves = 1024

  /// Puts back a long line that libedit returned to and of which it had saved the first part only.
  private func repair(_ line: EditLine.Line) -> Bool {
    guard let longText, longText.unicodeScalars.count == line.scalarCount else { return false }
    replaceText(with: longText)
    return true
  }

  /// While libedit searches incrementally, the line has what it searches for after the text.
  func isSearching(_ line: EditLine.Line) -> Bool {
    guard let newline = line.text.lastIndex(of: "\n") else { return false }
    let last = line.text[newline...]
    return last.hasPrefix("\nbck:") || last.hasPrefix("\nfwd:") || last == "\nbck"
      || last == "\nfwd"
  }

  // MARK: Ending the line

  private func enter() -> EditorReaction {
    guard delegate?.isComplete(EditLine.line.text) ?? true else {
      return EditLine.insert("\n") ? .redraw : .bell
    }
    isAccepted = true
    // libedit's own command then goes beneath the text and ends it as its reader expects.
    EditLine.press(Int(EDITOR_KEY_ACCEPT))
    hideRightPrompt()
    return .redraw
  }

  private func interrupt() -> EditorReaction {
    isInterrupted = true
    hideRightPrompt()
    EditLine.moveCursor(scalars: EditLine.line.scalarCount)
    _ = EditLine.insert("^C")
    EditLine.press(Int(EDITOR_KEY_ACCEPT))
    return .redraw
  }

  private func suspend() -> EditorReaction {
    moveBeneathText()
    EditLine.stop()
    EditLine.write("\r")
    EditLine.redraw()
    return .none
  }

  // MARK: Changing the text

  /// Puts a text in the line, with the cursor after it.
  func replaceText(with text: String) {
    let count = EditLine.line.scalarCount
    EditLine.moveCursor(scalars: count)
    EditLine.deleteBefore(scalars: count)
    if !EditLine.insert(text) { EditLine.bell() }
  }

  private func paste() -> EditorReaction {
    guard let pasted = EditLine.pastedText() else {
      let megabytes = PastedText.byteLimit >> 20
      notices.printAbove("The paste is larger than \(megabytes) MiB and was left out.")
      return .bell
    }
    let text = PastedText.clean(pasted)
    guard EditLine.insert(text) else { return .bell }
    if !text.isEmpty { delegate?.pasted(into: EditLine.line.text) }
    return .redraw
  }

  private func undoLastChange() -> EditorReaction {
    // What was typed in one go with this key has not been looked at yet.
    let line = EditLine.line
    undo.record(
      UndoStack.State(text: line.text, cursor: line.beforeCursor.unicodeScalars.count)
    )
    guard let state = undo.undo() else { return .bell }
    replaceText(with: state.text)
    EditLine.moveCursor(scalars: state.cursor - state.text.unicodeScalars.count)
    return .redraw
  }

  private func toggleRemark() -> EditorReaction {
    replaceText(with: DoneRemark.toggled(EditLine.line.text))
    return .redraw
  }

  private func editExternally() -> EditorReaction {
    let text = EditLine.line.text
    moveBeneathText()
    EditLine.leaveTerminal()
    let edited = delegate?.editExternally(text)
    EditLine.enterTerminal()
    if let edited { replaceText(with: PastedText.clean(edited)) }
    EditLine.write("\r")
    EditLine.redraw()
    return .none
  }

  // MARK: Lines and history

  private func moveToPreviousLine() -> EditorReaction {
    let line = EditLine.line
    let before = line.beforeCursor
    guard let newline = before.unicodeScalars.lastIndex(of: "\n") else {
      return recall(history.previous(from: line.text))
    }
    let column = before.unicodeScalars.distance(from: newline, to: before.endIndex) - 1
    let above = before.unicodeScalars[..<newline]
    let start = above.lastIndex(of: "\n").map { above.index(after: $0) } ?? above.startIndex
    let length = above.distance(from: start, to: above.endIndex)
    EditLine.moveCursor(scalars: -(column + 1 + max(0, length - column)))
    return .moveCursor
  }

  private func moveToNextLine() -> EditorReaction {
    let line = EditLine.line
    let before = line.beforeCursor.unicodeScalars
    let after = line.text.unicodeScalars[before.endIndex...]
    guard let newline = after.firstIndex(of: "\n") else {
      return recall(history.next(from: line.text))
    }
    let start = before.lastIndex(of: "\n").map { before.index(after: $0) } ?? before.startIndex
    let column = before.distance(from: start, to: before.endIndex)
    let below = after[after.index(after: newline)...].prefix { $0 != "\n" }
    let toNewline = after.distance(from: after.startIndex, to: newline)
    EditLine.moveCursor(scalars: toNewline + 1 + min(column, below.count))
    return .moveCursor
  }

  private func moveToLineStart() -> EditorReaction {
    let before = EditLine.line.beforeCursor.unicodeScalars
    let column = before.reversed().prefix { $0 != "\n" }.count
    EditLine.moveCursor(scalars: -column)
    return .moveCursor
  }

  private func moveToLineEnd() -> EditorReaction {
    let line = EditLine.line
    let after = line.text.unicodeScalars[line.beforeCursor.endIndex...]
    EditLine.moveCursor(scalars: after.prefix { $0 != "\n" }.count)
    return .moveCursor
  }

  private func recall(_ entry: String?) -> EditorReaction {
    guard let entry else { return .bell }
    replaceText(with: entry)
    return .redraw
  }
}
