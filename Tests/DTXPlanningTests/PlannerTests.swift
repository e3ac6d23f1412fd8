import DTXEvaluator
import DTXExecution
import DTXLedger
import DTXPlanning
import DTXSyntax
import DTXTestSupport
import Testing

/// What is read of the provider on behalf of a script, and what is not.
@Suite("Planner")
struct PlannerTests {
  /// Plans a script and tells what was asked.
  private static func plan(
    _ script: String,
    against transactions: [Transaction] = PlannedAccount.transactions
  ) async throws -> (result: Planner.Result, ids: [[TransactionID]], queries: [TransactionQuery]) {
    let reader = RecordingReader(PlannedAccount.reader(transactions))
    let result = try await PlannedAccount.planner(reader).plan(Array(script.utf8))
    return (result, await reader.readIDs, await reader.queries)
  }

  private static func query(_ change: (inout TransactionQuery) -> Void) -> TransactionQuery {
    var query = TransactionQuery()
    change(&query)
    return query
  }

  @Test(
    "reads nothing for a script with a mistake that can be seen without reading",
    arguments: [
      "capture card", "capture card 299,90", "capture card 300 NOK", "capture P12345678.card 100",
      "account P12345678\ncapture card 100", "print $nothing", "call nothing()",
      "capture card 100 \"",
      "list\ncapture card 0",
    ]
  )
  func mistakes(script: String) async throws {
    let (result, ids, queries) = try await Self.plan("capture yen 1000\n" + script)
    #expect(ids.isEmpty && queries.isEmpty)
    #expect(result.evaluation == nil)
    #expect(result.hasErrors)
  }

  @Test("reads nothing for a script that names nothing", arguments: ["", "print 1 + 1", "# a"])
  func nothing(script: String) async throws {
    let (result, ids, queries) = try await Self.plan(script)
    #expect(ids.isEmpty && queries.isEmpty)
    #expect(result.evaluation?.plan.steps.isEmpty == true)
    #expect(!result.hasErrors)
  }

