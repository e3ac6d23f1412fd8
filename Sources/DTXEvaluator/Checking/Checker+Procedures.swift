import DTXLedger
import DTXSyntax

/// A procedure while the script is checked.
struct ProcedureCheck {
  let procedure: Procedure
  let place: Diagnostic.Label
  /// The procedures that it calls, in order.
  var callees: [Int] = []
  /// What is known of the values that it is called with.
  var arguments: [StaticType?]
  /// The names outside of it that it reads.
  var outerVariables: Set<Int32> = []
  var isChecked = false

  mutating func note(_ variable: Int32) { outerVariables.insert(variable) }
}

/// A call from outside of procedures.
struct OuterCall {
  let procedure: Int
  let place: Diagnostic.Label
  /// How many variables had been set when it was made.
  let variableCount: Int
}

extension Checker {
  /// How many calls may be inside one another, which bounds what an evaluation holds.
  package static let callDepthLimit = 100

  /// Takes down all procedures first: a call may stand above its procedure.
  mutating func collectProcedures() {
    for number in set.scripts.indices {
      within(number) { checker in
        for index in checker.script.statements.indices {
          guard case .procedure(let statement) = checker.script.statements[index].content else {
            continue
          }
          checker.collect(statement, at: index)
        }
      }
    }
    for number in procedures.indices { collectCalls(of: number) }
  }

  private mutating func collect(_ statement: ProcedureStatement, at index: Int) {
    let name = script.text(statement.name)
    guard !name.isEmpty else { return }
    if let other = procedureNumbers[name] {
      report(
        .redefined(name),
        at: statement.name,
        secondary: [procedures[Int(other)].place.with("it is defined here")]
      )
      return
    }
    let first = Int32(variables.count)
    for range in script.names[statement.parameters.indices] {
      variables.append(
        Variable(name: variableName(range), role: .argument, place: label(range), type: .any)
      )
    }
    procedureNumbers[name] = Int32(procedures.count)
    procedures.append(
      ProcedureCheck(
        procedure: Procedure(
          name: name,
          unit: unit,
          statement: index,
          slots: first..<Int32(variables.count)
        ),
        place: label(statement.name),
        arguments: Array(repeating: nil, count: statement.parameters.indices.count)
      )
    )
  }

  private mutating func collectCalls(of number: Int) {
    let procedure = procedures[number].procedure
    let source = set.scripts[procedure.unit]
    let end = Int(source.statements[procedure.statement].end)
    for statement in source.statements[procedure.statement + 1..<end] {
      guard case .invocation(let name, _) = statement.content,
        let callee = procedureNumbers[source.text(name)]
      else { continue }
      procedures[number].callees.append(Int(callee))
    }
  }

  mutating func checkCall(_ range: SourceRange, _ arguments: PoolRange, at index: Int) {
    let types = script.elements[arguments.indices].map { infer($0) }
    let name = script.text(range)
    guard let number = procedureNumbers[name].map({ Int($0) }) else {
      let near = nearestName(to: name) { Array($0.procedureNumbers.keys) }
      report(.undefinedProcedure(name, nearest: near), at: range)
      return
    }
    statements[unit][index] = .procedure(Int32(number))
    let expected = procedures[number].arguments.count
    guard types.count == expected else {
      report(
        .wrongArgumentCount(name, expected: expected, found: types.count),
        at: range,
        secondary: [procedures[number].place.with("it is defined here")]
      )
      return
    }
    for (position, type) in types.enumerated() {
      let known = procedures[number].arguments[position]
      procedures[number].arguments[position] = known.map { $0.joined(with: type) } ?? type
    }
    if currentProcedure == nil {
      outerCalls.append(
        OuterCall(procedure: number, place: label(range), variableCount: variables.count)
      )
    }
  }

  /// Checks the statements of procedures, each after those that call it.
  mutating func checkProcedures() {
    var callers = Array(repeating: 0, count: procedures.count)
    for procedure in procedures {
      for callee in Set(procedure.callees) { callers[callee] += 1 }
    }
    var ready = procedures.indices.filter { callers[$0] == 0 }
    var depths = Array(repeating: 1, count: procedures.count)
    var order: [Int] = []
    while let number = ready.popLast() {
      order.append(number)
      checkProcedure(number)
      for callee in Set(procedures[number].callees).sorted() {
        callers[callee] -= 1
        depths[callee] = max(depths[callee], depths[number] + 1)
        if callers[callee] == 0 { ready.append(callee) }
      }
    }
    for number in order where depths[number] == Self.callDepthLimit + 1 {
      diagnostics.append(
        Diagnostic(
          ProgramMessage.callsTooDeep(limit: Self.callDepthLimit),
          at: procedures[number].place
        )
      )
    }
    reportRecursion()
    for number in order.reversed() {
      for callee in procedures[number].callees {
        procedures[number].outerVariables.formUnion(procedures[callee].outerVariables)
      }
    }
    checkOuterCalls()
  }

  private mutating func checkProcedure(_ number: Int) {
    procedures[number].isChecked = true
    let check = procedures[number]
    var names: [String: Int32] = [:]
    for (slot, type) in zip(check.procedure.slots, check.arguments) {
      variables[Int(slot)].type = type ?? .any
      let name = variables[Int(slot)].name
      if names.updateValue(slot, forKey: name) != nil {
        diagnostics.append(
          Diagnostic(ProgramMessage.redefined("$\(name)"), at: variables[Int(slot)].place)
        )
      }
    }
    let (outerScopes, outerVoids) = (scopes, voids)
    scopes = [scopes[0], names]
    voids = VoidTrack()
    currentProcedure = number
    within(check.procedure.unit) { checker in
      let index = check.procedure.statement
      checker.checkStatements(in: index + 1..<Int(checker.script.statements[index].end))
    }
    currentProcedure = nil
    (scopes, voids) = (outerScopes, outerVoids)
  }

  /// Reports each circle of procedures once, and checks the statements of what is in one.
  private mutating func reportRecursion() {
    var isReported: Set<Int> = []
    for number in procedures.indices where !procedures[number].isChecked {
      if let circle = circle(from: number), isReported.isDisjoint(with: circle) {
        isReported.formUnion(circle)
        let names = (circle + [circle[0]]).map { procedures[$0].procedure.name }
        diagnostics.append(
          Diagnostic(ProgramMessage.recursion(names), at: procedures[circle[0]].place)
        )
      }
    }
    for number in procedures.indices where !procedures[number].isChecked { checkProcedure(number) }
  }

  /// The calls that lead from a procedure back to itself; nil where none do.
  private func circle(from start: Int) -> [Int]? {
    var previous: [Int: Int] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let number = queue[next]
      next += 1
      for callee in procedures[number].callees {
        if callee == start {
          var path = [number]
          while let last = path.last, last != start, let before = previous[last] {
            path.append(before)
          }
          return path.reversed()
        }
        if callee != start, previous[callee] == nil {
          previous[callee] = number
          queue.append(callee)
        }
      }
    }
    return nil
  }

  /// A procedure must not be called before the names that it reads are set.
  private mutating func checkOuterCalls() {
    for call in outerCalls {
      let procedure = procedures[call.procedure]
      let late = procedure.outerVariables.filter { $0 >= call.variableCount }.min()
      guard let late else { continue }
      let variable = variables[Int(late)]
      diagnostics.append(
        Diagnostic(
          ProgramMessage.setLater("$\(variable.name)", procedure: procedure.procedure.name),
          at: call.place,
          secondary: [variable.place.with("it is set here")]
        )
      )
    }
  }
}
