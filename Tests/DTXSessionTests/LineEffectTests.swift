import DTXExecution
import DTXLedger
import DTXSession
import DTXTestSupport
import Testing

@Suite("What a line would do")
struct LineEffectTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let text: String
    let effect: String?

    init(_ text: String, _ effect: String?) {
      self.text = text
      self.effect = effect
    }

    var testDescription: String { text }
  }

  static let rows: [Row] = [
    Row("capture tx1 line 1", "captures 299.90 NOK, leaves 100.00"),
    Row("capture tx1 line 1 29990 ref \"ship-1\"", "captures 299.90 NOK, leaves 100.00"),
    Row("capture tx1 all", "captures 399.90 NOK, leaves 0.00"),
    // A slip by a hundred is seen while it is typed.
    Row("capture tx1 300", "captures 3.00 NOK, leaves 396.90"),
    Row("capture tx1 line 1 final", "captures 299.90 NOK, leaves 0.00"),
    Row("refund tx2 line 2", "refunds 51.00 NOK, leaves 348.90"),
    Row("void tx1", "releases 399.90 NOK"),
    Row("tag tx1 \"again\"", "sets the second reference"),
    Row(
      "capture tx1 line 1; refund tx2 line 2",
      "2 operations, captures 299.90 NOK, refunds 51.00 NOK"
    ),
    Row("capture tx2 39990 ref \"parcel-1\"", "already applied"),
    Row(
      "capture tx1 500.00 NOK",
      "error: 399.90 NOK is left to capture"
    ),
    Row("void tx2", "error: "),
    Row("captur tx1 all", "error: "),
    // What is not written to its end yet is no mistake.
    Row("captur", nil), Row("capture", nil), Row("capture ", nil), Row("capture tx1", nil),
    Row("capture tx1 ", nil), Row("capture tx1 line", nil), Row("capture tx1 line ", nil),
    Row("capture tx1 all ref", nil), Row("capture tx1 all ref \"shi", nil),
    Row("adjust tx1 {", nil),
    // Nobody is asked about what is not known, and looking does nothing.
    Row("capture tx9 all", nil), Row("show tx1", nil), Row("list", nil), Row("preview", nil),
    Row("capture tx1 all; commit", nil), Row("", nil), Row("# capture tx1 all", nil),
  ]

  private func known() throws -> TransactionIndex {
    TransactionIndex(try [SessionFixture.authorized("tx1"), SessionFixture.captured("tx2")])
  }

  @Test("is told in a few words", arguments: rows)
  func words(row: Row) async throws {
    let session = try SessionFixture.session()
    let effect = await session.effect(of: row.text, knowing: try known())?.text
    if row.effect == "error: " {
      #expect(effect?.hasPrefix("error: ") == true)
    } else {
      #expect(effect == row.effect)
    }
  }

  @Test("counts from what is staged")
  func staged() async throws {
    var session = try SessionFixture.session()
    _ = try await session.take("capture tx1 line 1")
    func effect(_ text: String) async throws -> String? {
      await session.effect(of: text, knowing: try known())?.text
    }
    #expect(try await effect("capture tx1 line 2") == "captures 51.00 NOK, leaves 49.00")
    #expect(try await effect("capture tx1 line 1 1.00 NOK")?.hasPrefix("error: ") == true)
    let repeated = try await effect("capture tx1 line 1")
    #expect(repeated?.hasPrefix("error: ") == true)
  }

  /// Without the line whose beginning asks for what was done already under another reference.
  private static let soundRows = rows.filter { row in
    row.effect?.hasPrefix("error") != true && row.effect != "already applied"
  }

  @Test(
    "sees no mistake in any beginning of a sound line, and stages nothing",
    arguments: soundRows
  )
  func beginnings(row: Row) async throws {
    let session = try SessionFixture.session()
    for length in 0...row.text.count {
      let text = String(row.text.prefix(length))
      let effect = await session.effect(of: text, knowing: try known())?.text
      #expect(effect?.hasPrefix("error: ") != true, "\(text): \(effect ?? "")")
      #expect(session.isEmpty)
    }
  }
}

