import DTXExecution
import DTXLedger
@testable import DTXSandbox
import Testing

@Suite("Seed files")
struct SeedFileTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    let json: String
    let code: SeedError.Code
    let line: Int
    let word: String

    init(_ json: String, _ code: SeedError.Code, line: Int, _ word: String) {
      self.json = json
      self.code = code
      self.line = line
      self.word = word
    }

    var testDescription: String { word }
  }

  /// Returns a right transaction with one member set anew, on a line of its own.
  static func changed(_ member: String, _ value: String) -> String {
    let members = [
      ("id", "\"a\""), ("payment_product_type", "\"vipps\""), ("currency", "\"NOK\""),
      ("amount", "100"), ("status", "\"AUTHORIZED\""),
    ]
    let kept = members.filter { $0.0 != member }.map { "\"\($0.0)\": \($0.1)" }
    return "[{\(kept.joined(separator: ", "))" + (value.isEmpty ? "" : ",\n\"\(member)\": \(value)")
      + "}]"
  }

  static let mistakes: [Mistake] = [
    Mistake("[\n{]", .unreadable, line: 2, "name"),
    Mistake("", .unreadable, line: 1, "value"),
    Mistake("[\n7]", .invalid, line: 2, "object"),
    Mistake(changed("id", ""), .invalid, line: 1, "\"id\" is missing"),
    Mistake(changed("id", "7"), .invalid, line: 2, "string"),
    Mistake(changed("id", "\"P12345678.a\""), .invalid, line: 2, "another account"),
    Mistake(changed("id", "\"a b\""), .invalid, line: 2, "letters, digits"),
    Mistake(changed("id", "\"T12345678.\""), .invalid, line: 2, "letters, digits"),
    Mistake(changed("currency", "\"KRONER\""), .invalid, line: 2, "ISO 4217"),
    Mistake(changed("amount", "1.5"), .invalid, line: 2, "whole number"),
    Mistake(changed("amount", "\"100\""), .invalid, line: 2, "whole number"),
    Mistake(changed("amount", "-1"), .invalid, line: 2, "between 0"),
    Mistake(changed("amount", "9007199254740992"), .invalid, line: 2, "between 0"),
    Mistake(changed("status", ""), .invalid, line: 1, "\"status\" is missing"),
    Mistake(changed("status", "\"PARTIALLY_REFUNDED\""), .invalid, line: 2, "\"events\""),
    Mistake(changed("payment_product_type", ""), .invalid, line: 1, "payment_product"),
    Mistake(changed("created_at", "\"yesterday\""), .invalid, line: 2, "-6d"),
    Mistake(changed("created_at", "\"-99999999999999999999d\""), .invalid, line: 2, "-6d"),
    Mistake(changed("settlement_status", "\"SOON\""), .invalid, line: 2, "settlement"),
    Mistake(changed("items", "{}"), .invalid, line: 2, "array"),
    Mistake(changed("items", "[{\"line_id\": \"1\"}]"), .invalid, line: 2, "\"amount\""),
    Mistake(changed("items", "[{\"line_id\": \"\", \"amount\": 1}]"), .invalid, line: 2, "unique"),
    Mistake(
      changed("items", "[{\"line_id\": \"1\", \"amount\": 1},\n{\"id\": \"1\", \"amount\": 1}]"),
      .invalid,
      line: 3,
      "unique"
    ),
    Mistake(
      changed("items", "[{\"line_id\": \"1\", \"amount\": 1, \"quantity\": 0}]"),
      .invalid,
      line: 2,
      "more than 0"
    ),
    Mistake(
      changed("items", "[{\"line_id\": \"1\", \"amount\": 1, \"quantity\": 1e2}]"),
      .invalid,
      line: 2,
      "at most 6 decimals"
    ),
    Mistake(changed("events", "[]"), .invalid, line: 1, "at least one event"),
    Mistake(changed("events", "[{}]"), .invalid, line: 2, "\"event\" is missing"),
    Mistake(
      changed("events", "[{\"event\": \"CAPTURE\"}]"),
      .invalid,
      line: 2,
      "\"transaction_status\""
    ),
    Mistake(
      changed(
        "events",
        "[{\"event\": \"AUTHORIZE\", \"metadata\": {\"klarna:authorization_expiration\": \"x\"}}]"
      ),
      .invalid,
      line: 2,
      "no time"
    ),
    Mistake(
      "[" + changed("x", "0").dropFirst().dropLast() + ",\n" + changed("y", "0").dropFirst(),
      .duplicate,
      line: 3,
      "twice"
    ),
    Mistake(changed("id", "\"tx123\""), .duplicate, line: 1, "T12345678.tx123 already"),
  ]

  let fixture = SandboxFixture()

  @Test("are refused as a whole, with the place", arguments: mistakes)
  func mistake(_ row: Mistake) async throws {
    let sandbox = fixture.sandbox()
    // A right transaction stands before the wrong one, and is not kept either.
    let first = Self.changed("id", "\"first\"").replacing("\n", with: " ").dropLast()
    let isArray = row.json.hasPrefix("[{")
    let json = isArray ? first + "," + row.json.dropFirst() : Substring(row.json)
    let before = try await sandbox.summary()
    let error = try await #require(throws: SeedError.self) {
      _ = try await sandbox.seed(Array(json.utf8))
    }
    #expect(error.code == row.code)
    #expect(error.line == row.line)
    #expect((error.column ?? 0) > 0)
    #expect(error.message.contains(row.word))
    #expect(try await sandbox.summary() == before)
  }

  @Test("give a history to a transaction that has none", arguments: Status.allCases)
  func history(_ status: Status) async throws {
    let partial: Set<Status> = [
      .partiallyCaptured, .partiallyRefunded, .partiallyCapturedRefunded,
    ]
    if partial.contains(status) { return }
    let sandbox = fixture.sandbox()
    for (id, product) in [("a", "vipps"), ("b", "swish.swish")] {
      let json = """
        {"id": "\(id)", "payment_product_type": "\(product)", "currency": "NOK", "amount": 100,
         "status": "\(status.rawValue)", "items": [{"line_id": "1", "amount": 100}]}
        """
      let report = try await sandbox.seed(Array(json.utf8))
      #expect(report == SeedReport(transactions: 1, notes: []))
      let transaction = try await sandbox.transaction(id)
      #expect(transaction.state.status == status)
      #expect(transaction.state.isConsistent)
      #expect(transaction.events.allSatisfy { $0.createdAt <= SandboxFixture.start })
      let isCaptured = status == .captured || status == .refunded
      #expect(transaction.state.lineBalances[0].captured == MinorUnits(isCaptured ? 100 : 0))
      #expect(
        transaction.state.lineBalances[0].refunded == MinorUnits(status == .refunded ? 100 : 0)
      )
    }
  }

  @Test("take the provider's own JSON, with members that nobody knows")
  func complete() async throws {
    let sandbox = fixture.sandbox()
    let report = try await sandbox.seed(Array(Self.exported.utf8))
    #expect(report == SeedReport(transactions: 1, notes: []))
    let transaction = try await sandbox.transaction("5Qw8ZrTn2KvYb7LcXeHs4X")
    #expect(transaction.state.captured == MinorUnits(40_000))
    #expect(transaction.state.secondReference == "10042")
    #expect(transaction.state.lines[1].quantity == Quantity(millionths: 500_000))
    #expect(transaction.state.lines[1].vatBasisPoints == 1250)
    #expect(transaction.details.merchantReference == "web-10042")
    #expect(transaction.details.sessionID == "T12345678.s")
    #expect(transaction.details.customer == "kari@example.com")
    #expect(transaction.details.createdAt == 1_785_748_445_120)
    let failed = transaction.events[2]
    #expect(failed.failure == Event.Failure(code: "TIMEOUT", message: "No answer"))
    #expect(failed.correctedBy == ["e4"])
    #expect(!failed.isSuccessful)
    let capture = transaction.events[3]
    #expect(capture.reference == "ops-1")
    #expect(capture.metadata == ["ext_op": "7", "payout": "{\"n\":1}"])
    #expect(capture.lines.map(\.id) == ["1"])
    #expect(capture.createdBy == "client")
    #expect(transaction.events[4].kind == .other("LABEL"))
  }

  private static let exported = #"""
    [{"id": "T12345678.5Qw8ZrTn2KvYb7LcXeHs4X", "session_id": "T12345678.s", "version": 7,
      "payment_product": "dintero_psp", "payment_product_type": "dintero_psp.creditcard",
      "amount": 64900, "currency": "NOK", "status": "PARTIALLY_CAPTURED", "channel": null,
      "merchant_reference": "web-10042", "merchant_reference_2": "10042",
      "settlement_status": "NOT_SETTLED", "customer": {"email": "kari@example.com"},
      "created_at": "2026-08-03T09:14:05.120Z", "updated_at": "2026-08-03T09:14:21.870Z",
      "items": [
        {"id": "MUG", "line_id": "1", "description": "Mug", "quantity": 2, "amount": 40000,
         "vat_amount": 8000, "vat": 25, "groups": [{"id": "g"}]},
        {"id": "TEA", "line_id": "2", "description": "Tea", "quantity": 0.5, "amount": 24900,
         "vat": 12.5, "type": "spice"}],
      "events": [
        {"id": "e1", "event": "INITIALIZE", "transaction_status": "INITIATED", "success": true},
        {"id": "e2", "event": "AUTHORIZE", "transaction_status": "AUTHORIZED", "amount": 64900},
        {"id": "e3", "event": "CAPTURE", "transaction_status": "AUTHORIZED", "success": false,
         "amount": 40000, "error": {"code": "TIMEOUT", "message": "No answer", "type": ["ERROR"]},
         "correction": {"event_ids": ["e4"], "status": "PARTIALLY_CAPTURED"}},
        {"id": "e4", "event": "CAPTURE", "transaction_status": "PARTIALLY_CAPTURED",
         "success": true, "amount": 40000, "event_reference": "ops-1", "created_by": "client",
         "request_id": "5b0f6f0a8f5c4f1e9c1d1f0f8a3f0003",
         "metadata": {"ext_op": "7", "payout": {"n": 1}},
         "items": [{"line_id": "1", "quantity": 2, "amount": 40000}]},
        {"id": "e5", "event": "LABEL", "transaction_status": "PARTIALLY_CAPTURED"}],
      "card": {"brand": "Visa", "masked_pan": "400000******0002"},
      "metadata": {"merchant_name": "Simulated Shop AS"}}]
    """#

  @Test("say what was not taken as it stands")
  func notes() async throws {
    let json = #"""
      [
      {"id": "a", "payment_product_type": "vipps", "currency": "NOK", "amount": 100,
       "status": "CAPTURED", "events": [{"event": "AUTHORIZE", "amount": 100}]},
      {"id": "b", "payment_product_type": "vipps", "currency": "NOK", "amount": 100,
       "status": "CAPTURED",
       "events": [{"event": "CAPTURE", "transaction_status": "CAPTURED", "amount": 200}]},
      {"id": "c", "payment_product_type": "vipps", "currency": "NOK", "amount": 100,
       "status": "AUTHORIZED", "items": [{"line_id": "1", "amount": 99}]}
      ]
      """#
    let report = try await fixture.sandbox().seed(Array(json.utf8))
    #expect(report.transactions == 3)
    #expect(report.notes.map(\.line) == [2, 4, 7])
    for (note, word) in zip(report.notes, ["AUTHORIZED by its events", "contradict", "add up"]) {
      #expect(note.message.contains(word))
    }
  }

  @Test("complete, at the next read, what was pending when they were written")
  func pending() async throws {
    let json = #"""
      [{"id": "a", "payment_product_type": "swish.swish", "currency": "SEK", "amount": 100,
        "status": "CAPTURED", "events": [
          {"event": "CAPTURE", "transaction_status": "CAPTURED", "amount": 100},
          {"event": "INITIATE_REFUND", "transaction_status": "CAPTURED", "amount": 30,
           "request_id": "AA00-BB"}]},
       {"id": "b", "payment_product_type": "vipps", "currency": "NOK", "amount": 100,
        "status": "AUTHORIZED", "events": [
          {"event": "AUTHORIZE", "amount": 100},
          {"event": "INITIATE_CAPTURE", "transaction_status": "AUTHORIZED", "amount": 40,
           "request_id": "r1"},
          {"event": "CAPTURE", "transaction_status": "PARTIALLY_CAPTURED", "amount": 40,
           "correlation_request_id": "R-1"},
          {"event": "INITIATE_VOID", "transaction_status": "PARTIALLY_CAPTURED",
           "request_id": "r2"}]}]
      """#
    let sandbox = fixture.sandbox()
    _ = try await sandbox.seed(Array(json.utf8))
    #expect(try await sandbox.summary().pendingRequests == 2)
    let first = try await sandbox.transaction("a")
    #expect(first.state.refunded == MinorUnits(30))
    #expect(first.state.status == .partiallyRefunded)
    #expect(first.events.last?.correlationRequestID == "AA00-BB")
    let second = try await sandbox.transaction("b")
    #expect(second.state.captured == MinorUnits(40))
    #expect(second.state.voided == MinorUnits(60))
    #expect(second.state.status == .captured)
    #expect(try await sandbox.summary().pendingRequests == 0)
  }

  @Test("complete what was pending no sooner than what is asked for now")
  func pendingForAWhile() async throws {
    let json = #"""
      {"id": "a", "payment_product_type": "vipps", "currency": "NOK", "amount": 100,
       "status": "AUTHORIZED", "created_at": "-2d", "events": [
         {"event": "AUTHORIZE", "amount": 100, "created_at": "-1d"},
         {"event": "INITIATE_CAPTURE", "transaction_status": "AUTHORIZED", "amount": 40}]}
      """#
    var rules = SandboxRules()
    rules.completion = .after(milliseconds: 5_000)
    let sandbox = fixture.sandbox(rules)
    _ = try await sandbox.seed(Array(json.utf8))
    let times = try await sandbox.transaction("a").events.map(\.createdAt)
    // Nothing comes before what it follows.
    #expect(times == [SandboxFixture.start - SandboxFixture.day].flatMap { [$0, $0] })
    fixture.move(days: 1)
    #expect(try await sandbox.transaction("a").state.captured == MinorUnits(40))
  }

  @Test("never trap on a prefix or a changed byte")
  func damaged() {
    let file = SeedFile(account: SandboxFixture.account, environment: fixture.environment)
    let bytes = Array(Self.exported.utf8)
    for end in bytes.indices {
      var changed = bytes
      changed[end] = UInt8(ascii: "7")
      _ = try? file.read(changed)
      #expect(throws: SeedError.self) { try file.read(Array(bytes[..<end])) }
    }
  }
}
