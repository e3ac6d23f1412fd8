import DTXStore
import FoundationEssentials
import GRDB

/// The end of the chain within one transaction that extends it.
struct JournalChain {
  /// The run that entries belong to; its number is that of its first entry.
  struct Run {
    let number: Int64?
    let id: String
  }

  private let database: Database
  private let insert: Statement
  private var sequence: Int64
  private var hash: [UInt8]

  /// Reads where the chain ends.
  init(_ database: Database) throws {
    self.database = database
    insert = try database.cachedStatement(
      sql: """
        INSERT INTO entries
          (sequence, run, kind, time, step, transaction_id, payload, previous, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    let statement = try database.cachedStatement(sql: "SELECT sequence, hash FROM head")
    guard let head = try Row.fetchOne(statement) else {
      throw StoreError(.damaged, "the journal has lost the memory of its newest entry")
    }
    sequence = head[0]
    hash = Array(head[1] as Data)
  }

  /// Appends an entry, whose sequence number it returns.
  @discardableResult
  mutating func append(
    _ kind: JournalRecord.Kind,
    payload: [UInt8],
    to run: Run,
    at time: Int64
  ) throws -> Int64 {
    try append(EncodedEntry(kind: kind, payload: payload), to: run, at: time)
  }

  /// Appends an entry, whose sequence number it returns.
  @discardableResult
  mutating func append(_ entry: EncodedEntry, to run: Run, at time: Int64) throws -> Int64 {
    sequence += 1
    let record = JournalRecord(
      sequence: sequence,
      run: run.id,
      kind: entry.kind.rawValue,
      time: time,
      step: entry.step,
      transaction: entry.transaction,
      payload: entry.payload
    )
    let previous = hash
    hash = record.hash(following: previous)
    try insert.execute(arguments: [
      sequence, run.number ?? sequence, record.kind, time, record.step, record.transaction,
      String(decoding: record.payload, as: UTF8.self), Data(previous), Data(hash),
    ])
    return sequence
  }

  /// Remembers the new end.
  func finish() throws {
    let update = try database.cachedStatement(sql: "UPDATE head SET sequence = ?, hash = ?")
    try update.execute(arguments: [sequence, Data(hash)])
  }
}
