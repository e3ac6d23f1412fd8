import DTXLedger

extension Operation.Kind {
  /// The statement's verb.
  var verb: StaticString {
    switch self {
    case .capture: "capture"
    case .refund: "refund"
    case .void: "void"
    case .adjust: "adjust"
    case .extend: "extend"
    case .authorize: "authorize"
    case .tag: "tag"
    }
  }
}

extension TextBuilder {
  /// Appends what a step is about besides its verb and amount: `of line 1, ref ship-1`.
  mutating func append(detailsOfStep index: Int, in plan: Plan) {
    let step = plan.steps[index]
    var list = Clauses()
    appendScope(ofStep: index, in: plan, &list)
    if step.isFinal {
      list.begin(&self)
      append(step.kind == .capture ? "final: the rest is released" : "final: the total is locked")
    }
    let extras = plan.extras(of: step)
    if let text = extras?.text {
      list.begin(&self)
      append("with second reference ")
      append(quoted: text)
    }
    if let reference = plan.reference(of: step) {
      list.begin(&self)
      append("ref")
      append(byte: fixedBlank)
      append(name: reference)
    }
    for (name, value) in [
      ("reason ", extras?.reason), ("again ", extras?.again), ("describe ", extras?.description),
    ] as [(StaticString, String?)] {
      guard let value else { continue }
      list.begin(&self)
      append(name)
      append(quoted: value)
    }
    for entry in extras?.metadata ?? [] {
      list.begin(&self)
      append("meta ")
      append(name: entry.name)
      append(" ")
      append(quoted: entry.value)
    }
  }

  /// Appends which part of the transaction a step moves.
  private mutating func appendScope(
    ofStep index: Int,
    in plan: Plan,
    _ list: inout Clauses
  ) {
    let step = plan.steps[index]
    switch step.kind {
    case .capture, .refund:
      let portions = plan.portions(of: step)
      guard !portions.isEmpty else { return }
      list.begin(&self)
      append(portions.count == 1 ? "of line" : "of lines")
      append(byte: fixedBlank)
      let currency = plan.transactions[Int(step.transaction)].currency
      let lines = plan.lines(beforeStep: index)
      for (number, portion) in portions.enumerated() {
        if number > 0 { append(number == portions.count - 1 ? " and " : ", ") }
        append(name: lines[Int(portion.line)].id)
        append(portion, isAlone: portions.count == 1, in: currency)
      }
    case .void:
      list.begin(&self)
      append(step.isRemainder ? "as the rest after a partial capture" : "in full")
    case .adjust:
      list.begin(&self)
      append("as the new total")
      if let items = plan.extras(of: step)?.items, !items.isEmpty {
        append(" of ")
        append(count: items.count, "line", "lines")
      }
    case .extend:
      list.begin(&self)
      append("for more time")
    case .authorize:
      list.begin(&self)
      append("to end the hold")
    case .tag: return
    }
  }

  /// Appends how much of a line a portion takes; the amount of a single one is the operation's.
  private mutating func append(_ portion: LinePortion, isAlone: Bool, in currency: Currency) {
    guard !isAlone || portion.quantity != nil else { return }
    append(" (")
    if let quantity = portion.quantity {
      append("quantity ")
      append(quantity)
      if !isAlone { append(": ") }
    }
    if !isAlone { append(portion.amount, in: currency) }
    append(")")
  }

  /// Appends the amount of an operation with both its sides; nothing where none moves.
  mutating func append(
    amountOf kind: Operation.Kind,
    _ amount: MinorUnits,
    in currency: Currency
  ) {
    switch kind {
    case .capture, .refund, .void, .adjust: append(echo: amount, in: currency)
    case .authorize where amount != .zero: append(echo: amount, in: currency)
    case .authorize, .extend, .tag: return
    }
  }

  /// Appends the totals and the status that an operation changes: `captured 0.00 → 299.90`.
  mutating func append(changeFrom before: Balance, to after: Balance, in currency: Currency) {
    var list = Clauses()
    for (name, old, new) in [
      ("authorized", before.authorized, after.authorized),
      ("captured", before.captured, after.captured),
      ("refunded", before.refunded, after.refunded),
      ("released", before.voided, after.voided),
    ] as [(StaticString, MinorUnits, MinorUnits)] where old != new {
      list.begin(&self)
      append(name)
      append(" ")
      append(old, in: currency)
      append(byte: fixedBlank)
      append(options.isUnicode ? "→" : "->")
      append(byte: fixedBlank)
      append(new, in: currency)
    }
    if before.status != after.status {
      list.begin(&self)
      append(safe: before.status.rawValue)
      append(byte: fixedBlank)
      append(options.isUnicode ? "→ " : "-> ")
      append(safe: after.status.rawValue)
    }
    if list.isEmpty { append("totals stay the same") }
  }

  /// Puts commas between clauses of which each may be missing.
  struct Clauses {
    private(set) var isEmpty = true

    mutating func begin(_ builder: inout TextBuilder) {
      if !isEmpty { builder.append(", ") }
      isEmpty = false
    }
  }
}
