import DTXExecution
import DTXJournal
import DTXLedger
import DTXPlanning
import DTXReport

extension RecordedRun {
  /// Returns the run as a row of a listing, where so many runs are at work.
  func row(_ atWork: Set<RunID>) -> JournalRunRow {
    JournalRunRow(
      id: record.id,
      startedAt: record.startedAt,
      person: record.person,
      profile: record.profile,
      account: record.account,
      script: record.script,
      operationCount: record.operationCount,
      summary: end ?? RunSummary(),
      state: atWork.contains(record.id) ? .atWork : isUnfinished ? .interrupted : .finished
    )
  }
}

extension SQLiteJournal {
  /// Reads how far every operation of a run had come.
  func recoveredState(of record: RunRecord) async throws(JournalError) -> RecoveredState {
    let (_, entries) = try await run(record.id)
    do throws(RecoveryError) {
      return try RecoveredState(
        run: record.id,
        operationCount: record.operationCount,
        entries: entries.map(\.entry)
      )
    } catch {
      throw JournalError(
        .corrupt,
        "the journal's entries of run \(record.id) contradict themselves"
      )
    }
  }
}

extension SQLiteJournal {
  /// Reads the currency of each transaction of a run from the run's plan.
  func currencies(of record: RunRecord) async throws(JournalError) -> [TransactionID: Currency] {
    let bytes = try await plan(of: record.id)
    guard let file = try? PlanFile.decode(bytes) else { return [:] }
    var currencies: [TransactionID: Currency] = [:]
    for transaction in file.plan.transactions { currencies[transaction.id] = transaction.currency }
    return currencies
  }
}

extension RecordedEntry {
  /// The entry as a row of a run's page.
  func row(_ currencies: [TransactionID: Currency]) -> JournalEntryRow {
    switch entry {
    case .intended(let request, _):
      var row = JournalEntryRow(writtenAt: time, state: .intended)
      row.operation = Int(request.id.step) + 1
      row.kind = request.operation.kind
      row.transaction = request.transaction
      row.amount = currencies[request.transaction].map { Money(request.operation.amount, $0) }
      row.reference = request.reference
      return row
    case .sent(let id):
      var row = JournalEntryRow(writtenAt: time, state: .sent)
      row.operation = Int(id.step) + 1
      return row
    case .outcome(let id, let outcome):
      var row = JournalEntryRow(writtenAt: time, state: outcome.state)
      row.operation = Int(id.step) + 1
      row.message = outcome.message
      return row
    case .ended:
      return JournalEntryRow(writtenAt: time, state: .ended)
    }
  }
}

extension Outcome {
  fileprivate var state: JournalEntryRow.State {
    switch self {
    case .done: .done
    case .pending: .pending
    case .failed: .failed
    case .unresolved: .unresolved
    case .notSent: .notSent
    }
  }

  fileprivate var message: String? {
    switch self {
    case .done, .pending, .notSent: nil
    case .failed(let failure): failure.message
    case .unresolved(let reason): reason
    }
  }
}
