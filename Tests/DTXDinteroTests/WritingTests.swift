@testable import DTXDintero
import DTXExecution
import DTXLedger
import Testing

@Suite("Operations on the wire")
struct WritingTests {
  static let transaction = TransactionID(Samples.id)

  static func request(
    _ operation: Operation,
    reference: String? = nil,
    lines: [Event.Line] = [],
    _ change: (inout StepExtras) -> Void = { _ in }
  ) -> OperationRequest {
    var extras = StepExtras()
    change(&extras)
    return OperationRequest(
      id: OperationID(run: RunID("run"), step: 0),
      transaction: transaction,
      operation: operation,
      reference: reference,
      extras: extras,
      lines: lines
    )
  }

  static func operation(
    _ kind: Operation.Kind,
    _ amount: Int64 = 0,
    _ change: (inout Operation) -> Void = { _ in }
  ) -> Operation {
    var operation = Operation(kind, amount: MinorUnits(amount))
    change(&operation)
    return operation
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let request: OperationRequest
    /// Method, what stands behind the transaction's path, and the body.
    let expected: String
  }

  static let rows: [Row] = [
    Row(
      testDescription: "capture, with everything",
      request: request(
        operation(.capture, 44_900) { $0.isFinal = true },
        reference: "ops-1",
        lines: [
          Event.Line(
            id: "1",
            amount: MinorUnits(40_000),
            quantity: Quantity(millionths: 2_000_000)
          ),
          Event.Line(
            id: "ship-1",
            amount: MinorUnits(4_900),
            quantity: Quantity(millionths: 500_000)
          ),
        ]
      ) { $0.metadata = [.init(name: "op", value: "a \"b\"")] },
      expected: #"POST /capture {"amount":44900,"capture_reference":"ops-1","final_capture":true,"#
        + #""items":[{"line_id":"1","quantity":2,"amount":40000},"#
        + #"{"line_id":"ship-1","quantity":0.5,"amount":4900}],"metadata":{"ext_op":"a \"b\""}}"#
    ),
    Row(
      testDescription: "capture, with nothing",
      request: request(operation(.capture, 1)),
      expected: #"POST /capture {"amount":1}"#
    ),
    Row(
      testDescription: "refund",
      request: request(
        operation(.refund, 15_000),
        reference: "ops-2",
        lines: [Event.Line(id: "1", amount: MinorUnits(15_000))]
      ) { $0.reason = "damaged" },
      expected: #"POST /refund {"amount":15000,"refund_reference":"ops-2","reason":"damaged","#
        + #""items":[{"line_id":"1","amount":15000}]}"#
    ),
    Row(
      testDescription: "void",
      request: request(operation(.void, 100)),
      expected: "POST /void"
    ),
    Row(
      testDescription: "extension",
      request: request(operation(.extend), reference: "ops-3") { $0.reason = "delayed" },
      expected: #"POST /authorization {"reason":"delayed","reference":"ops-3"}"#
    ),
    Row(
      testDescription: "extension without a reason",
      request: request(operation(.extend), reference: "ops-3"),
      expected: #"POST /authorization {"reason":"extended by the merchant","reference":"ops-3"}"#
    ),
    Row(
      testDescription: "release from hold",
      request: request(operation(.authorize)),
      expected: "POST /authorization {}"
    ),
    Row(
      testDescription: "release from hold of an amount",
      request: request(operation(.authorize, 500)),
      expected: #"POST /authorization {"amount":500}"#
    ),
    Row(
      testDescription: "tag",
      request: request(operation(.tag) { $0.text = "order-77" }),
      expected: #"PUT  {"merchant_reference_2":"order-77"}"#
    ),
  ]

  @Test("say what the provider wants to hear", arguments: rows)
  func call(row: Row) async throws {
    let rig = try Rig(.answer(200, Samples.authorized))
    _ = await rig.client.writer.send(row.request)
    let sent = try #require(rig.transport.requests.first)
    let path = "https://checkout.test/v1/transactions/\(Samples.id)"
    #expect(sent.url.hasPrefix(path))
    let text = sent.text.map { " " + $0 } ?? ""
    #expect("\(sent.method.rawValue) \(sent.url.dropFirst(path.count))\(text)" == row.expected)
    #expect(sent.header("Content-Type") == (sent.body == nil ? nil : "application/json"))
    #expect(sent.header("User-Agent") == "dtx/1.2.3")
    let isNamed = [.capture, .refund, .void].contains(row.request.operation.kind)
    #expect(sent.header("Dintero-System-Name") == (isNamed ? "dtx" : nil))
    #expect(sent.header("Dintero-System-Version") == (isNamed ? "1.2.3" : nil))
    #expect(rig.transport.requests.count == 1)
  }

  @Test("send back what the provider knows of a line, and nothing that is no longer true")
  func adjustment() async throws {
    let rig = try Rig(.answer(200, Samples.authorized), .answer(200, Samples.authorized))
    let items = [
      LineItem(
        id: "1",
        description: "Mug",
        quantity: Quantity(millionths: 2_000_000),
        amount: MinorUnits(40_000),
        vatBasisPoints: 2_500
      ),
      LineItem(
        id: "2",
        description: "Less tea",
        amount: MinorUnits(10_000),
        vatBasisPoints: 1_500
      ),
      LineItem(
        id: "3",
        description: "Gift wrap",
        amount: MinorUnits(1_050),
        vatBasisPoints: 1_250,
        kind: .service
      ),
    ]
    let request = Self.request(
      Self.operation(.adjust, 51_050) {
        $0.items = items
        $0.isFinal = true
      },
      reference: "ops-4"
    ) {
      $0.reason = "added item"
      $0.description = "Order 10042"
    }
    _ = await rig.client.writer.send(request)
    #expect(rig.transport.requests.map(\.method) == [.get, .post])
    #expect(
      rig.transport.requests.last?.text
        == #"{"amount":51050,"final_authorization":true,"reference":"ops-4","reason":"added item","#
        + #""description":"Order 10042","items":["#
        + #"{"line_id":"1","description":"Mug","quantity":2,"amount":40000,"vat":25,"id":"MUG","#
        + #""vat_amount":8000,"thumbnail":"https://shop.test/mug.png"},"#
        + #"{"line_id":"2","description":"Less tea","quantity":1,"amount":10000,"vat":15,"id":"TEA"},"#
        + #"{"line_id":"3","description":"Gift wrap","quantity":1,"amount":1050,"vat":12.5,"#
        + #""type":"service"}]}"#
    )
  }
}
