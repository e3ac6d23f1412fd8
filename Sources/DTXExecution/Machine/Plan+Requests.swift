import DTXLedger

extension Plan {
  /// Returns the request that carries a step out.
  func request(of index: Int32, in run: RunID) -> OperationRequest {
    let step = steps[Int(index)]
    let extras = extras(of: step)
    let lines = step.portionCount > 0 ? lines(beforeStep: Int(index)) : []
    var operation = Operation(step.kind, amount: step.amount)
    operation.lines = Array(portions(of: step))
    operation.isFinal = step.isFinal
    operation.isRemainder = step.isRemainder
    operation.items = extras?.items ?? []
    operation.text = extras?.text
    return OperationRequest(
      id: OperationID(run: run, step: index),
      transaction: transactions[Int(step.transaction)].id,
      operation: operation,
      reference: reference(of: step),
      extras: extras,
      lines: operation.lines.map { portion in
        let line = lines[Int(portion.line)]
        // Some products demand a quantity with each part; a whole line has its own.
        let isWhole = portion.amount == line.amount
        return Event.Line(
          id: line.id,
          amount: portion.amount,
          quantity: portion.quantity ?? (isWhole ? line.quantity : nil)
        )
      }
    )
  }
}
