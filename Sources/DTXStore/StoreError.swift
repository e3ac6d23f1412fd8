package import GRDB

/// Why a store could not be opened, read or written.
package struct StoreError: Error, Hashable, Sendable {
  /// What kind of thing is wrong.
  package enum Code: Hashable, Sendable {
    /// The folder or file cannot be opened or created.
    case cannotOpen
    /// Another process holds the store for longer than `StoreFile.busyTimeoutSeconds`.
    case locked
    /// The file or its folder does not allow writing.
    case readOnly
    /// No space is left.
    case full
    /// The disk fails: what was being written may be there or not.
    case failing
    /// The file is no such store, or is damaged.
    case damaged
    /// The file was written by a newer version.
    case newerVersion
  }

  package let code: Code
  /// What was tried, what went wrong and what helps, without secrets.
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// Tells whether nothing was written with certainty.
  package var isNothingWritten: Bool { code != .failing }
}

extension StoreError {
  /// Says in words of a store what SQLite reports.
  ///
  /// - Parameters:
  ///   - error: What SQLite reports; its SQL and arguments are not repeated.
  ///   - subject: The store's kind and path, such as `the journal /home/k/journal.db`.
  ///   - seconds: How long the connection waits for others.
  ///
  /// Source: <https://www.sqlite.org/rescode.html>.
  package init(_ error: DatabaseError, of subject: String, waited seconds: Int) {
    let detail = error.message ?? "error \(error.resultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .locked,
        "\(subject) is in use by another process for more than "
          + "\(seconds) seconds; wait until it has finished and try again"
      )
    case .SQLITE_FULL:
      self.init(.full, "no space is left for \(subject); free some space and try again")
    case .SQLITE_READONLY:
      self.init(.readOnly, "\(subject) can't be written: the file or its folder is read-only")
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      self.init(
        .cannotOpen,
        "can't open \(subject): \(detail); check that the file and its folder may be read and "
          + "written"
      )
    case .SQLITE_IOERR:
      self.init(.failing, "reading or writing \(subject) failed: \(detail); check the disk")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      self.init(.damaged, "\(subject) is damaged or is something else: \(detail)")
    default:
      self.init(.damaged, "\(subject) is not as it was made: \(detail)")
    }
  }
}