  @Test("asks for each transaction once, in full, however often and however it is named")
  func ids() async throws {
    let script = """
      capture card 1000 ref "a"
      capture T12345678.card 2000 ref "b"
      capture "card" 3000 ref "c"
      print (transaction yen).status, (transaction card).status
      show psp
      """
    let (result, ids, queries) = try await Self.plan(script)
    #expect(
      ids == [["card", "yen", "psp"].map { TransactionID("T12345678.\($0)") }]
    )
    #expect(queries.isEmpty)
    #expect(result.evaluation?.plan.steps.count == 3)
    #expect(result.evaluation?.plan.transactions.count == 3)
  }

  @Test("asks for many at a time, and for none of them twice")
  func batches() async throws {
    let count = Planner.batchSize + 3
    let script = (0..<count).map { "show t\($0)\nshow t\($0)\n" }.joined()
    let (result, ids, _) = try await Self.plan(script, against: [])
    #expect(ids.map(\.count) == [Planner.batchSize, 3])
    #expect(Set(ids.joined()).count == count)
    #expect(result.diagnostics.count == Evaluator.diagnosticLimit + 1)
  }

  @Test("finds an order by the first reference, else by the second, and asks once for each")
  func lookups() async throws {
    var first = PlannedAccount.transactions[0]
    first.details.merchantReference = "o-1"
    first.details.sessionID = "s-1"
    var second = PlannedAccount.transactions[6]
    second.state.secondReference = "o-2"
    let script = """
      capture order "o-1" 1000 ref "a"
      capture order "o-1" 2000 ref "b"
      capture order "o-2" 3000 ref "c"
      capture session "s-1" 4000 ref "d"
      capture card 5000 ref "e"
      show order "o-9"
      """
    let (result, ids, queries) = try await Self.plan(script, against: [first, second])
    #expect(ids == [[first.id]])
    #expect(
      queries == [
        Self.query { $0.merchantReference = "o-1" },
        Self.query { $0.merchantReference = "o-2" }, Self.query { $0.secondReference = "o-2" },
        Self.query { $0.sessionID = "s-1" },
        Self.query { $0.merchantReference = "o-9" }, Self.query { $0.secondReference = "o-9" },
      ]
    )
    let plan = try #require(result.evaluation).plan
    #expect(plan.transactions.map(\.id) == [first.id, second.id])
    #expect(plan.steps.map(\.transaction) == [0, 0, 1, 0, 0])
    #expect(result.diagnostics.map(\.code) == [DiagnosticCode(3102)])
  }

  @Test("takes for an order only a transaction whose reference is exactly the one that is written")
  func exactLookups() async throws {
    var first = PlannedAccount.transactions[0]
    first.details.merchantReference = "O-1"
    var second = PlannedAccount.transactions[6]
    second.details.merchantReference = "O-2"
    second.state.secondReference = "o-1"
    let script = "capture order \"o-1\" 3000 ref \"c\"\nshow order \"o-2\""
    let reader = LooseReader(PlannedAccount.reader([first, second]))
    let result = try await PlannedAccount.planner(reader).plan(Array(script.utf8))
    let plan = try #require(result.evaluation).plan
    #expect(plan.steps.map { plan.transactions[Int($0.transaction)].id } == [second.id])
    #expect(result.diagnostics.map(\.code) == [DiagnosticCode(3102)])
  }

  static let listings: [(condition: String, query: @Sendable (inout TransactionQuery) -> Void)] = [
    ("status = CAPTURED", { $0.statuses = [.captured] }),
    ("CAPTURED = status", { $0.statuses = [.captured] }),
    ("status in [CAPTURED, AUTHORIZED]", { $0.statuses = [.captured, .authorized] }),
    ("product = vipps", { $0.products = ["vipps"] }),
    ("currency = JPY", { $0.currencies = Currency(code: "JPY").map { [$0] } }),
    ("store = \"oslo\"", { $0.stores = ["oslo"] }),
    ("reference = \"o-1\"", { $0.merchantReference = "o-1" }),
    ("reference2 = \"o-1\"", { $0.secondReference = "o-1" }),
    ("session = \"s-1\"", { $0.sessionID = "s-1" }),
    ("created >= 2026-11-01", { $0.createdFrom = 1_793_491_200_000 }),
    (
      "created = 2026-11-01",
      {
        $0.createdFrom = 1_793_491_200_000
        $0.createdTo = 1_793_577_599_999
      }
    ),
    ("created <= 2026-11-01", { $0.createdTo = 1_793_577_599_999 }),
    ("2026-11-01 < created", { $0.createdFrom = 1_793_577_600_000 }),
    ("created < 2026-11-01T00:00Z", { $0.createdTo = 1_793_491_199_999 }),
    (
      "currency = JPY and authorized > 50 * 1 JPY",
      {
        $0.currencies = Currency(code: "JPY").map { [$0] }
        $0.authorizedFrom = MinorUnits(51)
      }
    ),
    ("status = CAPTURED and customer = \"Kari\"", { $0.statuses = [.captured] }),
    // What the provider cannot tell is looked at afterwards.
    ("customer contains \"Kari\"", { _ in }), ("provider = payex", { _ in }),
    ("status != CAPTURED", { _ in }), ("not status = CAPTURED", { _ in }),
    ("status = CAPTURED or currency = JPY", { _ in }),
  ]

  @Test("asks the provider for what it can tell, and no more", arguments: listings.indices)
  func conditions(index: Int) async throws {
    let (condition, change) = Self.listings[index]
    for script in ["list where \(condition)", "for $t in transactions where \(condition) { }"] {
      let (result, _, queries) = try await Self.plan(script)
      #expect(queries == [Self.query(change)], "\(script)")
      #expect(!result.hasErrors)
    }
  }

  @Test("lists the account once, and knows again what it has read")
  func listing() async throws {
    let (result, ids, queries) = try await Self.plan("list\ncapture card 1000\nlist limit 2")
    #expect(ids.count == 1)
    #expect(queries == [TransactionQuery()])
    let evaluation = try #require(result.evaluation)
    #expect(evaluation.plan.transactions.count == PlannedAccount.transactions.count)
    guard case .list(let all) = evaluation.outputs.first else { throw ProviderError(.refused, "") }
    #expect(all.count == PlannedAccount.transactions.count)
  }

  @Test("gives the errors of the provider to the caller", arguments: [0, 1, 2])
  func errors(answers: Int) async throws {
    let script = "capture card 1000\nshow order \"o-1\"\nlist"
    let failure = ProviderError(.unreachable, "the connection was refused")
    let reader = FailingReader(PlannedAccount.reader(), answers: answers, then: failure)
    await #expect(throws: failure) {
      _ = try await PlannedAccount.planner(reader).plan(Array(script.utf8))
    }
  }

  @Test("says which transactions do not exist, at every place, in the order of the script")
  func missing() async throws {
    let script =
      "capture gone 100\ncapture card 300.00 EUR\nshow card\nvoid gone\nexpect $plan.operations = 2"
    let (result, _, _) = try await Self.plan(script)
    #expect(result.diagnostics.map(\.code.number) == [3101, 2004, 3101, 3301])
    let starts = result.diagnostics.map(\.primary.range.start)
    #expect(starts == starts.sorted())
    #expect(result.hasErrors)
  }

  @Test("does not rely on the order in which the provider answers")
  func order() async throws {
    let script =
      "capture card 1000 ref \"a\"\ncapture yen 2000 ref \"b\"\ncapture psp 3000 ref \"c\""
    let reader = ReversingReader(PlannedAccount.reader())
    let result = try await PlannedAccount.planner(reader).plan(Array(script.utf8))
    let plan = try #require(result.evaluation).plan
    #expect(plan == (try await PlannedAccount.plan(script)).plan)
  }

  @Test("tells what the script says about failures, and on which line each statement stands")
  func settings() async throws {
    let (result, _, _) = try await Self.plan(
      "# a\non error continue\n\ncapture yen \\\n 1000; void psp"
    )
    #expect(result.errorPolicy == .continue)
    #expect(result.script.statementLines() == [2, 4, 5])
    #expect(!result.hasErrors)
  }

  @Test("plans in spite of warnings")
  func warnings() async throws {
    let (result, _, _) = try await Self.plan("capture psp 40")
    #expect(result.diagnostics.map(\.code) == [DiagnosticCode(2008)])
    #expect(result.evaluation?.plan.steps.count == 1)
    #expect(!result.hasErrors)
  }
}

