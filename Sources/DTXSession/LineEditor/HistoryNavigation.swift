/// Which entry of the history stands in the line, and the draft it stands in for.
///
/// libedit could move through its list itself, but of the draft it keeps only 1,024 characters, and
/// it cuts a space off what it recalls.
struct HistoryNavigation {
  /// Oldest first.
  private(set) var entries: [String] = []
  /// The entry shown, or nil while the draft is.
  private var shown: Int?
  private var draft = ""

  /// Replaces the entries, oldest first; of neighbours that are alike one stays.
  mutating func replace(with entries: [String], limit: Int) {
    self.entries = []
    for entry in entries.suffix(limit) { append(entry, limit: limit) }
  }

  /// Adds the newest entry; false if it is empty or the same as the one before it.
  @discardableResult
  mutating func append(_ entry: String, limit: Int) -> Bool {
    begin()
    guard !entry.isEmpty, entry != entries.last else { return false }
    entries.append(entry)
    if entries.count > limit { entries.removeFirst(entries.count - limit) }
    return true
  }

  /// Starts with an empty draft.
  mutating func begin() {
    shown = nil
    draft = ""
  }

  /// Returns the entry before the one shown, or nil if there is none.
  mutating func previous(from text: String) -> String? {
    findPlace(of: text)
    let index = (shown ?? entries.count) - 1
    guard entries.indices.contains(index) else { return nil }
    if shown == nil { draft = text }
    shown = index
    return entries[index]
  }

  /// Returns the entry after the one shown, after the last the draft, or nil while that is shown.
  mutating func next(from text: String) -> String? {
    findPlace(of: text)
    guard let index = shown else { return nil }
    guard index + 1 < entries.count else {
      shown = nil
      return draft
    }
    shown = index + 1
    return entries[index + 1]
  }

  /// A search may have put an entry in the line: then that is the one shown.
  private mutating func findPlace(of text: String) {
    if shown != nil || text.isEmpty { return }
    shown = entries.lastIndex(of: text)
  }
}
