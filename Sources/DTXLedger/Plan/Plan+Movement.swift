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

  /// Returns what some steps move in all, one sum for each currency, in order of first use.
  ///
  /// A currency whose steps move nothing (a tag, an extension) has no sum.
  package func moved(byStepsAt indices: some Sequence<Int>) -> [Money] {
    var sums: [Money] = []
    for index in indices {
      let step = steps[index]
      let amount = moved(by: step)
      guard amount > .zero else { continue }
      let currency = transactions[Int(step.transaction)].currency
      if let place = sums.firstIndex(where: { $0.currency == currency }) {
        sums[place] = Money(sums[place].amount.saturatingAdding(amount), currency)
      } else {
        sums.append(Money(amount, currency))
      }
    }
    return sums
  }
}
