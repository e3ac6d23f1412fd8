import DTXExecution
import DTXJournal
import DTXLedger
import DTXTestSupport
import GRDB

/// A journal in a folder of its own, with a clock that moves a second at each look.
struct JournalFixture {
  let folder = TemporaryFolder()

  var path: String { folder.file("journal.db") }

  func journal() -> SQLiteJournal { SQLiteJournal(path: path) { 1_800_000_000_000 } }

  /// Opens the file behind the journal's back.
  func database() throws -> DatabaseQueue {
    // The journal that filled the file may still be closing it.
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Runs SQL on the file behind the journal's back, without its triggers.
  func tamper(_ sql: String) throws {
    let queue = try database()
    try queue.writeWithoutTransaction { database in
      let triggers = try String.fetchAll(
        database,
        sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'"
      )
      for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger)") }
      try database.execute(sql: sql)
    }
    try queue.close()
  }

  static func record(_ id: String, plan: String? = nil, person: String = "kari") -> RunRecord {
    RunRecord(
      id: RunID(id),
      startedAt: 1_799_999_999_000,
      person: person,
      profile: "sandbox",
      account: Self.account,
      script: "fix \"1\".dtx",
      scriptDigest: String(repeating: "ab", count: 32),
      planDigest: plan ?? "digest of \(id)",
      operationCount: 2
    )
  }

  static let account = Account("T12345678").known

  static func balance(_ captured: Int64, _ status: Status) -> Balance {
    var state = Transaction.State(status: status, authorized: MinorUnits(39_990))
    state.captured = MinorUnits(captured)
    state.refunded = MinorUnits(captured / 2)
    state.voided = MinorUnits(captured / 3)
    return Balance(state)
  }

  static func request(
    _ run: String,
    step: Int32,
    transaction: String = "T12345678.tx123",
    amount: Int64 = 29_990
  ) -> OperationRequest {
    OperationRequest(
      id: OperationID(run: RunID(run), step: step),
      transaction: TransactionID(transaction),
      operation: Operation(.capture, amount: MinorUnits(amount)),
      reference: "ship-1",
      extras: nil
    )
  }

  /// One entry of each shape that the execution can produce.
  static func everyEntry(of run: String) -> [JournalEntry] {
    var rich = Operation(.adjust, amount: MinorUnits(.max))
    rich.isFinal = true
    rich.isRemainder = true
    rich.lines = [
      LinePortion(line: 0, amount: MinorUnits(1)),
      LinePortion(line: 7, amount: MinorUnits(-5), quantity: Quantity(millionths: 500_000)),
    ]
    rich.items = LineItem.Kind.allCases.map { kind in
      LineItem(
        id: "line \(kind)",
        description: "a \"thing\"\n\u{1}å😀",
        quantity: Quantity(millionths: 1),
        amount: MinorUnits(-1),
        vatBasisPoints: 2500,
        kind: kind
      )
    }
    rich.items.append(LineItem(id: "", description: "", amount: .zero))
    rich.text = "second reference"
    var extras = StepExtras()
    extras.reason = "damaged"
    extras.description = ""
    extras.metadata = [
      StepExtras.Metadata(name: "parcel", value: "7"),
      StepExtras.Metadata(name: "parcel", value: ""),
    ]
    let intents = Operation.Kind.allCases.enumerated().map { index, kind in
      JournalEntry.intended(
        OperationRequest(
          id: OperationID(run: RunID(run), step: Int32(index)),
          transaction: TransactionID("T12345678.tx\(index)"),
          operation: Operation(kind, amount: MinorUnits(Int64(index))),
          reference: nil,
          extras: nil
        ),
        knownEvents: []
      )
    }
    let id = OperationID(run: RunID(run), step: .max)
    let full = JournalEntry.intended(
      OperationRequest(
        id: id,
        transaction: TransactionID("T12345678.tx123"),
        operation: rich,
        reference: "ship-\"1\"",
        extras: extras
      ),
      knownEvents: ["e1", "e2"]
    )
    var summary = RunSummary()
    summary.done = 1
    summary.pending = 2
    summary.failed = 3
    summary.unresolved = 4
    summary.notSent = 5
    return intents + [full, .sent(id)]
      + everyOutcome.map { .outcome(id, $0) } + [.ended(summary)]
  }

  static let everyOutcome: [Outcome] =
    [
      .done(
        Outcome.Completion(
          eventID: "e3",
          requestID: "r1",
          after: balance(29_990, .partiallyCaptured),
          isAsPredicted: true,
          status: 200
        )
      ),
      .pending(requestID: "r2"), .pending(requestID: nil),
      .failed(Outcome.Failure(status: 400, code: "c", message: "no \"more\"", requestID: "r3")),
      .failed(Outcome.Failure(status: nil, code: nil, message: "", requestID: nil)),
      .unresolved("nobody knows"),
      .notSent(.drift(was: balance(0, .authorized), is: balance(9, .authorizationVoided))),
      .notSent(.unreadable("gone")), .notSent(.stopped), .notSent(.interrupted),
      .notSent(.beyondTrial),
    ]
    + Status.allCases.map { status in
      .done(
        Outcome.Completion(
          eventID: nil,
          requestID: nil,
          after: balance(6, status),
          isAsPredicted: false
        )
      )
    }
}

extension Account? {
  /// The account of a text that the tests know to be one.
  fileprivate var known: Account {
    guard let self else { preconditionFailure("the account in the fixture is malformed") }
    return self
  }
}
