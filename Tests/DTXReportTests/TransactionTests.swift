import DTXLedger
import DTXReport
import Foundation
import Testing

@Suite("Transactions")
struct TransactionTests {
  @Test("A page about one transaction")
  func page() throws {
    try expectGolden("transaction/rich") { TransactionReport(Fixtures.rich).append(to: &$0) }
  }

  @Test("A page about a transaction that nothing can be done with")
  func declined() throws {
    try expectGolden("transaction/declined") {
      TransactionReport(Fixtures.declined).append(to: &$0)
    }
  }

  @Test(
    "Says how long an authorization lasts, where the time is known",
    arguments: [
      (nil, "2026-08-29 07:00 UTC\n"), (-600, "07:00 UTC, in 25 days\n"),
      (-48, "07:00 UTC, in 2 days\n"), (-47, "07:00 UTC, in 47 hours\n"),
      (-1, "07:00 UTC, in 1 hour\n"), (0, "07:00 UTC, which is over\n"),
      (50, "07:00 UTC, which is over\n"),
    ] as [(Int64?, String)]
  )
  func expiry(hours: Int64?, expected: String) throws {
    var options = OutputOptions(columns: 100)
    let expiry = try #require(Fixtures.rich.details.expiresAt)
    options.now = hours.map { expiry + $0 * 3_600_000 }
    var builder = TextBuilder(options: options)
    TransactionReport(Fixtures.rich).append(to: &builder)
    #expect(builder.text.contains(expected))
  }

  @Test("A list of transactions")
  func list() throws {
    try expectGolden("transaction/list") { TransactionList(Fixtures.several).append(to: &$0) }
  }

  @Test("An empty list says so")
  func emptyList() {
    var builder = TextBuilder()
    TransactionList([]).append(to: &builder)
    #expect(builder.text == "No transactions.\n")
  }

  @Test("Sums that can't be counted are no numbers")
  func sumTooLarge() throws {
    let largest = MinorUnits.largestAmount.count
    let transactions = (0..<1025).map {
      Fixtures.transaction("tx\($0)", "vipps", "NOK", largest)
    }
    var builder = TextBuilder(options: OutputOptions(columns: 120))
    TransactionList(transactions).append(to: &builder)
    #expect(builder.text.contains("… 975 more\n"))
    #expect(builder.text.contains("too large"))
    var writer = JSONWriter()
    TransactionList(transactions).append(to: &writer)
    let sums = try #require(try jsonLines(writer.text).last)
    #expect(sums["authorized_minor"] is NSNull)
    #expect(sums["captured_minor"] as? Int == 0)
  }

  @Test("Transactions as JSON lines")
  func json() throws {
    var writer = JSONWriter()
    TransactionReport(Fixtures.rich).append(to: &writer)
    TransactionList(Fixtures.several).append(to: &writer)
    try expectGolden("transaction/json", text: writer.text)
    let records = try jsonLines(writer.text)
    let lines = try #require(records[0]["lines"] as? [[String: Any]])
    #expect(lines[1]["description"] as? String == "Lamp\u{1B}[2J")
    #expect(lines[1]["quantity"] as? String == "2.5")
    #expect(lines[0]["left_minor"] as? Int == 0)
    #expect(records.count == 6)
  }

  @Test("Nothing is wider than the terminal", arguments: [40, 50, 60, 72, 79, 80, 100, 120, 200])
  func width(columns: Int) {
    var builder = TextBuilder(options: OutputOptions(columns: columns))
    TransactionReport(Fixtures.rich).append(to: &builder)
    TransactionReport(Fixtures.declined).append(to: &builder)
    TransactionList(Fixtures.several).append(to: &builder)
    expectFits(builder.text, columns: columns)
  }

  @Test("A page has an answer for every status", arguments: Status.allCases)
  func everyStatus(status: Status) {
    let transaction = Fixtures.transaction("tx1", "vipps", "NOK", 100, status: status)
    var builder = TextBuilder()
    TransactionReport(transaction).append(to: &builder)
    #expect(builder.text.contains("\(status.rawValue): "))
    #expect(builder.text.contains("can be done"))
  }
}
