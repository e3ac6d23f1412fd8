/// Looking at the planned state in place: a copy of a state costs more than what is asked of it.
extension PlanBuilder {
  /// Returns the index of a transaction's line with an id that stands in a source, or nil.
  package func indexOfLine(_ id: Span<UInt8>, of transaction: Int32) -> Int32? {
    states[Int(transaction)].indexOfLine(id)
  }

  /// Returns what a capture or refund can still take of a line.
  package func leftOnLine(
    _ line: Int32,
    of transaction: Int32,
    for kind: Operation.Kind
  ) -> MinorUnits {
    states[Int(transaction)].leftOnLine(line, for: kind)
  }

  /// Returns what a void would release.
  package func capturable(of transaction: Int32) -> MinorUnits {
    states[Int(transaction)].capturable
  }

  /// Returns the amounts that an operation of a kind is taken from: the line's and what is left of
  /// it if one is meant, then the transaction's total and what is left of that.
  package func wholes(
    of transaction: Int32,
    line: Int32?,
    for kind: Operation.Kind
  ) -> (line: MinorUnits?, leftOfLine: MinorUnits?, total: MinorUnits, left: MinorUnits) {
    states[Int(transaction)].wholes(line: line, for: kind)
  }

  /// Returns the line portions of a step that was added.
  package func portions(of step: Step) -> ArraySlice<LinePortion> {
    portions[Int(step.firstPortion)..<Int(step.firstPortion + step.portionCount)]
  }

  /// Returns the reference of a step that was added, if it carries one.
  package func reference(of step: Step) -> String? {
    step.reference >= 0 ? references[step.reference] : nil
  }

  /// Takes down an operation that an earlier dry run, whose plan is being read back, left out.
  package mutating func recall(_ applied: AlreadyApplied) { alreadyApplied.append(applied) }
}

extension Transaction.State {
  /// One call on the state where it stands: each property of an element may cost a copy of it.
  fileprivate func wholes(
    line: Int32?,
    for kind: Operation.Kind
  ) -> (line: MinorUnits?, leftOfLine: MinorUnits?, total: MinorUnits, left: MinorUnits) {
    let total = kind == .refund ? captured : authorized
    let left = left(for: kind)
    guard let line else { return (nil, nil, total, left) }
    return (lines[Int(line)].amount, leftOnLine(line, for: kind), total, left)
  }
}
