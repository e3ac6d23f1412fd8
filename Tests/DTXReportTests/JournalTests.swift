import DTXExecution
import DTXLedger
import DTXReport
import Foundation
import Testing

@Suite("The journal's listings")
struct JournalTests {
  static let runs: [JournalRunRow] = [
    run(
      "20260804-0700-k3f",
      account: "P12345678",
      profile: "shop",
      count: 37,
      state: .finished,
      outcomes: {
        $0.done = 35
        $0.failed = 2
      }
    ),
    run(
      "20260805-1412-m9x",
      account: "T12345678",
      profile: "shop-test",
      count: 1200,
      state: .interrupted,
      outcomes: {
        $0.done = 800
        $0.pending = 1
        $0.unresolved = 1
      }
    ),
    run(
      "20260805-1410-k2c",
      account: "T12345678",
      profile: "shop-test",
      count: 40,
      state: .atWork,
      outcomes: { _ in }
    ),
  ]

  static var entries: [JournalEntryRow] {
    var intended = JournalEntryRow(writtenAt: Fixtures.plannedAt, state: .intended)
    intended.operation = 1
    intended.kind = .capture
    intended.transaction = TransactionID(Fixtures.longIDs[0])
    intended.amount = Money(MinorUnits(29990), Fixtures.currency("NOK"))
    intended.reference = "ship-1"
    var sent = JournalEntryRow(writtenAt: Fixtures.plannedAt + 10, state: .sent)
    sent.operation = 1
    var failed = JournalEntryRow(writtenAt: Fixtures.plannedAt + 90_000, state: .failed)
    failed.operation = 1
    failed.message = "The amount is larger than what is left, \u{1B}[31m400"
    let ended = JournalEntryRow(writtenAt: Fixtures.plannedAt + 90_001, state: .ended)
    return [intended, sent, failed, ended]
  }

  @Test("The runs")
  func runList() throws {
    try expectGolden("journal/runs") { JournalRunList(Self.runs).append(to: &$0) }
  }

  @Test("The entries of one run")
  func page() throws {
    let page = JournalRunPage(Self.runs[0], entries: Self.entries)
    try expectGolden("journal/page") { page.append(to: &$0) }
  }

  @Test("Runs and entries as JSON lines")
  func json() throws {
    var writer = JSONWriter()
    JournalRunPage(Self.runs[1], entries: Self.entries).append(to: &writer)
    try expectGolden("journal/json", text: writer.text)
    let records = try jsonLines(writer.text)
    #expect(records[0]["finished"] as? Bool == false)
    #expect(records[1]["amount"] as? String == "299.90")
    #expect(
      records[3]["message"] as? String == "The amount is larger than what is left, \u{1B}[31m400"
    )
    #expect(Set(records.dropFirst().map { $0.keys.sorted() }).count == 1)
  }

  @Test("An empty journal says so")
  func empty() {
    var builder = TextBuilder()
    JournalRunList([]).append(to: &builder)
    #expect(builder.text == "The journal has no runs.\n")
  }

  @Test("Nothing is wider than the terminal", arguments: [40, 50, 60, 72, 79, 80, 100, 120, 200])
  func width(columns: Int) {
    var builder = TextBuilder(options: OutputOptions(columns: columns))
    JournalRunList(Self.runs).append(to: &builder)
    JournalRunPage(Self.runs[0], entries: Self.entries).append(to: &builder)
    expectFits(builder.text, columns: columns)
  }

  private static func run(
    _ id: String,
    account: String,
    profile: String,
    count: Int,
    state: JournalRunRow.State,
    outcomes: (inout RunSummary) -> Void
  ) -> JournalRunRow {
    var summary = RunSummary()
    outcomes(&summary)
    return JournalRunRow(
      id: RunID(id),
      startedAt: Fixtures.plannedAt,
      person: "kari",
      profile: profile,
      account: Fixtures.account(account),
      script: "returns.dtx",
      operationCount: count,
      summary: summary,
      state: state
    )
  }
}
