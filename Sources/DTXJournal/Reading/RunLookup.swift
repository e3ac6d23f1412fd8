import DTXExecution
import GRDB

/// Finds runs within one access to the journal.
enum RunLookup {
  /// Returns a run's number, which is that of its first entry.
  ///
  /// - Throws: `.unknownRun`.
  static func number(of run: RunID, in database: Database) throws -> Int64 {
    let statement = try database.cachedStatement(sql: "SELECT number FROM runs WHERE id = ?")
    guard let number = try Int64.fetchOne(statement, arguments: [run.text]) else {
      throw JournalError(.unknownRun, "the journal has no run \(run)")
    }
    return number
  }

  /// Tells whether a run has begun.
  static func exists(_ run: RunID, in database: Database) throws -> Bool {
    try Int64.fetchOne(
      database,
      sql: "SELECT number FROM runs WHERE id = ?",
      arguments: [run.text]
    ) != nil
  }

  /// Returns the run that carried out the plan of this digest, if there was one.
  static func run(withPlan digest: String, in database: Database) throws -> RunRecord? {
    let number = try Int64.fetchOne(
      database,
      sql: "SELECT number FROM runs WHERE plan_digest = ?",
      arguments: [digest]
    )
    return try number.map { try record(of: $0, in: database) }
  }

  /// Returns what the first entry of a run tells.
  static func record(of number: Int64, in database: Database) throws -> RunRecord {
    let statement = try database.cachedStatement(
      sql: """
        SELECT runs.id, entries.payload FROM runs
        JOIN entries ON entries.sequence = runs.number WHERE runs.number = ?
        """
    )
    guard let row = try Row.fetchOne(statement, arguments: [number]) else {
      throw JournalError(.corrupt, "the journal has lost entry \(number), which begins a run")
    }
    return try EntryDecoding.run(row[0], payload: Array((row[1] as String).utf8))
  }
}
