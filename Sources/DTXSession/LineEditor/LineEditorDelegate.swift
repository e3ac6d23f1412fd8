/// What the line editor asks of the session while the user types.
///
/// Every function is called on the editor's thread, between two keys, and so must be quick.
package protocol LineEditorDelegate: AnyObject {
  /// Whether Enter ends the text; otherwise it adds a line.
  func isComplete(_ text: String) -> Bool

  /// Returns what the word at the cursor may become.
  ///
  /// Units: `cursorByteOffset` in bytes of UTF-8 from the start of the text.
  func complete(_ text: String, cursorByteOffset: Int) -> Completion

  /// Returns what to show at the right margin beside the text, or nil for the usual.
  func rightPrompt(for text: String) -> [StyledText]?

  /// Tells that something was pasted, and what the line is now.
  func pasted(into text: String)

  /// Returns what another program made of the text, or nil if it stays as it is.
  ///
  /// The terminal has its usual modes meanwhile. What is returned is put in the line to be looked
  /// at, never accepted.
  func editExternally(_ text: String) -> String?
}

extension LineEditorDelegate {
  /// Takes any text as complete.
  package func isComplete(_ text: String) -> Bool { true }

  /// Offers nothing.
  package func complete(_ text: String, cursorByteOffset: Int) -> Completion { .none }

  /// Shows the usual.
  package func rightPrompt(for text: String) -> [StyledText]? { nil }

  /// Does nothing.
  package func pasted(into text: String) {}

  /// Leaves the text as it is.
  package func editExternally(_ text: String) -> String? { nil }
}

/// The candidates for a part of the text.
package struct Completion: Hashable, Sendable {
  /// One thing that may be inserted.
  package struct Candidate: Hashable, Sendable {
    /// What replaces the part, with a space after it if the word is then finished.
    package let insertion: String
    /// What the list shows.
    package let label: String
    /// A remark beside the label, such as an amount, or empty.
    package let detail: String

    package init(insertion: String, label: String? = nil, detail: String = "") {
      self.insertion = insertion
      self.label = label ?? insertion
      self.detail = detail
    }
  }

  package static let none = Completion(replacing: 0..<0, candidates: [])

  /// The part that a candidate replaces, in bytes of UTF-8 from the start of the text.
  package let range: Range<Int>
  /// The candidates in the order in which they are shown.
  package let candidates: [Candidate]
  /// Whether there are more than these, too many to be of help.
  package let hasMore: Bool
  /// Why there is nothing to offer as yet, as a sentence to be shown; empty where there is no reason.
  package let remark: String

  package init(
    replacing range: Range<Int>,
    candidates: [Candidate],
    hasMore: Bool = false,
    remark: String = ""
  ) {
    self.range = range
    self.candidates = candidates
    self.hasMore = hasMore
    self.remark = remark
  }

  /// Whether there is only one thing that it can be.
  var isUnique: Bool { candidates.count == 1 && !hasMore }

  /// What all insertions begin with: whole characters, never a part of one.
  ///
  /// It is empty where not all of them are known.
  var commonPrefix: String {
    guard !hasMore, var prefix = candidates.first.map({ Substring($0.insertion) }) else {
      return ""
    }
    for candidate in candidates.dropFirst() {
      let length = zip(prefix, candidate.insertion).prefix { $0 == $1 }.count
      prefix = prefix.prefix(length)
    }
    return String(prefix)
  }
}
