import DTXJSON
import DTXSandbox
import DTXTestSupport
import NIOHTTP1
import Testing

@Suite("Payment products of the served sandbox")
struct ProductTests {
  let sandbox = ServedSandbox()

  @Test("Swish has nothing to void, and refunds later")
  func swish() async throws {
    try await sandbox.serving { (caller) async throws in
      #expect(try await caller.act("void", "tx140").status == 400)
      let body = #"{"amount":100,"refund_reference":"back","reason":"damaged"}"#
      let answer = try await caller.act("refund", "tx140", body)
      #expect(answer.status == 202)
      #expect(try answer.json["status"]?.string == "CAPTURED")
      let accepted = try #require(try answer.json["events"]?.array.last)
      #expect(accepted["request_id"]?.string == answer.headers["event-request-id"].first)
      sandbox.move(seconds: 2)
      let after = try await caller.transaction("tx140")
      #expect(after["status"]?.string == "PARTIALLY_REFUNDED")
      #expect(after["events"]?.array.last?["event_reference"]?.string == "back")
      // What is due is completed before the next is judged, whether or not anybody has looked.
      #expect(try await caller.act("refund", "tx140", body).status == 202)
      #expect(try await caller.act("refund", "tx140", body).status == 409)
      sandbox.move(seconds: 2)
      #expect(try await caller.act("refund", "tx140", body).status == 202)
    }
  }

  @Test("Klarna's orders are lengthened without an amount, and changed with one")
  func klarna() async throws {
    try await sandbox.serving { (caller) async throws in
      let before = try await caller.transaction("tx145")
      let extended = try await caller.act(
        "authorization",
        "tx145",
        #"{"reason":"late","reference":"e1"}"#
      )
      #expect(extended.status == 200, "\(extended.text)")
      let event = try #require(try extended.json["events"]?.array.last)
      #expect(event["metadata"]?["klarna:authorization_expiration"] != nil)
      #expect(event["metadata"]?["klarna:authorization_expiration_reason"]?.string == "late")
      let amount = before["amount"]?.number ?? 0
      let body = """
        {"amount": \(amount + 500), "items": [
          {"line_id": "new", "id": "MUG", "description": "Mug", "quantity": 1,
           "amount": \(amount + 500), "vat": 25, "vat_amount": 100}]}
        """
      let adjusted = try await caller.act("authorization", "tx145", body)
      #expect(try adjusted.json["amount"]?.number == amount + 500)
      let item = try adjusted.json["items"]?.array.first
      #expect(item?["id"]?.string == "MUG" && item?["vat_amount"]?.number == 100)
      let wrong = body.replacing(
        "\"amount\": \(amount + 500), \"items\"",
        with: "\"amount\": 1, \"items\""
      )
      #expect(try await caller.act("authorization", "tx145", wrong).status == 400)
    }
  }

