import DTXStore
import GRDB

extension StoreSchema {
  /// The journal's tables.
  ///
  /// `entries` is the chain; `runs` finds a run by its id and keeps its plan, and what it says is
  /// said by the run's `began` entry too, under the chain's hash. `head` remembers the newest
  /// entry, so that a tail that was cut off is noticed. Triggers refuse to change or remove what
  /// is there: not a defence against the file's owner, who can drop them, but against a mistake
  /// of this program or in a shell; against the owner there is the chain. Only `claims`, which
  /// tells who is at work at this moment and is no history, is changed freely.
  static let journal = StoreSchema(
    noun: "journal",
    applicationID: 0x6474_786A,  // "dtxj"
    migrations: [
      { database in
        try database.execute(
          sql: """
            CREATE TABLE entries (
              sequence INTEGER PRIMARY KEY,
              run INTEGER NOT NULL,
              kind TEXT NOT NULL,
              time INTEGER NOT NULL,
              step INTEGER,
              transaction_id TEXT,
              payload TEXT NOT NULL,
              previous BLOB NOT NULL,
              hash BLOB NOT NULL
            ) STRICT;
            CREATE INDEX entries_of_run ON entries (run);
            CREATE INDEX outcomes ON entries (run, step) WHERE kind = 'outcome';
            CREATE INDEX intents ON entries (transaction_id) WHERE transaction_id IS NOT NULL;

            CREATE TABLE runs (
              number INTEGER PRIMARY KEY,
              id TEXT NOT NULL UNIQUE,
              plan_digest TEXT NOT NULL UNIQUE,
              plan BLOB NOT NULL
            ) STRICT;

            CREATE TABLE head (
              only INTEGER PRIMARY KEY CHECK (only = 1),
              sequence INTEGER NOT NULL,
              hash BLOB NOT NULL
            ) STRICT;
            INSERT INTO head VALUES (1, 0, zeroblob(32));

            CREATE TABLE claims (
              transaction_id TEXT PRIMARY KEY,
              run TEXT NOT NULL,
              person TEXT NOT NULL,
              time INTEGER NOT NULL,
              process INTEGER NOT NULL,
              process_start INTEGER NOT NULL,
              boot TEXT NOT NULL,
              namespace TEXT NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX claims_of_run ON claims (run);

            CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries
              BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
            CREATE TRIGGER entries_are_not_removed BEFORE DELETE ON entries
              BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
            CREATE TRIGGER entries_follow_one_another BEFORE INSERT ON entries
              WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM entries)
              BEGIN SELECT RAISE(ABORT, 'entries are missing at the end of the journal'); END;
            CREATE TRIGGER runs_are_not_changed BEFORE UPDATE ON runs
              BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
            CREATE TRIGGER runs_are_not_removed BEFORE DELETE ON runs
              BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
            CREATE TRIGGER runs_are_not_replaced BEFORE INSERT ON runs
              WHEN EXISTS (
                SELECT 1 FROM runs
                WHERE number = NEW.number OR id = NEW.id OR plan_digest = NEW.plan_digest
              )
              BEGIN SELECT RAISE(ABORT, 'the run or its plan is in the journal'); END;
            CREATE TRIGGER head_moves_forward BEFORE UPDATE ON head
              WHEN NEW.sequence <= OLD.sequence
              BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
            CREATE TRIGGER head_stays BEFORE DELETE ON head
              BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
            """
        )
      }
    ]
  )
}
