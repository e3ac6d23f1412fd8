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
    ("created_at.lte=2000-01-01", []), ("created_at.lte=2000-01-01T00:00Z", []),
    ("created_at.gte=20000101&created_at.lte=20991231T2359%2B0200&currency=KWD", ["tx131"]),
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

  @Test("hold what is paid elsewhere in part")
  func splits() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      let seed = """
        {"id": "a", "payment_product_type": "vipps", "currency": "NOK", "amount": 5,
         "status": "AUTHORIZED", "items": [{"line_id": "1", "amount": 5,
           "splits": [{"payout_destination_id": "north", "amount": 3}]}]}
        """
      #expect(try await caller.send(.POST, "/sandbox/seed", seed).status == 200)
      for (wanted, ids) in [("south&payout_destination_id=north", ["T12345678.a"]), ("south", [])] {
        let path = "/v1/transactions?payout_destination_id=\(wanted)"
        let found = try await caller.send(.GET, path).json.array
        #expect(found.compactMap { $0["id"]?.string } == ids)
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

  @Test("of payouts hold back what is owed until there is more to pay, for each currency")
  func postponed() async throws {
    let sandbox = ServedSandbox()
    try await sandbox.serving { (caller) async throws in
      let path = "/v1/accounts/\(Caller.account)/settlements?payment_provider=vipps"
      /// The newest payouts: `NOK 100 paid`.
      func payouts() async throws -> [String] {
        sandbox.move(seconds: 1)
        _ = try await caller.send(.POST, "/sandbox/settle")
        return try await caller.send(.GET, path).json["items"]?.array.map { payout in
          let amount = payout["amounts"]?.array.first
          return "\(amount?["currency"]?.string ?? "") \(amount?["amount"]?.number ?? 0) "
            + (payout["payment_status"]?.string ?? "")
        } ?? []
      }
      func seed(_ id: String, _ currency: String, _ status: String = "AUTHORIZED") async throws {
        let body = """
          {"id": "\(id)", "payment_product_type": "vipps", "currency": "\(currency)",
           "amount": 1000, "status": "\(status)"}
          """
        #expect(try await caller.send(.POST, "/sandbox/seed", body).status == 200)
      }
      let before = try await payouts()
      try await seed("a", "NOK", "CAPTURED")
      #expect(try await payouts() == ["NOK 990 paid"] + before)
      _ = try await caller.act("refund", "a", #"{"amount":600}"#)
      try await seed("b", "SEK", "CAPTURED")
      let second = try await payouts().prefix(2).sorted()
      #expect(second == ["NOK -600 postponed", "SEK 990 paid"])
      try await seed("c", "NOK")
      _ = try await caller.act("capture", "c", #"{"amount":500}"#)
      #expect(try await payouts().first == "NOK -105 postponed")
      #expect(try await caller.transaction("c")["settlement_status"]?.string == "NOT_SETTLED")
      _ = try await caller.act("capture", "c", #"{"amount":200}"#)
      #expect(try await payouts().prefix(2) == ["NOK 93 paid", "SEK 990 paid"])
      #expect(try await caller.transaction("c")["settlement_status"]?.string == "SETTLED")
      _ = try await caller.act("capture", "c", #"{"amount":300}"#)
      let status = try await caller.transaction("c")["settlement_status"]?.string
      #expect(status == "PARTIALLY_SETTLED")
      #expect(try await payouts().first == "NOK 297 paid")
      #expect(try await caller.transaction("c")["settlement_status"]?.string == "SETTLED")
    }
  }

  @Test("of payouts refuse a sum that is larger than any")
  func tooMuch() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      let seed = ["a", "b"].map { id in
        """
        {"id": "\(id)", "payment_product_type": "vipps", "currency": "NOK",
         "amount": 9007199254740991, "status": "CAPTURED"}
        """
      }
      let body = "[\(seed.joined(separator: ","))]"
      #expect(try await caller.send(.POST, "/sandbox/seed", body).status == 200)
      let answer = try await caller.send(.POST, "/sandbox/settle")
      #expect(answer.status == 400 && answer.text.contains("payout"), "\(answer.text)")
    }
  }
}
