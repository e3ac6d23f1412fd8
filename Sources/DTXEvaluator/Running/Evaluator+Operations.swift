import DTXLedger
import DTXSyntax

extension Evaluator {
  /// Resolves every value of an operation and adds it to the plan.
  mutating func evaluate(_ statement: OperationStatement, at index: Int) {
    guard builder.steps.count < options.operationLimit else {
      reportOperationLimit(at: script.statements[index].range)
      return
    }
    guard let transaction = transaction(statementMeanings[index], statement.target) else { return }
    // Finding the transaction may have shown that more must be read first.
    if isCollecting { return collect(statement, at: index) }
    hasReadState = false
    operation.kind = Operation.Kind(statement.verb)
    operation.amount = .zero
    operation.lines.removeAll(keepingCapacity: true)
    operation.isFinal = statement.options.contains(.final)
    operation.isRemainder = statement.options.contains(.remaining)
    operation.items = []
    operation.text = nil
    if leaveOutChanges(statement, of: transaction, at: index) { return }
    guard resolve(statement, of: transaction, at: index) else { return }
    // An operand may be a transaction that is to be looked for first.
    if isCollecting { return collect(statement, at: index) }
    operationReadsState = hasReadState
    add(statement, to: transaction, at: index)
  }

  private mutating func reportOperationLimit(at range: SourceRange) {
    if hasReportedLimit { return }
    hasReportedLimit = true
    report(.tooManyOperations(limit: options.operationLimit), at: range)
  }

  /// Works out what moves; false where that failed and has been reported.
  private mutating func resolve(
    _ statement: OperationStatement,
    of transaction: Int32,
    at index: Int
  ) -> Bool {
    switch statement.verb {
    case .capture, .refund:
      return resolveScope(of: statement, transaction)
    case .void:
      operation.amount = max(.zero, builder.capturable(of: transaction))
      return true
    case .adjust:
      return resolveAdjustment(statement, transaction)
    case .extend:
      return true
    case .authorize:
      guard statement.amount.kind != .none else { return true }
      guard let amount = amount(statement.amount, of: transaction) else { return false }
      operation.amount = amount
      return true
    case .tag:
      guard let text = text(of: statement.amount) else { return false }
      operation.text = text
      return true
    }
  }
}

// MARK: - Scope

extension Evaluator {
  /// The scope of a capture or refund: everything left, an amount, lines, or lines and their sum.
  private mutating func resolveScope(
    of statement: OperationStatement,
    _ transaction: Int32
  ) -> Bool {
    if statement.options.contains(.all) {
      let scope = builder.states[Int(transaction)].scope(for: operation.kind)
      operation.amount = scope.amount
      operation.lines = scope.portions
      return true
    }
    for index in statement.lines.indices {
      guard resolve(script.lines[index], of: transaction) else { return false }
    }
    takeWholeLines(of: statement, transaction)
    guard let sum = sumOfLines() else {
      report(.amountTooLarge, at: script.range(of: statement.target.operand))
      return false
    }
    operation.amount = sum
    if statement.amount.kind == .none { return true }
    guard let amount = amount(statement.amount, of: transaction) else { return false }
    operation.amount = amount
    if statement.lines.isEmpty {
      warnAboutFactor(amount, at: statement.amount, of: transaction, line: nil)
      return true
    }
    // With nothing left of a line there is no sum; what was done before may explain it.
    if sum == amount || emptyLine(of: statement) != nil { return true }
    let currency = snapshot.transactions[Int(transaction)].currency
    report(
      .sumDiffers(stated: Money(amount, currency), lines: Money(sum, currency)),
      at: script.range(of: statement.amount)
    )
    return false
  }

  /// Takes all of the lines that a gift card is named with.
  ///
  /// Without the gift card no line can give more than is left in all; with it, one can.
  private mutating func takeWholeLines(of statement: OperationStatement, _ transaction: Int32) {
    guard operation.lines.contains(where: { $0.amount < .zero }) else { return }
    let scope = builder.states[Int(transaction)].scope(for: operation.kind)
    for (index, clause) in zip(operation.lines.indices, script.lines[statement.lines.indices])
    where clause.isAllLeft {
      let portion = operation.lines[index]
      guard let whole = scope.portions.first(where: { $0.line == portion.line }) else { continue }
      operation.lines[index] = LinePortion(
        line: portion.line,
        amount: whole.amount,
        quantity: portion.quantity
      )
    }
  }

  /// The sum of the lines that the operation names; nil where 64 bits cannot hold it.
  private func sumOfLines() -> MinorUnits? {
    var sum = MinorUnits.zero
    for portion in operation.lines {
      guard let next = sum.adding(portion.amount) else { return nil }
      sum = next
    }
    return sum
  }

  /// The first line that is to be taken as far as it is left, and of which nothing is.
  func emptyLine(of statement: OperationStatement) -> LineClause? {
    let clauses = script.lines[statement.lines.indices]
    return zip(clauses, operation.lines).first { clause, portion in
      clause.isAllLeft && portion.amount == .zero
    }?.0
  }

