import Crypto
package import DTXExecution
import DTXJSON
import DTXStore
import FoundationEssentials
import GRDB
import Glibc

/// The journal in one SQLite file: a chain in which each entry holds the hash of the one before.
///
/// Several processes may use the file at once; each append is one transaction that reads the
/// chain's head and extends it, so that the chain stays whole. The file holds no credentials and
/// nothing about customers: who ran what, which requests left and what the provider answered. A
/// reason or description that a person wrote into a script is kept as written.
package struct SQLiteJournal: Journal {
  /// Returns the time in milliseconds since 1970-01-01T00:00Z.
  package typealias Clock = @Sendable () -> Int64

  let file: StoreFile
  let now: Clock

  /// Names the journal's file, which is opened, and created if need be, at the first use.
  package init(path: String, now: @escaping Clock = SQLiteJournal.systemClock) {
    file = StoreFile(path: path, schema: .journal)
    self.now = now
  }

  package var path: String { file.path }

  /// Returns the computer's time in milliseconds since 1970-01-01T00:00Z.
  package static let systemClock: Clock = {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Records a run and its plan.
  ///
  /// - Throws: `.planUsed` when a plan of this digest has been carried out before; `.cannotWrite`
  ///   when there is a run of this id; otherwise whatever keeps the journal from being written.
  package func begin(_ run: RunRecord, plan: [UInt8]) async throws(JournalError) {
    let time = now()
    try await translating {
      try await file.write { database in
        if let earlier = try RunLookup.run(withPlan: run.planDigest, in: database) {
          throw JournalError(
            .planUsed,
            "this plan was used at \(UTCTime(milliseconds: earlier.startedAt).text) by "
              + "\(earlier.person), in run \(earlier.id)"
          )
        }
        guard try !RunLookup.exists(run.id, in: database) else {
          throw JournalError(.cannotWrite, "the journal has a run \(run.id) already")
        }
        var chain = try JournalChain(database)
        let payload = EntryEncoding.payload(of: run, planBytesDigest: Self.digest(of: plan))
        let number = try chain.append(
          .began,
          payload: payload,
          to: JournalChain.Run(number: nil, id: run.id.text),
          at: time
        )
        try database.execute(
          sql: "INSERT INTO runs (number, id, plan_digest, plan) VALUES (?, ?, ?, ?)",
          arguments: [number, run.id.text, run.planDigest, Data(plan)]
        )
        try chain.finish()
      }
    }
  }

  /// Appends entries in one transaction, with one wait for the disk.
  ///
  /// - Throws: `.unknownRun` when no such run has begun or an entry names another run; otherwise
  ///   whatever keeps the journal from being written.
  package func append(_ entries: [JournalEntry], to run: RunID) async throws(JournalError) {
    guard !entries.isEmpty else { return }
    let time = now()
    try await translating {
      try await file.write { database in
        let owner = try RunLookup.number(of: run, in: database)
        var chain = try JournalChain(database)
        for entry in entries {
          try chain.append(
            EntryEncoding.encode(entry, of: run),
            to: JournalChain.Run(number: owner, id: run.text),
            at: time
          )
        }
        try chain.finish()
      }
    }
  }

  static func digest(of bytes: [UInt8]) -> String { SHA256.hash(data: bytes).hexadecimal }

  /// Runs what touches the file and says in the journal's words what went wrong.
  func translating<Value>(
    _ body: () async throws -> Value
  ) async throws(JournalError) -> Value {
    do {
      return try await body()
    } catch let error as JournalError {
      throw error
    } catch let error as StoreError {
      throw JournalError(error)
    } catch let error as JSONError {
      throw JournalError(.corrupt, "\(file.subject) can't be read: \(error.message)")
    } catch {
      throw JournalError(.cannotWrite, "\(file.subject) can't be used: \(error)")
    }
  }
}

extension JournalError {
  init(_ error: StoreError) {
    let code: Code =
      switch error.code {
      case .cannotOpen: .cannotOpen
      case .locked: .locked
      case .readOnly, .full, .failing: .cannotWrite
      case .damaged: .corrupt
      case .newerVersion: .newerVersion
      }
    self.init(code, error.message)
  }
}
