import DTXCSV
import DTXLedger
import DTXSyntax

// MARK: - Refusals

extension Evaluator {
  /// Reports why an operation does not hold, with the statements that explain it.
  mutating func report(_ refusal: Refusal, of transaction: Int32, at index: Int) {
    let range = script.statements[index].range
    switch refusal {
    case .violation(let violation):
      let context = context(of: transaction)
      // Only `all` comes to nothing: an amount of zero is refused where it is written.
      let isEverything = violation == .amountIsZero && operation.kind.movesMoney
      let message =
        isEverything
        ? RuleMessage.nothingLeft(
          operation.kind,
          context.transaction,
          builder.states[Int(transaction)].status
        )
        : RuleMessage.violation(violation, context)
      report(
        Diagnostic(
          message,
          at: label(range, violation.remark(context)),
          secondary: labels(for: causes(of: violation, transaction))
        )
      )
    case .repetition(let precedent):
      report(RuleMessage.repetition, precedent, of: transaction, at: range)
    case .referenceReused(let precedent):
      report(RuleMessage.referenceReused, precedent, of: transaction, at: range)
    case .planIsFull:
      report(.planIsFull, at: range)
    case .totalsTooLarge(let currency):
      report(.totalsTooLarge(currency), at: range)
    }
  }

  mutating func warnAboutRepetition(_ precedent: Precedent, of transaction: Int32, at index: Int) {
    report(RuleMessage.repeated, precedent, of: transaction, at: script.statements[index].range)
  }

  mutating func report(
    _ message: (RuleContext, PrecedentFacts) -> RuleMessage,
    _ precedent: Precedent,
    of transaction: Int32,
    at range: SourceRange
  ) {
    var secondary: [Diagnostic.Label] = []
    if case .step(let step) = precedent { secondary = labels(for: [step]) }
    report(
      Diagnostic(
        message(context(of: transaction), facts(of: precedent, transaction)),
        at: label(range),
        secondary: secondary
      )
    )
  }

  mutating func reportNothingLeft(on clause: LineClause, of transaction: Int32) {
    guard let line = line(clause.id, of: transaction) else { return }
    let id = builder.states[Int(transaction)].lines[Int(line)].id
    // An amount without lines may have used the line up as well.
    let steps = steps(of: transaction) { step in
      let portions = builder.portions(of: step)
      return step.kind == operation.kind
        && (portions.isEmpty || portions.contains { $0.line == line })
    }
    report(
      Diagnostic(
        RuleMessage.nothingLeftOnLine(
          id,
          operation.kind,
          snapshot.transactions[Int(transaction)].id
        ),
        at: label(clause.range),
        secondary: labels(for: steps)
      )
    )
  }

  private func context(of index: Int32) -> RuleContext {
    let transaction = snapshot.transactions[Int(index)]
    return RuleContext(
      kind: operation.kind,
      amount: Money(operation.amount, transaction.currency),
      transaction: transaction.id,
      product: transaction.product.name,
      lines: builder.states[Int(index)].lines.map(\.id),
      items: operation.items.map(\.id)
    )
  }

  private func facts(of precedent: Precedent, _ transaction: Int32) -> PrecedentFacts {
    switch precedent {
    case .step(let step):
      return PrecedentFacts(
        time: nil,
        person: nil,
        reference: builder.reference(of: builder.steps[Int(step)]),
        reason: nil
      )
    case .event(let index):
      let event = snapshot.transactions[Int(transaction)].events[Int(index)]
      return PrecedentFacts(
        time: Timestamp.text(event.createdAt),
        person: event.author,
        reference: event.reference,
        reason: event.metadata["reason"]
      )
    case .state:
      return PrecedentFacts(time: nil, person: nil, reference: nil, reason: nil)
    }
  }
}

// MARK: - Causes

extension Evaluator {
  /// The most earlier statements that a message points at: more would hide the message.
  private static let causeLimit = 3
  /// The most earlier steps that are looked through for causes, so that a script of many mistakes
  /// on one transaction takes time in proportion to its length.
  private static let causeSearchLimit = 100

  /// The earlier steps that used up what a violation misses, newest first.
  private func causes(of violation: Violation, _ transaction: Int32) -> [Int32] {
    switch violation {
    case .exceedsCapturable, .nothingToVoid, .remainderNotStated, .nothingToAdjust, .belowCaptured:
      steps(of: transaction) { $0.kind == .capture || $0.kind == .void || $0.kind == .adjust }
    case .amountIsZero:
      steps(of: transaction) { $0.kind == operation.kind }
    case .exceedsRefundable:
      steps(of: transaction) { $0.kind == .refund }
    case .exceedsLine(let line, _), .itemBelowCaptured(let line, _):
      steps(of: transaction, touching: line)
    case .statusForbids:
      steps(of: transaction) { $0.kind != .tag }
    default: []
    }
  }

  /// The steps of the same kind as the current operation that took from a line, newest first.
  private func steps(of transaction: Int32, touching line: Int32) -> [Int32] {
    steps(of: transaction) { step in
      step.kind == operation.kind && builder.portions(of: step).contains { $0.line == line }
    }
  }

  private func steps(of transaction: Int32, where isCause: (Step) -> Bool) -> [Int32] {
    var found: [Int32] = []
    var index = builder.lastStep(of: transaction)
    var lookedAt = 0
    while index >= 0, found.count < Self.causeLimit, lookedAt < Self.causeSearchLimit {
      lookedAt += 1
      let step = builder.steps[Int(index)]
      if isCause(step) { found.append(index) }
      index = step.previous
    }
    return found
  }

  /// Labels that say at each step's statement what it did.
  func labels(for steps: [Int32]) -> [Diagnostic.Label] {
    steps.map { index in
      let step = builder.steps[Int(index)]
      let transaction = snapshot.transactions[Int(step.transaction)]
      let amount = Money(step.amount, transaction.currency)
      let authorized = Money(step.after.authorized, transaction.currency)
      let text =
        switch step.kind {
        case .capture: "\(amount) of \(authorized) was captured here"
        case .refund: "\(amount) was refunded here"
        case .void: "\(amount) was released here"
        case .adjust: "the total became \(amount) here"
        case .extend: "extended here"
        case .authorize: "released from hold here"
        case .tag: "tagged here"
        }
      return label(ofStatement: step.statement, text + row(ofStep: index))
    }
  }

  /// Takes down the row that the innermost loop has come to, if there is one.
  mutating func recordRow(ofStep step: Int32) {
    guard let row = rows.last?.row.number else { return }
    while rowsOfSteps.count < step { rowsOfSteps.append(0) }
    rowsOfSteps.append(Int32(clamping: row))
  }

  /// The row that a step was made with, as the end of a sentence about its statement.
  private func row(ofStep step: Int32) -> String {
    guard step < rowsOfSteps.count, rowsOfSteps[Int(step)] > 0 else { return "" }
    return ", with row \(rowsOfSteps[Int(step)]) of the file"
  }
}
