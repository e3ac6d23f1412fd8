import DTXExecution
import DTXLedger
import DTXSession
import DTXTestSupport
import Testing

@Suite("Known transactions")
struct KnownTransactionsTests {
  private func names(_ index: TransactionIndex, _ prefix: String) -> [String] {
    index.indices(withPrefix: "\(SessionFixture.account).\(prefix)")
      .map { String(index.transactions[$0].id.text.dropFirst(10)) }
  }

  @Test("finds by id and by the beginning of one, in the order of bytes")
  func finding() throws {
    let ids = ["tx2", "tx10", "a", "tx1", "b", "TX1"]
    let index = TransactionIndex(try ids.map { try SessionFixture.authorized($0) })
    #expect(names(index, "") == ["TX1", "a", "b", "tx1", "tx10", "tx2"])
    #expect(names(index, "tx1") == ["tx1", "tx10"])
    #expect(names(index, "c") == [])
    #expect(names(index, "zz") == [])
    #expect(index[TransactionID("T12345678.tx10")]?.id.text == "T12345678.tx10")
    #expect(index[TransactionID("T12345678.tx")] == nil)
    #expect(TransactionIndex()[TransactionID("T12345678.tx1")] == nil)
  }

  @Test("takes in what is newer, and keeps the rest")
  func merging() throws {
    var index = TransactionIndex(try ["tx1", "tx2"].map { try SessionFixture.authorized($0) })
    index.merge(try [SessionFixture.captured("tx2"), SessionFixture.captured("tx3")])
    #expect(names(index, "") == ["tx1", "tx2", "tx3"])
    #expect(index.transactions.map(\.state.status) == [.authorized, .captured, .captured])
  }

  @Test("finds what a search through all of them finds", arguments: UInt64(1)...20)
  func property(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var index = TransactionIndex()
    var all: Set<String> = []
    for _ in 0..<40 {
      let id = String((0..<3).map { _ in "abæ".randomElement(using: &random) ?? "a" })
      all.insert(id)
      index.merge([try SessionFixture.authorized(id)])
    }
    #expect(index.count == all.count)
    for prefix in ["", "a", "ab", "æ", "æa", "bæb", "c"] {
      #expect(Set(names(index, prefix)) == all.filter { $0.hasPrefix(prefix) })
    }
  }

  @Test("reads all of a small account anew, and forgets what is gone")
  func refreshing() async throws {
    let account = try #require(Account(SessionFixture.account))
    let known = KnownTransactions()
    let tx1 = try SessionFixture.authorized("tx1")
    let first = FakeProvider(account: account, FakeProviderModel([tx1]))
    await known.refresh(from: first, limit: 10, ifOlderThan: .zero)
    #expect(known.index.count == 1)
    let second = FakeProvider(
      account: account,
      FakeProviderModel([try SessionFixture.captured("tx2")])
    )
    // What is fresh is not read again.
    await known.refresh(from: second, limit: 10, ifOlderThan: .seconds(3600))
    #expect(known.index.transactions.map(\.id) == [tx1.id])
    await known.refresh(from: second, limit: 10, ifOlderThan: .zero)
    #expect(known.index.transactions.map(\.state.status) == [.captured])
    // Of a large account only the newest are read; the others are still there.
    await known.refresh(from: first, limit: 1, ifOlderThan: .zero)
    #expect(known.index.count == 2)
    // A provider that is not there takes nothing away.
    await known.refresh(from: UnreachableReader(account: account), limit: 9, ifOlderThan: .zero)
    #expect(known.index.count == 2)
  }

  @Test(
    "keeps what others read while a reading was on its way, which is newer",
    arguments: [1, 10]
  )
  func meanwhile(limit: Int) async throws {
    let account = try #require(Account(SessionFixture.account))
    let known = KnownTransactions()
    let model = FakeProviderModel([try SessionFixture.authorized("tx1")])
    let captured = try SessionFixture.captured("tx1")
    let slow = FakeProvider(account: account, model) { known.merge([captured]) }
    await known.refresh(from: slow, limit: limit, ifOlderThan: .zero)
    #expect(known.index.transactions.map(\.state.status) == [.captured])
    let provider = FakeProvider(account: account, model)
    await known.refresh(from: provider, limit: limit, ifOlderThan: .zero)
    #expect(known.index.transactions.map(\.state.status) == [.authorized])
  }
}
