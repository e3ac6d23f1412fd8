import DTXEvaluator
import DTXLedger
import DTXReport
import Testing

@Suite("The preview of a plan")
struct PlanPreviewTests {
  @Test("Every kind of operation, with short ids")
  func mixedShort() throws {
    let preview = PlanPreview(
      Fixtures.mixedPlan(ids: Fixtures.shortIDs),
      heading: Fixtures.heading,
      places: Fixtures.places(count: 11)
    )
    try expectGolden("plan/mixed-short-ids") { preview.append(to: &$0) }
  }

  @Test("Every kind of operation, with the provider's ids")
  func mixedLong() throws {
    let preview = PlanPreview(
      Fixtures.mixedPlan(ids: Fixtures.longIDs),
      heading: Fixtures.heading,
      places: Fixtures.places(count: 11)
    )
    try expectGolden("plan/mixed-long-ids") { preview.append(to: &$0) }
  }

  @Test("Every kind of operation as JSON lines")
  func mixedJSON() throws {
    let preview = PlanPreview(
      Fixtures.mixedPlan(ids: Fixtures.longIDs),
      heading: Fixtures.heading,
      places: Fixtures.places(count: 11)
    )
    var writer = JSONWriter()
    preview.append(to: &writer)
    try expectGolden("plan/mixed-json", text: writer.text)
    let records = try jsonLines(writer.text)
    #expect(
      records.map { $0["type"] as? String } == ["plan"] + Array(repeating: "operation", count: 9)
        + ["already_applied", "already_applied", "totals", "totals", "totals"]
    )
    let refund = try #require(records.first { $0["kind"] as? String == "refund" })
    #expect(refund["amount_minor"] as? Int == 1250)
    #expect(refund["amount"] as? String == "12.50")
    #expect(refund["reason"] as? String == "broken \"leg\"")
  }

  @Test("A plan that has nothing left to do says so")
  func nothingToDo() throws {
    var transaction = Fixtures.transaction("tx1", "vipps", "NOK", 29990, status: .captured)
    transaction.state.captured = MinorUnits(29990)
    var event = Event(id: "e", kind: .capture, statusAfter: .captured, createdAt: 0)
    event.amount = MinorUnits(29990)
    event.reference = "ship-1"
    transaction.events = [event]
    var builder = PlanBuilder(transactions: [transaction])
    builder.plan(Operation(.capture, amount: MinorUnits(29990)), on: 0, ref: "ship-1")
    let preview = PlanPreview(
      builder.finish(),
      heading: PlanPreview.Heading(
        script: "fix.dtx",
        profile: "shop-test",
        account: Fixtures.account("T12345678"),
        plannedAt: Fixtures.plannedAt,
        plannedBy: "kari"
      ),
      places: Fixtures.places(count: 1)
    )
    try expectGolden("plan/nothing-to-do") { preview.append(to: &$0) }
  }

  @Test(
    "Of a long plan the ends are shown, and all of it when asked for",
    arguments: [51, 52, 10_000]
  )
  func longPlan(count: Int) throws {
    let preview = Self.longPreview(count: count)
    var short = TextBuilder()
    preview.append(to: &short)
    var complete = TextBuilder(options: OutputOptions(isComplete: true))
    preview.append(to: &complete)
    let rows = { (text: String) in text.split(separator: "\n").count { $0.contains("tx1") } }
    #expect(rows(complete.text) == count)
    #expect(rows(short.text) == (count <= 51 ? count : 50))
    #expect(short.text.contains("… 9 950 more\n") == (count == 10_000))
    #expect(short.text.contains("more") == (count > 51))
  }

  @Test("Nothing is wider than the terminal", arguments: [40, 50, 60, 72, 79, 80, 100, 120, 200])
  func width(columns: Int) {
    for ids in [Fixtures.shortIDs, Fixtures.longIDs] {
      let preview = PlanPreview(
        Fixtures.mixedPlan(ids: ids),
        heading: Fixtures.heading,
        places: Fixtures.places(count: 11)
      )
      var builder = TextBuilder(options: OutputOptions(columns: columns))
      preview.append(to: &builder)
      expectFits(builder.text, columns: columns)
    }
  }

  @Test("A receiver gets the whole text, in pieces")
  func receiver() {
    let preview = Self.longPreview(count: 10_000)
    var whole = TextBuilder(options: OutputOptions(isComplete: true))
    preview.append(to: &whole)
    let pieces = Pieces()
    var builder = TextBuilder(options: OutputOptions(isComplete: true)) { pieces.bytes.append($0) }
    preview.append(to: &builder)
    #expect(builder.bytes.count < 70_000)
    builder.finish()
    #expect(pieces.bytes.count > 5)
    #expect(pieces.bytes.flatMap(\.self) == whole.bytes)
  }

  private final class Pieces {
    var bytes: [[UInt8]] = []
  }

  /// A plan that captures one minor unit after the other from one transaction.
  private static func longPreview(count: Int) -> PlanPreview {
    var builder = PlanBuilder(
      transactions: [Fixtures.transaction("tx1", "vipps", "NOK", Int64(count))]
    )
    for number in 0..<count {
      builder.plan(Operation(.capture, amount: MinorUnits(1)), on: 0, ref: "r\(number)")
    }
    return PlanPreview(
      builder.finish(),
      heading: Fixtures.heading,
      places: Fixtures.places(count: count)
    )
  }
}