@Suite("What a pasted block comes to")
struct PasteSummaryTests {
  @Test(
    "is summed up with its mistakes, and stages nothing",
    arguments: [
      (
        "capture tx1 line 1\nrefund tx2 line 2",
        "2 statements, 2 operations, captures 299.90 NOK, refunds 51.00 NOK"
      ),
      (
        "capture tx1 line 1\ncapture tx9 all",
        "2 statements, 1 operation, captures 299.90 NOK, 1 error"
      ),
      (
        "capture tx1 line 1\ncaptur tx1\nvoid tx1",
        "3 statements, 1 operation, captures 299.90 NOK, 2 errors"
      ),
      ("show tx1\nshow tx2", "2 statements"),
      ("capture tx1 300 NOK\ncapture tx1 299.90", "2 statements, 2 errors"),
      (
        "capture tx1 300 NOK\ncapture tx1 line 1",
        "2 statements, 1 operation, captures 299.90 NOK, 1 error"
      ),
    ]
  )
  func sums(text: String, expected: String) async throws {
    let session = try SessionFixture.session()
    #expect(await session.summary(of: text)?.text == expected)
    #expect(session.isEmpty)
  }

  @Test(
    "tells what Enter does",
    arguments: [
      ("capture tx1 line 1\nrefund tx2 line 2", false, .stages),
      ("show tx1\nshow tx2", true, .stages),
      ("capture tx1 line 1\nrefund tx2 line 2", true, .asks),
      ("capture tx1 line 1\ncommit", false, .asks),
      ("capture tx1 line 1\ndiscard\nquit", false, .does(["discard", "quit"])),
      ("capture tx1 line 1\ncapture tx9 all", false, .refuses),
      ("commit\ncapture tx1 line 1", false, .isTooMuch(behind: "commit")),
    ] as [(String, Bool, PasteSummary.Enter)]
  )
  func enter(text: String, isAutocommitting: Bool, expected: PasteSummary.Enter) async throws {
    var session = try SessionFixture.session()
    if isAutocommitting { _ = try await session.take("autocommit on") }
    #expect(await session.summary(of: text)?.enter == expected)
  }

  @Test("says nothing about a single statement, whose hint tells")
  func single() async throws {
    let session = try SessionFixture.session()
    #expect(await session.summary(of: "capture tx1 all") == nil)
    #expect(await session.summary(of: "# nothing") == nil)
  }
}

@Suite("Hints on their way", .timeLimit(.minutes(1)))
struct HintBoardTests {
  @Test("are worked out once more where the session went on meanwhile")
  func overtaken() async throws {
    let known = KnownTransactions()
    known.merge([try SessionFixture.authorized("tx1")])
    let board = HintBoard(session: try SessionFixture.session(), known: known)
    var session = board.session
    _ = try await session.take("capture tx1 line 2")
    let later = session
    let (news, announce) = AsyncStream<Void>.makeStream()
    board.sumUp("show tx1\nshow tx2")
    _ = board.effect(of: "capture tx1 line 2")
    let work = Task {
      await board.work(announce: { announce.yield() }, tell: { _ in board.session = later })
    }
    defer { work.cancel() }
    for await _ in news { break }
    guard case .mistake = board.effect(of: "capture tx1 line 2") else {
      Issue.record("the hint is one of the session before")
      return
    }
  }

  @Test("come for the newest text, and go with the session they were for")
  func newest() async throws {
    let known = KnownTransactions()
    known.merge([try SessionFixture.authorized("tx1")])
    let board = HintBoard(session: try SessionFixture.session(), known: known)
    let (news, announce) = AsyncStream<Void>.makeStream()
    let work = Task { await board.work(announce: { announce.yield() }, tell: { _ in }) }
    defer { work.cancel() }
    #expect(board.effect(of: "capture tx1 line 1") == nil)
    for await _ in news { break }
    #expect(board.effect(of: "capture tx1 line 1") == .effect("captures 299.90 NOK, leaves 100.00"))
    #expect(board.effect(of: "capture tx1 line 2") == nil)
    for await _ in news { break }
    #expect(board.effect(of: "capture tx1 line 2") == .effect("captures 51.00 NOK, leaves 348.90"))
    var session = board.session
    _ = try await session.take("capture tx1 line 2")
    board.session = session
    #expect(board.effect(of: "capture tx1 line 2") == nil)
    for await _ in news { break }
    guard case .mistake = board.effect(of: "capture tx1 line 2") else {
      Issue.record("the line is staged and can be captured once more")
      return
    }
  }
}
