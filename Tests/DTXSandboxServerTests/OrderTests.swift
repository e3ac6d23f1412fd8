import DTXExecution
import DTXSandboxServer
import NIOHTTP1
import Testing

@Suite("Requests of the served sandbox")
struct OrderTests {
  /// Who sends a request.
  enum Sender: Sendable {
    case all, nobody, reader, stranger
  }

  /// A request that breaks one rule, or several of which the first in order is answered.
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    var sender = Sender.all
    var before: [(action: String, transaction: String, body: String)] = []
    let method: HTTPMethod
    let path: String
    var body: String?
    let status: Int
    /// Of the error's code or message, if it is of interest.
    var says = ""

    var testDescription: String { name }
  }

  private static func row(
    _ name: String,
    _ action: String,
    _ transaction: String,
    _ body: String?,
    _ status: Int,
    _ says: String = "",
    from sender: Sender = .all,
    after before: [(action: String, transaction: String, body: String)] = []
  ) -> Row {
    Row(
      name: name,
      sender: sender,
      before: before,
      method: .POST,
      path: Caller.path(transaction, action),
      body: body,
      status: status,
      says: says
    )
  }

  /// Each row breaks the rule that answers and, where it can, one that comes later.
  static let rows: [Row] = [
    row("no token, before a wrong body", "capture", "tx123", "{", 401, from: .nobody),
    row("no token of ours", "capture", "tx123", "{", 401, from: .stranger),
    row(
      "a right that is missing, before a wrong body",
      "capture",
      "tx123",
      "{",
      403,
      from: .reader
    ),
    Row(
      name: "another account's transaction, before a wrong body",
      method: .POST,
      path: "/v1/transactions/T87654321.tx123/capture",
      body: "{",
      status: 403
    ),
    Row(
      name: "another account in the path, before a wrong body",
      method: .POST,
      path: "/v1/accounts/P99999999/payments/transactions/T12345678.tx123/capture",
      body: "{",
      status: 403
    ),
    row("a wrong body, before an unknown transaction", "capture", "nobody", "{", 400),
    row("no body", "capture", "tx123", nil, 400),
    row("a body that is no object", "capture", "tx123", "[]", 400),
    row("no amount", "capture", "tx123", "{}", 400, "amount"),
    row("an amount that is a text", "capture", "tx123", #"{"amount":"100"}"#, 400, "whole"),
    row("an amount with decimals", "capture", "tx123", #"{"amount":1.5}"#, 400, "whole"),
    row("an amount of nothing", "capture", "tx123", #"{"amount":0}"#, 400, "positive"),
    row("a negative amount", "refund", "tx125", #"{"amount":-1}"#, 400, "positive"),
    row("a line without an id", "capture", "tx123", #"{"amount":1,"items":[{"amount":1}]}"#, 400),
    row("metadata of another name", "capture", "tx123", #"{"amount":1,"metadata":{"a":"b"}}"#, 400),
    row(
      "metadata that is no text",
      "capture",
      "tx123",
      #"{"amount":1,"metadata":{"ext_a":1}}"#,
      400
    ),
    row("an amount of 33 bits", "capture", "tx123", #"{"amount":2147483648}"#, 400, "32 bits"),
    row(
      "a text with a NUL",
      "capture",
      "tx123",
      #"{"amount":1,"capture_reference":"a\u0000"}"#,
      400,
      "NUL"
    ),
    row(
      "a VAT that is a text",
      "capture",
      "tx123",
      #"{"amount":1,"items":[{"line_id":"1","amount":1,"vat":"25"}]}"#,
      400,
      "a number"
    ),
    row(
      "a fault that is none",
      "capture",
      "tx123",
      #"{"amount":1,"metadata":{"ext_sim_fault":"boom"}}"#,
      400,
      "ext_sim_fault is one of"
    ),
    row("a tag without its text", "", "tx123", "{}", 404),
    row("an unknown transaction", "capture", "nobody", #"{"amount":1}"#, 404, "NOT FOUND"),
    row(
      "the status, before the amount",
      "refund",
      "tx123",
      #"{"amount":99999999}"#,
      400,
      "INVALID_STATUS"
    ),
    row(
      "the product, before the amount",
      "capture",
      "tx142",
      #"{"amount":99999999,"final_capture":true}"#,
      400,
      "NOT_SUPPORTED"
    ),
    row(
      "a whole line without its quantity, where one is demanded",
      "capture",
      "tx149",
      #"{"amount":1400000,"items":[{"line_id":"1","amount":1400000}]}"#,
      400,
      "quantity"
    ),
    row("an extension without a body", "authorization", "tx145", nil, 400, "reason and reference"),
    row(
      "an extension without a reference",
      "authorization",
      "tx145",
      #"{"reason":"late"}"#,
      400,
      "reason and reference"
    ),
    row("a remainder that can't be voided", "void", "tx127", nil, 400, "NOT_SUPPORTED"),
    row(
      "a pending request, before the amount",
      "refund",
      "tx140",
      #"{"amount":99999999}"#,
      409,
      "CONFLICT",
      after: [("refund", "tx140", #"{"amount":100}"#)]
    ),
    row(
      "the amount, before the lines",
      "capture",
      "tx123",
      #"{"amount":99999999,"items":[{"line_id":"no","amount":1}]}"#,
      400,
      "INVALID_AMOUNT"
    ),
    row(
      "an unknown line, before the sum",
      "capture",
      "tx123",
      #"{"amount":10,"items":[{"line_id":"no","amount":1}]}"#,
      400,
      "unknown line_id: line_id no"
    ),
    row(
      "a line twice, before the sum",
      "capture",
      "tx123",
      #"{"amount":9,"items":[{"line_id":"1","amount":1},{"line_id":"1","amount":1}]}"#,
      400,
      "not unique"
    ),
    row(
      "the sum, before what is left of a line",
      "capture",
      "tx123",
      #"{"amount":39000,"items":[{"line_id":"1","amount":38000}]}"#,
      400,
      "do not match"
    ),
    row(
      "what is left of a line",
      "capture",
      "tx123",
      #"{"amount":38000,"items":[{"line_id":"1","amount":38000}]}"#,
      400,
      "what remains of the item"
    ),
    row(
      "a refund above what was captured",
      "refund",
      "tx125",
      #"{"amount":125001}"#,
      400,
      "AMOUNT"
    ),
    row("a void of what was captured", "void", "tx125", nil, 400, "INVALID_STATUS"),
    row("a pre-authorization", "capture", "tx132", #"{"amount":1}"#, 400, "finalized"),
    Row(
      name: "an address that is none",
      method: .GET,
      path: "/v1/nothing",
      status: 404,
      says: "NOT FOUND"
    ),
    Row(name: "a transaction without a name", method: .GET, path: "/v1/transactions/", status: 404),
    Row(
      name: "a transaction whose name is no text",
      method: .GET,
      path: "/v1/transactions/%FF",
      status: 404
    ),
    Row(
      name: "a method that is none",
      method: .DELETE,
      path: Caller.path("tx123"),
      status: 404
    ),
    Row(name: "a filter that is none", method: .GET, path: "/v1/transactions?limit=0", status: 400),
    Row(
      name: "a time that is none",
      method: .GET,
      path: "/v1/transactions?created_at.gte=2026-08T1Z",
      status: 400
    ),
    Row(
      name: "a filter that the sandbox has not",
      method: .GET,
      path: "/v1/transactions?payout_correlation_id=a",
      status: 400,
      says: "not supported"
    ),
    Row(
      name: "an inclusion that the sandbox has not",
      method: .GET,
      path: Caller.path("tx123") + "?includes=session",
      status: 400,
      says: "not supported"
    ),
    Row(
      name: "a filter of payouts that the sandbox has not",
      method: .GET,
      path: "/v1/accounts/T12345678/settlements?payout_destination_id=a",
      status: 400,
      says: "not supported"
    ),
    Row(
      name: "a status that is none",
      method: .GET,
      path: "/v1/transactions?status=PAID",
      status: 400
    ),
    Row(
      name: "a cursor that is none",
      method: .GET,
      path: "/v1/transactions?starting_after=T12345678.nobody",
      status: 400
    ),
    Row(
      name: "payouts without the right",
      sender: .reader,
      method: .GET,
      path: "/v1/accounts/T12345678/settlements",
      status: 403
    ),
  ]

  @Test("are answered by the first rule that they break")
  func order() async throws {
    for row in Self.rows {
      // Each row finds the demonstration as it was.
      try await ServedSandbox().serving([], { $0.clients = Self.clients }) { all in
        let caller =
          switch row.sender {
          case .all: all
          case .nobody: Caller(port: all.port)
          case .stranger: Caller(port: all.port, token: "a.b.c")
          case .reader: try await all.authorized(id: "reader", secret: "s")
          }
        for request in row.before {
          let answer = try await all.act(request.action, request.transaction, request.body)
          #expect(answer.status < 300, "\(row.name): \(answer.text)")
        }
        let answer = try await caller.send(row.method, row.path, row.body)
        #expect(answer.status == row.status, "\(row.name): \(answer.text)")
        let words = [answer.code, answer.message].compactMap(\.self).joined(separator: " ")
        #expect(row.says.isEmpty || words.contains(row.says), "\(row.name): \(words)")
        #expect(answer.headers["request-id"].first?.count == 32, "\(row.name)")
        #expect(answer.message != nil, "\(row.name) says nothing: \(answer.text)")
      }
    }
  }

  static let clients = [
    APIClient.standard,
    APIClient(id: "reader", secret: Secret("s"), scopes: ["read:checkout"]),
  ]

  @Test("take long bodies up to a limit")
  func long() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      let filler = String(repeating: " ", count: 5 << 20)
      let answer = try await caller.act("capture", "tx123", filler + #"{"amount":1}"#)
      #expect(answer.status == 413)
      #expect(try await caller.history("tx123").last == "AUTHORIZE")
    }
  }

  /// What a body is said to be, and whether it is taken.
  static let types: [(type: String, status: Int)] = [
    ("application/json; charset=utf-8", 200), ("text/json", 415),
    ("application/x-www-form-urlencoded", 415), ("", 415),
  ]

  @Test("take bodies that are said to be JSON, and no others")
  func types() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      for row in Self.types {
        let answer = try await caller.send(
          .POST,
          Caller.path("tx123", "capture"),
          #"{"amount":1}"#,
          headers: [("Content-Type", row.type)]
        )
        #expect(answer.status == row.status, "\(row.type): \(answer.text)")
      }
    }
  }

  @Test("use up no planned fault when they break a rule")
  func faultsComeLast() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      try await caller.plan(#"{"fault":"503","operation":"capture"}"#)
      #expect(try await caller.act("capture", "tx123", #"{"amount":99999999}"#).status == 400)
      #expect(try await caller.act("capture", "tx123", #"{"amount":1}"#).status == 503)
      #expect(try await caller.act("capture", "tx123", #"{"amount":1}"#).status == 200)
    }
  }
}
