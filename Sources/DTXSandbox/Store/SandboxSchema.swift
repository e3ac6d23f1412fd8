import DTXLedger
import DTXStore
import GRDB

extension StoreSchema {
  /// The sandbox's tables, filled with the demonstration when the file is new.
  static func sandbox(of account: Account, in environment: SandboxEnvironment) -> StoreSchema {
    StoreSchema(
      noun: "sandbox",
      applicationID: 0x6474_7873,  // "dtxs"
      migrations: [
        { try SandboxTables.createFirst(in: $0) },
        { database in
          try SandboxTables.addServing(to: database)
          // A file of the first version has its transactions; a new one gets them now, because
          // what writes them knows only the newest tables.
          let isNew = try Bool.fetchOne(database, sql: "SELECT count(*) = 0 FROM transactions")
          guard isNew == true else { return }
          try SeedInsertion(database: database, environment: environment)
            .insert(Demonstration.transactions(of: account, in: environment))
        },
        { try SandboxTables.addHeaders(to: $0) },
      ]
    )
  }
}

/// The tables, version by version.
///
/// What happened to a transaction is told by `events` alone, which are never changed or removed;
/// `amount`, `status` and the other columns that operations change are what the newest event left
/// behind, kept so that transactions can be found by them.
enum SandboxTables {
  private static let names = [
    "event_headers", "settlements", "corrections", "pending", "events", "items", "transactions",
  ]

  /// Makes all tables of the newest version.
  static func create(in database: Database) throws {
    try createFirst(in: database)
    try addServing(to: database)
    try addHeaders(to: database)
  }

  /// Makes the tables of the first version.
  static func createFirst(in database: Database) throws {
    try database.execute(sql: tables)
    try database.execute(sql: triggers)
  }

  /// Adds what a provider keeps that is asked by others than dtx: when and how accepted requests
  /// end, the repairs of failed events, everything that was said of a line, and payouts.
  static func addServing(to database: Database) throws { try database.execute(sql: serving) }

  /// Adds the headers of the requests that led to events, by which a caller knows its own.
  static func addHeaders(to database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE event_headers (
          event INTEGER PRIMARY KEY,
          document TEXT NOT NULL
        ) STRICT;
        """
    )
  }

  private static let tables = """
    CREATE TABLE transactions (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      product TEXT NOT NULL,
      currency TEXT NOT NULL,
      amount INTEGER NOT NULL,
      status TEXT NOT NULL,
      is_preauthorization INTEGER NOT NULL,
      merchant_reference TEXT,
      second_reference TEXT,
      session_id TEXT,
      settlement TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      expires_at INTEGER,
      customer TEXT,
      store TEXT,
      masked_card_number TEXT,
      document TEXT NOT NULL
    ) STRICT;
    CREATE INDEX transactions_by_reference ON transactions (merchant_reference);
    CREATE INDEX transactions_by_second_reference ON transactions (second_reference);
    CREATE INDEX transactions_by_session ON transactions (session_id);
    CREATE INDEX transactions_by_time ON transactions (created_at);

    CREATE TABLE items (
      transaction_number INTEGER NOT NULL,
      position INTEGER NOT NULL,
      line_id TEXT NOT NULL,
      description TEXT NOT NULL,
      quantity INTEGER NOT NULL,
      amount INTEGER NOT NULL,
      vat INTEGER,
      kind TEXT,
      PRIMARY KEY (transaction_number, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE events (
      sequence INTEGER PRIMARY KEY,
      transaction_number INTEGER NOT NULL,
      id TEXT NOT NULL,
      kind TEXT NOT NULL,
      is_successful INTEGER NOT NULL,
      amount INTEGER,
      reference TEXT,
      status_after TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      created_by TEXT,
      request_id TEXT,
      correlation_request_id TEXT,
      lines TEXT,
      document TEXT
    ) STRICT;
    CREATE INDEX events_of_transaction ON events (transaction_number);

    CREATE TABLE pending (
      event INTEGER PRIMARY KEY,
      transaction_number INTEGER NOT NULL
    ) STRICT;
    """

  private static let serving = """
    ALTER TABLE pending ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE pending ADD COLUMN outcome TEXT NOT NULL DEFAULT 'done';
    ALTER TABLE pending ADD COLUMN is_final INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX pending_by_time ON pending (due_at);
    ALTER TABLE items ADD COLUMN document TEXT;

    CREATE TABLE corrections (
      event INTEGER PRIMARY KEY,
      document TEXT NOT NULL
    ) STRICT;

    CREATE TABLE settlements (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      settled_at INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      provider TEXT NOT NULL,
      document TEXT NOT NULL
    ) STRICT;
    """

  /// Events are appended, and nothing else is ever done to them.
  private static let triggers = """
    CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
      BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
    CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
      BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
    CREATE TRIGGER events_are_not_replaced BEFORE INSERT ON events
      WHEN EXISTS (SELECT 1 FROM events WHERE sequence = NEW.sequence)
      BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
    """

  /// Removes all tables, with what is in them.
  static func drop(from database: Database) throws {
    for name in names { try database.execute(sql: "DROP TABLE \(name)") }
  }
}
