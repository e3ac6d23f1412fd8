import DTXExecution
import DTXJSON
import DTXLedger
@testable import DTXSandbox
import Testing

@Suite("Operations at the sandbox")
struct WriterTests {
  typealias Operation = DTXLedger.Operation

  let fixture = SandboxFixture()

  // MARK: The provider's transitions

  struct Transition: Sendable, CustomTestStringConvertible {
    let transaction: String
    let operations: [Operation]
    let status: Status
    let events: [Event.Kind]

    init(_ transaction: String, _ operations: [Operation], _ status: Status, _ events: [Event.Kind])
    {
      self.transaction = transaction
      self.operations = operations
      self.status = status
      self.events = events
    }

    var testDescription: String { "\(transaction) \(operations.map(\.kind)) → \(status)" }
  }

  /// The provider's table of transitions, by row; payex.mobilepay tx142 has 360.00 of 660.00 taken.
  static let transitions: [Transition] = [
    Transition("tx150", [Operation(.authorize)], .authorized, [.authorize]),  // 5
    Transition("tx123", [.capture(39_990)], .captured, [.capture]),  // 6
    Transition("tx123", [.capture(1)], .partiallyCaptured, [.capture]),  // 7
    Transition("tx142", [.capture(1)], .partiallyCaptured, [.capture]),  // 8
    Transition("tx142", [.capture(30_000)], .captured, [.capture]),  // 8
    Transition("tx123", [.capture(30_000, final: true)], .captured, [.capture, .void]),  // 9
    Transition("tx123", [.capture(39_990, final: true)], .captured, [.capture]),  // 9
    Transition("tx123", [.void(39_990)], .authorizationVoided, [.void]),  // 10
    Transition("tx142", [.void(30_000, remaining: true)], .captured, [.void]),  // 11
    Transition("tx125", [.refund(1)], .partiallyRefunded, [.refund]),  // 12
    Transition("tx125", [.refund(125_000)], .refunded, [.refund]),  // 12
    Transition("tx126", [.refund(1)], .partiallyRefunded, [.refund]),  // 13
    Transition("tx126", [.refund(30_000)], .refunded, [.refund]),  // 13
    Transition("tx142", [.refund(1)], .partiallyCapturedRefunded, [.refund]),  // 14
    Transition("tx142", [.refund(36_000)], .partiallyCapturedRefunded, [.refund]),  // 14
    Transition("tx127", [.capture(1)], .partiallyCapturedRefunded, [.capture]),  // 15
    Transition("tx127", [.capture(30_000)], .partiallyRefunded, [.capture]),  // 16
    Transition(
      "tx142",
      [.refund(1), .void(30_000, remaining: true)],
      .partiallyRefunded,
      [.refund, .void]  // 17
    ),
    Transition(
      "tx142",
      [.refund(36_000), .void(30_000, remaining: true)],
      .refunded,
      [.refund, .void]  // 17
    ),
    Transition("tx132", [.adjust(200_000)], .authorized, [.authorize]),  // 18
    Transition("tx132", [.adjust(100, final: true)], .authorized, [.authorize]),  // 18
    Transition(
      "tx132",
      [.adjust(100, final: true), .capture(100)],
      .captured,
      [.authorize, .capture]
    ),
    Transition(
      "tx146",  // 19
      [.adjust(99_001, [.coat, .scarf(20_001)])],
      .partiallyCaptured,
      [.authorize]
    ),
    Transition("tx146", [.adjust(79_000, [.coat])], .captured, [.authorize]),  // 19
    Transition("tx145", [Operation(.extend)], .authorized, [.authorize]),
    Transition("tx140", [.refund(10_000)], .captured, [.initiateRefund]),
  ]

