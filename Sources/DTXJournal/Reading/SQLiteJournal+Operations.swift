package import DTXExecution
import DTXJSON
package import DTXLedger
import DTXStore
import GRDB

/// An operation on a transaction that the journal remembers.
package struct RecordedOperation: Hashable, Sendable {
  package let request: OperationRequest
  package let run: RunRecord
  /// When it was about to be sent, in milliseconds since 1970-01-01T00:00Z.
  package let intendedAt: Int64
  /// What became of it; nil when nobody has recorded that.
  package let outcome: Outcome?
}

extension SQLiteJournal {
  /// Returns the earlier operations on a transaction, oldest first, with who did them and why.
  ///
  /// - Throws: Whatever keeps the journal from being read.
  package func operations(
    on transaction: TransactionID
  ) async throws(JournalError) -> [RecordedOperation] {
    try await translating {
      try await file.read { database in
        let statement = try database.cachedStatement(
          sql: """
            \(Self.selectRecords)
            WHERE entries.transaction_id = ? AND entries.kind = 'intended'
            ORDER BY entries.sequence
            """
        )
        let rows = try Row.fetchAll(statement, arguments: [transaction.text])
        return try rows.map { row in
          let record = JournalRecord(row)
          let run = RunID(record.run)
          let number = try RunLookup.number(of: run, in: database)
          return RecordedOperation(
            request: try EntryDecoding.request(record, JSONParser.parse(record.payload)),
            run: try RunLookup.record(of: number, in: database),
            intendedAt: record.time,
            outcome: try Self.outcome(ofStep: record.step, run: number, in: database)
          )
        }
      }
    }
  }

  private static func outcome(
    ofStep step: Int64?,
    run number: Int64,
    in database: Database
  ) throws -> Outcome? {
    let statement = try database.cachedStatement(
      sql: """
        SELECT payload FROM entries WHERE run = ? AND step = ? AND kind = 'outcome'
        ORDER BY sequence DESC LIMIT 1
        """
    )
    // A resumed run may settle an operation that was pending: the last word counts.
    let payload = try String.fetchOne(statement, arguments: [number, step])
    return try payload.map { try EntryDecoding.outcome(JSONParser.parse(Array($0.utf8))) }
  }
}
