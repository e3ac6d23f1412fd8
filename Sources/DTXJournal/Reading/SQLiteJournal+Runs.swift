package import DTXExecution
import DTXJSON
import DTXLedger
import DTXStore
import FoundationEssentials
import GRDB

/// A run and where it stands.
package struct RecordedRun: Hashable, Sendable {
  package let record: RunRecord
  /// How the run came out; nil while it goes on or when it was cut short.
  package let end: RunSummary?

  /// Tells whether something is left to do: the run has no end, or it left operations open.
  package var isUnfinished: Bool {
    end.map { $0.pending > 0 || $0.unresolved > 0 } ?? true
  }
}

/// One entry with its place in the journal.
package struct RecordedEntry: Hashable, Sendable {
  package let sequence: Int64
  /// Milliseconds since 1970-01-01T00:00Z.
  package let time: Int64
  package let entry: JournalEntry
}

extension SQLiteJournal {
  /// Returns the newest runs, newest first.
  ///
  /// - Throws: Whatever keeps the journal from being read.
  package func runs(limit: Int) async throws(JournalError) -> [RecordedRun] {
    try await translating {
      try await file.read { database in
        let numbers = try Int64.fetchAll(
          database,
          sql: "SELECT number FROM runs ORDER BY number DESC LIMIT ?",
          arguments: [limit]
        )
        return try numbers.map { try Self.recordedRun($0, in: database) }
      }
    }
  }

  /// Returns the runs that left something to do, newest first.
  ///
  /// A run of another process that is still going on looks the same; its claims tell (`claim`).
  ///
  /// - Throws: Whatever keeps the journal from being read.
  package func unfinishedRuns() async throws(JournalError) -> [RecordedRun] {
    try await translating {
      try await file.read { database in
        let numbers = try Int64.fetchAll(
          database,
          sql: "SELECT number FROM runs ORDER BY number DESC"
        )
        return try numbers.map { try Self.recordedRun($0, in: database) }
          .filter(\.isUnfinished)
      }
    }
  }

  /// Returns a run with its entries, in order.
  ///
  /// - Throws: `.unknownRun`, or whatever keeps the journal from being read.
  package func run(
    _ id: RunID
  ) async throws(JournalError) -> (run: RecordedRun, entries: [RecordedEntry]) {
    try await translating {
      try await file.read { database in
        let number = try RunLookup.number(of: id, in: database)
        let statement = try database.cachedStatement(
          sql: "\(Self.selectRecords) WHERE entries.run = ? ORDER BY entries.sequence"
        )
        let rows = try Row.fetchCursor(statement, arguments: [number])
        var entries: [RecordedEntry] = []
        while let row = try rows.next() {
          let record = JournalRecord(row)
          guard let entry = try EntryDecoding.entry(record) else { continue }
          entries.append(
            RecordedEntry(sequence: record.sequence, time: record.time, entry: entry)
          )
        }
        return (try Self.recordedRun(number, in: database), entries)
      }
    }
  }

  /// Returns the plan that a run carries out, byte for byte as it was given to `begin`.
  ///
  /// - Throws: `.unknownRun`; `.corrupt` when the bytes are not those that the run began with.
  package func plan(of id: RunID) async throws(JournalError) -> [UInt8] {
    try await translating {
      try await file.read { database in
        let number = try RunLookup.number(of: id, in: database)
        let row = try Row.fetchOne(
          database,
          sql: """
            SELECT runs.plan, entries.payload FROM runs
            JOIN entries ON entries.sequence = runs.number WHERE runs.number = ?
            """,
          arguments: [number]
        )
        guard let row else {
          throw JournalError(.corrupt, "the journal has lost the beginning of run \(id)")
        }
        let plan = Array(row[0] as Data)
        let digest = try EntryDecoding.planBytesDigest(payload: Array((row[1] as String).utf8))
        guard Self.digest(of: plan) == digest else {
          throw JournalError(.corrupt, "the plan of run \(id) was changed in the journal")
        }
        return plan
      }
    }
  }

  private static func recordedRun(_ number: Int64, in database: Database) throws -> RecordedRun {
    let statement = try database.cachedStatement(
      sql: "SELECT kind, payload FROM entries WHERE run = ? ORDER BY sequence DESC LIMIT 1"
    )
    guard let last = try Row.fetchOne(statement, arguments: [number]) else {
      throw JournalError(.corrupt, "the journal has lost the entries of a run")
    }
    let isEnded = (last[0] as String) == JournalRecord.Kind.ended.rawValue
    let payload = try JSONParser.parse(Array((last[1] as String).utf8))
    return RecordedRun(
      record: try RunLookup.record(of: number, in: database),
      end: isEnded ? try EntryDecoding.summary(payload) : nil
    )
  }
}

extension SQLiteJournal {
  /// The columns that `JournalRecord.init(_:)` reads, in its order, and the two hashes after them.
  static let selectRecords = """
    SELECT entries.sequence, coalesce(runs.id, ''), entries.kind, entries.time, entries.step,
      entries.transaction_id, entries.payload, entries.previous, entries.hash
    FROM entries LEFT JOIN runs ON runs.number = entries.run
    """
}

extension JournalRecord {
  /// Reads a row of `SQLiteJournal.selectRecords`.
  init(_ row: Row) {
    sequence = row[0]
    run = row[1]
    kind = row[2]
    time = row[3]
    step = row[4]
    transaction = row[5]
    payload = Array((row[6] as String).utf8)
  }
}
