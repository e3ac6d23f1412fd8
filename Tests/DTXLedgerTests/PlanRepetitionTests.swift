import DTXLedger
import Testing

@Suite("A step after an operation of unknown fate")
struct PlanRepetitionTests {
  /// What may have been carried out before, and what the plan has now.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let earlier: Operation
    let reference: String?
    let request: Request
    let isRepetition: Bool
  }

  private static func capture(_ amount: MinorUnits, _ lines: [(Int32, MinorUnits)] = [])
    -> Operation
  {
    var operation = Operation(.capture, amount: amount)
    operation.lines = lines.map { LinePortion(line: $0.0, amount: $0.1) }
    return operation
  }

  private static func again(_ request: Request) -> Request {
    var extras = StepExtras()
    extras.again = "it never arrived"
    var request = request.again
    request.extras = extras
    return request
  }

  private static let whole = capture(500)
  private static let parts = capture(500, [(0, 300), (1, 200)])
  private static let turned = capture(500, [(1, 200), (0, 300)])
  private static let others = capture(500, [(0, 200), (1, 300)])

  static let rows: [Row] = [
    Row(
      testDescription: "the same",
      earlier: whole,
      reference: "a",
      request: Request(whole, "a"),
      isRepetition: true
    ),
    Row(
      testDescription: "nobody wrote a reference",
      earlier: whole,
      reference: nil,
      request: Request(whole),
      isRepetition: true
    ),
    Row(
      testDescription: "one reference was made by dtx",
      earlier: whole,
      reference: "dtx-1",
      request: Request(whole, "a"),
      isRepetition: true
    ),
    Row(
      testDescription: "the other was",
      earlier: whole,
      reference: "a",
      request: Request(whole, "dtx-1"),
      isRepetition: true
    ),
    Row(
      testDescription: "people wrote two references",
      earlier: whole,
      reference: "a",
      request: Request(whole, "b"),
      isRepetition: false
    ),
    Row(
      testDescription: "it is meant",
      earlier: whole,
      reference: "a",
      request: again(Request(whole, "a")),
      isRepetition: false
    ),
    Row(
      testDescription: "another amount",
      earlier: capture(400),
      reference: "a",
      request: Request(whole, "a"),
      isRepetition: false
    ),
    Row(
      testDescription: "another kind",
      earlier: Operation(.refund, amount: 500),
      reference: "a",
      request: Request(whole, "a"),
      isRepetition: false
    ),
    Row(
      testDescription: "the same lines in another order",
      earlier: parts,
      reference: "a",
      request: Request(turned, "a"),
      isRepetition: true
    ),
    Row(
      testDescription: "other parts of the lines",
      earlier: others,
      reference: "a",
      request: Request(parts, "a"),
      isRepetition: false
    ),
    Row(
      testDescription: "lines against none",
      earlier: whole,
      reference: "a",
      request: Request(parts, "a"),
      isRepetition: false
    ),
    Row(
      testDescription: "a void moves nothing twice",
      earlier: Operation(.void),
      reference: nil,
      request: Request(Operation(.void)),
      isRepetition: false
    ),
  ]

  @Test("repeats it, or not", arguments: rows)
  func repetition(row: Row) throws {
    var builder = PlanBuilder(transactions: [try makeTransaction()])
    try #require(builder.add(row.request) == .step(0))
    let plan = builder.finish()
    let isRepetition = plan.isRepetition(plan.steps[0], of: row.earlier, reference: row.reference)
    #expect(isRepetition == row.isRepetition)
  }
}
