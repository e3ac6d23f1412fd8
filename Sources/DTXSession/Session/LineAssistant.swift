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

  package func isComplete(_ text: String) -> Bool { SessionInput.isComplete(text) }

  package func complete(_ text: String, cursorByteOffset: Int) -> Completion {
    completer.complete(text, cursorByteOffset: cursorByteOffset)
  }

  package func editExternally(_ text: String) -> String? { editText(text) }
}
