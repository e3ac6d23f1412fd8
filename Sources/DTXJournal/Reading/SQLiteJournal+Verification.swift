package import DTXExecution
import DTXStore
import FoundationEssentials
import GRDB

/// Whether a journal is as it was written.
package enum JournalVerification: Hashable, Sendable {
  /// Nothing between the first entry and this head was changed, removed or reordered.
  case whole(JournalHead, runs: Int)
  case broken(JournalFault)
}

/// The first thing that is wrong with a journal.
package struct JournalFault: Hashable, Sendable {
  /// What kind of thing is wrong.
  package enum Kind: Hashable, Sendable {
    /// The entry is not what its hash was made of.
    case changed
    /// The entry is missing, and later ones are there.
    case removed
    /// The entry does not follow from the one before it.
    case reordered
    /// Entries are missing at the end.
    case truncated
    /// The plan, or the row that finds the run, is not what the run began with.
    case planChanged
  }

  package let kind: Kind
  /// The entry where the fault shows.
  package let sequence: Int64
}

extension SQLiteJournal {
  /// Checks every entry against its hash and against the one before it.
  ///
  /// The chain proves order and content up to its newest entry. Someone who may write the file and
  /// knows its form can cut off the tail, or write a whole new chain: only a head that was noted
  /// elsewhere, such as in a report that was sent, shows that. Pass it as `remembered`.
  ///
  /// - Throws: `.corrupt` when SQLite can't read the file, or whatever else keeps it from being
  ///   read.
  package func verify(
    remembered: JournalHead? = nil
  ) async throws(JournalError) -> JournalVerification {
    try await translating {
      try await file.read { database in
        let check = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
        guard check == "ok" else {
          throw JournalError(.corrupt, "the journal's file is damaged: \(check ?? "unreadable")")
        }
        var verifier = ChainVerifier(remembered: remembered)
        let rows = try Row.fetchCursor(
          database,
          sql: "\(Self.selectRecords) ORDER BY entries.sequence"
        )
        while let row = try rows.next() {
          let fault = verifier.check(
            JournalRecord(row),
            previous: Array(row[7] as Data),
            hash: Array(row[8] as Data)
          )
          if let fault { return .broken(fault) }
        }
        if let fault = try verifier.finish(in: database) { return .broken(fault) }
        return .whole(verifier.head, runs: verifier.runCount)
      }
    }
  }

  /// Returns the newest entry's number and hash.
  ///
  /// - Throws: Whatever keeps the journal from being read.
  package func head() async throws(JournalError) -> JournalHead {
    try await translating { try await file.read { try Self.head(in: $0) } }
  }

  fileprivate static func head(in database: Database) throws -> JournalHead {
    guard let row = try Row.fetchOne(database, sql: "SELECT sequence, hash FROM head") else {
      throw JournalError(.corrupt, "the journal has lost the memory of its newest entry")
    }
    return JournalHead(sequence: row[0], hash: (row[1] as Data).hexadecimal)
  }
}

/// Walks the chain, entry by entry.
private struct ChainVerifier {
  private(set) var runCount = 0
  private var sequence: Int64 = 0
  private var hash = JournalRecord.firstPrevious
  private var isRememberedFound: Bool
  private let remembered: JournalHead?

  init(remembered: JournalHead?) {
    self.remembered = remembered
    isRememberedFound = (remembered?.sequence ?? 0) == 0
  }

  var head: JournalHead { JournalHead(sequence: sequence, hash: hash.hexadecimal) }

  mutating func check(
    _ record: JournalRecord,
    previous: [UInt8],
    hash stated: [UInt8]
  ) -> JournalFault? {
    guard record.sequence == sequence + 1 else {
      return JournalFault(kind: .removed, sequence: sequence + 1)
    }
    guard previous == hash else {
      return JournalFault(kind: .reordered, sequence: record.sequence)
    }
    guard stated == record.hash(following: previous) else {
      return JournalFault(kind: .changed, sequence: record.sequence)
    }
    sequence = record.sequence
    hash = stated
    if head == remembered { isRememberedFound = true }
    return nil
  }

  /// Compares the end with what is remembered of it, and the runs with their first entries.
  mutating func finish(in database: Database) throws -> JournalFault? {
    let stated = try SQLiteJournal.head(in: database)
    if stated.sequence > sequence {
      return JournalFault(kind: .truncated, sequence: sequence + 1)
    }
    // An entry beyond what was remembered, or another last one than was remembered.
    guard stated == head else { return JournalFault(kind: .changed, sequence: stated.sequence + 1) }
    if let remembered, !isRememberedFound {
      let kind: JournalFault.Kind = remembered.sequence > sequence ? .truncated : .changed
      return JournalFault(kind: kind, sequence: min(remembered.sequence, sequence + 1))
    }
    return try checkRuns(in: database)
  }

  private mutating func checkRuns(in database: Database) throws -> JournalFault? {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT entries.sequence, runs.id, runs.plan_digest, runs.plan, entries.payload
        FROM entries LEFT JOIN runs ON runs.number = entries.sequence
        WHERE entries.kind = 'began' ORDER BY entries.sequence
        """
    )
    while let row = try rows.next() {
      let payload = Array((row[4] as String).utf8)
      let plan: Data? = row[3]
      guard let id: String = row[1], let plan,
        try EntryDecoding.run(id, payload: payload).planDigest == row[2],
        try EntryDecoding.planBytesDigest(payload: payload)
          == SQLiteJournal.digest(of: Array(plan))
      else { return JournalFault(kind: .planChanged, sequence: row[0]) }
      runCount += 1
    }
    return nil
  }
}