  @Test("lead to the statuses of the provider's table", arguments: transitions)
  func transition(_ row: Transition) async throws {
    let sandbox = fixture.sandbox()
    let before = try await sandbox.transaction(row.transaction)
    var answer: Transaction?
    for operation in row.operations {
      answer = await sandbox.send(operation, to: row.transaction, reference: "r").transaction
    }
    let after = try #require(answer)
    #expect(after.state.status == row.status)
    #expect(after.events.dropLast(row.events.count) == before.events[...])
    #expect(after.events.suffix(row.events.count).map(\.kind) == row.events)
    #expect(after.events.last?.statusAfter == row.status)
    #expect(after.state.isConsistent && after.state.totalsHold)
    let stored = try fixture.values(
      "SELECT status || ' ' || amount FROM transactions WHERE id = '\(after.id)'"
    )
    #expect(stored == ["\(row.status.rawValue) \(after.state.authorized.count)"])
  }

  // MARK: What a success leaves behind

  @Test("leave an event with everything that was sent")
  func event() async throws {
    let sandbox = fixture.sandbox()
    var extras = StepExtras()
    extras.metadata = [StepExtras.Metadata(name: "parcel", value: "7")]
    let answer = await sandbox.send(
      .capture(31_265, [.line(0, 29_990, quantity: 1), .line(1, 1_275)]),
      to: "tx123",
      reference: "ship-1",
      extras: extras
    )
    guard case .completed(let transaction, let requestID) = answer else {
      Issue.record("\(answer)")
      return
    }
    let event = try #require(transaction.events.last)
    #expect(event.kind == .capture && event.isSuccessful)
    #expect(event.amount == MinorUnits(31_265))
    #expect(event.reference == "ship-1")
    #expect(event.requestID == requestID)
    #expect(requestID?.count == 32)
    #expect(event.id.count == 36)
    #expect(event.createdAt == SandboxFixture.start)
    #expect(event.createdBy == SandboxRequest.client)
    #expect(event.metadata == ["ext_parcel": "7"])
    #expect(
      event.lines == [
        Event.Line(id: "1", amount: MinorUnits(29_990), quantity: .one),
        Event.Line(id: "2", amount: MinorUnits(1_275)),
      ]
    )
    #expect(transaction.state.lineBalances.map(\.captured.count) == [29_990, 1_275, 0])
    #expect(transaction.details.updatedAt == SandboxFixture.start)
  }

  @Test("are still there when the file is opened again")
  func persistence() async throws {
    let answer = await fixture.sandbox().send(.capture(1), to: "tx123")
    #expect(try await fixture.sandbox().transaction("tx123") == answer.transaction)
  }

  @Test("are not recognised as repetitions")
  func repetition() async throws {
    let sandbox = fixture.sandbox()
    for count in 1...3 as ClosedRange<Int64> {
      let answer = await sandbox.send(
        .capture(9_000, [.line(0, 9_000)]),
        to: "tx123",
        reference: "the same"
      )
      #expect(answer.transaction?.state.captured == MinorUnits(9_000 * count))
    }
  }

  @Test("replace the items when they adjust")
  func adjustment() async throws {
    let sandbox = fixture.sandbox()
    let wrap = LineItem(id: "3", description: "Gift wrap", amount: MinorUnits(10_000))
    let items = try await sandbox.transaction("tx145").state.lines + [wrap]
    let answer = await sandbox.send(.adjust(74_900, items), to: "tx145", reference: "add")
    #expect(answer.transaction?.state.lines == items)
    #expect(answer.transaction?.state.authorized == MinorUnits(74_900))
    #expect(answer.transaction?.events.last?.reference == "add")
    #expect(try await sandbox.transaction("tx145") == answer.transaction)
  }

  @Test("set the second reference, and transactions are found by it")
  func tag() async throws {
    let sandbox = fixture.sandbox()
    let answer = await sandbox.send(.tag("case 7"), to: "tx123")
    #expect(answer.transaction?.state.secondReference == "case 7")
    var query = TransactionQuery()
    query.secondReference = "case 7"
    #expect(try await sandbox.reader.transactions(matching: query).count == 1)
  }

  // MARK: Time

  @Test("extend an order at Klarna by 28 days, until six months are over or it has lapsed")
  func extend() async throws {
    let sandbox = fixture.sandbox()
    let created = try await sandbox.transaction("tx145").details.createdAt
    var expected = SandboxFixture.start + 2 * SandboxFixture.day
    var isRefused = false
    for _ in 0..<9 where !isRefused {
      let answer = await sandbox.send(Operation(.extend), to: "tx145")
      expected += 28 * SandboxFixture.day
      if expected <= created + 183 * SandboxFixture.day {
        #expect(answer.transaction?.details.expiresAt == expected)
        let text = answer.transaction?.events.last?.metadata["klarna:authorization_expiration"]
        #expect(text == UTCTime(milliseconds: expected).text)
      } else {
        #expect(answer.refusal?.code == "AUTHORIZATION_LIMIT")
        isRefused = true
      }
    }
    #expect(isRefused)
    fixture.move(days: 400)
    for operation in [Operation(.extend), .capture(1)] {
      let answer = await sandbox.send(operation, to: "tx145")
      #expect(answer.refusal?.code == "AUTHORIZATION_EXPIRED")
    }
    #expect(await sandbox.send(.void(64_900), to: "tx145").transaction != nil)
  }

  @Test("give what a partial capture leaves at Klarna 28 days of its own")
  func partialCapture() async throws {
    let answer = await fixture.sandbox().send(.capture(1), to: "tx145")
    let expected = SandboxFixture.start + 28 * SandboxFixture.day
    #expect(answer.transaction?.details.expiresAt == expected)
  }

  // MARK: Accepted requests

  @Test("are accepted first and completed at the next read, for a refund by Swish")
  func accepted() async throws {
    let sandbox = fixture.sandbox()
    let answer = await sandbox.send(
      .refund(10_000, [.line(0, 10_000)]),
      to: "tx140",
      reference: "r"
    )
    guard case .accepted(let transaction, let requestID) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(transaction.state.status == .captured)
    #expect(transaction.state.pendingRefund == MinorUnits(10_000))
    #expect(transaction.events.last?.requestID == requestID)
    let completed = try await sandbox.transaction("tx140")
    #expect(completed.state.status == .partiallyRefunded)
    #expect(completed.state.refunded == MinorUnits(10_000))
    #expect(completed.state.pendingRefund == .zero)
    #expect(completed.state.lineBalances[0].refunded == MinorUnits(10_000))
    let event = try #require(completed.events.last)
    #expect(event.correlationRequestID == requestID)
    #expect(event.requestID != requestID)
    #expect(event.reference == "r")
    #expect(try await sandbox.transaction("tx140") == completed)
  }

  @Test("stand in the way of another while they are pending, if only demand completes them")
  func onDemand() async throws {
    var rules = SandboxRules()
    rules.completion = .onDemand
    let sandbox = fixture.sandbox(rules)
    _ = await sandbox.send(.refund(10_000), to: "tx140")
    #expect(try await sandbox.transaction("tx140").state.pendingRefund == MinorUnits(10_000))
    #expect(try await sandbox.summary().pendingRequests == 1)
    let second = await sandbox.send(.refund(1), to: "tx140")
    #expect(second.refusal?.status == 409)
    #expect(try await sandbox.completePendingRequests() == 1)
    #expect(try await sandbox.completePendingRequests() == 0)
    #expect(try await sandbox.transaction("tx140").state.refunded == MinorUnits(10_000))
    #expect(await sandbox.send(.refund(1), to: "tx140").transaction != nil)
  }
}

extension LineItem {
  fileprivate static let coat = LineItem(
    id: "1",
    description: "Coat",
    amount: MinorUnits(79_000)
  )

  fileprivate static func scarf(_ amount: Int64) -> LineItem {
    LineItem(id: "2", description: "Scarf", amount: MinorUnits(amount))
  }
}
