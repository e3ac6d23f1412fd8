import DTXLedger
import DTXSyntax

extension Checker {
  mutating func checkStatements(in range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      checkStatement(index)
      index = Int(script.statements[index].end)
    }
  }

  private mutating func checkStatement(_ index: Int) {
    switch script.statements[index].content {
    case .operation(let operation): check(operation, at: index)
    case .show(let target): statements[unit][index] = number(of: target)
    case .list(let selection): check(selection)
    case .print(let list):
      for element in script.elements[list.indices] { _ = infer(element) }
    case .expect(let condition, let message):
      checkCondition(condition)
      checkOperand(message)
    case .account(let range): checkAccount(range)
    case .onError(let policy): errorPolicy = policy
    case .binding(let name, let value):
      let type = infer(value)
      bind(name, type, .binding, at: index)
    case .parameter(let parameter): check(parameter, at: index)
    case .loop(let loop): check(loop, at: index)
    case .branch(let branch):
      if let condition = branch.condition { checkCondition(condition) }
      checkBlock(of: index)
    case .invocation(let name, let arguments): checkCall(name, arguments, at: index)
    case .inclusion: checkInclusion(at: index)
    // A procedure is checked when its callers were.
    case .procedure, .preview, .command, .invalid: return
    }
  }

  private mutating func checkBlock(
    of index: Int,
    binding: (inout Checker) -> Void = { _ in }
  ) {
    scopes.append([:])
    let before = voids.mark()
    binding(&self)
    checkStatements(in: index + 1..<Int(script.statements[index].end))
    voids.forget(since: before)
    scopes.removeLast()
  }

  private mutating func checkInclusion(at index: Int) {
    // Without a script there is a diagnostic that says why; a second time it has been read.
    guard let included = set.inclusions[unit][index], !isEntered[included] else { return }
    isEntered[included] = true
    statements[unit][index] = .unit(Int32(included))
    within(included) { $0.checkStatements(in: 0..<$0.script.statements.count) }
  }

  private mutating func check(_ parameter: ParameterStatement, at index: Int) {
    let type = parameter.value.map { infer($0) }
    let name = variableName(parameter.name)
    let given = options.parameters?[name]
    guard let slot = bind(parameter.name, given == nil ? type : .field, .parameter, at: index)
    else { return }
    let purpose = script.stringValue(of: parameter.description)
    parameters.append(
      Parameter(
        name: name,
        purpose: purpose,
        standard: parameter.value.map { script.text(script[$0].range) },
        slot: slot
      )
    )
    guard options.parameters != nil, given == nil, parameter.value == nil else { return }
    report(.parameterMissing(name, purpose: purpose), at: parameter.name)
  }

  private mutating func check(_ loop: LoopStatement, at index: Int) {
    let type: StaticType
    switch loop.source {
    case .list(let list):
      let found = infer(list)
      if found.kind != .list, found.kind != .any {
        report(.wrongKind(expected: "a list", found: found.kind), at: script[list].range)
      }
      type = StaticType(found.element, currency: found.currency)
    case .transactions(let selection):
      check(selection)
      type = StaticType(.transaction)
    case .rows(let path):
      checkText(path)
      if path.expression == nil, path.kind != .missing { needFile(script.stringValue(of: path)) }
      type = StaticType(.row)
    }
    checkBlock(of: index) { _ = $0.bind(loop.name, type, .loop, at: index) }
  }

  private mutating func needFile(_ path: String) {
    let file = Needs.DataFile(path: path, reader: SourceID(UInt32(unit)))
    if !needs.files.contains(file) { needs.files.append(file) }
  }

  private mutating func check(_ selection: Selection) {
    if let condition = selection.condition {
      isAboutTransactions = true
      checkCondition(condition)
      isAboutTransactions = false
    } else {
      needs.addListing(Listing())
    }
    if let order = selection.order { checkOrder(order) }
    guard selection.limit.kind != .none else { return }
    let type = checkOperand(selection.limit)
    if !type.canBe(.integer) {
      report(
        .wrongKind(expected: "an integer", found: type.kind),
        at: script.range(of: selection.limit)
      )
    }
  }

  private mutating func checkOrder(_ range: SourceRange) {
    let name = script.name(range)
    guard let field = TransactionField(rawValue: name) else {
      report(.unknownTransactionField(name), at: range)
      return
    }
    if !field.isOrdered {
      report(.wrongKind(expected: "a field with an order", found: .list), at: range)
    }
  }

  private mutating func checkAccount(_ range: SourceRange) {
    let name = script.text(range)
    guard name != account.text else { return }
    guard Account(name) != nil else {
      report(.notAnAccount(name), at: range)
      return
    }
    let rest = script.statements.count { $0.range.start > range.end }
    let remark =
      rest == 0
      ? "" : "the \(rest == 1 ? "statement" : "\(rest) statements") below can't be reached"
    report(.otherAccount(name, connected: account), at: range, remark: remark)
  }
}

extension Needs {
  mutating func addListing(_ listing: Listing) {
    if !listings.contains(listing) { listings.append(listing) }
  }
}
