import DTXExecution
import DTXLedger
@testable import DTXSandbox
import Testing

@Suite("The demonstration transactions")
struct DemonstrationTests {
  let fixture = SandboxFixture()

  func all() async throws -> [Transaction] {
    try await fixture.sandbox().reader.transactions(matching: TransactionQuery())
  }

  @Test("are read without a mistake or a note", arguments: Demonstration.files)
  func files(_ file: String) throws {
    let contents = try SeedFile(account: SandboxFixture.account, environment: fixture.environment)
      .read(Array(file.utf8))
    #expect(contents.report.notes == [])
    #expect(contents.transactions.count > 3)
  }

  @Test("cover every status, and every family and currency that a person may meet")
  func coverage() async throws {
    let all = try await all()
    #expect((30...60).contains(all.count))
    #expect(Set(all.map(\.state.status)) == Set(Status.allCases))
    let currencies = Set(all.map(\.currency.code))
    #expect(currencies.isSuperset(of: ["NOK", "SEK", "DKK", "EUR", "USD", "GBP", "JPY", "KWD"]))
    #expect(
      Set(all.map(\.product.family)).isSuperset(of: [
        "dintero_psp", "payex", "bambora", "netaxept", "vipps", "swish", "klarna", "collector",
        "instabank", "kravia", "two", "santander", "seitatech", "dintero",
      ])
    )
    #expect(Set(all.map(\.product.capabilities.flow)) == Set(Capabilities.Flow.allCases))
    #expect(
      Set(all.map(\.product.capabilities.amountUpdate))
        == Set(Capabilities.AmountUpdate.allCases)
    )
  }

  @Test("have what makes a transaction interesting")
  func features() async throws {
    let all = try await all()
    let lines = all.flatMap(\.state.lines)
    #expect(lines.contains { $0.kind == .shipping })
    #expect(lines.contains { $0.kind == .giftCard && $0.amount < .zero })
    #expect(lines.contains { $0.quantity.millionths % Quantity.scale != 0 })
    #expect(all.contains { $0.state.isPreauthorization })
    #expect(Set(all.map(\.details.settlement)).count >= 3)
    #expect(all.contains { $0.events.contains { $0.kind == .settlement } })
    #expect(all.contains { $0.events.contains { $0.correlationRequestID != nil } })
    let now = fixture.environment.now()
    let expiring = all.compactMap(\.details.expiresAt).filter { $0 > now }
    #expect(expiring.contains { $0 < now + 3 * SandboxFixture.day })
    #expect(
      all.contains { $0.state.status == .authorized && $0.details.createdAt < now - 6 * 86_400_000 }
    )
    #expect(all.contains { $0.details.customer != nil } && all.contains { $0.details.store != nil })
    #expect(all.allSatisfy { $0.state.isConsistent })
  }

  @Test("have ids of the account, some short and some as the provider makes them")
  func ids() async throws {
    let ids = try await all().map(\.id.text)
    #expect(ids.allSatisfy { $0.hasPrefix("T12345678.") })
    #expect(ids.filter { $0.count == 32 }.count >= 8)
    #expect(ids.contains("T12345678.tx123") && ids.contains("T12345678.tx124"))
  }

  @Test("name no real person's address")
  func customers() throws {
    let documents = SeedFile(account: SandboxFixture.account, environment: fixture.environment)
    for file in Demonstration.files {
      for transaction in try documents.read(Array(file.utf8)).transactions {
        let text = String(decoding: transaction.document, as: UTF8.self)
        let addresses = text.split(separator: "\"").filter { $0.contains("@") }
        #expect(addresses.allSatisfy { $0.hasSuffix("@example.com") })
      }
    }
  }

  @Test("begin with tx123, whose first line can be captured")
  func first() async throws {
    let sandbox = fixture.sandbox()
    let before = try await sandbox.transaction("tx123")
    #expect(before.state.status == .authorized)
    #expect(before.currency.code == "NOK")
    #expect(before.product.name == "dintero_psp.creditcard")
    #expect(before.state.lines.map(\.id) == ["1", "2", "ship-1"])
    #expect(before.state.authorized >= MinorUnits(39_990))
    let answer = await sandbox.send(
      .capture(29_990, [.line(0, 29_990)]),
      to: "tx123",
      reference: "ship-1"
    )
    #expect(answer.transaction?.state.status == .partiallyCaptured)
    #expect(answer.transaction?.state.lineBalances[0].captured == MinorUnits(29_990))
  }

  @Test("are dated from the day on which they are made")
  func dates() async throws {
    let transaction = try await fixture.sandbox().transaction("tx145")
    #expect(transaction.details.createdAt == SandboxFixture.start - 26 * SandboxFixture.day)
    #expect(transaction.details.expiresAt == SandboxFixture.start + 2 * SandboxFixture.day)
  }
}
