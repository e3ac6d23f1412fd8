import DTXLedger
import DTXTestSupport
import Testing

@testable import DTXExecution

@Suite("Report")
struct RunReportTests {
  static func rig(_ wishes: [Plans.Wish], on transactions: [Transaction]) throws -> Rig {
    let plan = try Plans.plan(wishes, on: transactions)
    var options = ExecutionOptions()
    options.ratePerSecond = nil
    return Rig(Execution(of: plan, run: Plans.run, options: options), of: plan)
  }

  @Test("names every operation in plan order, with what was asked for")
  func entries() throws {
    let transactions = try [Plans.transaction(0), Plans.transaction(1)]
    var rig = try Self.rig([.capture(1, 4_000), .void(0), .refund(1, 500)], on: transactions)
    for input in [.start, .read(1), .recorded, .answer(1, .refused)] as [Rig.Input] {
      _ = rig.take(input)
    }
    let report = rig.execution.report
    #expect(report.count == 3)
    #expect(report.entries.map(\.transaction) == [1, 0, 1].map { transactions[$0].id })
    #expect(report.entries.map(\.kind) == [.capture, .void, .refund])
    #expect(report.entries.map(\.amount.count) == [4_000, 10_000, 500])
    #expect(report.entries.map(\.reference) == ["ref-0", nil, "ref-2"])
    #expect(report.entries.map(\.statement) == [0, 1, 2])
    #expect(report.entries.map { $0.currency.code } == ["NOK", "NOK", "NOK"])
    #expect(report[0].id.description == "run-1/1")
    #expect(report.stop == .failure(OperationID(run: Plans.run, step: 0)))
    guard case .failed(let failure) = report[0].outcome else {
      Issue.record("operation 1 failed")
      return
    }
    #expect(failure.message == "refused on purpose")
    #expect(failure.status == 400)
    #expect(failure.code == "REFUSED")
  }

  @Test("names what was there already, and a plan of nothing else is done")
  func alreadyApplied() throws {
    var transaction = try Plans.transaction(0)
    transaction.state.captured = MinorUnits(4_000)
    transaction.state.status = .partiallyCaptured
    var event = Event(id: "e", kind: .capture, statusAfter: .partiallyCaptured, createdAt: 0)
    event.amount = MinorUnits(4_000)
    event.reference = "ref-0"
    transaction.events.append(event)
    var rig = try Self.rig([.capture(0, 4_000)], on: [transaction])
    _ = rig.take(.start)
    _ = rig.take(.recorded)
    let report = rig.execution.report
    #expect(report.category == .allDone)
    #expect(report.count == 0)
    #expect(report.alreadyApplied.map(\.statement) == [0])
    #expect(report.alreadyApplied.map(\.precedent) == [.event(1)])
  }

  @Test("says of a surprising success what is there instead")
  func difference() throws {
    var rig = try Self.rig([.capture(0, 4_000)], on: [Plans.transaction(0)])
    for input in [.start, .read(1), .recorded, .meddle(1), .answer(1)] as [Rig.Input] {
      _ = rig.take(input)
    }
    let report = rig.execution.report
    #expect(report.stop == .difference(OperationID(run: Plans.run, step: 0)))
    guard case .done(let completion) = report[0].outcome else {
      Issue.record("operation 1 is done")
      return
    }
    #expect(completion.after.captured == MinorUnits(4_001))
    #expect(!completion.isAsPredicted)
    #expect(completion.eventID != nil)
  }

  @Test("left at once, says of what is in flight that nobody knows")
  func abandoned() throws {
    let transactions = try (0..<5).map { try Plans.transaction($0) }
    let plan = try Plans.plan((0..<5).map { .capture($0, 4_000) }, on: transactions)
    var options = ExecutionOptions()
    options.ratePerSecond = nil
    var execution = Execution(of: plan, run: Plans.run, options: options)
    var rig = Rig(execution, of: plan)
    let inputs: [Rig.Input] = [
      .start, .read(1), .recorded, .answer(1), .read(2), .recorded, .recorded,
      .answer(2, .acceptedForever), .read(3), .recorded, .read(4), .recorded,
    ]
    for input in inputs { _ = rig.take(input) }
    execution = rig.execution
    let report = execution.abandon()
    #expect(
      Rig.outcomes(of: report) == "done pending unresolved interrupted interrupted"
    )
    #expect(report.category == .needsAttention)
    #expect(report.summary.notSent == 2)
  }

  @Test("is as small as the plan: four bytes for each operation that goes well")
  func size() throws {
    var builder = PlanBuilder(transactions: [try Plans.transaction(0, authorized: 1_000_000)])
    for number in 0..<1_000 {
      let reference = Array("ref-\(number)".utf8)
      _ = try builder.add(
        Operation(.capture, amount: MinorUnits(Int64(number + 1))),
        to: 0,
        reference: reference.span,
        isReferenceWritten: true,
        isAgain: false,
        extras: nil,
        statement: Int32(number)
      )
    }
    let plan = builder.finish()
    var options = ExecutionOptions()
    options.ratePerSecond = nil
    var rig = Rig(Execution(of: plan, run: Plans.run, options: options), of: plan)
    _ = rig.take(.start)
    _ = rig.take(.read(1))
    for number in 1...1_000 {
      _ = rig.take(.recorded)
      _ = rig.take(.answer(number))
    }
    #expect(rig.execution.table.unusualCount == 0)
    #expect(rig.execution.report.summary.done == 1_000)
  }
}
