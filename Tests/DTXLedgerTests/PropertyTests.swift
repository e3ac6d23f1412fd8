import DTXLedger
import DTXTestSupport
import Testing

/// What holds for every sequence of operations.
@Suite("Properties of sequences")
struct PropertyTests {
  static let seeds = 0..<30 as Range<UInt64>

  /// Applies random operations and hands each attempt to a test.
  static func run(
    seed: UInt64,
    operations: Int = 60,
    rules: LedgerRules = .standard,
    check: (
      _ before: Transaction, _ operation: Operation, _ after: Transaction, _ violation: Violation?
    ) throws -> Void
  ) rethrows {
    var generator = LedgerGenerator(seed: seed)
    for number in 0..<8 {
      var transaction = generator.transaction(number: number)
      for _ in 0..<operations {
        let operation = generator.operation(on: transaction)
        let before = transaction
        var violation: Violation?
        do throws(Violation) {
          try apply(operation, to: &transaction.state, of: transaction.product, under: rules)
        } catch {
          violation = error
        }
        try check(before, operation, transaction, violation)
      }
    }
  }

  @Test("keep the totals and the lines within their limits", arguments: seeds)
  func limits(seed: UInt64) {
    Self.run(seed: seed) { _, _, after, _ in
      let state = after.state
      #expect(state.totalsHold)
      #expect(state.refunded >= .zero && state.refunded <= state.captured)
      #expect(state.captured + state.voided <= state.authorized)
      var captured = MinorUnits.zero
      var refunded = MinorUnits.zero
      for (line, balance) in zip(state.lines, state.lineBalances) {
        let range = min(line.amount, .zero)...max(line.amount, .zero)
        #expect(range.contains(balance.captured))
        #expect(range.contains(balance.refunded))
        captured += balance.captured
        refunded += balance.refunded
      }
      #expect(captured <= state.captured)
      #expect(refunded <= state.refunded)
    }
  }

  @Test("leave the state alone where they are refused", arguments: seeds)
  func refusals(seed: UInt64) {
    var refused = 0
    var held = 0
    Self.run(seed: seed) { before, _, after, violation in
      if violation == nil { held += 1 } else { refused += 1 }
      #expect(violation == nil || before == after)
    }
    // The generator must make both, or the other properties say little.
    #expect(refused > 40)
    #expect(held > 40)
  }

