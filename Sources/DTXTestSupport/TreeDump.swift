package import DTXSyntax

/// A syntax tree as text, for golden files and tables.
package struct TreeDump {
  private let script: Script

  package init(script: Script) { self.script = script }

  /// All statements, one a line, those inside a block indented.
  package var statements: String {
    var text = ""
    var ends: [UInt32] = []
    for (index, statement) in script.statements.enumerated() {
      ends.removeAll { $0 <= index }
      text += String(repeating: "  ", count: ends.count) + dump(statement) + "\n"
      if statement.end > index + 1 { ends.append(statement.end) }
    }
    return text
  }

  private func dump(_ statement: Statement) -> String {
    switch statement.content {
    case .operation(let operation): dump(operation)
    case .show(let target): "(show \(dump(target)))"
    case .list(let selection): group("list", parts(of: selection))
    case .print(let range): "(print \(elements(range)))"
    case .expect(let condition, let message):
      group("expect", [dump(condition), part("", message)])
    case .account(let name): "(account \(script.text(name)))"
    case .onError(let policy): "(on-error \(policy.rawValue))"
    case .preview: "(preview)"
    case .binding(let name, let value): "(let \(script.text(name)) \(dump(value)))"
    case .parameter(let parameter):
      group(
        "param",
        [script.text(parameter.name), parameter.value.map(dump) ?? ""]
          + [part("", parameter.description)]
      )
    case .loop(let loop): "(for \(script.text(loop.name)) \(dump(loop.source))\(mark(loop.block)))"
    case .branch(let branch):
      "(\(name(of: branch.kind))\(branch.condition.map { " " + dump($0) } ?? "")\(mark(branch.block)))"
    case .procedure(let procedure):
      group(
        "define",
        [script.text(procedure.name)] + script.names[procedure.parameters.indices].map(script.text)
          + (script[procedure.block].isComplete ? [] : ["<open>"])
      )
    case .invocation(let name, let arguments):
      group("call", [script.text(name), elements(arguments)])
    case .inclusion(let file): "(include \(dump(file)))"
    case .command(let command): dump(command)
    case .invalid: "(invalid)"
    }
  }

  private func dump(_ operation: OperationStatement) -> String {
    var parts = [dump(operation.target)]
    if operation.options.contains(.all) { parts.append("all") }
    if operation.options.contains(.final) { parts.append("final") }
    if operation.options.contains(.remaining) { parts.append("remaining") }
    if operation.options.contains(.changes) { parts.append("changes") }
    parts.append(part("", operation.amount))
    parts += script.lines[operation.lines.indices].map(dump)
    parts += script.changes[operation.changes.indices].map(dump)
    parts += script.clauses[operation.clauses.indices].map(dump)
    return group(operation.verb.rawValue, parts)
  }

  private func dump(_ line: LineClause) -> String {
    group("line", [dump(line.id), part("qty ", line.quantity), part("", line.amount)])
  }

  private func dump(_ clause: Clause) -> String {
    group(clause.kind.rawValue, [script.text(clause.name), dump(clause.value)])
  }

  private func dump(_ change: ItemChange) -> String {
    group(
      change.kind.rawValue,
      [
        dump(change.id), part("", change.description), part("qty ", change.quantity),
        part("", change.amount), part("vat ", change.vat),
      ]
    )
  }

  private func dump(_ target: Target) -> String { "\(target.kind)=\(dump(target.operand))" }

  private func dump(_ source: LoopSource) -> String {
    switch source {
    case .list(let list): dump(list)
    case .transactions(let selection): group("transactions", parts(of: selection))
    case .rows(let file): "(csv \(dump(file)))"
    }
  }

  private func parts(of selection: Selection) -> [String] {
    let order = selection.order.map {
      "order \(script.text($0))\(selection.isDescending ? " desc" : "")"
    }
    return [
      selection.condition.map { "where \(dump($0))" } ?? "", order ?? "",
      part("limit ", selection.limit),
    ]
  }

  private func name(of kind: BranchStatement.Kind) -> String {
    switch kind {
    case .first: "if"
    case .otherwiseIf: "else-if"
    case .otherwise: "else"
    }
  }

  /// What tells that a block lacks a brace.
  private func mark(_ block: BlockID) -> String { script[block].isComplete ? "" : " <open>" }

  private func dump(_ command: SessionCommand) -> String {
    switch command {
    case .commit(let first): group("commit", [part("first ", first)])
    case .discard: "(discard)"
    case .undo: "(undo)"
    case .autocommit(let isOn): "(autocommit \(isOn ? "on" : "off"))"
    case .run(let file): group("run", [dump(file)])
    case .save(let file): group("save", [dump(file)])
    case .edit: "(edit)"
    case .use(let name): group("use", [script.text(name)])
    case .set(let name, let value): group("set", [script.text(name), dump(value)])
    case .journal(let count): group("journal", [part("", count)])
    case .watch(let statement): group("watch", [script.text(statement)])
    case .help(let topic): group("help", [script.text(topic)])
    case .quit: "(quit)"
    }
  }
}

extension TreeDump {
  func dump(_ operand: Operand) -> String {
    if let expression = operand.expression { return dump(expression) }
    switch operand.kind {
    case .none: return "none"
    case .missing: return "<missing>"
    default: return "\(operand.kind):\(script.text(operand.literalRange))"
    }
  }

  func dump(_ id: ExpressionID) -> String {
    let expression = script[id]
    switch expression.content {
    case .missing: return "<missing>"
    case .literal(let kind): return "\(kind):\(script.text(expression.range))"
    case .variable: return script.text(expression.range)
    case .field(let base, let name): return "(. \(dump(base)) \(script.text(name)))"
    case .not(let operand): return "(not \(dump(operand)))"
    case .negative(let operand): return "(- \(dump(operand)))"
    case .binary(let operation, let left, let right):
      return "(\(operation.rawValue) \(dump(left)) \(dump(right)))"
    case .share(let part, let whole): return "(of \(dump(part)) \(dump(whole)))"
    case .list(let range): return "[\(elements(range))]"
    case .call(let name, let arguments):
      return group("call", [script.text(name), elements(arguments)])
    case .transaction(let target): return "(transaction \(dump(target)))"
    case .interpolation(let range): return "(join \(elements(range)))"
    }
  }

  private func elements(_ range: PoolRange) -> String {
    script.elements[range.indices].map(dump).joined(separator: " ")
  }

  private func part(_ name: String, _ operand: Operand) -> String {
    operand.kind == .none ? "" : name + dump(operand)
  }

  private func group(_ name: String, _ parts: [String]) -> String {
    "(\(([name] + parts.filter { !$0.isEmpty }).joined(separator: " ")))"
  }
}
