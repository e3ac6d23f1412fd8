/// What the session has to say while a line is being typed.
///
/// It answers from what is known at the moment and never waits: each answer comes between two keys.
package final class LineAssistant: LineEditorDelegate {
  package var completer: SessionCompleter
  private let editText: (String) -> String?

  /// Makes an assistant.
  ///
  /// - Parameters:
  ///   - completer: What knows the words that may follow.
  ///   - editText: Lets the person's own editor have the text.
  package init(completer: SessionCompleter, editText: @escaping (String) -> String?) {
    self.completer = completer
    self.editText = editText
  }

  /// Whether Enter ends the text.
  package func isComplete(_ text: String) -> Bool { SessionInput.isComplete(text) }

  /// Returns what the word at the cursor may become.
  package func complete(_ text: String, cursorByteOffset: Int) -> Completion {
    completer.complete(text, cursorByteOffset: cursorByteOffset)
  }

  /// Returns what the person's own editor made of the text.
  package func editExternally(_ text: String) -> String? { editText(text) }
}
