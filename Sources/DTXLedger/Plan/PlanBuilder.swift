/// The dry run: takes operations one by one and makes a plan of those that hold.
///
/// Each operation is applied to the planned state of its transaction, so that what is planned
/// first uses up what later ones find. One that is on the transaction already, or was planned
/// before, is recognised here; what is refused changes nothing.
///
/// Time and memory grow with the number of operations and of events, whatever transactions they
/// are on: a transaction's history is read when its first operation comes.
package struct PlanBuilder: Sendable {
  /// The most steps of a plan; a hundred times what anyone has to do, and a 32-bit index.
  package static let stepLimit = 100_000_000
  /// The most line portions of a plan: what a 32-bit index can say.
  package static let portionLimit = Int(Int32.max)
  /// How references begin that were derived from an operation rather than written by a person.
  package static let derivedReferencePrefix = "dtx-"

  /// The transactions as they were given.
  package let transactions: [Transaction]
  /// The state of each transaction after the steps so far; read it in place, a copy costs.
  package internal(set) var states: [Transaction.State]
  package internal(set) var steps: [Step] = []
  package internal(set) var totals: [PlanTotals] = []
  package internal(set) var alreadyApplied: [AlreadyApplied] = []

  var portions: [LinePortion] = []
  var references = TextPool()
  var extras: [StepExtras] = []
  var lineChanges: [LineChange] = []
  /// What is kept about each transaction besides its state.
  var targets: [Target]
  var lineKeys: [LineKeys] = []
  /// By transaction, the last event that voided it, or the void that is pending.
  var voidEvents: [Int32: Int32] = [:]
  /// By transaction, the event that released it from hold.
  var releaseEvents: [Int32: Int32] = [:]
  /// The events that an operation may be equal to, of the transactions touched so far.
  var eventRecords: [EventRecord] = []
  var eventPortions: [LinePortion] = []
  /// Steps and events by kind, transaction, lines and amount.
  var byContent = RepetitionTable()
  /// Steps and events by kind, transaction and reference.
  var byReference = RepetitionTable()

  package init(transactions: [Transaction]) {
    self.transactions = transactions
    states = transactions.map(\.state)
    targets = transactions.map { Target($0) }
  }

  /// What is kept about a transaction besides its state; -1 stands for none.
  ///
  /// Small, and with what the rules need of the transaction in it: transactions are large, and to
  /// look at one for every operation is a cache miss each time.
  struct Target: Sendable {
    let capabilities: Capabilities
    /// The index of its currency's entry in `totals`; -1 until the history has been read.
    var totals: Int16 = -1
    var lastStep: Int32 = -1
    /// The index of its newest entry in `lineKeys`.
    var lineKeys: Int32 = -1
    let currency: Currency
    let hasHistory: Bool

    init(_ transaction: Transaction) {
      capabilities = transaction.product.capabilities
      currency = transaction.currency
      hasHistory = !transaction.events.isEmpty
    }
  }
}

/// What became of an operation that holds.
package enum Addition: Hashable, Sendable {
  /// It is a step of the plan.
  case step(Int32)
  /// It was done before, under the same reference or in effect, and is left out.
  case alreadyApplied(Precedent)
  /// It is a step of the plan, equal to another for which a person wrote another reference.
  case repeated(Int32, Precedent)
}

/// Why an operation does not become a step.
package enum Refusal: Error, Hashable, Sendable {
  case violation(Violation)
  /// An equal operation was there before, and nobody said that repeating it is meant.
  case repetition(Precedent)
  /// The reference belongs to an operation of that kind with another amount or other lines.
  case referenceReused(Precedent)
  /// The plan has as many steps, line portions or bytes of references as it can.
  case planIsFull
  /// The plan moves more in this currency than can be counted.
  case totalsTooLarge(Currency)
}

extension PlanBuilder {
  /// Returns a transaction's state after the steps so far.
  package func state(of transaction: Int32) -> Transaction.State { states[Int(transaction)] }

  /// Returns the index of the last step on a transaction, or -1; `Step.previous` leads on.
  package func lastStep(of transaction: Int32) -> Int32 { targets[Int(transaction)].lastStep }

  /// How many slots were looked at for what was there before, to count how work grows.
  package var probeCount: Int { byContent.probeCount + byReference.probeCount }

