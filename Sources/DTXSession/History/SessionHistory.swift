import DTXSyntax

/// The statements that were typed, oldest first, and which of them have been carried out.
package struct SessionHistory: Sendable {
  private struct Entry {
    let text: String
    var doneAt: Int64?
  }

  private var entries: [Entry] = []
  /// Where each text stands, so that a word about it need not look through all of them.
  private var places: [String: [Int]] = [:]

  package init() {}

  /// Takes in what a file holds.
  package init(_ records: some Sequence<HistoryRecord>) {
    for record in records {
      if record.isDone { markDone(record.text, at: record.at) } else { add(record.text) }
    }
  }

  /// Adds what was typed; nothing where it repeats the entry before it.
  package mutating func add(_ text: String) {
    // Typed anew, a statement is not the one that was carried out.
    guard entries.last?.text != text || entries.last?.doneAt != nil else { return }
    places[text, default: []].append(entries.count)
    entries.append(Entry(text: text))
  }

  /// Notes that a statement was carried out; false where it was never typed.
  ///
  /// Units: `time` in milliseconds since 1970-01-01T00:00Z.
  @discardableResult
  package mutating func markDone(_ text: String, at time: Int64) -> Bool {
    guard let indices = places[text] else { return false }
    for index in indices { entries[index].doneAt = time }
    return true
  }

  /// Returns the entries as they are recalled: one that was carried out only as a remark.
  ///
  /// Units: `now` in milliseconds since 1970-01-01T00:00Z; `offset` gives the milliseconds that the
  /// person's clock is ahead of UTC at a moment.
  package func recalled(
    limit: Int,
    now: Int64,
    offset: (Int64) -> Int64
  ) -> [String] {
    entries.suffix(limit).map { entry in
      guard let doneAt = entry.doneAt else { return entry.text }
      let today = CivilTime(milliseconds: now + offset(now)).date
      return DoneRemark.text(
        for: entry.text,
        doneAt: CivilTime(milliseconds: doneAt + offset(doneAt)),
        today: today
      )
    }
  }
}
