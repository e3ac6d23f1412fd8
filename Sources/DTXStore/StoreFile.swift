import Dispatch
package import GRDB
import Synchronization

/// One SQLite file with a known schema, opened when it is first used.
///
/// What a `write` has done when it returns survives a power cut: the file is in WAL mode with
/// `synchronous = FULL`. Accesses of one `StoreFile` run one after the other on a queue of their
/// own, so that no thread of the concurrency pool waits for the disk. Several processes may have
/// the same file open.
///
/// A task's cancellation does not reach the file: what became of a request that has been sent is
/// recorded even while the run around it is being interrupted.
package final class StoreFile: Sendable {
  /// How long to wait for another process that writes.
  ///
  /// The longest write is the seeding of a large file or the intents of a large plan, a second or
  /// two; five leave room for a slow disk.
  package static let busyTimeoutSeconds = 5

  package let path: String
  package let schema: StoreSchema
  /// How long this connection waits for another process.
  package let busyTimeoutSeconds: Int
  private let connection = Mutex<DatabaseQueue?>(nil)

  /// Names the file; nothing is opened or created yet.
  package init(
    path: String,
    schema: StoreSchema,
    busyTimeoutSeconds: Int = StoreFile.busyTimeoutSeconds
  ) {
    self.path = path
    self.schema = schema
    self.busyTimeoutSeconds = busyTimeoutSeconds
  }

  /// The store's kind and path, as messages begin.
  package var subject: String { "the \(schema.noun) \(path)" }

  /// Reads in one snapshot.
  ///
  /// - Throws: `StoreError`, or whatever else the body throws.
  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await run { database in
      var value: Value?
      try database.inTransaction(.deferred) {
        value = try body(database)
        return .commit
      }
      return value
    }
  }

  /// Reads and writes in one transaction: all of it or, when the body throws, nothing.
  ///
  /// - Throws: `StoreError`, or whatever else the body throws.
  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await run { database in
      var value: Value?
      // IMMEDIATE takes the write lock before anything is read, so that what the body decides on
      // is still true when it writes.
      try database.inTransaction(.immediate) {
        value = try body(database)
        return .commit
      }
      return value
    }
  }

  private func run<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value?
  ) async throws -> Value {
    let queue = try opened()
    let subject = subject
    let result: Result<Value?, any Error> = await withCheckedContinuation { continuation in
      queue.asyncWriteWithoutTransaction { database in
        continuation.resume(returning: Result { try body(database) })
      }
    }
    do {
      guard let value = try result.get() else {
        throw StoreError(.failing, "\(subject) ended an access without a result")
      }
      return value
    } catch let error as DatabaseError {
      throw StoreError(error, of: subject, waited: busyTimeoutSeconds)
    }
  }

  /// Returns the connection, which the first caller makes while any other waits.
  private func opened() throws(StoreError) -> DatabaseQueue {
    // Opening takes well under a millisecond unless another process is creating the file, and a
    // command has nothing else to do before its store is open: it may block its thread here.
    try connection.withLock { (queue) throws(StoreError) -> DatabaseQueue in
      if let queue { return queue }
      let opened = try StoreOpening(file: self).open()
      queue = opened
      return opened
    }
  }
}