  /// Returns a transaction as it stands after the steps so far.
  package func plannedTransaction(_ transaction: Int32) -> Transaction {
    var planned = transactions[Int(transaction)]
    planned.state = states[Int(transaction)]
    return planned
  }

  /// Makes room for a plan whose size can be guessed.
  package mutating func reserve(steps count: Int, portions portionCount: Int, referenceBytes: Int) {
    let count = min(count, Self.stepLimit)
    steps.reserveCapacity(count)
    portions.reserveCapacity(portionCount)
    references.reserve(texts: count, bytes: referenceBytes)
    byContent.reserve(count)
    byReference.reserve(count)
  }

  /// Adds an operation to the plan, if it holds and was not there before.
  ///
  /// Equal is an operation of the same kind on the same transaction with the same lines and
  /// amount, as a step of this plan or as a successful or pending event. In this order:
  ///
  /// 1. The reference was used for an equal operation: it is left out, whether or not repeating
  ///    is meant. It was used for one of that kind with another amount or other lines: refused.
  /// 2. A void, release, adjustment or tag whose effect is there already is left out.
  /// 3. There is an equal one: refused, unless repeating is meant (`isAgain`), or a person wrote a
  ///    reference for each. An adjustment or a tag may return to what it was before.
  /// 4. The rules decide.
  ///
  /// - Parameters:
  ///   - operation: What is asked for, with every value resolved.
  ///   - transaction: The index of its transaction in `transactions`.
  ///   - reference: The reference as UTF-8; empty where there is none.
  ///   - isReferenceWritten: Whether a person wrote the reference.
  ///   - isAgain: Whether a person said that repeating the operation is meant.
  ///   - extras: What is sent along; the operation's items and text are added to it.
  ///   - statement: A number by which the caller finds the statement again.
  /// - Returns: What became of it.
  /// - Throws: The first `Refusal` that applies; nothing has changed then.
  package mutating func add(
    _ operation: Operation,
    to transaction: Int32,
    reference: Span<UInt8>,
    isReferenceWritten: Bool,
    isAgain: Bool,
    extras: StepExtras?,
    statement: Int32
  ) throws(Refusal) -> Addition {
    readHistory(of: transaction)
    var request = request(operation, on: transaction, reference: reference)
    if let done = try findDone(operation, &request, reference: reference) {
      return leaveOut(operation, request, because: done, statement: statement)
    }
    let equal = findEqual(operation, &request)
    var repeated: Precedent?
    if let equal, !isAgain, !operation.kind.mayReturn {
      let isMeant = isReferenceWritten && !reference.isEmpty && isWritten(equal)
      guard isMeant else { throw .repetition(precedent(equal)) }
      repeated = precedent(equal)
    }
    try checkRoom(for: operation, reference: reference, on: transaction)
    let amount = try perform(operation, on: transaction)
    var hasExtras = !operation.items.isEmpty || operation.text != nil
    // A comparison with nil would copy the extras.
    if case .some = extras { hasExtras = true }
    let step = record(
      operation,
      request,
      amount: amount,
      reference: reference,
      isReferenceWritten: isReferenceWritten,
      extras: hasExtras ? recordExtras(extras, of: operation) : -1,
      statement: statement
    )
    enter(step, request, after: equal)
    if let repeated { return .repeated(step, repeated) }
    return .step(step)
  }

  /// Ends the dry run and returns what it planned.
  package consuming func finish() -> Plan {
    Plan(
      transactions: transactions,
      steps: steps,
      alreadyApplied: alreadyApplied,
      portions: portions,
      references: references,
      extras: extras,
      totals: totals,
      lineChanges: lineChanges.sorted {
        ($0.transaction, $0.step) < ($1.transaction, $1.step)
      }
    )
  }
}

// MARK: - Performing and recording

extension PlanBuilder {
  /// An operation as the tables know it.
  struct Request {
    let kind: Operation.Kind
    let transaction: Int32
    let isNamed: Bool
    /// Where the tables have its equals and its reference, or where they belong.
    var content: RepetitionTable.Cursor
    var named: RepetitionTable.Cursor
  }

