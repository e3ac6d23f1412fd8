/// What will be done, in order, with every value resolved; nothing changes it afterwards.
///
/// A plan of a million operations is an ordinary plan: its steps are flat values in one array, and
/// what varies in length stands in pools beside it. Only `PlanBuilder` makes plans, and it applies
/// every operation, so a plan that exists holds.
package struct Plan: Hashable, Sendable {
  /// The transactions that the plan was made from, as they were then; some may have no step.
  package let transactions: [Transaction]
  package let steps: [Step]
  /// Operations that were asked for and are on the transaction already, in script order.
  package let alreadyApplied: [AlreadyApplied]
  /// The line portions of all steps, one after the other; a step knows its range.
  package let portions: [LinePortion]
  /// References, one for each step that carries one.
  package let references: TextPool
  /// What only few steps have, by `Step.extras`.
  package let extras: [StepExtras]
  /// One entry per currency that the plan moves, in order of first use.
  package let totals: [PlanTotals]
  /// The steps that give their transaction a new list of lines, by transaction and then by step.
  let lineChanges: [LineChange]
}

/// A step from which on a transaction has other lines.
struct LineChange: Hashable, Sendable {
  let transaction: Int32
  let step: Int32
}

extension Plan {
  /// Tells whether an operation that was left out was only accepted by the provider before, which
  /// has not said yet what became of it.
  package func isPending(_ applied: AlreadyApplied) -> Bool {
    guard case .event(let index) = applied.precedent else { return false }
    let events = transactions[Int(applied.transaction)].events
    return events.indices.contains(Int(index)) && events[Int(index)].kind.isAcceptance
  }

  /// Whether anything was left out that is not done, but only accepted.
  package var leavesOutPending: Bool { alreadyApplied.contains(where: isPending) }
}

/// One operation of a plan, as a flat value; `Plan` resolves its indices.
package struct Step: Hashable, Sendable {
  package let kind: Operation.Kind
  package let isFinal: Bool
  package let isRemainder: Bool
  /// Whether a person wrote the reference; if not, it was derived from the operation.
  package let isReferenceWritten: Bool
  /// The statement that asked for it, as a number that the caller of `PlanBuilder.add` chose.
  package let statement: Int32
  /// The index of the transaction in `Plan.transactions`.
  package let transaction: Int32
  /// The index of the step before this one on the same transaction, or -1.
  package let previous: Int32
  package let firstPortion: Int32
  package let portionCount: Int32
  /// The index in `Plan.references`, or -1.
  package let reference: Int32
  /// The index in `Plan.extras`, or -1.
  package let extras: Int32
  package let amount: MinorUnits
  /// The transaction's totals as predicted after this step.
  package let after: Balance
}

/// The totals and the status of a transaction at one moment.
package struct Balance: Hashable, Sendable {
  package let authorized: MinorUnits
  package let captured: MinorUnits
  package let refunded: MinorUnits
  package let voided: MinorUnits
  package let status: Status

  package init(_ state: Transaction.State) {
    authorized = state.authorized
    captured = state.captured
    refunded = state.refunded
    voided = state.voided
    status = state.status
  }
}

extension Plan {
  /// Returns what a step leaves for another operation of its kind, never less than zero.
  package func left(after step: Step) -> MinorUnits {
    var state = transactions[Int(step.transaction)].state
    state.authorized = step.after.authorized
    state.captured = step.after.captured
    state.refunded = step.after.refunded
    state.voided = step.after.voided
    return state.left(for: step.kind)
  }
}

/// The rarer parts of an operation: what is sent along, and why.
package struct StepExtras: Hashable, Sendable {
  /// One entry of metadata, sent as `ext_name`.
  package struct Metadata: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package var reason: String?
  package var description: String?
  package var metadata: [Metadata] = []
  /// Why repeating an operation is meant.
  package var again: String?
  /// The new list of lines of an adjustment.
  package var items: [LineItem] = []
  /// The second reference that `tag` sets.
  package var text: String?

  package init() {}
}

/// An operation that was asked for and found done, so that it is left out.
package struct AlreadyApplied: Hashable, Sendable {
  package let statement: Int32
  package let transaction: Int32
  package let kind: Operation.Kind
  package let amount: MinorUnits
  package let precedent: Precedent

  package init(
    statement: Int32,
    transaction: Int32,
    kind: Operation.Kind,
    amount: MinorUnits,
    precedent: Precedent
  ) {
    self.statement = statement
    self.transaction = transaction
    self.kind = kind
    self.amount = amount
    self.precedent = precedent
  }
}

/// An operation equal to the one asked for that was there before.
package enum Precedent: Hashable, Sendable {
  /// A step of this plan, by index.
  case step(Int32)
  /// An event of the transaction, by index in its history.
  case event(Int32)
  /// The transaction itself, which is so already, whoever made it so.
  case state
}

/// What a plan moves in one currency.
package struct PlanTotals: Hashable, Sendable {
  package let currency: Currency
  package var operations = 0
  package var captured = MinorUnits.zero
  package var refunded = MinorUnits.zero
  package var released = MinorUnits.zero
  /// The change of authorized totals by adjustments; negative where they shrink.
  package var adjusted = MinorUnits.zero

  package init(currency: Currency) { self.currency = currency }

  /// What the merchant gains: captured less refunded.
  package var net: MinorUnits { captured - refunded }
}

extension Plan {
  /// Returns the totals before a step: those after the previous one, or the transaction's own.
  package func before(_ step: Step) -> Balance {
    step.previous >= 0
      ? steps[Int(step.previous)].after
      : Balance(transactions[Int(step.transaction)].state)
  }

  /// Returns the line portions of a step.
  package func portions(of step: Step) -> ArraySlice<LinePortion> {
    portions[Int(step.firstPortion)..<Int(step.firstPortion + step.portionCount)]
  }

  /// Returns the lines that the portions of a step number: those that the transaction has before it.
  ///
  /// They are the transaction's own, unless a step before gave it a new list.
  package func lines(beforeStep index: Int) -> [LineItem] {
    let transaction = steps[index].transaction
    var low = 0
    var high = lineChanges.count
    while low < high {
      let middle = (low + high) / 2
      let change = lineChanges[middle]
      if (change.transaction, Int(change.step)) < (transaction, index) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    if low > 0, lineChanges[low - 1].transaction == transaction {
      return extras(of: steps[Int(lineChanges[low - 1].step)])?.items ?? []
    }
    return transactions[Int(transaction)].state.lines
  }

  /// Returns a step's reference, if it carries one.
  package func reference(of step: Step) -> String? {
    step.reference >= 0 ? references[step.reference] : nil
  }

  /// Returns the rarer parts of a step, if it has any.
  package func extras(of step: Step) -> StepExtras? {
    step.extras >= 0 ? extras[Int(step.extras)] : nil
  }
}
