package import DTXExecution
package import DTXLedger

/// One run as the journal's list shows it.
package struct JournalRunRow: Hashable, Sendable {
  package let id: RunID
  /// Milliseconds since 1970-01-01T00:00Z.
  package let startedAt: Int64
  package let person: String
  package let profile: String
  package let account: Account
  package let script: String
  package let operationCount: Int
  /// How many operations came out how; what nothing is known of is in none of them.
  package let summary: RunSummary
  package let state: State

  /// Where a run stands.
  package enum State: Hashable, Sendable {
    case finished
    /// It was cut short, or left operations open.
    case interrupted
    /// Somebody is carrying it out at this moment.
    case atWork
  }

  package init(
    id: RunID,
    startedAt: Int64,
    person: String,
    profile: String,
    account: Account,
    script: String,
    operationCount: Int,
    summary: RunSummary,
    state: State
  ) {
    self.id = id
    self.startedAt = startedAt
    self.person = person
    self.profile = profile
    self.account = account
    self.script = script
    self.operationCount = operationCount
    self.summary = summary
    self.state = state
  }
}

/// The runs of a journal, as they are listed.
package struct JournalRunList: Report, Sendable {
  package let runs: [JournalRunRow]

  package init(_ runs: [JournalRunRow]) { self.runs = runs }

  private static let table = Table(columns: [
    Table.Column(title: "Run", place: .title),
    Table.Column(title: "Started (UTC)", place: .title),
    Table.Column(title: "By", place: .clause, canWrap: true),
    Table.Column(title: "Profile", place: .clause, canWrap: true),
    Table.Column(title: "Script", place: .clause, canWrap: true),
    Table.Column(title: "Operations", place: .clause, isRightAligned: true),
    Table.Column(title: "State", place: .verdict),
    Table.Column(title: "Outcomes", place: .line, canWrap: true),
  ])

  /// Appends a row for each run; an interrupted one says that it can be finished.
  package func append(to builder: inout TextBuilder) {
    guard !runs.isEmpty else {
      builder.append("The journal has no runs.")
      builder.endLine()
      return
    }
    let rows = ShownRows(count: runs.count, isComplete: builder.options.isComplete)
    builder.append(Self.table, rows: rows) { index, row in
      let run = runs[index]
      row.cell(foreign: run.id.text)
      row.cell { $0.append(minuteOf: run.startedAt) }
      row.cell(foreign: run.person)
      row.cell(as: run.account.isProduction ? .production : .plain) { text in
        text.append(foreign: run.profile)
        if run.account.isProduction { text.append(" (PRODUCTION)") }
      }
      row.cell(foreign: run.script)
      row.cell { $0.append(count: run.operationCount) }
      switch run.state {
      case .finished: row.cell("finished")
      case .interrupted: row.cell(as: .warning, "interrupted")
      case .atWork: row.cell("at work")
      }
      row.cell { $0.append(run.summary) }
    }
    appendHint(to: &builder)
  }

  private func appendHint(to builder: inout TextBuilder) {
    guard let run = runs.first(where: { $0.state == .interrupted }) else { return }
    builder.endLine()
    builder.appendParagraph { text in
      text.append("Finish an interrupted run with ")
      text.append(resumeOf: run.id)
      text.append(".")
    }
  }

  /// Appends each run as one line of JSON.
  ///
  /// Shape: run, started_at, person, profile, account, production, script, operations, done,
  /// pending, failed, unresolved, not_sent, finished, at_work.
  package func append(to writer: inout JSONWriter) {
    for run in runs {
      writer.record("journal_run") { record in
        record.member("run", run.id.text)
        record.member("started_at") { $0.append(timestamp: run.startedAt) }
        record.member("person", run.person)
        record.member("profile", run.profile)
        record.member("account", run.account.text)
        record.member("production", run.account.isProduction)
        record.member("script", run.script)
        record.member("operations", run.operationCount)
        record.member("done", run.summary.done)
        record.member("pending", run.summary.pending)
        record.member("failed", run.summary.failed)
        record.member("unresolved", run.summary.unresolved)
        record.member("not_sent", run.summary.notSent)
        record.member("finished", run.state == .finished)
        record.member("at_work", run.state == .atWork)
      }
    }
  }
}

extension TextBuilder {
  /// Appends the command that finishes a run, as one word that is not broken.
  mutating func append(resumeOf run: RunID) {
    append("`dtx")
    append(byte: fixedBlank)
    append("resume")
    append(byte: fixedBlank)
    append(foreign: run.text)
    append("`")
  }

  /// Appends how many operations came out how, as in `35 done, 2 failed`.
  mutating func append(_ summary: RunSummary) {
    var list = Clauses()
    for (count, words) in [
      (summary.done, "done"), (summary.pending, "pending"), (summary.failed, "failed"),
      (summary.unresolved, "unresolved"), (summary.notSent, "not sent"),
    ] as [(Int, StaticString)] where count > 0 {
      list.begin(&self)
      append(count: count)
      append(byte: fixedBlank)
      append(words)
    }
  }
}
