import DTXEvaluator
import DTXLedger
import DTXPlanning
import DTXSyntax
import DTXTestSupport
import Testing

/// A plan is read back as it was written.
@Suite("Plan files")
struct PlanFileTests {
  /// Compares all that a plan says with what was read, apart from the numbers of statements and
  /// of transactions: those that nothing is done to are not written.
  static func expectSame(_ read: PlanFile, as plan: Plan, lines: [UInt32]) {
    #expect(read.plan.steps.map(Facts.init) == plan.steps.map(Facts.init))
    #expect(read.plan.portions == plan.portions)
    #expect(read.plan.extras == plan.extras)
    for (found, step) in zip(read.plan.steps, plan.steps) {
      #expect(read.plan.reference(of: found) == plan.reference(of: step))
      #expect(read.plan.before(found) == plan.before(step))
      #expect(
        read.plan.transactions[Int(found.transaction)]
          .isSame(as: plan.transactions[Int(step.transaction)])
      )
      #expect(read.places.places[Int(found.statement)].line == lines[Int(step.statement)])
    }
    #expect(
      read.plan.alreadyApplied.map(\.precedent) == plan.alreadyApplied.map(\.precedent)
    )
    for (found, applied) in zip(read.plan.alreadyApplied, plan.alreadyApplied) {
      #expect((found.kind, found.amount) == (applied.kind, applied.amount))
      #expect(
        read.plan.transactions[Int(found.transaction)]
          .isSame(as: plan.transactions[Int(applied.transaction)])
      )
      #expect(read.places.places[Int(found.statement)].line == lines[Int(applied.statement)])
    }
    for totals in plan.totals where totals.operations > 0 {
      #expect(read.plan.totals.contains(totals))
    }
    let touched = Set(plan.steps.map(\.transaction) + plan.alreadyApplied.map(\.transaction))
    #expect(
      read.plan.transactions.map(\.id)
        == plan.transactions.indices.filter { touched.contains(Int32($0)) }
        .map { plan.transactions[$0].id }
    )
  }

  /// A step without the numbers of its statement and its transaction, which are counted anew.
  struct Facts: Equatable {
    let kind: DTXLedger.Operation.Kind
    let flags: [Bool]
    let numbers: [Int32]
    let amount: MinorUnits
    let after: Balance

    init(_ step: Step) {
      kind = step.kind
      flags = [step.isFinal, step.isRemainder, step.isReferenceWritten]
      numbers = [
        step.previous, step.firstPortion, step.portionCount, step.reference, step.extras,
      ]
      (amount, after) = (step.amount, step.after)
    }
  }

  @Test("read back every kind of operation and everything that goes with one")
  func everything() async throws {
    let (plan, script) = try await PlannedAccount.plan()
    #expect(Set(plan.steps.map(\.kind)) == Set(DTXLedger.Operation.Kind.allCases))
    #expect(plan.alreadyApplied.count == 2)
    let lines = script.statementLines()
    let encoded = PlanFile.encode(
      plan,
      header: PlannedAccount.header,
      places: StatementPlaces(PlannedAccount.header.script, lines: lines)
    )
    let file = try PlanFile.decode(encoded.bytes)
    Self.expectSame(file, as: plan, lines: lines)
    #expect(file.header == PlannedAccount.header)
    #expect(file.digest == encoded.digest)
    #expect(file.places.places.first?.line == 2 && file.places.places.contains { $0.line == 14 })
  }

  @Test("are equal bytes for equal plans, and for a plan that was read")
  func equalBytes() async throws {
    let (plan, script) = try await PlannedAccount.plan()
    let lines = script.statementLines()
    let encoded = PlanFile.encode(
      plan,
      header: PlannedAccount.header,
      places: StatementPlaces(PlannedAccount.header.script, lines: lines)
    )
    let again = PlanFile.encode(
      try await PlannedAccount.plan().plan,
      header: PlannedAccount.header,
      places: StatementPlaces(PlannedAccount.header.script, lines: lines)
    )
    #expect(encoded == again)
    let file = try PlanFile.decode(encoded.bytes)
    #expect(
      PlanFile.encode(file.plan, header: file.header, places: file.places).bytes == encoded.bytes
    )
    let other = PlanFile.encode(
      try await PlannedAccount.plan("capture card 5001").plan,
      header: PlannedAccount.header,
      places: StatementPlaces("script", lines: [1])
    )
    #expect(other.digest != encoded.digest)
  }

  @Test("hold nothing about the customer, nor who did what before")
  func privacy() async throws {
    let plan = try await PlannedAccount.plan().plan
    let encoded = PlanFile.encode(
      plan,
      header: PlannedAccount.header,
      places: StatementPlaces("script", lines: [])
    )
    let text = String(decoding: encoded.bytes, as: UTF8.self)
    for secret in ["Kari", "ola@example.com"] { #expect(!text.contains(secret)) }
    #expect(text.contains("earlier"))
  }

  @Test("keep that a history contradicts itself, so that the fingerprint stays the same")
  func contradiction() async throws {
    let broken = PlannedAccount.transaction(
      "broken",
      events: [PlannedAccount.event("e-1", .capture, 90000, after: .captured)]
    )
    #expect(!broken.state.isConsistent)
    let (plan, script) = try await PlannedAccount.plan("tag broken \"x\"", against: [broken])
    let lines = script.statementLines()
    let file = try PlanFile.decode(
      PlanFile.encode(
        plan,
        header: PlannedAccount.header,
        places: StatementPlaces(PlannedAccount.header.script, lines: lines)
      ).bytes
    )
    Self.expectSame(file, as: plan, lines: lines)
  }

  @Test("hold a plan without any operation")
  func empty() throws {
    let plan = PlanBuilder(transactions: []).finish()
    let encoded = PlanFile.encode(
      plan,
      header: PlannedAccount.header,
      places: StatementPlaces("script", lines: [])
    )
    let file = try PlanFile.decode(encoded.bytes)
    #expect(file.plan == plan)
    #expect(file.places.places.isEmpty)
  }

  @Test("read back random plans", arguments: UInt64(0)..<60)
  func random(seed: UInt64) throws {
    var generator = LedgerGenerator(seed: seed)
    let transactions = (0..<3).map { generator.transaction(number: $0) }
    var builder = PlanBuilder(transactions: transactions)
    for number in 0..<30 {
      let index = Int.random(in: 0..<3, using: &generator.random)
      let operation = generator.operation(on: builder.plannedTransaction(Int32(index)))
      let reference = Array("r\(number % 7)".utf8)
      // A refusal adds nothing, which is what the random operations are allowed to come to.
      _ = try? builder.add(
        operation,
        to: Int32(index),
        reference: reference.span,
        isReferenceWritten: number % 3 > 0,
        isAgain: false,
        extras: nil,
        statement: Int32(number)
      )
    }
    let plan = builder.finish()
    let lines = (1...30).map { UInt32($0) }
    let encoded = PlanFile.encode(
      plan,
      header: PlannedAccount.header,
      places: StatementPlaces(PlannedAccount.header.script, lines: lines)
    )
    Self.expectSame(try PlanFile.decode(encoded.bytes), as: plan, lines: lines)
  }

  @Test("read back ten thousand operations")
  func many() async throws {
    let count = 10_000
    let script = (0..<count).map { "capture yen\($0 % 1_000) \($0 + 1) ref \"r\($0)\"\n" }.joined()
    let transactions = (0..<1_000).map {
      PlannedAccount.transaction("yen\($0)", "payex.creditcard", "JPY", 1_000_000)
    }
    let (plan, tree) = try await PlannedAccount.plan(script, against: transactions)
    #expect(plan.steps.count == count)
    let lines = tree.statementLines()
    let encoded = PlanFile.encode(
      plan,
      header: PlannedAccount.header,
      places: StatementPlaces(PlannedAccount.header.script, lines: lines)
    )
    let file = try PlanFile.decode(encoded.bytes)
    #expect(file.plan.steps.map(Facts.init) == plan.steps.map(Facts.init))
    #expect(file.plan.references == plan.references)
    #expect(file.places.places.map(\.line) == lines)
    // One line for each transaction and operation, the header and the trailer.
    #expect(encoded.bytes.count { $0 == UInt8(ascii: "\n") } == count + 1_000 + 2)
  }
}

extension Transaction {
  /// Whether a plan file says the same of both: nothing of the customer, and all of the money.
  fileprivate func isSame(as other: Transaction) -> Bool {
    id == other.id && currency == other.currency && state == other.state
      && fingerprint == other.fingerprint
  }
}
