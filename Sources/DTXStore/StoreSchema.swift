package import GRDB

/// What a kind of store looks like and how an older file becomes a current one.
package struct StoreSchema: Sendable {
  /// One step from a version to the next.
  package typealias Migration = @Sendable (Database) throws -> Void

  /// What the store is called in messages: `journal`.
  package let noun: String
  /// The number in the file's header that tells this kind of store from every other file.
  ///
  /// Source: <https://www.sqlite.org/pragma.html#pragma_application_id>.
  package let applicationID: Int32
  /// Step n brings a file from version n to version n + 1; an empty file has version 0.
  package let migrations: [Migration]

  package init(noun: String, applicationID: Int32, migrations: [Migration]) {
    self.noun = noun
    self.applicationID = applicationID
    self.migrations = migrations
  }

  /// The version that this program writes.
  package var version: Int { migrations.count }
}
