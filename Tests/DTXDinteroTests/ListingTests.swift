@testable import DTXDintero
import DTXExecution
import DTXLedger
import Testing

@Suite("Reading and listing")
struct ListingTests {
  private static func transaction(_ number: Int) -> String {
    """
    {"id": "T12345678.t\(number)", "currency": "NOK", "amount": 100, "status": "AUTHORIZED",
     "created_at": "2026-08-03T09:00:00.\(100 + number % 900)Z"}
    """
  }

  private static func page(_ numbers: some Sequence<Int>) -> ScriptedTransport.Reply {
    .answer(200, "[" + numbers.map(transaction).joined(separator: ",") + "]")
  }

  private func queries(_ rig: Rig) -> [String] {
    rig.transport.requests.map { String($0.url.split(separator: "?", maxSplits: 1).last ?? "") }
  }

  @Test("one transaction is asked for by its path")
  func single() async throws {
    let rig = try Rig(.answer(200, Samples.authorized))
    let found = try await rig.client.reader.transactions(withIDs: [TransactionID(Samples.id)])
    #expect(found.map(\.id.text) == [Samples.id])
    #expect(
      rig.transport.requests.map(\.url) == ["https://checkout.test/v1/transactions/\(Samples.id)"]
    )
  }

  @Test("what does not exist is absent, and what answers in pages is not the provider")
  func absent() async throws {
    let missing = try Rig(.answer(404, #"{"error": {"message": "Transaction not found"}}"#))
    let id = TransactionID("T12345678.a/b ø")
    #expect(try await missing.client.reader.transactions(withIDs: [id]).isEmpty)
    #expect(
      missing.transport.requests.map(\.url)
        == ["https://checkout.test/v1/transactions/T12345678.a%2Fb%20%C3%B8"]
    )
    let page = try Rig(.answer(404, "<html><title>nginx</title>"))
    let error = await #expect(throws: ProviderError.self) {
      try await page.client.reader.transactions(withIDs: [id])
    }
    #expect(error?.code == .refused)
    #expect(error?.message == "cannot read T12345678.a/b ø: 404: nginx")
  }

  @Test("many are asked for by lists that fit into a page")
  func batches() async throws {
    let ids = (0..<250).map { TransactionID("T12345678.t\($0)") }
    // The second list comes back without one of them, and with one that nobody asked for.
    let rig = try Rig(
      Self.page(0..<100),
      Self.page(Array(101..<200) + [999]),
      Self.page(200..<250)
    )
    let found = try await rig.client.reader.transactions(withIDs: ids)
    #expect(Set(found.map(\.id)) == Set(ids).subtracting([ids[100]]))
    let sizes = queries(rig).map { $0.split(separator: "&").count { $0.hasPrefix("id=") } }
    #expect(sizes.sorted() == [50, 100, 100])
    #expect(queries(rig).allSatisfy { $0.hasSuffix("&limit=100") })
  }

  @Test("long ids make short lists")
  func longIDs() {
    let ids = (0..<30).map { TransactionID("T12345678.\(String(repeating: "x", count: 490))\($0)") }
    let batches = DinteroReader.batches(ids)
    #expect(batches.flatMap { $0 } == ids)
    #expect(batches.allSatisfy { $0.count <= 4 } && batches.count > 5)
    let huge = [TransactionID("T12345678." + String(repeating: "x", count: 9_000))]
    #expect(DinteroReader.batches(huge) == [huge])
  }

  @Test("another account's are refused before anything is asked")
  func foreign() async throws {
    for other in ["P12345678.a", "T12345679.a", "tx123"] {
      let rig = try Rig(.answer(200, Samples.authorized))
      let ids = [TransactionID(Samples.id), TransactionID(other)]
      let error = await #expect(throws: ProviderError.self) {
        try await rig.client.reader.transactions(withIDs: ids)
      }
      #expect(error?.message.contains("\(other) does not belong to account T12345678") == true)
      #expect(rig.transport.requests.isEmpty && rig.transport.tokenRequests.isEmpty)
    }
  }

  @Test("another account's in a listing are not taken")
  func foreignListed() async throws {
    let other = Samples.authorized.replacing(Samples.id, with: "P99999999.a")
    let rig = try Rig(.answer(200, "[\(other)]"))
    let error = await #expect(throws: ProviderError.self) {
      try await rig.client.reader.transactions(matching: TransactionQuery())
    }
    #expect(error?.message.contains("P99999999.a does not belong to account T12345678") == true)
  }

  @Test("a listing goes on until a page is not full, and shows nothing twice")
  func pages() async throws {
    let rig = try Rig(Self.page(0..<100), Self.page(99..<199), Self.page([199, 200]))
    let found = try await rig.client.reader.transactions(matching: TransactionQuery())
    #expect(Set(found.map(\.id.text)) == Set((0...200).map { "T12345678.t\($0)" }))
    #expect(found.count == 201)
    #expect(
      queries(rig) == [
        "limit=100", "limit=100&starting_after=T12345678.t99",
        "limit=100&starting_after=T12345678.t198",
      ]
    )
    #expect(found.map(\.details.createdAt) == found.map(\.details.createdAt).sorted(by: >))
  }

  @Test("a listing of a few asks for no more")
  func limit() async throws {
    var query = TransactionQuery()
    query.limit = 120
    let rig = try Rig(Self.page(0..<100), Self.page(100..<120))
    #expect(try await rig.client.reader.transactions(matching: query).count == 120)
    #expect(queries(rig) == ["limit=100", "limit=20&starting_after=T12345678.t99"])
    query.limit = 0
    #expect(try await rig.client.reader.transactions(matching: query).isEmpty)
    #expect(rig.transport.requests.count == 2)
  }

  @Test("a listing that never ends is given up")
  func endless() async throws {
    let rig = try Rig(
      ScriptedTransport((0...1_001).map { page in Self.page(page * 100..<(page + 1) * 100) })
    )
    let error = await #expect(throws: ProviderError.self) {
      try await rig.client.reader.transactions(matching: TransactionQuery())
    }
    #expect(error?.code == .refused)
    // One whose pages come again in turn.
    let turning = try Rig(
      ScriptedTransport([Self.page(0..<100), Self.page(100..<200), Self.page(0..<100)])
    )
    #expect(
      try await turning.client.reader.transactions(matching: TransactionQuery()).count == 200
    )
    // And one whose cursor does not move.
    let stuck = try Rig(ScriptedTransport(Array(repeating: Self.page(0..<100), count: 5)))
    #expect(
      try await stuck.client.reader.transactions(matching: TransactionQuery()).count == 100
    )
  }

  @Test("conditions are the provider's, with repeated names and encoded values")
  func conditions() async throws {
    var query = TransactionQuery()
    query.merchantReference = "web 1&2=3"
    query.secondReference = "æ"
    query.sessionID = "T12345678.s"
    query.statuses = [.authorized, .onHold]
    query.limit = 1
    let rig = try Rig(Self.page([1]))
    _ = try await rig.client.reader.transactions(matching: query)
    #expect(
      queries(rig) == [
        "merchant_reference=web%201%262%3D3&merchant_reference_2=%C3%A6&session_id=T12345678.s"
          + "&status=AUTHORIZED&status=ON_HOLD&limit=1"
      ]
    )
  }

  @Test("what a script asks for is asked in the provider's words, days and amounts included")
  func bounds() async throws {
    var query = TransactionQuery()
    query.products = ["payex.creditcard", "vipps"]
    query.currencies = [try #require(Currency(code: "NOK"))]
    query.stores = ["oslo"]
    (query.createdFrom, query.createdTo) = (0, 86_399_999)
    (query.authorizedFrom, query.authorizedTo) = (MinorUnits(100), MinorUnits(200))
    let rig = try Rig(Self.page([1]), Self.page([1]))
    _ = try await rig.client.reader.transactions(matching: query)
    query.products = ["payex.creditcard"]
    (query.createdFrom, query.createdTo) = (.min, .max)
    _ = try await rig.client.reader.transactions(matching: query)
    // A product that may be read without its type is not asked for, and neither is a time that has
    // no year of four digits.
    #expect(
      queries(rig) == [
        "currency=NOK&store_id=oslo&created_at.gte=1970-01-01T00%3A00%3A00.000Z"
          + "&created_at.lte=1970-01-02T00%3A00%3A00.000Z&amount.gte=100&amount.lte=200&limit=100",
        "payment_product_type=payex.creditcard&currency=NOK&store_id=oslo&amount.gte=100"
          + "&amount.lte=200&limit=100",
      ]
    )
  }

  struct Patience: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let replies: [ScriptedTransport.Reply]
    let waits: [Double]
    /// Nil where the read succeeds in the end.
    var code: ProviderError.Code?
  }

  static let patience: [Patience] = [
    Patience(
      testDescription: "busy for a while",
      replies: [.answer(503), .failure(.lost), .answer(429), page([])],
      waits: [0.5, 1, 2]
    ),
    Patience(
      testDescription: "busy for too long",
      replies: Array(repeating: .answer(500), count: 5),
      waits: [0.5, 1, 2],
      code: .unreachable
    ),
    Patience(
      testDescription: "told how long to wait",
      replies: [.answer(429, headers: ["retry-after": "12"]), page([])],
      waits: [12]
    ),
    Patience(
      testDescription: "told to wait too long",
      replies: [.answer(429, headers: ["retry-after": "3600"])],
      waits: [],
      code: .unreachable
    ),
    Patience(
      testDescription: "no connection",
      replies: [.failure(.notSent)],
      waits: [],
      code: .unreachable
    ),
    Patience(
      testDescription: "silence",
      replies: [.failure(.timedOut)],
      waits: [],
      code: .unreachable
    ),
    Patience(
      testDescription: "more than can be read",
      replies: [.failure(.tooLong)],
      waits: [],
      code: .unreadable
    ),
    Patience(
      testDescription: "no JSON",
      replies: [.answer(200, "{")],
      waits: [],
      code: .unreadable
    ),
    Patience(
      testDescription: "no list",
      replies: [.answer(200, "{}")],
      waits: [],
      code: .unreadable
    ),
    Patience(testDescription: "no", replies: [.answer(400)], waits: [], code: .refused),
    Patience(testDescription: "moved", replies: [.answer(301)], waits: [], code: .refused),
    Patience(testDescription: "no right", replies: [.answer(403)], waits: [], code: .unauthorized),
  ]

  @Test("reads are tried again where that helps", arguments: patience)
  func again(row: Patience) async throws {
    let rig = try Rig(ScriptedTransport(row.replies))
    do throws(ProviderError) {
      _ = try await rig.client.reader.transactions(matching: TransactionQuery())
      #expect(row.code == nil)
    } catch {
      #expect(error.code == row.code, "\(error.message)")
    }
    #expect(rig.time.waits == row.waits)
    #expect(rig.transport.requests.count == row.waits.count + 1)
  }

  @Test("reads keep the rate")
  func rate() async throws {
    let rig = try Rig(ScriptedTransport((0..<6).map { _ in Self.page([]) }), readsPerSecond: 5)
    for _ in 0..<6 { _ = try await rig.client.reader.transactions(matching: TransactionQuery()) }
    #expect(rig.time.waits.map { ($0 * 10).rounded() / 10 } == [0.2, 0.2, 0.2, 0.2, 0.2])
  }
}
