import DTXLedger
import DTXTestSupport

/// Transactions with the histories that a provider would tell, as plans change them.
struct ProvidedHistory {
  private(set) var transactions: [Transaction] = []
  private var eventCount = 0

  /// Products that allow much, so that most scripts get somewhere, beside those of any name.
  private static let products = [
    "payex.creditcard", "klarna.klarna", "dintero_psp.creditcard", "dintero.external", "vipps",
  ]

  /// Makes transactions of any product, some of them with operations that others did before.
  init(count: Int, using generator: inout LedgerGenerator) {
    for number in 0..<count {
      let favoured = Int.random(in: 0..<Self.products.count * 2, using: &generator.random)
      append(
        Self.products.indices.contains(favoured)
          ? generator.transaction(number: number, product: .init(Self.products[favoured]))
          : generator.transaction(number: number)
      )
      for _ in 0..<Int.random(in: 0...2, using: &generator.random) {
        let index = transactions.count - 1
        let operation = generator.operation(on: transactions[index])
        let before = transactions[index].state
        do throws(Violation) {
          try apply(operation, to: &transactions[index].state, of: transactions[index].product)
        } catch { continue }
        let events = generator.events(of: operation, from: before, to: transactions[index].state)
        transactions[index].events += events
        replay(index)
      }
    }
  }

  init(_ transactions: [Transaction]) { self.transactions = transactions }

  /// Carries out a plan: every step becomes the events that the provider would log.
  ///
  /// - Throws: The violation of a step that does not hold.
  mutating func carryOut(_ plan: Plan) throws(Violation) {
    var numbers: [TransactionID: Int] = [:]
    for (index, transaction) in transactions.enumerated() { numbers[transaction.id] = index }
    for (number, step) in plan.steps.enumerated() {
      guard let index = numbers[plan.transactions[Int(step.transaction)].id] else {
        preconditionFailure("the plan is about these transactions")
      }
      let before = transactions[index].state
      let operation = plan.operation(of: step)
      try apply(operation, to: &transactions[index].state, of: transactions[index].product)
      log(operation, plan.reference(of: step), lines: plan.lines(beforeStep: number), before, index)
    }
    for index in transactions.indices { replay(index) }
  }

  /// Enters the first event of a transaction, and the capture of one that was paid at once.
  private mutating func append(_ transaction: Transaction) {
    transactions.append(transaction)
    let index = transactions.count - 1
    let state = transaction.state
    log(.initialize, state.captured > .zero ? .initiated : state.status, index)
    if state.captured > .zero {
      log(.capture, state.status, index) { event in
        event.amount = state.captured
        event.lines = state.lines.filter { $0.amount != .zero }
          .map { Event.Line(id: $0.id, amount: $0.amount) }
      }
    }
    replay(index)
  }

  /// Computes a state from its history, as a reader of the provider does.
  private mutating func replay(_ index: Int) {
    let state = transactions[index].state
    var replayed = Transaction.State(
      replaying: transactions[index].events,
      authorized: state.authorized,
      lines: state.lines,
      reportedStatus: state.status
    )
    replayed.isPreauthorization = state.isPreauthorization
    replayed.secondReference = state.secondReference
    transactions[index].state = replayed
  }
}

// MARK: - Events

extension ProvidedHistory {
  private mutating func log(
    _ operation: Operation,
    _ reference: String?,
    lines: [LineItem],
    _ before: Transaction.State,
    _ index: Int
  ) {
    let after = transactions[index].state
    let released = after.voided - before.voided
    func write(_ event: inout Event) {
      event.reference = reference
      event.amount = operation.amount
      event.lines = operation.lines.map {
        Event.Line(id: lines[Int($0.line)].id, amount: $0.amount, quantity: $0.quantity)
      }
    }
    switch operation.kind {
    case .capture, .refund:
      log(operation.kind == .capture ? .capture : .refund, after.status, index, write)
      if operation.kind == .capture, released > .zero {
        log(.void, after.status, index) { $0.amount = released }
      }
    case .void: log(.void, after.status, index)
    case .adjust:
      log(.authorize, after.status, index) { event in
        write(&event)
        event.lines = operation.items.map { Event.Line(id: $0.id, amount: $0.amount) }
      }
    case .extend:
      log(.authorize, after.status, index) {
        $0.metadata["klarna:authorization_expiration_reference"] = reference
      }
    case .authorize: log(.authorize, after.status, index)
    case .tag: break
    }
  }

  private mutating func log(
    _ kind: Event.Kind,
    _ status: Status,
    _ index: Int,
    _ write: (inout Event) -> Void = { _ in }
  ) {
    eventCount += 1
    var event = Event(
      id: "provided-\(eventCount)",
      kind: kind,
      statusAfter: status,
      createdAt: Int64(eventCount) * 1_000
    )
    write(&event)
    transactions[index].events.append(event)
  }
}

extension Plan {
  /// What a step asks for, put together again.
  func operation(of step: Step) -> Operation {
    var operation = Operation(step.kind, amount: step.amount)
    operation.lines = Array(portions(of: step))
    operation.isFinal = step.isFinal
    operation.isRemainder = step.isRemainder
    operation.items = extras(of: step)?.items ?? []
    operation.text = extras(of: step)?.text
    return operation
  }
}
