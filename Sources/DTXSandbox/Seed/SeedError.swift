import DTXJSON

/// Why transactions could not be added to a sandbox.
package struct SeedError: Error, Hashable, Sendable {
  /// What kind of thing is wrong.
  package enum Code: Hashable, Sendable {
    /// The file is not JSON.
    case unreadable
    /// The file is JSON, but what it says is no list of transactions.
    case invalid
    /// A transaction is there already, or stands in the file twice.
    case duplicate
    /// The sandbox's own file can't be read or written.
    case storage
  }

  package let code: Code
  /// What is wrong, as a sentence without the place.
  package let message: String
  /// The place in the file, from 1; nil when the file is not to blame.
  package let line: Int?
  /// In bytes, from 1.
  package let column: Int?

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
    line = nil
    column = nil
  }

  init(_ code: Code, _ error: JSONError, in text: [UInt8]) {
    self.code = code
    message = error.message
    (line, column) = error.place(in: text)
  }
}

/// What was added to a sandbox.
package struct SeedReport: Hashable, Sendable {
  /// Something in the file that was not taken as it stands.
  package struct Note: Hashable, Sendable {
    package let line: Int
    package let message: String
  }

  package let transactions: Int
  package let notes: [Note]
}
