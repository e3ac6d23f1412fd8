import CLineEditor

/// Reads lines from the terminal with libedit; the one type of dtx that touches the terminal.
///
/// There can be one in a process, and it belongs to the thread that made it. Only its `notices` are
/// for other threads. What the user types is decided on by the delegate.
package final class LineEditor {
  /// How the reading of a line ended.
  package enum Input: Hashable, Sendable {
    /// The text without the newline of the Enter that accepted it.
    case line(String)
    /// The user dropped the text with Ctrl-C.
    case interrupted
    /// The user ended the input with Ctrl-D.
    case end
    /// The terminal is gone: nobody can be asked anything any more.
    case closed
  }

  /// Choices that the user's settings make.
  package struct Configuration: Hashable, Sendable {
    /// Whether prompts and lists have colours; off for `NO_COLOR`.
    package var usesStyles = true
    /// Entries that the history keeps, enough for weeks of typing.
    package var historyLimit = 10_000

    package init() {}
  }

  /// Why there can be no line editor.
  package enum Failure: Error, Hashable {
    /// Standard input or standard output is not a terminal: read plain lines instead.
    case notATerminal
    /// Neither the user's locale nor C.UTF-8 gives UTF-8, so that libedit would drop letters.
    case noUTF8Locale
    /// Another editor is open in this process.
    case alreadyOpen
    /// libedit could not start.
    case unavailable
  }

  /// How long an ESC may stand alone before it is the key: longer than the bytes of one key take
  /// to arrive, shorter than a person notices.
  private static let escapeMilliseconds = 30
  /// How long a paste may stall on a slow connection before its end is given up.
  private static let pasteStallMilliseconds = 10_000
  /// The longest answer: what a terminal in its own line mode can hold.
  private static let answerByteLimit = 4096

  /// The largest text that the line takes at once, pasted or from another program.
  package static let textByteLimit = PastedText.byteLimit

  /// Prints messages above the line, from any thread.
  package let notices = EditorNotices()

  package let configuration: Configuration
  weak let delegate: (any LineEditorDelegate)?
  /// Whether the user's own locale is not UTF-8, so that only ASCII is sure to be shown.
  let isASCII: Bool
  /// Whether the terminal obeys ECMA-48's sequences, judged by how it clears what is beneath.
  private(set) var isANSI = false
  private var isOpen = false

  var history = HistoryNavigation()
  var undo = UndoStack()
  var prompt = EncodedPrompt([], isStyled: false, isASCII: true)
  var usualRightPrompt: [StyledText] = []
  var shownRightPrompt = ""
  /// Text that the line shall start with.
  var initialText: String?
  /// The last text too long for libedit to save when it leaves the line for the history.
  var longText: String?
  /// Whether the screen shows a part of a tall text rather than what libedit has drawn.
  var hasViewport = false
  /// The first row of that part.
  var viewportTop = 0
  /// The last line of the last message that came while a part was shown, which hides what is above.
  var viewportHeading: String?
  var isAccepted = false
  var isInterrupted = false

  /// Opens the editor on standard input and output.
  ///
  /// The user's `.editrc` is read for lines that begin with `program:` or have no program.
  /// - Throws: `.notATerminal`, `.noUTF8Locale`, `.alreadyOpen` or `.unavailable`, in this order.
  package init(
    program: String,
    configuration: Configuration = Configuration(),
    delegate: any LineEditorDelegate
  ) throws(Failure) {
    guard EditLine.hasTerminal else { throw .notATerminal }
    let locale = editor_set_locale()
    guard locale != .unavailable else { throw .noUTF8Locale }
    self.configuration = configuration
    self.delegate = delegate
    isASCII = locale == .replaced
    guard !editor_is_open() else { throw .alreadyOpen }
    let limits = EditorLimits(
      escape_milliseconds: Int32(Self.escapeMilliseconds),
      paste_stall_milliseconds: Int32(Self.pasteStallMilliseconds),
      paste_bytes: PastedText.byteLimit,
      history_entries: Int32(clamping: configuration.historyLimit),
      long_scalars: Self.scalarsThatLibeditSaves
    )
    isOpen = EditLine.open(program: program, owner: self, limits: limits)
    guard isOpen else { throw .unavailable }
    isANSI = EditLine.capability("cd")?.hasPrefix("\u{1B}[J") ?? false
    bindKeys()
  }

  deinit {
    if isOpen { EditLine.close() }
  }

  // MARK: Reading

  /// Reads a text, of several lines while the delegate finds it incomplete.
  ///
  /// A signal that ends the process first gives the terminal back as it was.
  package func readLine(
    prompt: [StyledText],
    rightPrompt: [StyledText] = [],
    initialText: String? = nil
  ) -> Input {
    let isStyled = configuration.usesStyles && isANSI
    self.prompt = EncodedPrompt(prompt, isStyled: isStyled, isASCII: isASCII)
    usualRightPrompt = rightPrompt
    self.initialText = initialText.map(PastedText.clean)
    EditLine.setPrompt(self.prompt.encoded)
    while true {
      begin()
      guard let text = EditLine.readLine(bracketedPaste: isANSI) else {
        guard EditLine.hasTerminal else { return .closed }
        EditLine.write("\n")
        return .end
      }
      if isInterrupted { return .interrupted }
      if isAccepted { return .line(text) }
      // A binding of the user's own ended the line, such as that of libedit's command that runs an
      // editor: such a text is shown, never taken as accepted.
      self.initialText = text
    }
  }

  private func begin() {
    isAccepted = false
    isInterrupted = false
    longText = nil
    hasViewport = false
    viewportTop = 0
    viewportHeading = nil
    undo = UndoStack()
    history.begin()
    for notice in notices.take() { EditLine.write(notice + "\n") }
    showRightPrompt(for: "")
  }

  /// Asks outside of the line: no completion, no history, nothing that was typed ahead.
  ///
  /// Returns the answer, or nil if the user pressed Ctrl-C or Ctrl-D instead. Messages wait until
  /// the next line is read.
  package func confirm(question: String) -> String? {
    for notice in notices.take() { EditLine.write(notice + "\n") }
    return EditLine.ask(
      question.removingControlCharacters(keepingNewlines: true),
      byteLimit: Self.answerByteLimit
    )
  }

  /// Forgets what was typed ahead, so that it cannot be taken for an answer to what came since.
  package func discardTypedAhead() { EditLine.discardInput() }

  // MARK: History

  /// Replaces the history, oldest entry first.
  package func setHistory(_ entries: [String]) {
    history.replace(with: entries, limit: configuration.historyLimit)
    EditLine.clearHistory()
    for entry in history.entries { EditLine.enterHistory(entry) }
  }

  /// Adds an entry, of any number of lines, unless it is empty or repeats the one before it.
  package func appendHistory(_ entry: String) {
    guard history.append(entry, limit: configuration.historyLimit) else { return }
    EditLine.enterHistory(entry)
  }

  // MARK: Right prompt

  /// Chooses what stands at the right margin; true if that has changed.
  @discardableResult
  func showRightPrompt(for text: String) -> Bool {
    // A terminal that cannot take a line back would have it once more for each word about it.
    let news = isANSI ? delegate?.rightPrompt(for: text) : nil
    let pieces = news.map { fitted($0, beside: text) } ?? usualRightPrompt
    let isStyled = configuration.usesStyles && isANSI
    let encoded = EncodedPrompt(pieces, isStyled: isStyled, isASCII: isASCII).encoded
    guard encoded != shownRightPrompt else { return false }
    shownRightPrompt = encoded
    EditLine.setRightPrompt(encoded)
    return true
  }

  /// Takes the right prompt away: what was shown while the line was typed is answered now.
  func hideRightPrompt() {
    shownRightPrompt = ""
    EditLine.setRightPrompt("")
  }

  /// The fewest columns that say anything; with less room there is no right prompt.
  private static let fewestColumns = 16

  /// Cuts a right prompt to the room that the text leaves; nothing where that is too little.
  private func fitted(_ pieces: [StyledText], beside text: String) -> [StyledText] {
    let layout = layout
    let end = layout.position(after: text, from: layout.position(after: prompt.visible))
    // A gap of two beside the text, a blank at the end, and libedit keeps the last column free.
    var room = end.row == 0 ? layout.columns - end.column - 4 : 0
    let whole = pieces.reduce(0) { $0 + layout.columns(of: $1.text) }
    guard whole > room else { return pieces }
    guard room >= Self.fewestColumns else { return [] }
    return pieces.compactMap { piece in
      guard room > 0 else { return nil }
      let cut = layout.truncate(piece.text, toColumns: room, mark: isASCII ? "..." : "…")
      room -= layout.columns(of: cut)
      return StyledText(cut, piece.style)
    }
  }
}
