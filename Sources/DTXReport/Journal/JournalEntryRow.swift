import DTXExecution
package import DTXLedger

/// One entry of a run as the journal shows it.
package struct JournalEntryRow: Hashable, Sendable {
  /// What the entry records.
  package enum State: Hashable, Sendable {
    case intended, sent
    case done, pending, failed, unresolved, notSent
    /// The run came to its end.
    case ended
  }

  /// Milliseconds since 1970-01-01T00:00Z.
  package let writtenAt: Int64
  package let state: State
  /// The operation's number in its plan, from 1; nil for an entry about the whole run.
  package var operation: Int?
  package var kind: Operation.Kind?
  package var transaction: TransactionID?
  package var amount: Money?
  package var reference: String?
  /// The provider's message, or why something was not sent.
  package var message: String?

  package init(writtenAt: Int64, state: State) {
    self.writtenAt = writtenAt
    self.state = state
  }
}

extension JournalEntryRow.State {
  var words: StaticString {
    switch self {
    case .intended: "intended"
    case .sent: "sent"
    case .done: "done"
    case .pending: "pending"
    case .failed: "failed"
    case .unresolved: "unresolved"
    case .notSent: "not sent"
    case .ended: "ended"
    }
  }

  /// The entry's name for machines.
  var name: String { self == .notSent ? "not_sent" : words.description }

  var role: TextRole {
    switch self {
    case .intended, .sent, .ended: .plain
    case .done: .success
    case .pending: .note
    case .failed, .unresolved: .error
    case .notSent: .warning
    }
  }
}

/// What the journal has about one run, entry by entry.
package struct JournalRunPage: Report, Sendable {
  package let run: JournalRunRow
  package let entries: [JournalEntryRow]

  package init(_ run: JournalRunRow, entries: [JournalEntryRow]) {
    self.run = run
    self.entries = entries
  }

  private static let table = Table(columns: [
    Table.Column(title: "Time (UTC)", place: .title),
    Table.Column(title: "No", name: "operation", place: .clause, isRightAligned: true),
    Table.Column(title: "Entry", place: .title),
    Table.Column(title: "Operation", place: .title),
    Table.Column(title: "Amount", place: .title, isRightAligned: true),
    Table.Column(title: "Transaction", place: .line),
    Table.Column(title: "Reference", place: .clause, canWrap: true),
    Table.Column(title: "Remarks", place: .line, canWrap: true),
  ])

  /// Appends the run and its entries in the order in which they were written.
  package func append(to builder: inout TextBuilder) {
    JournalRunList([run]).append(to: &builder)
    guard !entries.isEmpty else { return }
    builder.endLine()
    let rows = ShownRows(count: entries.count, isComplete: builder.options.isComplete)
    builder.append(Self.table, rows: rows) { index, row in
      let entry = entries[index]
      row.cell { $0.append(minuteOf: entry.writtenAt) }
      row.cell { text in if let number = entry.operation { text.append(number) } }
      row.cell(as: entry.state.role, entry.state.words)
      row.cell { text in if let kind = entry.kind { text.append(kind.verb) } }
      row.cell { text in
        if let amount = entry.amount { text.append(echo: amount.amount, in: amount.currency) }
      }
      row.cell(foreign: entry.transaction?.text ?? "")
      row.cell { text in if let reference = entry.reference { text.append(name: reference) } }
      row.cell(foreign: entry.message ?? "")
    }
  }

  /// Appends the run and each entry as one line of JSON.
  ///
  /// Shape: the run as in a list of runs; `journal_entry`: run, written_at, entry, operation, kind,
  /// transaction, amount_minor, amount, currency, reference, message.
  package func append(to writer: inout JSONWriter) {
    JournalRunList([run]).append(to: &writer)
    for entry in entries {
      writer.record("journal_entry") { record in
        record.member("run", run.id.text)
        record.member("written_at") { $0.append(timestamp: entry.writtenAt) }
        record.member("entry", entry.state.name)
        record.member("operation", entry.operation)
        record.member("kind", entry.kind?.name)
        record.member("transaction", entry.transaction?.text)
        if let amount = entry.amount {
          record.members(amount: amount.amount, in: amount.currency)
        } else {
          record.member("amount_minor", Int?.none)
          record.member("amount", String?.none)
          record.member("currency", String?.none)
        }
        record.member("reference", entry.reference)
        record.member("message", entry.message)
      }
    }
  }
}
