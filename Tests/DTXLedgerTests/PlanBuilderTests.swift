import DTXLedger
import DTXTestSupport
import Testing

@Suite("Plan builder")
struct PlanBuilderTests {
  @Test("makes steps that lead from state to state")
  func steps() throws {
    var builder = PlanBuilder(transactions: [try makeTransaction(), try makeTransaction()])
    builder.reserve(steps: 8, portions: 8, referenceBytes: 64)
    #expect(builder.lastStep(of: 0) == -1)
    #expect(
      builder.add(Request(.capture(700, [0: 600, 1: 100]), "ship-1"), statement: 10) == .step(0)
    )
    #expect(builder.add(Request(.capture(1000), "ship-2", on: 1), statement: 11) == .step(1))
    #expect(builder.add(Request(.refund(50, [0: 50]), "back-1"), statement: 12) == .step(2))
    #expect(builder.add(Request(.voidRemaining), statement: 13) == .step(3))
    #expect(builder.lastStep(of: 0) == 3)
    #expect(builder.lastStep(of: 1) == 1)
    #expect(builder.state(of: 0).status == .partiallyRefunded)
    #expect(builder.plannedTransaction(0).state == builder.states[0])
    #expect(builder.transactions[0].state.status == .authorized)

    let plan = builder.finish()
    #expect(plan.steps.map(\.previous) == [-1, -1, 0, 2])
    #expect(plan.steps.map(\.statement) == [10, 11, 12, 13])
    #expect(plan.steps.map(\.amount) == [700, 1000, 50, 300])
    #expect(plan.steps.map { plan.reference(of: $0) } == ["ship-1", "ship-2", "back-1", nil])
    #expect(plan.steps.map { plan.portions(of: $0).map(\.amount) } == [[600, 100], [], [50], []])
    #expect(
      plan.steps.map(\.after.status) == [
        .partiallyCaptured, .captured, .partiallyCapturedRefunded, .partiallyRefunded,
      ]
    )
    #expect(plan.before(plan.steps[3]) == plan.steps[2].after)
    #expect(plan.before(plan.steps[0]).status == .authorized)
    #expect(plan.steps[3].after.voided == 300)
    #expect(plan.steps.map(\.isReferenceWritten) == [true, true, true, false])
  }

  @Test("is small for each step")
  func sizes() {
    #expect(MemoryLayout<Step>.stride <= 88)
    #expect(MemoryLayout<LinePortion>.stride <= 24)
    #expect(MemoryLayout<Transaction.State>.stride <= 88)
  }

  @Test("adds up what moves, by currency in order of first use")
  func totals() throws {
    let shop = [
      try makeTransaction(),
      try makeTransaction(product: "dintero_psp.creditcard", currency: "SEK"),
      try makeTransaction(currency: "EUR"),
    ]
    var builder = PlanBuilder(transactions: shop)
    builder.add(Request(.capture(700).final, on: 1))
    builder.add(Request(.refund(100), on: 1))
    builder.add(Request(.adjust(to: 900, makeLines(500, 400))))
    builder.add(Request(.capture(200)))
    builder.add(Request(.voidRemaining))
    builder.add(Request(.tag("order-7")))
    builder.add(Request(.refund(300)))  // More than was captured.
    let totals = builder.totals
    #expect(totals.map(\.currency.code) == ["SEK", "NOK"])
    #expect(totals.map(\.operations) == [2, 4])
    #expect(totals.map(\.captured) == [700, 200])
    #expect(totals.map(\.refunded) == [100, 0])
    #expect(totals.map(\.released) == [300, 700])
    #expect(totals.map(\.adjusted) == [0, -100])
    #expect(totals.map(\.net) == [600, 200])
    #expect(builder.finish().totals == totals)
  }

  @Test("keeps what is sent along")
  func extras() throws {
    var builder = PlanBuilder(transactions: [try makeTransaction()])
    var request = Request(.capture(100), "a")
    request.extras = StepExtras()
    request.extras?.reason = "late"
    request.extras?.metadata = [StepExtras.Metadata(name: "desk", value: "4")]
    builder.add(request)
    builder.add(Request(.capture(200), "b"))
    builder.add(Request(.tag("order-7")))
    builder.add(Request(.adjust(to: 700, makeLines(300, 400))))
    let plan = builder.finish()
    let extras = plan.steps.map { plan.extras(of: $0) }
    #expect(extras[0]?.reason == "late")
    #expect(extras[0]?.metadata.first?.name == "desk")
    #expect(extras[1] == nil)
    #expect(extras[2]?.text == "order-7")
    #expect(extras[3]?.items == makeLines(300, 400))
  }

  @Test("changes nothing when it refuses")
  func refused() throws {
    var builder = PlanBuilder(transactions: [try makeTransaction()])
    builder.add(Request(.capture(700), "a"))
    let state = builder.state(of: 0)
    let totals = builder.totals
    let refusals: [(Request, Refusal)] = [
      (Request(.capture(301), "b"), .violation(.exceedsCapturable(left: 300))),
      (Request(.void), .violation(.remainderNotStated(captured: 700, left: 300))),
      (Request(.capture(700), "dtx-1"), .repetition(.step(0))),
      (Request(.capture(1), "a"), .referenceReused(.step(0))),
    ]
    for (request, refusal) in refusals {
      #expect(builder.add(request) == .refused(refusal))
      #expect(builder.state(of: 0) == state)
      #expect(builder.totals == totals)
      #expect(builder.steps.count == 1)
    }
    let plan = builder.finish()
    #expect(plan.portions.isEmpty)
    #expect(plan.references.count == 1)
    // What was refused has left no trace that a later operation would be taken for.
    var other = PlanBuilder(transactions: plan.transactions)
    #expect(
      other.add(Request(.capture(1001), "b"))
        == .refused(.violation(.exceedsCapturable(left: 1000)))
    )
    #expect(other.add(Request(.capture(500), "b")) == .step(0))
  }

  @Test("refuses totals that can't be counted")
  func hugeTotals() throws {
    let huge = try makeTransaction(makeState(.authorized, .largestAmount))
    var builder = PlanBuilder(transactions: Array(repeating: huge, count: 1100))
    var last = Result.step(-1)
    var number: Int32 = 0
    while case .step = last, number < 1100 {
      last = builder.add(Request(.capture(.largestAmount), on: number))
      number += 1
    }
    #expect(last == .refused(.totalsTooLarge(huge.currency)))
    #expect(builder.steps.count == 513)
    #expect(builder.state(of: 513) == huge.state)
  }

  @Test("numbers lines by the list that was in force")
  func linesBeforeStep() throws {
    let others = (0..<3).map { _ in try? makeTransaction() }.compactMap(\.self)
    var builder = PlanBuilder(transactions: others)
    var items = makeLines(600, 400)
    items.insert(LineItem(id: "gift", description: "Gift wrap", amount: 50), at: 0)
    builder.add(Request(.capture(10, [0: 10]), "a", on: 1))
    builder.add(Request(.adjust(to: 1050, items), on: 1))
    builder.add(Request(.capture(20, [0: 20]), "b", on: 1))
    builder.add(Request(.adjust(to: 1000, makeLines(600, 400)), on: 2))
    builder.add(Request(.adjust(to: 650, Array(items.dropLast())), on: 1))
    builder.add(Request(.capture(30, [0: 30]), "c", on: 1))
    builder.add(Request(.capture(30, [0: 30]), "d", on: 0))
    let plan = builder.finish()
    // The adjustment of the third transaction to what it was is no step.
    #expect(plan.steps.map(\.kind) == [.capture, .adjust, .capture, .adjust, .capture, .capture])
    let first = plan.steps.indices.map { plan.lines(beforeStep: $0).map(\.id) }
    #expect(
      first == [
        ["1", "2"], ["1", "2"], ["gift", "1", "2"], ["gift", "1", "2"], ["gift", "1"], ["1", "2"],
      ]
    )
  }

  @Test("gives the same plan for the same operations", arguments: 0..<10 as Range<UInt64>)
  func deterministic(seed: UInt64) {
    func plan() -> Plan {
      var generator = LedgerGenerator(seed: seed)
      let transactions = (0..<20).map { generator.transaction(number: $0) }
      var builder = PlanBuilder(transactions: transactions)
      for number in 0..<400 {
        let index = Int32.random(in: 0..<20, using: &generator.random)
        let operation = generator.operation(on: builder.plannedTransaction(index))
        builder.add(Request(operation, "reference-\(number)", on: index), statement: Int32(number))
      }
      return builder.finish()
    }
    let first = plan()
    #expect(first == plan())
    #expect(first.steps.count > 20)
  }
}
