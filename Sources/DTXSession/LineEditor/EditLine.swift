import CLineEditor

/// The C editor, in Swift's types: the only code here that touches memory it does not own.
///
/// There is one in a process, hence static functions. All but `wake` belong to the thread that
/// opened it.
enum EditLine {
  /// The text being edited.
  struct Line {
    var text: String
    /// Bytes of UTF-8 before the cursor.
    var cursor: Int
    /// True if libedit lost what came after the first part of the text.
    var isDamaged: Bool
    var scalarCount: Int

    var beforeCursor: Substring {
      let index = text.utf8.index(text.startIndex, offsetBy: min(cursor, text.utf8.count))
      return text[..<index]
    }
  }

  /// Opens the editor for an owner, who must close it before going away.
  static func open(program: String, owner: LineEditor, limits: EditorLimits) -> Bool {
    // Sound: the callbacks run only while the editor is open, and `LineEditor.deinit` closes it.
    let context = unsafe Unmanaged.passUnretained(owner).toOpaque()
    let callbacks = unsafe EditorCallbacks(
      context: context,
      perform: { unsafe EditLine.owner($0).perform($1) },
      notify: { unsafe EditLine.owner($0).notice($1) },
      look: { unsafe EditLine.owner($0).look() },
      will_wait: { unsafe EditLine.owner($0).willWait() },
      did_wait: { unsafe EditLine.owner($0).hideViewport() }
    )
    // Sound: libedit copies the name.
    return unsafe editor_open(program, callbacks, limits)
  }

  /// Sound for the context that `open` passed, while its owner lives.
  @unsafe private static func owner(_ context: UnsafeMutableRawPointer) -> LineEditor {
    unsafe Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue()
  }

  static func close() { editor_close() }
  static func wake() { editor_wake() }
  static func readSettings() { editor_source_settings() }

  // MARK: Keys

  /// Binds a key in the main map or the alternative one, which vi's command mode uses.
  static func bind(_ key: String, to command: String, inAlternativeMap: Bool = false) {
    // Sound: libedit copies both strings.
    let isBound = unsafe editor_bind(key, command, inAlternativeMap)
    assert(isBound, "libedit knows no \(command)")
  }

  /// Binds one of the codes of decoded keys in both maps.
  static func bind(_ code: Int, to command: String) {
    // Sound: libedit copies the string.
    let isBound = unsafe editor_bind_code(Int32(code), command)
    assert(isBound, "libedit knows no \(command)")
  }

  static func press(_ code: Int) { editor_press(Int32(code)) }

  // MARK: Terminal

  static var hasTerminal: Bool { editor_has_terminal() }
  static var columns: Int { Int(editor_columns()) }
  static var rows: Int { Int(editor_rows()) }

  /// Returns a string of the terminal's description.
  static func capability(_ name: String) -> String? {
    // Sound: the string is libedit's own, NUL-terminated, and copied at once.
    guard let value = unsafe editor_capability(name) else { return nil }
    return unsafe String(cString: value)
  }

  static func width(_ scalar: Unicode.Scalar) -> Int { Int(editor_width(scalar.value)) }

  static func write(_ text: String) {
    var text = text
    // Sound: the bytes live as long as the call, which does not keep them.
    text.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
        guard let start = bytes.baseAddress else { return }
        unsafe editor_write(start, bytes.count)
      }
    }
  }

  static func bell() { editor_bell() }
  static func redraw() { editor_redraw() }
  static func leaveTerminal() { editor_leave_terminal() }
  static func enterTerminal() { editor_enter_terminal() }
  static func stop() { editor_stop() }
  static func discardInput() { editor_discard_input() }

  static func readByte() -> UInt8? { UInt8(exactly: editor_read_byte()) }

  // MARK: Text

  static func setPrompt(_ text: String) {
    // Sound: the string is copied.
    unsafe editor_set_prompt(text)
  }

  static func setRightPrompt(_ text: String) {
    // Sound: the string is copied.
    unsafe editor_set_right_prompt(text)
  }

  /// Reads a line, without its newline, or nil at the end of input.
  static func readLine(bracketedPaste: Bool) -> String? {
    var line = unsafe EditorText()
    // Sound: the text is written during the call and copied before the next one.
    guard unsafe editor_read_line(&line, bracketedPaste) == .line else { return nil }
    var text = unsafe copy(line)
    // By scalars: a quoted CR before the newline would make one character of both.
    if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
    return text
  }

  static var line: Line {
    // Sound: the text is copied before the next call.
    let line = unsafe editor_text()
    let isDamaged = unsafe line.is_damaged
    return unsafe Line(
      text: isDamaged ? "" : copy(line),
      cursor: isDamaged ? 0 : line.cursor,
      isDamaged: isDamaged,
      scalarCount: line.scalars
    )
  }

  /// Returns the last paste, or nil if it was larger than allowed.
  static func pastedText() -> String? {
    var isTooLarge = false
    // Sound: the flag lives during the call, and the text is copied before the next one.
    let text = unsafe editor_pasted(&isTooLarge)
    return isTooLarge ? nil : unsafe copy(text)
  }

  /// Inserts at the cursor; false if there is no memory for the text.
  static func insert(_ text: String) -> Bool {
    // libedit refuses to insert nothing.
    if text.isEmpty { return true }
    // Sound: libedit copies the text. It ends at a NUL, which is no text.
    return unsafe editor_insert(text)
  }

  static func deleteBefore(scalars: Int) { editor_delete_before(Int32(clamping: scalars)) }
  static func moveCursor(scalars: Int) { editor_move_cursor(Int32(clamping: scalars)) }

  /// Sound for a text whose bytes are still there.
  @unsafe private static func copy(_ text: EditorText) -> String {
    let bytes = unsafe UnsafeRawBufferPointer(start: text.bytes, count: text.count)
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  // MARK: History and questions

  static func clearHistory() { editor_history_clear() }

  static func enterHistory(_ text: String) {
    // Sound: the text is copied.
    unsafe editor_history_enter(text)
  }

  /// Asks on the terminal, without the editor; nil if there is no answer.
  static func ask(_ question: String, byteLimit: Int) -> String? {
    var answer = EditorAnswer.end
    // Sound: the function writes at most `buffer.count` bytes and says in `count` how many.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: byteLimit) { buffer, count in
      unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
        guard let start = buffer.baseAddress else { return }
        answer = unsafe editor_ask(question, start, buffer.count, &count)
      }
    }
    return answer == .line ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