  @Test("Klarna's authorizations end")
  func klarnaEnds() async throws {
    try await sandbox.serving { (caller) async throws in
      let body = #"{"reason":"late","reference":"e"}"#
      var answers: [Int] = []
      for _ in 0..<8 { answers.append(try await caller.act("authorization", "tx145", body).status) }
      // No further than six months after the payment.
      #expect(answers.contains(400) && answers.first == 200, "\(answers)")
      sandbox.move(seconds: 86_400 * 200)
      let later = try await caller.authorized()
      let answer = try await later.act("capture", "tx145", #"{"amount":1}"#)
      #expect(answer.code == "AUTHORIZATION_EXPIRED")
    }
  }

  @Test("a failed update at Klarna is told in its event's metadata")
  func klarnaFails() async throws {
    try await sandbox.serving { (caller) async throws in
      try await caller.plan(#"{"fault":"fail-200","operation":"extend"}"#)
      let answer = try await caller.act(
        "authorization",
        "tx145",
        #"{"reason":"late","reference":"e"}"#
      )
      let event = try answer.json["events"]?.array.last
      #expect(event?["success"]?.boolean == true)
      let names = try event?["metadata"]?.members().map(\.name)
      #expect(
        names == [
          "klarna:authorization_expiration_error_reason",
          "klarna:authorization_expiration_reason", "klarna:authorization_expiration_reference",
        ]
      )
    }
  }

  @Test(
    "a capture at Klarna that is not done yet, or failed, gives the rest no more time",
    arguments: ["async-ok", "async-fail", "fail-200", "fail-4xx"]
  )
  func klarnaKeepsItsEnd(fault: String) async throws {
    try await sandbox.serving { (caller) async throws in
      try await caller.plan(#"{"fault":"\#(fault)"}"#)
      _ = try await caller.act("capture", "tx145", #"{"amount":1}"#)
      let event = try await caller.transaction("tx145")["events"]?.array.last
      #expect(event?["amount"]?.number == 1)
      #expect(event?["metadata"] == nil)
      sandbox.move(seconds: 2)
      let later = try await caller.transaction("tx145")["events"]?.array.last
      let expiration = later?["metadata"]?["klarna:authorization_expiration"]
      #expect((expiration != nil) == (fault == "async-ok"))
    }
  }

  @Test("a pre-authorization grows, is finalized, and is captured then")
  func preauthorization() async throws {
    try await sandbox.serving { (caller) async throws in
      let rows: [(body: String, status: Int)] = [
        (#"{"amount":180000,"final_authorization":false}"#, 400),
        (#"{"amount":190000}"#, 200),
        (#"{"reason":"r"}"#, 400),
        (#"{"amount":150000,"final_authorization":true}"#, 200),
        (#"{"amount":160000,"final_authorization":true}"#, 400),
      ]
      for row in rows {
        let answer = try await caller.act("authorization", "tx132", row.body)
        #expect(answer.status == row.status, "\(row.body): \(answer.text)")
      }
      #expect(try await caller.act("capture", "tx132", #"{"amount":150000}"#).status == 200)
    }
  }

  @Test("an external payment is released from hold, if the order is that one")
  func external() async throws {
    try await sandbox.serving { (caller) async throws in
      let amount = try await caller.transaction("tx150")["amount"]?.number ?? 0
      let wrong = #"{"amount":1}"#
      #expect(try await caller.act("authorization", "tx150", wrong).status == 400)
      let lines = #"{"items":[{"line_id":"no","amount":1}]}"#
      #expect(try await caller.act("authorization", "tx150", lines).status == 400)
      let answer = try await caller.act("authorization", "tx150", #"{"amount":\#(amount)}"#)
      #expect(try answer.json["status"]?.string == "AUTHORIZED", "\(answer.text)")
    }
  }

  @Test("a second reference is set, and nothing else")
  func tag() async throws {
    try await sandbox.serving { (caller) async throws in
      let answer = try await caller.send(
        .PUT,
        Caller.path("tx123"),
        #"{"merchant_reference_2":"x","amount":1}"#
      )
      #expect(try answer.json["merchant_reference_2"]?.string == "x")
      #expect(try answer.json["amount"]?.number == 39_990)
      #expect(try await caller.send(.PUT, Caller.path("tx123"), "{}").status == 400)
    }
  }

  @Test("an event shows the headers by which a system knows its own")
  func headers() async throws {
    try await sandbox.serving { (caller) async throws in
      let path = Caller.path("tx123", "capture")
      let answer = try await caller.send(
        .POST,
        path,
        #"{"amount":1}"#,
        headers: [
          ("Dintero-System-Name", "shop"), ("X-Other", "no"), ("Dintero-System-Name", "desk"),
        ]
      )
      let headers = try answer.json["events"]?.array.last?["request_headers"]
      #expect(headers?["dintero-system-name"]?.string == "shop, desk", "\(answer.text)")
      #expect(headers?["x-other"] == nil)
    }
  }

  @Test("a seed says what was not taken as it stands")
  func seed() async throws {
    try await sandbox.serving { (caller) async throws in
      let seed = """
        {"id": "a", "payment_product_type": "vipps", "currency": "NOK", "amount": 5,
         "status": "WEIRD"}
        """
      let answer = try await caller.send(.POST, "/sandbox/seed", seed).json
      #expect(answer["transactions"]?.number == 1)
      let note = answer["notes"]?.array.first?.string
      #expect(note?.contains("WEIRD in the file, UNKNOWN by its events") == true, "\(answer)")
    }
  }

  @Test("a session is cancelled while nothing is captured")
  func session() async throws {
    try await sandbox.serving { (caller) async throws in
      let id = "T12345678.5Qw8Zo1uGfJp3AyDmWqR9t"
      let answer = try await caller.send(.POST, "/v1/sessions/\(id)/cancel")
      #expect(try answer.json["cancelled_by"]?.string == "dtx", "\(answer.text)")
      #expect(try answer.json["events"]?.array.first?["name"]?.string == "CANCELLED")
      let status = try await caller.transaction("tx123")["status"]?.string
      #expect(status == "AUTHORIZATION_VOIDED")
      #expect(try await caller.send(.POST, "/v1/sessions/\(id)/cancel").status == 400)
      #expect(try await caller.send(.POST, "/v1/sessions/T12345678.no/cancel").status == 404)
    }
  }

  /// A fault of the void, and how the session's cancellation is answered.
  static let cancellations: [(fault: String, status: Int?)] = [
    ("async-ok", 202), ("fail-200", 200), ("fail-4xx", 400), ("409", 409), ("429", 429),
    ("503", 503), ("timeout-not-applied", nil),
  ]

  @Test("a session is not cancelled while its void is not done", arguments: cancellations)
  func session(row: (fault: String, status: Int?)) async throws {
    try await sandbox.serving { (caller) async throws in
      try await caller.plan(#"{"fault":"\#(row.fault)","operation":"void"}"#)
      let path = "/v1/sessions/T12345678.5Qw8Zo1uGfJp3AyDmWqR9t/cancel"
      let answer = try? await caller.send(.POST, path)
      #expect(answer?.status == row.status)
      if row.status == 202 { #expect(answer?.headers["event-request-id"].count == 1) }
      #expect(try answer?.json["cancelled_at"] == nil)
      #expect(try await caller.transaction("tx123")["status"]?.string == "AUTHORIZED")
    }
  }
}
