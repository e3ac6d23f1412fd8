import DTXSandbox
import DTXTestSupport
import NIOHTTP1
import Testing

@Suite("Lists of the served sandbox")
struct ListTests {
  /// A query, and what is true of the transactions that it finds.
  static let filters: [(query: String, names: [String])] = [
    ("id=T12345678.tx123", ["tx123"]),
    ("id=T12345678.tx123&id=T12345678.tx125&id=T12345678.nobody", ["tx123", "tx125"]),
    ("merchant_reference=ORDER-125", ["tx125"]),
    ("merchant_reference_2=10123", ["tx123"]),
    ("session_id=T12345678.5Qw8Zo1uGfJp3AyDmWqR9t", ["tx123"]),
    ("status=REFUNDED&payment_product_type=dintero_psp.googlepay", ["tx128"]),
    ("payment_product=swish&status=AUTHORIZED", []),
    ("currency=KWD", ["tx131"]),
    ("currency%5B%5D=KWD&amount.gte=12345&amount.lte=12345", ["tx131"]),
    ("amount=12800&currency=JPY", ["tx130"]),
    ("search=ORDER-130", ["tx130"]),
    ("search=noura%40example.com", ["tx131"]),
    ("card_brand=Mastercard&currency=KWD", ["tx131"]),
    ("refunded_at.gte=2000-01-01&merchant_reference=ORDER-126", ["tx126"]),
    ("captured_at.lte=2000-01-01", []),
    ("created_at.lte=2000-01-01", []),
  ]

  @Test("hold what is asked for")
  func filters() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      for row in Self.filters {
        let answer = try await caller.send(.GET, "/v1/transactions?limit=100&\(row.query)")
        let names = try answer.json.array.compactMap {
          $0["id"]?.string?.split(separator: ".").last
        }
        #expect(Set(names.map { String($0) }) == Set(row.names), "\(row.query): \(answer.text)")
      }
    }
  }

  @Test("come in pages that hold each transaction once", arguments: ["newest", "oldest"])
  func pages(order: String) async throws {
    try await ServedSandbox().serving(["list-order=\(order)"]) { (caller) async throws in
      var ids: [String] = []
      var size = 0
      repeat {
        let cursor = ids.last.map { "&starting_after=\($0)" } ?? ""
        let page = try await caller.send(.GET, "/v1/transactions?limit=7\(cursor)").json.array
        size = page.count
        ids += page.compactMap { $0["id"]?.string }
      } while size == 7
      let all = try await caller.send(.GET, "/v1/transactions?limit=100").json.array
      #expect(ids == all.compactMap { $0["id"]?.string })
      #expect(Set(ids).count == ids.count && ids.count > 30)
      #expect(try await caller.send(.GET, "/v1/transactions").json.array.count == 10)
    }
  }

  @Test("are the same at the alias that names the account")
  func alias() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      let alias = "/v1/accounts/\(Caller.account)/payments/transactions"
      let answer = try await caller.send(.GET, alias + "/T12345678%2Etx123")
      #expect(try answer.json["id"]?.string == "T12345678.tx123")
      #expect(try await caller.send(.GET, alias + "?limit=3").json.array.count == 3)
    }
  }

  @Test("leave out failed events where that is asked for, and refuse unknown wishes")
  func inclusions() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      try await caller.plan(#"{"fault":"fail-200"}"#)
      _ = try await caller.act("capture", "tx123", #"{"amount":1}"#)
      let all = try await caller.transaction("tx123")["events"]?.array.count
      let path = Caller.path("tx123") + "?includes="
      let good = try await caller.send(.GET, path + "events.success.true").json["events"]?.array
      #expect(all == 3 && good?.count == 2)
      #expect(try await caller.send(.GET, path + "everything").status == 400)
    }
  }

  @Test("of payouts follow captures, refunds and fees, page by page")
  func settlements() async throws {
    let sandbox = ServedSandbox()
    try await sandbox.serving { (caller) async throws in
      let path = "/v1/accounts/\(Caller.account)/settlements"
      #expect(try await caller.send(.GET, path).json["items"]?.array.isEmpty == true)
      #expect(try await caller.send(.POST, "/sandbox/settle").status == 200)
      sandbox.move(seconds: 1)
      #expect(try await caller.send(.POST, "/sandbox/settle").json["settlements"]?.number == 0)
      _ = try await caller.act("capture", "tx123", #"{"amount":20000}"#)
      _ = try await caller.act("refund", "tx123", #"{"amount":5000}"#)
      #expect(try await caller.send(.POST, "/sandbox/settle").json["settlements"]?.number == 1)
      let newest = try await caller.send(.GET, path + "?limit=1").json
      let amounts = newest["items"]?.array.first?["amounts"]?.array.first
      #expect(amounts?["capture"]?.number == 20_000)
      #expect(amounts?["refund"]?.number == 5_000)
      #expect(amounts?["fee"]?.number == 200)
      #expect(amounts?["amount"]?.number == 14_800)
      #expect(try await caller.transaction("tx123")["settlement_status"]?.string == "SETTLED")
      let key = try #require(newest["last_evaluated_key"])
      let (id, date) = (key["id"]?.string ?? "", key["settled_at"]?.string ?? "")
      let rest = try await caller.send(
        .GET,
        path + "?limit=100&starting_after_id=\(id)&starting_after_date=\(date)"
      )
      .json
      let count = try await caller.send(.GET, path + "?limit=100").json["items"]?.array.count
      #expect(rest["items"]?.array.count == (count ?? 0) - 1)
      #expect(rest["last_evaluated_key"] == nil)
      #expect(try await caller.send(.GET, path + "?starting_after_id=\(id)").status == 400)
    }
  }
}