/// A reader that answers some questions and then fails.
private actor FailingReader: TransactionReader {
  nonisolated let account: Account
  private let reader: any TransactionReader
  private var answersLeft: Int
  private let error: ProviderError

  init(_ reader: any TransactionReader, answers: Int, then error: ProviderError) {
    (self.reader, self.error, answersLeft) = (reader, error, answers)
    account = reader.account
  }

  func transactions(withIDs ids: [TransactionID]) async throws(ProviderError) -> [Transaction] {
    try count()
    return try await reader.transactions(withIDs: ids)
  }

  func transactions(matching query: TransactionQuery) async throws(ProviderError) -> [Transaction] {
    try count()
    return try await reader.transactions(matching: query)
  }

  private func count() throws(ProviderError) {
    guard answersLeft > 0 else { throw error }
    answersLeft -= 1
  }
}

/// A reader that gives the last transaction first, and one that nobody asked for.
private struct ReversingReader: TransactionReader {
  private let reader: any TransactionReader
  var account: Account { reader.account }

  init(_ reader: any TransactionReader) { self.reader = reader }

  func transactions(withIDs ids: [TransactionID]) async throws(ProviderError) -> [Transaction] {
    try await reader.transactions(withIDs: ids + [PlannedAccount.transactions[5].id]).reversed()
  }

  func transactions(matching query: TransactionQuery) async throws(ProviderError) -> [Transaction] {
    try await reader.transactions(matching: query).reversed()
  }
}

/// A reader that takes small letters and capitals in references for the same.
private struct LooseReader: TransactionReader {
  private let reader: any TransactionReader
  var account: Account { reader.account }

  init(_ reader: any TransactionReader) { self.reader = reader }

  func transactions(withIDs ids: [TransactionID]) async throws(ProviderError) -> [Transaction] {
    try await reader.transactions(withIDs: ids)
  }

  func transactions(matching query: TransactionQuery) async throws(ProviderError) -> [Transaction] {
    try await reader.transactions(matching: TransactionQuery()).filter { transaction in
      isMet(query.merchantReference, by: transaction.details.merchantReference)
        && isMet(query.secondReference, by: transaction.state.secondReference)
    }
  }

  private func isMet(_ wanted: String?, by actual: String?) -> Bool {
    wanted == nil || wanted?.lowercased() == actual?.lowercased()
  }
}
