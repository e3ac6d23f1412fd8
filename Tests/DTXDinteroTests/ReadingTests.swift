@testable import DTXDintero
import DTXJSON
import DTXLedger
import Testing

@Suite("Reading transactions from the wire")
struct ReadingTests {
  private func read(_ text: String) throws -> Transaction {
    try TransactionReading.transaction(JSONParser.parse(Array(text.utf8)))
  }

  @Test("takes everything that the ledger knows")
  func whole() throws {
    let transaction = try read(Samples.authorized(and: Samples.partialCapture))
    #expect(transaction.id.text == Samples.id)
    #expect(transaction.product.name == "dintero_psp.creditcard")
    #expect(transaction.currency.code == "NOK")
    // The reported status counts, which is behind its event here.
    #expect(transaction.state.status == .authorized)
    #expect(transaction.state.authorized.count == 64_900)
    #expect(transaction.state.captured.count == 44_900)
    #expect(transaction.state.secondReference == "10042")
    #expect(transaction.state.lines.map(\.id) == ["1", "2", "ship-1"])
    #expect(transaction.state.lines.map(\.amount.count) == [40_000, 20_000, 4_900])
    #expect(transaction.state.lines[1].quantity.millionths == 500_000)
    #expect(transaction.state.lines.map(\.vatBasisPoints) == [2_500, 1_500, 2_500])
    #expect(transaction.state.lines[2].kind == .shipping)
    #expect(transaction.state.lineBalances.map(\.captured.count) == [40_000, 0, 4_900])
    #expect(transaction.details.merchantReference == "web-10042")
    #expect(transaction.details.sessionID == "T12345678.5Qw8Zo1uGfJp3AyDmWqR9t")
    #expect(transaction.details.createdAt == 1_785_748_445_120)
    #expect(transaction.details.customer == "kari@example.test")
    let event = try #require(transaction.events.last)
    #expect(event.kind == .capture)
    #expect(event.reference == "ops-01K1Z3")
    #expect(event.createdBy == "client-uuid")
    #expect(event.requestID == "5b0f6f0a-8f5c-4f1e-9c1d-1f0f8a3f0003")
    #expect(event.metadata == ["ext_op": "01K1Z3", "number": "7"])
    #expect(event.lines.map(\.amount.count) == [40_000, 4_900])
  }

  @Test("takes failures with their corrections, in one line")
  func failure() throws {
    let event = try #require(try read(Samples.authorized(and: Samples.failedCapture)).events.last)
    #expect(!event.isSuccessful)
    #expect(event.failure == Event.Failure(code: "TIMEOUT", message: "No answer from processor"))
    #expect(event.correctedBy == ["e8"])
  }

  /// The least that a transaction is made of.
  static let least = #"{"id": "T12345678.a", "currency": "NOK", "amount": 100}"#

  struct Oddity: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let holds: @Sendable (Transaction) -> Bool

    init(
      _ description: String,
      _ members: String,
      _ holds: @escaping @Sendable (Transaction) -> Bool
    ) {
      testDescription = description
      text = String(ReadingTests.least.dropLast()) + ", \(members)}"
      self.holds = holds
    }
  }

  static let oddities: [Oddity] = [
    Oddity("an unknown status allows nothing", #""status": "FROZEN""#) {
      $0.state.status == .unknown
    },
    Oddity("no status is an unknown one", #""events": []"#) { $0.state.status == .unknown },
    Oddity("an unknown product has a name", #""payment_product_type": "moon.cheese""#) {
      $0.product.name == "moon.cheese"
    },
    Oddity("nulls are absent", #""items": null, "events": null, "merchant_reference": null"#) {
      $0.state.lines.isEmpty && $0.events.isEmpty && $0.details.merchantReference == nil
    },
    Oddity("an unknown event is kept", #""events": [{"id": "x", "event": "INITIATE"}]"#) {
      $0.events.map(\.kind) == [.other("INITIATE")]
    },
    Oddity("an event without an id has its place", #""events": [{"event": "VOID"}]"#) {
      $0.events.map(\.id) == ["#1"]
    },
    Oddity("a time without a zone is in UTC", #""created_at": "2026-08-03T09:14:05""#) {
      $0.details.createdAt == 1_785_748_445_000
    },
    Oddity("a line id may be a number", #""items": [{"line_id": 7, "amount": 100}]"#) {
      $0.state.lines.map(\.id) == ["7"]
    },
    Oddity("a line may have the id of its goods", #""items": [{"id": "MUG", "amount": 100}]"#) {
      $0.state.lines.map(\.id) == ["MUG"]
    },
    Oddity("an amount may have zeros behind a point", #""items": [{"id": "A", "amount": 100.00}]"#)
    {
      $0.state.lines.map(\.amount.count) == [100]
    },
    Oddity(
      "a quantity is cut off",
      #""items": [{"id": "A", "amount": 1, "quantity": 0.3333333333}]"#
    ) { $0.state.lines.map(\.quantity.millionths) == [333_333] },
    Oddity("a store may be an object", #""store": {"id": "s1", "name": "Oslo"}"#) {
      $0.details.store == "Oslo"
    },
    Oddity("members of other kinds are passed over", #""store": 7, "metadata": [], "customer": 1"#)
    {
      $0.details.store == nil && $0.details.customer == nil
    },
  ]

  @Test("bends, where it can", arguments: oddities)
  func oddity(row: Oddity) throws { #expect(row.holds(try read(row.text))) }

  @Test(
    "and breaks, where guessing would be about money",
    arguments: [
      #"{"currency": "NOK", "amount": 100}"#,
      #"{"id": "T12345678.a", "amount": 100}"#,
      #"{"id": "T12345678.a", "currency": "NOK"}"#,
      #"{"id": "T12345678.a", "currency": "ZZZ", "amount": 100}"#,
      #"{"id": "T12345678.a", "currency": "NOK", "amount": "100"}"#,
      #"{"id": "T12345678.a", "currency": "NOK", "amount": 100.5}"#,
      #"{"id": "T12345678.a", "currency": "NOK", "amount": 1e2}"#,
      #"{"id": "T12345678.a", "currency": "NOK", "amount": 1, "items": [{"id": "A"}]}"#,
      #"{"id": "T12345678.a", "currency": "NOK", "amount": 1, "events": [{"event": "CAPTURE", "amount": "1"}]}"#,
      "[]", "null", "7",
    ]
  )
  func unreadable(text: String) {
    #expect(throws: JSONError.self) { try read(text) }
  }
}
