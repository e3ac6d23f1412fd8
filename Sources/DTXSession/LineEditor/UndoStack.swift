/// Earlier states of the line, which libedit keeps in vi's command mode only.
struct UndoStack {
  /// A text and where the cursor stands in it, in scalars.
  struct State: Hashable {
    var text = ""
    var cursor = 0
  }

  /// Steps that can be taken back: more than anybody remembers having taken.
  static let stepLimit = 200
  /// Bytes of all texts together, so that large pastes do not multiply in memory.
  static let byteLimit = 16 << 20

  private var states: [State] = []
  private var byteCount = 0
  private var current = State()
  private var isTyping = false

  /// Takes note of the line as it is now; letters typed one after the other make one step.
  mutating func record(_ state: State) {
    guard state.text != current.text else {
      // Wherever the cursor went, typing starts anew there.
      if state.cursor != current.cursor { isTyping = false }
      current = state
      return
    }
    let continues = isTyping && isLetterTyped(state)
    isTyping = isLetterTyped(state)
    if !continues { push(current) }
    current = state
  }

  /// Returns the state before the last step, or nil if there is none.
  mutating func undo() -> State? {
    guard let state = states.popLast() else { return nil }
    byteCount -= state.text.utf8.count
    current = state
    isTyping = false
    return state
  }

  private mutating func push(_ state: State) {
    states.append(state)
    byteCount += state.text.utf8.count
    while let oldest = states.first,
      states.count > Self.stepLimit || byteCount > Self.byteLimit
    {
      byteCount -= oldest.text.utf8.count
      states.removeFirst()
    }
  }

  private func isLetterTyped(_ state: State) -> Bool {
    let scalars = state.text.unicodeScalars
    guard state.cursor == current.cursor + 1,
      scalars.count == current.text.unicodeScalars.count + 1
    else { return false }
    let typed = scalars.index(scalars.startIndex, offsetBy: current.cursor)
    return !scalars[typed].properties.isWhitespace
  }
}
