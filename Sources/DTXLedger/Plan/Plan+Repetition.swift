extension Plan {
  /// Tells whether a step would move the same money as an operation that may have been carried out
  /// on its transaction before, under a reference or none, and nobody said that this is meant.
  ///
  /// The same are captures or refunds of one amount and the same lines. Two references that people
  /// wrote are two operations, as they are within a plan. Every other kind sets what may be set
  /// already, and moves nothing twice.
  package func isRepetition(_ step: Step, of earlier: Operation, reference: String?) -> Bool {
    guard step.kind == .capture || step.kind == .refund, step.kind == earlier.kind,
      step.amount == earlier.amount, extras(of: step)?.again == nil,
      Self.amounts(of: portions(of: step)) == Self.amounts(of: earlier.lines[...])
    else { return false }
    guard step.isReferenceWritten, PlanBuilder.isWritten(reference) else { return true }
    return self.reference(of: step) == reference
  }

  /// The amounts by line, of which an operation names each once.
  private static func amounts(of portions: ArraySlice<LinePortion>) -> [Int32: MinorUnits] {
    Dictionary(portions.map { ($0.line, $0.amount) }) { $1 }
  }
}
