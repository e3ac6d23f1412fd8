import DTXExecution
@testable import DTXJournal
import GRDB
import Testing

@Suite("The journal's chain")
struct ChainTests {
  struct Edit: Sendable, CustomTestStringConvertible {
    let sql: String
    let kind: JournalFault.Kind
    let sequence: Int64

    init(_ sql: String, _ kind: JournalFault.Kind, at sequence: Int64) {
      self.sql = sql
      self.kind = kind
      self.sequence = sequence
    }

    var testDescription: String { sql }
  }

  /// The journal holds run r1 with entries 1 to 5 and run r2 with entry 6.
  static let edits: [Edit] = [
    Edit("UPDATE entries SET payload = '{}' WHERE sequence = 2", .changed, at: 2),
    Edit("UPDATE entries SET kind = 'outcome' WHERE sequence = 3", .changed, at: 3),
    Edit("UPDATE entries SET time = time + 1 WHERE sequence = 4", .changed, at: 4),
    Edit("UPDATE entries SET step = 1 WHERE sequence = 3", .changed, at: 3),
    Edit("UPDATE entries SET transaction_id = 'T12345678.x' WHERE sequence = 2", .changed, at: 2),
    Edit("UPDATE entries SET run = 6 WHERE sequence = 5", .changed, at: 5),
    Edit("UPDATE entries SET run = 99 WHERE sequence = 5", .changed, at: 5),
    Edit("UPDATE entries SET hash = zeroblob(32) WHERE sequence = 3", .changed, at: 3),
    Edit("UPDATE entries SET hash = x'00' WHERE sequence = 6", .changed, at: 6),
    Edit("UPDATE entries SET previous = zeroblob(32) WHERE sequence = 3", .reordered, at: 3),
    Edit("DELETE FROM entries WHERE sequence = 1", .removed, at: 1),
    Edit("DELETE FROM entries WHERE sequence = 3", .removed, at: 3),
    Edit(
      "DELETE FROM entries WHERE sequence = 3; UPDATE entries SET sequence = sequence - 1 WHERE "
        + "sequence > 3",
      .reordered,
      at: 3
    ),
    Edit(
      "UPDATE entries SET sequence = 30 WHERE sequence = 3; UPDATE entries SET sequence = 3 "
        + "WHERE sequence = 4; UPDATE entries SET sequence = 4 WHERE sequence = 30",
      .reordered,
      at: 3
    ),
    Edit("DELETE FROM entries WHERE sequence > 4", .truncated, at: 5),
    Edit("DELETE FROM entries", .truncated, at: 1),
    Edit("UPDATE head SET sequence = 5", .changed, at: 6),
    Edit("UPDATE head SET hash = zeroblob(32)", .changed, at: 7),
    Edit("UPDATE runs SET plan = x'00' WHERE id = 'r2'", .planChanged, at: 6),
    Edit("UPDATE runs SET plan_digest = 'other' WHERE id = 'r1'", .planChanged, at: 1),
    Edit("UPDATE runs SET id = 'r3' WHERE id = 'r2'", .changed, at: 6),
    Edit("DELETE FROM runs WHERE id = 'r2'", .changed, at: 6),
  ]

  let fixture = JournalFixture()

  func fill() async throws -> JournalHead {
    let journal = fixture.journal()
    let request = JournalFixture.request("r1", step: 0)
    try await journal.begin(JournalFixture.record("r1"), plan: Array("one".utf8))
    try await journal.append([.intended(request, knownEvents: ["e1"])], to: RunID("r1"))
    try await journal.append(
      [.sent(request.id), .outcome(request.id, .unresolved("?")), .ended(RunSummary())],
      to: RunID("r1")
    )
    try await journal.begin(JournalFixture.record("r2"), plan: Array("two".utf8))
    return try await journal.head()
  }