  @Test("move exactly what they say", arguments: seeds)
  func movements(seed: UInt64) {
    Self.run(seed: seed) { before, operation, after, violation in
      guard violation == nil else { return }
      let captured = after.state.captured - before.state.captured
      let refunded = after.state.refunded - before.state.refunded
      #expect(captured == (operation.kind == .capture ? operation.amount : .zero))
      #expect(refunded == (operation.kind == .refund ? operation.amount : .zero))
      if operation.kind == .adjust { #expect(after.state.authorized == operation.amount) }
      if operation.kind == .void || operation.isFinal && operation.kind == .capture {
        #expect(after.state.capturable == .zero)
      }
    }
  }

  @Test("leave a status that fits the totals", arguments: seeds)
  func statuses(seed: UInt64) {
    Self.run(seed: seed) { before, operation, after, violation in
      guard violation == nil, operation.kind != .tag, operation.kind != .extend else { return }
      let state = after.state
      let left = state.authorized - state.captured - state.voided
      let expected: Status =
        switch (state.captured > .zero, state.refunded > .zero, left > .zero) {
        case (false, _, _): state.voided > .zero ? .authorizationVoided : .authorized
        case (true, false, true): .partiallyCaptured
        case (true, false, false): .captured
        case (true, true, true): .partiallyCapturedRefunded
        case (true, true, false): state.refunded < state.captured ? .partiallyRefunded : .refunded
        }
      #expect(state.status == expected)
    }
  }

  @Test("are found again in the history that the provider would write", arguments: seeds)
  func replay(seed: UInt64) {
    var generator = LedgerGenerator(seed: seed)
    for number in 0..<8 {
      var transaction = generator.transaction(number: number)
      if transaction.state.captured > .zero { continue }
      for _ in 0..<40 {
        let operation = generator.operation(on: transaction)
        let before = transaction.state
        do throws(Violation) {
          try apply(operation, to: &transaction.state, of: transaction.product)
        } catch {
          continue
        }
        transaction.events += generator.events(of: operation, from: before, to: transaction.state)
        var replayed = Transaction.State(
          replaying: transaction.events,
          authorized: transaction.state.authorized,
          lines: transaction.state.lines,
          reportedStatus: transaction.state.status
        )
        replayed.secondReference = transaction.state.secondReference
        replayed.isPreauthorization = transaction.state.isPreauthorization
        #expect(replayed == transaction.state)
      }
    }
  }

  @Test("are available where some operation of their kind holds", arguments: seeds)
  func available(seed: UInt64) {
    Self.run(seed: seed) { before, operation, _, violation in
      guard violation == nil else { return }
      let offered = availableOperations(of: before).first { $0.kind == operation.kind }
      #expect(offered != nil)
      guard let offered else { return }
      if operation.kind == .capture || operation.kind == .refund {
        #expect(operation.amount <= offered.maximum)
      }
      if operation.kind == .void { #expect(operation.isRemainder == offered.isRemainder) }
    }
  }

  @Test("take all that is left by name or by amount", arguments: seeds)
  func everything(seed: UInt64) {
    Self.run(seed: seed, operations: 20) { _, _, after, _ in
      for kind in [Operation.Kind.capture, .refund] {
        let product = makeProduct()
        guard availableOperations(of: after).contains(where: { $0.kind == kind }) else { continue }
        if after.state.isPreauthorization { continue }
        let scope = after.state.scope(for: kind)
        var operation = Operation(kind, amount: scope.amount)
        operation.lines = scope.portions
        #expect(after.state.violation(of: operation, product) == nil)
      }
    }
  }

  @Test("hold in a plan where they hold one by one", arguments: seeds)
  func plans(seed: UInt64) {
    var generator = LedgerGenerator(seed: seed)
    let transactions = (0..<6).map { generator.transaction(number: $0) }
    var builder = PlanBuilder(transactions: transactions)
    for number in 0..<200 {
      let index = Int32.random(in: 0..<6, using: &generator.random)
      let operation = generator.operation(on: builder.plannedTransaction(index))
      var state = builder.state(of: index)
      let before = state
      let product = transactions[Int(index)].product
      var violation: Violation?
      do throws(Violation) { try apply(operation, to: &state, of: product) } catch {
        violation = error
      }
      let request = Request(operation, "reference-\(number)", on: index)
      switch builder.add(request.again) {
      case .step, .repeated: #expect(violation == nil && builder.state(of: index) == state)
      case .refused(.violation(let other)): #expect(violation == other)
      case .refused, .alreadyApplied: #expect(builder.state(of: index) == before)
      }
    }
    let plan = builder.finish()
    for (index, step) in plan.steps.enumerated() where step.previous >= 0 {
      #expect(step.previous < index)
      #expect(plan.steps[Int(step.previous)].transaction == step.transaction)
    }
    for (index, step) in plan.steps.enumerated() {
      let count = plan.lines(beforeStep: index).count
      #expect(plan.portions(of: step).allSatisfy { $0.line < count })
    }
  }

  /// A capture that was planned, as a plain list keeps it.
  private struct Known {
    let transaction: Int32
    let amount: MinorUnits
    let line: Int32?
    let reference: String
    let step: Int32
  }

  /// What becomes of a capture, found by looking through everything that was planned.
  private static func expectation(
    _ capture: Known,
    isAgain: Bool,
    among known: [Known]
  ) -> Result {
    func isEqual(_ other: Known) -> Bool {
      other.transaction == capture.transaction && other.amount == capture.amount
        && other.line == capture.line
    }
    if let named = known.first(where: {
      $0.transaction == capture.transaction && $0.reference == capture.reference
    }) {
      return isEqual(named)
        ? .alreadyApplied(.step(named.step)) : .refused(.referenceReused(.step(named.step)))
    }
    let equals = known.filter(isEqual)
    let derived = equals.first { $0.reference.hasPrefix(PlanBuilder.derivedReferencePrefix) }
    guard let precedent = derived ?? equals.first, !isAgain else { return .step(capture.step) }
    let isWritten = !capture.reference.hasPrefix(PlanBuilder.derivedReferencePrefix)
    return derived == nil && isWritten
      ? .repeated(capture.step, .step(precedent.step))
      : .refused(.repetition(.step(precedent.step)))
  }

  @Test("are recognised as a search through all of them would", arguments: 0..<10 as Range<UInt64>)
  func repetitions(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let big = Transaction(
      id: TransactionID("T12345678.1"),
      product: PaymentProduct("vipps"),
      currency: Currency.all[0],
      state: makeState(.authorized, 20_000_000, lines: makeLines(10_000_000, 10_000_000))
    )
    var builder = PlanBuilder(transactions: Array(repeating: big, count: 3))
    var known: [Known] = []
    for _ in 0..<600 {
      let amount = MinorUnits(.random(in: 1...40, using: &random))
      let line = ([nil, 0, 1] as [Int32?]).randomElement(using: &random) ?? nil
      let prefix = Bool.random(using: &random) ? PlanBuilder.derivedReferencePrefix : "r"
      let capture = Known(
        transaction: .random(in: 0..<3, using: &random),
        amount: amount,
        line: line,
        reference: prefix + "\(Int.random(in: 0..<400, using: &random))",
        step: Int32(builder.steps.count)
      )
      let operation = Operation.capture(amount, line.map { [$0: amount] } ?? [:])
      var request = Request(operation, capture.reference, on: capture.transaction)
      request.isAgain = Int.random(in: 0..<3, using: &random) == 0
      let expected = Self.expectation(capture, isAgain: request.isAgain, among: known)
      let result = builder.add(request)
      #expect(result == expected)
      switch result {
      case .step, .repeated: known.append(capture)
      case .alreadyApplied, .refused: break
      }
    }
    #expect(known.count > 150)
  }
}
