import Testing

@testable import DTXSession

/// The editor's memory: history, undo, messages, and what a paste is made into.
@Suite("Line editor: state")
struct LineEditorStateTests {
  // MARK: History

  @Test("moves through the history and back to the draft")
  func history() {
    var history = HistoryNavigation()
    history.replace(with: ["a", "b", "b", "", "c"], limit: 10)
    #expect(history.entries == ["a", "b", "c"])
    #expect(history.next(from: "draft") == nil)
    #expect(history.previous(from: "draft") == "c")
    #expect(history.previous(from: "c") == "b")
    #expect(history.previous(from: "b, changed") == "a")
    #expect(history.previous(from: "a") == nil)
    #expect(history.next(from: "a") == "b")
    #expect(history.next(from: "b") == "c")
    #expect(history.next(from: "c") == "draft")
    #expect(history.next(from: "draft") == nil)
  }

  @Test("goes on from an entry that a search put in the line")
  func searched() {
    var history = HistoryNavigation()
    history.replace(with: ["a", "b", "c"], limit: 10)
    #expect(history.previous(from: "b") == "a")
    history.begin()
    #expect(history.next(from: "b") == "c")
  }

  @Test("keeps the newest entries up to its limit")
  func historyLimit() {
    var history = HistoryNavigation()
    history.replace(with: ["a", "b", "c"], limit: 2)
    #expect(history.entries == ["b", "c"])
    let added = ["d", "d", ""].map { history.append($0, limit: 2) }
    #expect(added == [true, false, false])
    #expect(history.entries == ["c", "d"])
  }

  @Test("always finds the draft again", arguments: 0..<20 as Range<UInt64>)
  func draft(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var history = HistoryNavigation()
    let entries = (0..<Int.random(in: 0...5, using: &random)).map { "entry \($0)" }
    history.replace(with: entries, limit: 10)
    var text = "draft"
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let isBack = Bool.random(using: &random)
      text = (isBack ? history.previous(from: text) : history.next(from: text)) ?? text
    }
    while let next = history.next(from: text) { text = next }
    #expect(text == "draft")
  }

  // MARK: Undo

  private func state(_ text: String, _ cursor: Int? = nil) -> UndoStack.State {
    UndoStack.State(text: text, cursor: cursor ?? text.unicodeScalars.count)
  }

  @Test("takes back letters typed in a row as one step, and words one by one")
  func undo() {
    var undo = UndoStack()
    for text in ["o", "on", "one", "one ", "one t", "one tw"] { undo.record(state(text)) }
    #expect(undo.undo() == state("one "))
    #expect(undo.undo() == state("one"))
    #expect(undo.undo() == state(""))
    #expect(undo.undo() == nil)
  }

  @Test("does not join what is typed in different places")
  func undoElsewhere() {
    var undo = UndoStack()
    undo.record(state("a"))
    undo.record(state("ab"))
    undo.record(state("ab", 0))
    undo.record(state("xab", 1))
    #expect(undo.undo() == state("ab", 0))
    #expect(undo.undo() == state(""))
  }

  @Test("forgets the oldest steps beyond its limits")
  func undoLimits() {
    var undo = UndoStack()
    for count in 0...(UndoStack.stepLimit + 10) {
      undo.record(state(String(repeating: "ab", count: count)))
    }
    var steps = 0
    while undo.undo() != nil { steps += 1 }
    #expect(steps == UndoStack.stepLimit)

    let large = String(repeating: "x", count: UndoStack.byteLimit / 4)
    for index in 0..<9 { undo.record(state("\(index)" + large)) }
    steps = 0
    while undo.undo() != nil { steps += 1 }
    #expect(steps == 3)
  }

  // MARK: Messages

  @Test("counts the messages that are too many to keep")
  func notices() {
    let notices = EditorNotices()
    for index in 0..<(EditorNotices.limit + 3) { notices.printAbove("\(index)") }
    let messages = notices.take()
    #expect(messages.count == EditorNotices.limit + 1)
    #expect(messages.first == "(3 earlier messages are not shown)")
    #expect(messages.last == "\(EditorNotices.limit + 2)")
    #expect(notices.take().isEmpty)
  }

  @Test("lets no message send the terminal a command")
  func noticeText() {
    let notices = EditorNotices()
    notices.printAbove("one\n\u{1B}[2Jtwo\r\u{9B}")
    #expect(notices.take() == ["one\n[2Jtwo"])
  }

  // MARK: Pastes

  @Test(
    "makes pastes fit for the line",
    arguments: [
      ("", ""), ("\n", ""), ("a\r\nb\rc\nd\n\n", "a\nb\nc\nd"), ("a\r\rb", "a\n\nb"),
      ("a\n\rb", "a\n\nb"), ("\ta\tb", " a b"), ("a\u{0}\u{7F}\u{9B}31mb", "a31mb"),
      ("  a  ", "  a  "),
    ]
  )
  func paste(pasted: String, expected: String) {
    #expect(PastedText.clean(pasted) == expected)
  }

  @Test(
    "leaves no control character, and nothing to do a second time",
    arguments: 0..<40 as Range<UInt64>
  )
  func pasteProperty(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var text = String.UnicodeScalarView()
    for _ in 0..<60 {
      text.append(Unicode.Scalar(UInt8.random(in: 0...255, using: &random)))
    }
    let cleaned = PastedText.clean(String(text))
    #expect(
      cleaned.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }
    )
    #expect(PastedText.clean(cleaned) == cleaned)
    #expect(!cleaned.hasSuffix("\n"))
    let letters = text.filter { $0.properties.isAlphabetic }
    #expect(
      String(String.UnicodeScalarView(cleaned.unicodeScalars.filter { $0.properties.isAlphabetic }))
        == String(String.UnicodeScalarView(letters))
    )
  }
}

/// A generator of the same numbers for the same seed.
///
/// Source: SplitMix64, public domain, <https://prng.di.unimi.it/splitmix64.c>.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