  @Test("is whole as written, and while it grows")
  func whole() async throws {
    let journal = fixture.journal()
    let empty = try await journal.head()
    #expect(try await journal.verify() == .whole(empty, runs: 0))
    let head = try await fill()
    #expect(head.sequence == 6)
    #expect(try await journal.verify() == .whole(head, runs: 2))
    try await journal.append([.ended(RunSummary())], to: RunID("r2"))
    let grown = try await journal.head()
    for remembered in [empty, head, grown] {
      #expect(try await journal.verify(remembered: remembered) == .whole(grown, runs: 2))
    }
  }

  @Test("shows the first place where it was edited", arguments: edits)
  func edited(_ edit: Edit) async throws {
    _ = try await fill()
    try fixture.tamper(edit.sql)
    let expected = JournalFault(kind: edit.kind, sequence: edit.sequence)
    #expect(try await fixture.journal().verify() == .broken(expected))
  }

  @Test("shows a tail that was cut off with care only to whoever remembers the head")
  func truncated() async throws {
    let head = try await fill()
    try fixture.tamper(
      """
      DELETE FROM entries WHERE sequence = 6; DELETE FROM runs WHERE number = 6;
      UPDATE head SET sequence = 5, hash = (SELECT hash FROM entries WHERE sequence = 5);
      """
    )
    let journal = fixture.journal()
    #expect(try await journal.verify() == .whole(try await journal.head(), runs: 1))
    #expect(
      try await journal.verify(remembered: head)
        == .broken(JournalFault(kind: .truncated, sequence: 6))
    )
    let rewritten = JournalHead(sequence: 3, hash: head.hash)
    #expect(
      try await journal.verify(remembered: rewritten)
        == .broken(JournalFault(kind: .changed, sequence: 3))
    )
  }

  @Test("is not extended when entries are missing at the end")
  func missingEnd() async throws {
    _ = try await fill()
    let queue = try fixture.database()
    try await queue.write { database in
      try database.execute(
        sql: "DROP TRIGGER entries_are_not_removed; DELETE FROM entries WHERE sequence = 6"
      )
    }
    let error = await #expect(throws: JournalError.self) {
      try await fixture.journal().append([.ended(RunSummary())], to: RunID("r1"))
    }
    #expect(error?.code == .corrupt)
  }

  @Test(
    "is protected from a mistake in a shell",
    arguments: [
      "UPDATE entries SET time = 0", "DELETE FROM entries WHERE sequence = 6",
      "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE sequence = 2",
      "UPDATE runs SET plan = x''", "DELETE FROM runs", "DELETE FROM head",
      "INSERT OR REPLACE INTO runs SELECT * FROM runs WHERE id = 'r1'",
      "UPDATE head SET sequence = 5", "UPDATE head SET hash = x''",
    ]
  )
  func triggers(sql: String) async throws {
    let head = try await fill()
    let queue = try fixture.database()
    let error = try await #require(throws: DatabaseError.self) {
      try await queue.write { try $0.execute(sql: sql) }
    }
    #expect(error.resultCode == .SQLITE_CONSTRAINT)
    #expect(try await fixture.journal().verify() == .whole(head, runs: 2))
  }

  @Test("refuses to hand out a plan that was changed")
  func changedPlan() async throws {
    _ = try await fill()
    try fixture.tamper("UPDATE runs SET plan = x'00' WHERE id = 'r1'")
    let error = await #expect(throws: JournalError.self) {
      try await fixture.journal().plan(of: RunID("r1"))
    }
    #expect(error?.code == .corrupt)
  }

  @Test("says that an entry can't be read instead of trapping")
  func unreadable() async throws {
    _ = try await fill()
    for payload in ["{", "[]", #"{"known":1}"#, #"{"known":[],"operation":{"kind":"give"}}"#] {
      try fixture.tamper("UPDATE entries SET payload = '\(payload)' WHERE sequence = 2")
      let error = await #expect(throws: JournalError.self) {
        try await fixture.journal().run(RunID("r1"))
      }
      #expect(error?.code == .corrupt)
    }
  }
}
