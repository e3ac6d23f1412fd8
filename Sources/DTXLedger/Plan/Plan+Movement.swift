extension PlanTotals {
  /// Everything that moves, in whatever direction: captured, refunded and released.
  package var moved: MinorUnits {
    captured.saturatingAdding(refunded).saturatingAdding(released)
  }
}

extension Plan {
  /// Returns what a step moves: captured, refunded and released by it.
  package func moved(by step: Step) -> MinorUnits {
    let before = before(step)
    return step.after.captured - before.captured + step.after.refunded - before.refunded
      + step.after.voided - before.voided
  }

  /// Returns how much money a step is about: what it moves, or by how much it changes the total.
  package func extent(of step: Step) -> MinorUnits {
    let change = step.after.authorized - before(step).authorized
    return max(moved(by: step), change < .zero ? -change : change)
  }
}
