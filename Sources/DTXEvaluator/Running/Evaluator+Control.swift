import DTXCSV
import DTXLedger
import DTXSyntax

// MARK: - Names

extension Evaluator {
  /// Gives a variable the value of an expression.
  mutating func bind(_ meaning: Meaning, to expression: ExpressionID) {
    guard case .slot(let slot) = meaning else { return }
    hasReadState = false
    let value = evaluate(expression)
    origins[Int(slot)] = hasReadState ? origin(of: expression) : nil
    values[Int(slot)] = value
  }

  mutating func bind(_ parameter: ParameterStatement, _ meaning: Meaning) {
    guard case .slot(let slot) = meaning else { return }
    let name = script.text(parameter.name).drop { $0 == "$" }
    if let given = options.parameters[String(name)] {
      values[Int(slot)] = .given(given)
    } else if let standard = parameter.value {
      bind(meaning, to: standard)
    }
  }
}

// MARK: - Choices

extension Evaluator {
  /// Evaluates the branches of a choice, up to the first whose condition holds.
  ///
  /// While it is not known which that is, every branch that it may be is looked through.
  /// - Returns: The index of the statement behind the choice.
  mutating func evaluateChoice(from start: Int, upTo end: Int) -> Int {
    var index = start
    var isDecided = false
    while index < end {
      guard case .branch(let branch) = script.statements[index].content,
        index == start || branch.kind != .first
      else { break }
      let next = Int(script.statements[index].end)
      if !isDecided {
        let holds = branch.condition.map { boolean($0) } ?? true
        if holds ?? isCollecting { run(index + 1..<next) }
        // Where the condition is wrong, that is reported, and nothing is done in its place.
        isDecided = holds ?? !isCollecting
      }
      index = next
    }
    return index
  }
}

// MARK: - Loops

extension Evaluator {
  mutating func evaluate(_ loop: LoopStatement, at index: Int) {
    let body = index + 1..<Int(script.statements[index].end)
    guard case .slot(let number) = statementMeanings[index] else { return }
    let slot = Int(number)
    switch loop.source {
    case .list(let expression):
      hasReadState = false
      let value = evaluate(expression)
      let origin = hasReadState ? self.origin(of: expression) : nil
      guard case .list(let elements) = value else {
        if value.isInvalid { return lookThrough(body, slot) }
        report(
          .wrongKind(expected: "a list", found: value.kind),
          about: value,
          at: script[expression].range
        )
        return
      }
      for element in elements where !isOver { turn(body, slot, element, origin) }
    case .transactions(let selection):
      guard let found = transactions(of: selection) else { return lookThrough(body, slot) }
      for transaction in found where !isOver { turn(body, slot, .transaction(transaction), nil) }
    case .rows(let path):
      evaluateRows(of: path, body, slot)
    }
  }

  /// Looks for what the turns of a loop need while it is not known which there will be.
  private mutating func lookThrough(_ body: Range<Int>, _ slot: Int) {
    if isCollecting { turn(body, slot, .invalid, nil) }
  }

  private mutating func turn(_ body: Range<Int>, _ slot: Int, _ value: Value, _ origin: UInt64?) {
    guard hasRoom(for: body) else { return }
    values[slot] = value
    origins[slot] = origin
    run(body)
  }

  /// Counts the statements that are about to be run again; false where they are too many.
  mutating func hasRoom(for body: Range<Int>) -> Bool {
    work += 1 + body.count
    if work <= Self.workLimit { return true }
    let index = max(0, body.lowerBound - 1)
    end(with: .tooMuchWork(limit: Self.workLimit), at: script.statements[index].range)
    return false
  }

  private mutating func evaluateRows(of operand: Operand, _ body: Range<Int>, _ slot: Int) {
    guard let path = text(of: operand), let number = table(path, at: operand) else {
      return lookThrough(body, slot)
    }
    let table = tables[number].table
    guard table.isReadable else { return }
    let level = rows.count
    rows.append(RowInUse(table: number))
    contexts.append(.row(level))
    var row = 0
    while row < table.rowCount, !isOver {
      table.read(row: row, into: &rows[level].row)
      turn(body, slot, .row(Int32(level)), nil)
      row += 1
    }
    contexts.removeLast()
    rows.removeLast()
  }
}

// MARK: - Procedures and files

extension Evaluator {
  mutating func callProcedure(_ meaning: Meaning, _ arguments: PoolRange, at name: SourceRange) {
    guard case .procedure(let number) = meaning else { return }
    let procedure = program.procedures[Int(number)]
    for (slot, argument) in zip(procedure.slots, script.elements[arguments.indices]) {
      bind(.slot(slot), to: argument)
    }
    contexts.append(.call(label(name, "called here")))
    within(procedure.unit) { evaluator in
      let end = Int(evaluator.script.statements[procedure.statement].end)
      let body = procedure.statement + 1..<end
      if evaluator.hasRoom(for: body) { evaluator.run(body) }
    }
    contexts.removeLast()
  }

  mutating func include(_ number: Int) {
    within(number) { $0.run(0..<$0.script.statements.count) }
  }

  /// Goes on in another script for a while.
  private mutating func within(_ other: Int, _ body: (inout Evaluator) -> Void) {
    let outer = unit
    if other != outer { enter(other) }
    body(&self)
    if other != outer { enter(outer) }
  }

  private mutating func enter(_ number: Int) {
    let entered = program.units[number]
    unit = number
    script = entered.script
    statementMeanings = entered.statements
    expressionMeanings = entered.expressions
    firstStatement = entered.firstStatement
  }
}
