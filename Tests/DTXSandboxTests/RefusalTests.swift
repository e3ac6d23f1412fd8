import DTXExecution
import DTXLedger
import DTXSandbox
import Testing

@Suite("Refusals by the sandbox")
struct RefusalTests {
  typealias Operation = DTXLedger.Operation

  struct Row: Sendable, CustomTestStringConvertible {
    let transaction: String
    let operation: Operation
    let status: Int
    let code: String?
    let word: String

    init(
      _ transaction: String,
      _ operation: Operation,
      _ status: Int,
      _ code: String?,
      _ word: String
    ) {
      self.transaction = transaction
      self.operation = operation
      self.status = status
      self.code = code
      self.word = word
    }

    var testDescription: String { "\(operation.kind) \(transaction): \(word)" }
  }

  /// One row for each stage of the provider's checks, and for each pair that could both apply.
  static let rows: [Row] = [
    // The shape comes before the transaction.
    Row("none", .capture(0), 400, "INVALID_REQUEST", "positive"),
    Row("none", .refund(-1), 400, "INVALID_REQUEST", "positive"),
    Row("tx123", .adjust(9_007_199_254_740_992), 400, "INVALID_REQUEST", "positive"),
    Row("none", .capture(1), 404, "NOT FOUND", "not found"),
    // The status comes before the product, the amount and the lines.
    Row("tx129", .capture(99_999_999), 400, "INVALID_STATUS", "AUTHORIZATION_VOIDED"),
    Row("tx123", .refund(99_999_999), 400, "INVALID_STATUS", "AUTHORIZED"),
    Row("tx125", .capture(1, final: true), 400, "INVALID_STATUS", "CAPTURED"),
    Row("tx125", .void(1), 400, "INVALID_STATUS", "CAPTURED"),
    Row("tx128", .refund(1), 400, "INVALID_STATUS", "REFUNDED"),
    Row("tx148", .capture(1), 400, "INVALID_STATUS", "ON_HOLD"),
    Row("tx151", .capture(1), 400, "INVALID_STATUS", "INITIATED"),
    Row("tx152", .void(1), 400, "INVALID_STATUS", "DECLINED"),
    Row("tx153", .capture(1), 400, "INVALID_STATUS", "FAILED"),
    Row("tx154", .refund(1), 400, "INVALID_STATUS", "UNKNOWN"),
    Row("tx140", .void(1), 400, "INVALID_STATUS", "CAPTURED"),
    // The product comes before the amount and the lines.
    Row("tx124", .void(20_000, remaining: true), 400, "NOT_SUPPORTED", "partially captured"),
    Row("tx142", .void(30_000), 400, "NOT_SUPPORTED", "remaining 30000"),
    Row("tx142", .capture(99_999, final: true), 400, "NOT_SUPPORTED", "final"),
    Row("tx132", .capture(99_999_999), 400, "NOT_SUPPORTED", "finalized"),
    Row("tx123", .adjust(1, final: true), 400, "NOT_SUPPORTED", "final"),
    Row("tx141", Operation(.extend), 400, "NOT_SUPPORTED", "extension"),
    Row("tx148", Operation(.authorize), 400, "NOT_SUPPORTED", "authorization"),
    Row("tx149", .capture(99_999_999), 400, "invalid_items", "items are required"),
    Row("tx149", .capture(1, [.line(0, 1)]), 400, "invalid_items", "quantity"),
    Row("tx147", .capture(1, [.line(0, 1)]), 400, "invalid_items", "whole items"),
    // The amount comes before the lines.
    Row("tx123", .capture(39_991, [.line(9, 1)]), 400, "INVALID_AMOUNT", "(39990)"),
    Row("tx126", .refund(30_001, [.line(0, 7)]), 400, "INVALID_AMOUNT", "(30000)"),
    Row("tx132", .adjust(180_000), 400, "INVALID_AMOUNT", "greater"),
    Row("tx146", .adjust(78_999, []), 400, "INVALID_AMOUNT", "below"),
    // The lines, and last what single lines still have.
    Row("tx123", .capture(1, [.line(9, 1)]), 400, "invalid_items", "unknown line_id"),
    Row("tx123", .capture(2, [.line(0, 1), .line(0, 1)]), 400, "invalid_items", "not unique"),
    Row("tx123", .capture(1, [.line(0, 1), .line(1, 0)]), 400, "invalid_items", "not be 0"),
    Row("tx123", .capture(1, [.line(0, 2), .line(1, -1)]), 400, "invalid_items", "wrong sign"),
    Row("tx123", .capture(2, [.line(0, 1)]), 400, "invalid_items", "do not match amount (1)"),
    Row("tx123", .capture(5_101, [.line(1, 5_101)]), 400, "invalid_items", "(5100): line_id 2"),
    Row("tx123", .capture(1, [.line(0, 1, quantity: 2)]), 400, "invalid_items", "exceeds"),
    Row("tx126", .refund(30_000, [.line(0, 30_001)]), 400, "invalid_items", "do not match"),
    Row("tx124", .refund(40_001, [.line(0, 40_001)]), 400, "invalid_items", "(40000): line_id 1"),
    Row("tx145", .adjust(1), 400, "invalid_items", "items are required"),
    Row("tx123", .tag(""), 400, "INVALID_REQUEST", "empty"),
  ]

  let fixture = SandboxFixture()

  @Test("come in the provider's order, and change nothing", arguments: rows)
  func refusal(_ row: Row) async throws {
    let sandbox = fixture.sandbox()
    let ids = [TransactionID(short: row.transaction)]
    let before = try await sandbox.reader.transactions(withIDs: ids)
    let answer = await sandbox.send(row.operation, to: row.transaction, reference: "r")
    let refusal = try #require(answer.refusal, "\(answer)")
    #expect(refusal.status == row.status)
    #expect(refusal.code == row.code)
    #expect(refusal.message.contains(row.word), "\(refusal.message)")
    #expect(refusal.requestID?.count == 32)
    #expect(try await sandbox.reader.transactions(withIDs: ids) == before)
  }

  @Test("meet the transactions of another account without telling whether they exist")
  func otherAccount() async {
    for id in ["P12345678.tx123", "T87654321.tx123", "tx123", "T12345678", ""] {
      let answer = await fixture.sandbox().writer.send(
        OperationRequest(
          id: OperationID(run: RunID("r"), step: 0),
          transaction: TransactionID(id),
          operation: .capture(1),
          reference: nil,
          extras: nil
        )
      )
      #expect(answer.refusal?.status == 403)
      #expect(answer.refusal?.message == "Forbidden")
    }
  }

  @Test(
    "meet metadata that is too long",
    arguments: [(124, 256, true), (125, 0, false), (1, 257, false)]
  )
  func metadata(name: Int, value: Int, isTaken: Bool) async {
    var extras = StepExtras()
    extras.metadata = [
      StepExtras.Metadata(
        name: String(repeating: "n", count: name),
        value: String(repeating: "v", count: value)
      )
    ]
    let answer = await fixture.sandbox().send(.capture(1), to: "tx123", extras: extras)
    #expect((answer.transaction != nil) == isTaken)
    #expect(isTaken || answer.refusal?.code == "INVALID_REQUEST")
  }
}
