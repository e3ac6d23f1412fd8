import DTXExecution
import DTXLedger
import DTXReport
import Foundation
import Testing

@Suite("The result of a run")
struct RunResultTests {
  @Test("Every outcome, with short ids")
  func mixedShort() throws {
    let result = Fixtures.mixedResult(ids: Fixtures.shortIDs)
    try expectGolden("run/mixed-short-ids") { result.append(to: &$0) }
  }

  @Test("Every outcome, with the provider's ids")
  func mixedLong() throws {
    let result = Fixtures.mixedResult(ids: Fixtures.longIDs)
    try expectGolden("run/mixed-long-ids") { result.append(to: &$0) }
  }

  @Test("Every outcome as comma-separated values")
  func csv() throws {
    let result = Fixtures.mixedResult(ids: Fixtures.longIDs)
    let text = String(decoding: result.csv(), as: UTF8.self)
    try expectGolden("run/mixed-csv", text: text.replacing("\r\n", with: "␍\n"))
    var pieces: [UInt8] = []
    result.writeCSV { pieces += $0 }
    #expect(pieces == result.csv())
    let rows = csvRows(text)
    #expect(rows.count == 12)
    #expect(rows.allSatisfy { $0.count == 11 })
    let failed = try #require(rows.first { $0[9] == "failed" })
    #expect(
      failed[10]
        == "items amount do not match, see \"items\", status 400, code INVALID, request req-77"
    )
    #expect(failed[5] == "300.00 NOK")
  }

  @Test("Every outcome as JSON lines")
  func json() throws {
    let result = Fixtures.mixedResult(ids: Fixtures.longIDs)
    var writer = JSONWriter()
    result.append(to: &writer)
    try expectGolden("run/mixed-json", text: writer.text)
    let records = try jsonLines(writer.text)
    let outcomes = records.filter { $0["type"] as? String == "outcome" }
    #expect(Set(outcomes.map { $0.keys.sorted() }).count == 1, "every outcome has all members")
    let failed = try #require(outcomes.first { $0["outcome"] as? String == "failed" })
    #expect(failed["message"] as? String == "items amount do not match, see \"items\"")
    #expect(failed["status"] as? Int == 400)
    let run = try #require(records.last)
    #expect(run["stopped"] as? String == "failure")
  }

  @Test("Only what is done counts as moved")
  func moved() throws {
    let moved = Fixtures.mixedResult(ids: Fixtures.shortIDs).moved
    let total = try #require(moved.first)
    #expect(moved.count == 1)
    #expect(total.currency.code == "NOK")
    #expect(total.operations == 2)
    #expect(total.captured == MinorUnits(44890))
    #expect(total.released == MinorUnits(10000))
    #expect(total.net == MinorUnits(44890))
  }

  @Test("A long run shows its ends and everything that went wrong")
  func longRun() {
    let result = Fixtures.longResult(count: 10_000, failing: [4000, 7000])
    var builder = TextBuilder()
    result.append(to: &builder)
    #expect(builder.text.split(separator: "\n").count { $0.contains("failed") } == 3)
    #expect(builder.text.contains("… 9 948 more, all of them done\n"))
    #expect(builder.text.contains("9 998 done, 2 failed."))
    var complete = TextBuilder(options: OutputOptions(isComplete: true))
    result.append(to: &complete)
    #expect(complete.text.split(separator: "\n").count { $0.contains("tx1") } == 10_000)
  }

  @Test("What was left out stands where the script has it")
  func scriptOrder() throws {
    var builder = PlanBuilder(transactions: [
      Fixtures.transaction("tx1", "vipps", "NOK", 300),
      Fixtures.transaction("tx2", "vipps", "NOK", 5),
    ])
    builder.plan(Operation(.capture, amount: MinorUnits(100)), on: 0, ref: "a")
    builder.plan(Operation(.capture, amount: MinorUnits(100)), on: 0, ref: "a")
    builder.plan(Operation(.void), on: 1)
    let csv = String(decoding: Fixtures.result(of: builder.finish()).csv(), as: UTF8.self)
    let rows = csvRows(csv).dropFirst()
    #expect(rows.map { $0[1] } == ["1", "3", "5"])
    #expect(rows.map { $0[9] } == ["done", "already applied", "done"])
  }

  @Test("Nothing is wider than the terminal", arguments: [40, 50, 60, 72, 79, 80, 100, 120, 200])
  func width(columns: Int) {
    for ids in [Fixtures.shortIDs, Fixtures.longIDs] {
      var builder = TextBuilder(options: OutputOptions(columns: columns))
      Fixtures.mixedResult(ids: ids).append(to: &builder)
      expectFits(builder.text, columns: columns)
    }
  }

  struct ProgressRow: Sendable {
    let total: Int
    let done: Int
    var failed = 0
    let seconds: Double
    let expected: String
  }

  static let progressRows: [ProgressRow] = [
    ProgressRow(total: 120, done: 0, seconds: 0, expected: "0 of 120 done"),
    ProgressRow(total: 120, done: 4, seconds: 1, expected: "4 of 120 done"),
    ProgressRow(
      total: 120,
      done: 37,
      failed: 1,
      seconds: 5.5,
      expected: "37 of 120 done, 1 failed, about 12 s left"
    ),
    ProgressRow(total: 120, done: 120, seconds: 60, expected: "120 of 120 done"),
    ProgressRow(
      total: 10_000,
      done: 100,
      seconds: 20,
      expected: "100 of 10 000 done, about 33 min left"
    ),
    ProgressRow(total: 1_000_000, done: 10, seconds: 10, expected: "10 of 1 000 000 done"),
  ]

  @Test("How far a run has come", arguments: progressRows)
  func progress(row: ProgressRow) {
    var summary = RunSummary()
    summary.done = row.done
    summary.failed = row.failed
    let progress = RunProgress(total: row.total, summary: summary, elapsedSeconds: row.seconds)
    var builder = TextBuilder()
    progress.append(to: &builder)
    #expect(builder.text == row.expected)
  }

  /// Reads comma-separated values as RFC 4180 describes them.
  private func csvRows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = ""
    var isQuoted = false
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"" where isQuoted && rest.first == "\"":
        field.unicodeScalars.append("\"")
        rest.removeFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(field)
        field = ""
      case "\r" where !isQuoted:
        #expect(rest.popFirst() == "\n")
        rows.append(row + [field])
        (row, field) = ([], "")
      default: field.unicodeScalars.append(scalar)
      }
    }
    #expect(field.isEmpty && row.isEmpty, "the last row has an end")
    return rows
  }
}
