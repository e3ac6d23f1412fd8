package import DTXExecution
package import DTXLedger
import DTXStore
import GRDB

/// A transaction at which another run is at work.
package struct ClaimConflict: Hashable, Sendable {
  package let transaction: TransactionID
  package let run: RunID
  package let person: String
}

extension SQLiteJournal {
  /// Claims transactions for a run of this process, all of them or, when one is taken, none.
  ///
  /// Two runs that work at the same transaction would each find it changed by the other in the
  /// middle. A claim ends with `release` or with its process: what a process that is gone has left
  /// is taken over. A process in another container can't be seen, so its claims hold.
  ///
  /// - Returns: The transactions at which other runs are at work; empty when the claim holds.
  /// - Throws: Whatever keeps the journal from being written.
  package func claim(
    _ transactions: [TransactionID],
    for run: RunID,
    by person: String
  ) async throws(JournalError) -> [ClaimConflict] {
    let time = now()
    return try await translating {
      try await file.write { database in
        let claim = ClaimTable(database: database, process: .current)
        let conflicts = try transactions.compactMap { transaction in
          try claim.conflict(over: transaction, with: run)
        }
        guard conflicts.isEmpty else { return conflicts }
        for transaction in transactions {
          try claim.insert(transaction, run, person, time)
        }
        return []
      }
    }
  }

  /// Returns the runs that processes are at work on, as far as can be seen.
  ///
  /// - Throws: Whatever keeps the journal from being read.
  package func runsAtWork() async throws(JournalError) -> Set<RunID> {
    try await translating {
      try await file.read { database in
        let rows = try Row.fetchAll(
          database,
          sql: "SELECT DISTINCT run, process, process_start, boot, namespace FROM claims"
        )
        let observer = ProcessIdentity.current
        return Set(
          rows.compactMap { row in
            let holder = ProcessIdentity(
              number: row[1],
              start: row[2],
              boot: row[3],
              namespace: row[4]
            )
            return holder.liveness(asSeenBy: observer) == .gone ? nil : RunID(row[0])
          }
        )
      }
    }
  }

  /// Gives up all claims of a run.
  ///
  /// - Throws: Whatever keeps the journal from being written.
  package func release(_ run: RunID) async throws(JournalError) {
    try await translating {
      try await file.write { database in
        try database.execute(sql: "DELETE FROM claims WHERE run = ?", arguments: [run.text])
      }
    }
  }
}

/// The claims within one access to the journal.
private struct ClaimTable {
  let database: Database
  let process: ProcessIdentity

  /// Returns who else holds a transaction, unless that process is gone.
  func conflict(over transaction: TransactionID, with run: RunID) throws -> ClaimConflict? {
    let statement = try database.cachedStatement(
      sql: """
        SELECT run, person, process, process_start, boot, namespace
        FROM claims WHERE transaction_id = ?
        """
    )
    guard let row = try Row.fetchOne(statement, arguments: [transaction.text]) else { return nil }
    let holder = ProcessIdentity(number: row[2], start: row[3], boot: row[4], namespace: row[5])
    let holderRun = RunID(row[0])
    // The same run in another process is a run that two people resume at the same time.
    if holder == process, holderRun == run { return nil }
    guard holder.liveness(asSeenBy: process) != .gone else { return nil }
    return ClaimConflict(transaction: transaction, run: holderRun, person: row[1])
  }

  func insert(
    _ transaction: TransactionID,
    _ run: RunID,
    _ person: String,
    _ time: Int64
  ) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    try statement.execute(arguments: [
      transaction.text, run.text, person, time, process.number, process.start, process.boot,
      process.namespace,
    ])
  }
}
