package import DTXExecution
import DTXJSON
package import DTXLedger
import DTXStore
import GRDB

/// An operation of which the journal does not know what became.
package struct OpenOperation: Hashable, Sendable {
  package let request: OperationRequest
  package let run: RunRecord
  /// When it was about to be sent, in milliseconds since 1970-01-01T00:00Z.
  package let intendedAt: Int64
  /// `pending` or `unresolved`; nil when nothing was recorded after the intent.
  package let outcome: Outcome?
}

extension SQLiteJournal {
  /// Returns the operations on transactions that may have been carried out, or may yet be.
  ///
  /// They were recorded as intended, and neither as done nor as failed or left out since. The oldest
  /// comes first for each transaction.
  ///
  /// - Throws: Whatever keeps the journal from being read.
  package func openOperations(
    on transactions: [TransactionID]
  ) async throws(JournalError) -> [OpenOperation] {
    try await translating {
      try await file.read { database in
        var open: [OpenOperation] = []
        for transaction in transactions {
          try Self.appendOpenOperations(on: transaction, in: database, to: &open)
        }
        return open
      }
    }
  }

  private static func appendOpenOperations(
    on transaction: TransactionID,
    in database: Database,
    to open: inout [OpenOperation]
  ) throws {
    let statement = try database.cachedStatement(
      sql: """
        \(Self.selectRecords)
        WHERE entries.transaction_id = ? AND entries.kind = 'intended'
        ORDER BY entries.sequence
        """
    )
    let rows = try Row.fetchCursor(statement, arguments: [transaction.text])
    while let row = try rows.next() {
      let record = JournalRecord(row)
      let number = try RunLookup.number(of: RunID(record.run), in: database)
      let outcome = try outcome(of: record, inRun: number, in: database)
      switch outcome {
      case .done, .failed, .notSent: continue
      case .pending, .unresolved, nil: break
      }
      open.append(
        OpenOperation(
          request: try EntryDecoding.request(record, JSONParser.parse(record.payload)),
          run: try RunLookup.record(of: number, in: database),
          intendedAt: record.time,
          outcome: outcome
        )
      )
    }
  }

  /// Returns the last outcome after an intent; a run that was resumed may have settled what was
  /// pending, and one that was stopped may have intended the same step twice.
  private static func outcome(
    of intent: JournalRecord,
    inRun number: Int64,
    in database: Database
  ) throws -> Outcome? {
    let statement = try database.cachedStatement(
      sql: """
        SELECT payload FROM entries
        WHERE run = ? AND step = ? AND kind = 'outcome' AND sequence > ?
        ORDER BY sequence DESC LIMIT 1
        """
    )
    let payload = try String.fetchOne(
      statement,
      arguments: [number, intent.step, intent.sequence]
    )
    return try payload.map { try EntryDecoding.outcome(JSONParser.parse(Array($0.utf8))) }
  }
}

// MARK: - People

extension SQLiteJournal {
  /// Returns who made the events of transactions that the journal's own runs have made, by the
  /// events' ids.
  ///
  /// - Throws: Whatever keeps the journal from being read.
  package func people(
    behindEventsOf transactions: [TransactionID]
  ) async throws(JournalError) -> [String: String] {
    try await translating {
      try await file.read { database in
        let statement = try database.cachedStatement(
          sql: """
            SELECT outcomes.payload ->> 'event', runs.payload ->> 'person'
            FROM entries AS intents
            JOIN entries AS outcomes ON outcomes.run = intents.run
              AND outcomes.step = intents.step AND outcomes.kind = 'outcome'
            JOIN entries AS runs ON runs.sequence = intents.run
            WHERE intents.transaction_id = ? AND intents.kind = 'intended'
              AND outcomes.payload ->> 'event' IS NOT NULL
            """
        )
        var people: [String: String] = [:]
        for transaction in transactions {
          let rows = try Row.fetchCursor(statement, arguments: [transaction.text])
          while let row = try rows.next() { people[row[0]] = row[1] }
        }
        return people
      }
    }
  }
}