  private mutating func leaveOut(
    _ operation: Operation,
    _ request: Request,
    because done: Precedent,
    statement: Int32
  ) -> Addition {
    alreadyApplied.append(
      AlreadyApplied(
        statement: statement,
        transaction: request.transaction,
        kind: operation.kind,
        amount: operation.amount,
        precedent: done
      )
    )
    return .alreadyApplied(done)
  }

  // Mutating and inlined like everything on the way of an operation: a copy of the builder would
  // be made for each call otherwise, and the operation be moved word by word.

  @inline(__always)
  private mutating func checkRoom(
    for operation: Operation,
    reference: Span<UInt8>,
    on transaction: Int32
  ) throws(Refusal) {
    guard steps.count < Self.stepLimit,
      portions.count + operation.lines.count <= Self.portionLimit,
      references.byteCount + reference.count <= TextPool.byteLimit
    else { throw .planIsFull }
    let entry = totals[Int(targets[Int(transaction)].totals)]
    guard entry.hasRoom else { throw .totalsTooLarge(entry.currency) }
  }

  /// Applies an operation, counts what it moves, and returns the amount that it moves.
  @inline(__always)
  private mutating func perform(
    _ operation: Operation,
    on transaction: Int32
  ) throws(Refusal) -> MinorUnits {
    let index = Int(transaction)
    let authorizedBefore = states[index].authorized
    let voidedBefore = states[index].voided
    let linesBefore = operation.items.isEmpty ? nil : states[index].lines
    do throws(Violation) {
      try states[index].apply(
        operation,
        with: targets[index].capabilities,
        under: .standard
      )
    } catch {
      throw .violation(error)
    }
    if operation.kind == .adjust, let linesBefore {
      recordLineChange(on: transaction, from: linesBefore)
    }
    let released = states[index].voided - voidedBefore
    totals[Int(targets[index].totals)]
      .count(operation, from: authorizedBefore, released: released)
    return operation.kind == .void ? released : operation.amount
  }

  @inline(__always)
  private mutating func record(
    _ operation: Operation,
    _ request: Request,
    amount: MinorUnits,
    reference: Span<UInt8>,
    isReferenceWritten: Bool,
    extras: Int32,
    statement: Int32
  ) -> Int32 {
    let index = Int(request.transaction)
    let firstPortion = Int32(portions.count)
    for portion in operation.lines { portions.append(portion) }
    let step = Step(
      kind: operation.kind,
      isFinal: operation.isFinal,
      isRemainder: operation.isRemainder,
      isReferenceWritten: isReferenceWritten && !reference.isEmpty,
      statement: statement,
      transaction: request.transaction,
      previous: targets[index].lastStep,
      firstPortion: firstPortion,
      portionCount: Int32(operation.lines.count),
      reference: reference.isEmpty ? -1 : references.append(reference),
      extras: extras,
      amount: amount,
      after: Balance(states[index])
    )
    steps.append(step)
    let number = Int32(steps.count - 1)
    targets[index].lastStep = number
    return number
  }

  private mutating func recordExtras(_ given: StepExtras?, of operation: Operation) -> Int32 {
    var rest = given ?? StepExtras()
    rest.items = operation.items
    rest.text = operation.text
    extras.append(rest)
    return Int32(extras.count - 1)
  }
}

extension Operation.Kind {
  /// Whether an equal operation earlier says nothing against this one: a total or a text may be
  /// set to what it was before something else was set.
  fileprivate var mayReturn: Bool { self == .adjust || self == .tag }
}

extension PlanTotals {
  /// Takes in an operation that was applied to a transaction that was authorized for an amount.
  fileprivate mutating func count(
    _ operation: Operation,
    from authorized: MinorUnits,
    released amount: MinorUnits
  ) {
    operations += 1
    released += amount
    switch operation.kind {
    case .capture: captured += operation.amount
    case .refund: refunded += operation.amount
    case .adjust: adjusted += operation.amount - authorized
    case .void, .extend, .authorize, .tag: break
    }
  }

  /// Whether one more operation of any amount can be counted: up to 2^62 of each kind, to which
  /// the largest amount can be added as often as an operation moves any.
  fileprivate var hasRoom: Bool {
    let all = captured.count | refunded.count | released.count | Int64(adjusted.count.magnitude)
    return all < 1 << 62
  }
}
