import Foundation
import GRDB
import Testing

/// What the program's files hold, read past the program.
extension Workplace {
  /// One change of a transaction in the sandbox.
  struct Effect: Hashable, Sendable {
    let transaction: String
    let kind: String
    let amount: Int64
    let reference: String
  }

  /// Returns every capture, refund and void of the sandbox, in the order in which they happened.
  ///
  /// It holds those that the demonstration begins with, too.
  func effects() throws -> [Effect] {
    try rows(
      """
      SELECT transactions.id, kind, coalesce(events.amount, 0), coalesce(reference, '')
      FROM events JOIN transactions ON number = transaction_number
      WHERE is_successful AND kind IN ('CAPTURE', 'REFUND', 'VOID') ORDER BY sequence
      """,
      of: sandbox
    )
    .map { Effect(transaction: $0[0], kind: $0[1], amount: $0[2], reference: $0[3]) }
  }

  /// Returns what was captured of a transaction of the sandbox, in minor units.
  func captured(_ transaction: String) throws -> Int64 {
    try effects().filter { $0.transaction.hasSuffix("." + transaction) && $0.kind == "CAPTURE" }
      .map(\.amount).reduce(0, +)
  }

  /// Returns how many entries the journal has; none while there is no journal.
  func journalEntryCount() throws -> Int {
    guard FileManager.default.fileExists(atPath: journal) else { return 0 }
    // The program may not have made the tables yet.
    return (try? rows("SELECT count(*) FROM entries", of: journal))?.first?[0] ?? 0
  }

  /// Returns the transaction of the operation that was intended last.
  func lastIntended() throws -> String {
    let sql = "SELECT transaction_id FROM entries WHERE kind = 'intended' ORDER BY sequence DESC"
    return try #require(try rows(sql, of: journal).first)[0]
  }

  private func rows(_ sql: String, of path: String) throws -> [Row] {
    try database(path).read { database in try Row.fetchAll(database, sql: sql) }
  }

  /// Opens one of the program's files.
  func database(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    // A test holds the lock of an open transaction while the program runs.
    configuration.allowsUnsafeTransactions = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }
}
