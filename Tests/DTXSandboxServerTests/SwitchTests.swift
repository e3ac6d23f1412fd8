import DTXJSON
import DTXSandbox
import DTXSandboxServer
import NIOHTTP1
import Testing

@Suite("Switches of the served sandbox")
struct SwitchTests {
  /// A switch, what is looked at, and what is found with each of its positions.
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    /// By position.
    let found: [String: String]
    let look: @Sendable (Caller, ServedSandbox) async throws -> String

    init(
      _ name: String,
      _ found: [String: String],
      _ look: @escaping @Sendable (Caller, ServedSandbox) async throws -> String
    ) {
      self.name = name
      self.found = found
      self.look = look
    }

    var testDescription: String { name }
  }

  static let rows: [Row] = [
    Row(
      "status-after-remainder-void",
      [
        "CAPTURED": "CAPTURED", "PARTIALLY_CAPTURED": "PARTIALLY_CAPTURED",
        "AUTHORIZATION_VOIDED": "AUTHORIZATION_VOIDED",
      ]
    ) { caller, _ in try await caller.act("void", "tx142").status(200, "status") },
    Row(
      "status-after-full-refund-of-part",
      ["PARTIALLY_CAPTURED_REFUNDED": "PARTIALLY_CAPTURED_REFUNDED", "REFUNDED": "REFUNDED"]
    ) { caller, _ in
      try await caller.act("refund", "tx142", #"{"amount":36000}"#).status(200, "status")
    },
    Row("pending", ["conflict": "409", "allowed": "202"]) { caller, _ in
      _ = try await caller.act("refund", "tx140", #"{"amount":100}"#)
      return String(try await caller.act("refund", "tx140", #"{"amount":100}"#).status)
    },
    Row("line-ceilings", ["on": "400", "off": "200"]) { caller, _ in
      let body = #"{"amount":30000,"items":[{"line_id":"1","amount":30000}]}"#
      return String(try await caller.act("capture", "tx123", body).status)
    },
    Row("undocumented-products", ["open": "200", "strict": "400"]) { caller, _ in
      // Whether an order can be lengthened is not documented of this product.
      let seed = """
        [{"id": "billie", "payment_product_type": "santander.debit_account", "amount": 500,
          "currency": "NOK", "status": "AUTHORIZED"}]
        """
      #expect(try await caller.send(.POST, "/sandbox/seed", seed).status == 200)
      return String(try await caller.act("capture", "billie", #"{"amount":100}"#).status)
    },
    Row("foreign-final-capture", ["refused": "400", "ignored": "200"]) { caller, _ in
      let body = #"{"amount":100,"final_capture":true}"#
      return String(try await caller.act("capture", "tx142", body).status)
    },
    Row("final-capture-void", ["event": "CAPTURE VOID", "absent": "AUTHORIZE CAPTURE"]) {
      caller,
      _ in
      _ = try await caller.act("capture", "tx123", #"{"amount":100,"final_capture":true}"#)
      #expect(try await caller.transaction("tx123")["status"]?.string == "CAPTURED")
      return try await caller.history("tx123").suffix(2).joined(separator: " ")
    },
    Row("void-amount", ["present": "39990", "absent": "none"]) { caller, _ in
      _ = try await caller.act("void", "tx123")
      let event = try await caller.lastEvent("tx123")
      return event["amount"]?.number.map { String($0) } ?? "none"
    },
    Row("refused-event", ["recorded": "CAPTURE!", "absent": "AUTHORIZE"]) { caller, _ in
      try await caller.plan(#"{"fault":"fail-4xx"}"#)
      #expect(try await caller.act("capture", "tx123", #"{"amount":1}"#).status == 400)
      return try await caller.history("tx123").last ?? ""
    },
    Row("accepted-items", ["present": "1, then 1", "absent": "0, then 1"]) { caller, sandbox in
      try await caller.plan(#"{"fault":"async-ok"}"#)
      let body = #"{"amount":100,"items":[{"line_id":"1","amount":100}]}"#
      _ = try await caller.act("capture", "tx123", body)
      let first = try await caller.lastEvent("tx123")["items"]?.array.count ?? 0
      sandbox.move(seconds: 2)
      let second = try await caller.lastEvent("tx123")["items"]?.array.count ?? 0
      return "\(first), then \(second)"
    },
    Row("metadata", ["event": "7", "dropped": "none"]) { caller, _ in
      let body = #"{"amount":100,"metadata":{"ext_parcel":"7"}}"#
      _ = try await caller.act("capture", "tx123", body)
      return try await caller.lastEvent("tx123")["metadata"]?["ext_parcel"]?.string ?? "none"
    },
    Row("event-clock", ["exact": "08:00:00", "behind": "07:50:00", "ahead": "08:10:00"]) {
      caller,
      _ in
      _ = try await caller.act("capture", "tx123", #"{"amount":100}"#)
      let time = try await caller.lastEvent("tx123")["created_at"]?.string ?? ""
      return String(time.dropFirst("2027-01-15T".count).prefix(8))
    },
    Row(
      "test-cards",
      ["timeout-applied": "CAPTURE", "timeout-not-applied": "AUTHORIZE", "off": "CAPTURE, told"]
    ) { caller, _ in
      var isTold = true
      do { _ = try await caller.act("capture", "tx134", #"{"amount":100}"#) } catch is Caller
        .Silence
      { isTold = false }
      return (try await caller.history("tx134").last ?? "") + (isTold ? ", told" : "")
    },
    Row("list-order", ["newest": "descending", "oldest": "ascending"]) { caller, _ in
      let list = try await caller.send(.GET, "/v1/transactions?limit=100").json.array
      let times = list.compactMap { $0["created_at"]?.string }
      return times == times.sorted() ? "ascending" : "descending"
    },
    Row("request-id", ["plain": "32 32", "dashed": "36 36"]) { caller, _ in
      let answer = try await caller.act("capture", "tx123", #"{"amount":100}"#)
      let event = try await caller.lastEvent("tx123")["request_id"]?.string
      let lengths = [answer.headers["request-id"].first, event].map { String($0?.count ?? 0) }
      return lengths.joined(separator: " ")
    },
    Row("unknown-members", ["absent": "2", "present": "3"]) { caller, _ in
      String(try await caller.history("tx123").count)
    },
    Row(
      "error-shape",
      ["envelope": "{\"error\":", "bare": "{\"message", "page": "<html><ti", "empty": ""]
    ) { caller, _ in
      try await caller.plan(#"{"fault":"503"}"#)
      let answer = try await caller.act("capture", "tx123", #"{"amount":100}"#)
      #expect(answer.status == 503)
      return String(answer.text.prefix(9))
    },
    Row("expired-token", ["401": "401", "403": "403"]) { caller, sandbox in
      sandbox.move(seconds: 14_400)
      return String(try await caller.send(.GET, Caller.path("tx123")).status)
    },
  ]

  @Test("each have a row here")
  func complete() {
    #expect(Self.rows.map(\.name) == ServerSwitch.all.map(\.name))
    for (row, wanted) in zip(Self.rows, ServerSwitch.all) {
      #expect(Set(row.found.keys) == Set(wanted.positions.map(\.name)), "\(row.name)")
    }
  }

  @Test("decide what is left open, either way", arguments: rows)
  func positions(row: Row) async throws {
    for (position, expected) in row.found {
      let sandbox = ServedSandbox()
      let found = try await sandbox.serving(["\(row.name)=\(position)"]) { (caller) async throws in
        try await row.look(caller, sandbox)
      }
      #expect(found == expected, "\(row.name)=\(position)")
    }
    // The first position is how things are without a word about them.
    let first = try #require(ServerSwitch.all.first { $0.name == row.name }?.positions.first)
    let sandbox = ServedSandbox()
    let found = try await sandbox.serving { try await row.look($0, sandbox) }
    #expect(found == row.found[first.name])
  }

  @Test("refuse what they do not have", arguments: ["list-order", "list-order=up", "x=y", ""])
  func wrong(text: String) {
    #expect(throws: ServerError.self) {
      var (rules, behaviour) = (SandboxRules(), WireBehaviour())
      try ServerSwitch.set(text, in: &rules, &behaviour)
    }
  }
}

extension Caller {
  fileprivate func lastEvent(_ name: String) async throws -> JSONNode {
    try #require(try await transaction(name)["events"]?.array.last)
  }
}

extension Caller.Answer {
  /// Returns a member of an answer of a status that is expected.
  fileprivate func status(_ expected: Int, _ member: String) throws -> String {
    try #require(status == expected, "\(text)")
    return try json[member]?.string ?? ""
  }
}