  private mutating func resolve(_ clause: LineClause, of transaction: Int32) -> Bool {
    guard let line = line(clause.id, of: transaction) else { return false }
    var quantity: Quantity?
    if clause.quantity.kind != .none {
      guard let value = self.quantity(clause.quantity) else { return false }
      quantity = value
    }
    guard let amount = amount(of: clause, line, quantity, of: transaction) else { return false }
    operation.lines.append(LinePortion(line: line, amount: amount, quantity: quantity))
    return true
  }

  /// How much of a line is meant: the amount that is written, what the quantity comes to, or what
  /// is left.
  private mutating func amount(
    of clause: LineClause,
    _ line: Int32,
    _ quantity: Quantity?,
    of transaction: Int32
  ) -> MinorUnits? {
    if clause.isAllLeft { return builder.leftOnLine(line, of: transaction, for: operation.kind) }
    if clause.amount.kind == .none, let quantity {
      let item = builder.states[Int(transaction)].lines[Int(line)]
      let portion = item.amount.portion(of: quantity, outOf: item.quantity)
      if portion == nil {
        let currency = snapshot.transactions[Int(transaction)].currency
        report(
          .quantityHasNoAmount(line: item.id, Money(item.amount, currency)),
          at: script.range(of: clause.quantity)
        )
      }
      return portion
    }
    guard let amount = amount(clause.amount, of: transaction, line: line) else { return nil }
    warnAboutFactor(amount, at: clause.amount, of: transaction, line: line)
    return amount
  }

  /// Finds a line by its id among the transaction's planned lines, without making a `String`.
  mutating func line(_ operand: Operand, of transaction: Int32) -> Int32? {
    let found: Int32?
    if let range = plainText(of: operand) {
      let id = script.source.span.extracting(range)
      found = builder.indexOfLine(id, of: transaction)
    } else {
      let value = value(of: operand)
      if case .line(transaction, let key) = value {
        return builder.line(withKey: key, of: transaction)
      }
      guard let id = bytes(of: value, at: script.range(of: operand)) else { return nil }
      found = builder.indexOfLine(id.span, of: transaction)
    }
    if found == nil { reportUnknownLine(operand, of: transaction) }
    return found
  }

  /// Where the text of a literal stands in the source, for one that stands there as it is.
  func plainText(of operand: Operand) -> Range<Int>? {
    switch operand.kind {
    case .none, .missing, .expression, .escapedString: nil
    default: script.contentRange(of: operand).bytes
    }
  }

  private mutating func reportUnknownLine(_ operand: Operand, of transaction: Int32) {
    guard let id = text(of: operand) else { return }
    let ids = builder.states[Int(transaction)].lines.map(\.id)
    report(
      .unknownLine(id, snapshot.transactions[Int(transaction)].id, lines: ids),
      at: script.range(of: operand)
    )
  }

  mutating func quantity(_ operand: Operand) -> Quantity? {
    var value = self.value(of: operand)
    if value.kind == .field {
      let number = readLiteral(value)
      value =
        number.kind == .decimal ? number : read(value, as: .integer, at: script.range(of: operand))
    }
    let millionths: Int64?
    switch value {
    case .integer(let count):
      millionths = Self.scaled(count, by: Quantity.scale)
    case .decimal(let digits, let scale) where scale <= 6:
      millionths = (scale..<6).reduce(digits) { digits, _ in
        digits.flatMap { Self.scaled($0, by: 10) }
      }
    case .decimal:
      report(.quantityTooPrecise, at: script.range(of: operand))
      return nil
    case .invalid: return nil
    default:
      report(.wrongKind(expected: "a number", found: value.kind), at: script.range(of: operand))
      return nil
    }
    guard let millionths, millionths > 0 else {
      report(millionths == nil ? .overflow : .quantityNotPositive, at: script.range(of: operand))
      return nil
    }
    return Quantity(millionths: millionths)
  }

  private static func scaled(_ value: Int64, by factor: Int64) -> Int64? {
    let (product, isOverflow) = value.multipliedReportingOverflow(by: factor)
    return isOverflow ? nil : product
  }
}

/// Where the bytes of an operation's reference stand.
enum Reference: Hashable {
  case none
  /// Written, as it stands in the source.
  case source(Range<Int>)
  /// Written, with escapes or as an expression: in `referenceBytes`.
  case written
  /// Made by the evaluator: in `referenceBytes`.
  case derived
}

extension LineClause {
  /// Whether it says neither how much nor how many, and so is about all that is left of the line.
  var isAllLeft: Bool { amount.kind == .none && quantity.kind == .none }
}

extension Operation.Kind {
  init(_ verb: OperationStatement.Verb) {
    self =
      switch verb {
      case .capture: .capture
      case .refund: .refund
      case .void: .void
      case .adjust: .adjust
      case .extend: .extend
      case .authorize: .authorize
      case .tag: .tag
      }
  }

  /// Whether it takes money or gives it back.
  var movesMoney: Bool { self == .capture || self == .refund }

  /// Whether the provider keeps a reference with the operation.
  var takesReference: Bool {
    switch self {
    case .capture, .refund, .adjust, .extend: true
    case .void, .authorize, .tag: false
    }
  }
}
