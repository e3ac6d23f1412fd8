import DTXLedger

/// What became of each step: four bytes per step, and the whole outcome only where it is unusual.
///
/// A plan of a million steps that all end as predicted holds no outcome at all, because the plan
/// itself says what each left behind.
struct OutcomeTable: Hashable, Sendable {
  /// What a step's slot holds when it is not the index of an outcome.
  private enum Slot {
    /// The step waits for the one before it on the same transaction.
    static let following: Int32 = -1
    /// The step is the next of its transaction, and no lane has taken the transaction yet.
    static let first: Int32 = -2
    /// Done, and as predicted.
    static let done: Int32 = -3
  }

  /// An outcome that several steps may share.
  struct Shared: Hashable, Sendable { fileprivate let slot: Int32 }

  private var slots: [Int32]
  private var outcomes: [Outcome] = []

  init(count: Int) { slots = Array(repeating: Slot.following, count: count) }

  /// How many outcomes are held whole.
  var unusualCount: Int { outcomes.count }

  /// Tells whether a step has an outcome, even one that may still change.
  func isSettled(_ step: Int32) -> Bool {
    let slot = slots[Int(step)]
    return slot >= 0 || slot == Slot.done
  }

  func isFirst(_ step: Int32) -> Bool { slots[Int(step)] == Slot.first }
  func isDoneAsPredicted(_ step: Int32) -> Bool { slots[Int(step)] == Slot.done }

  /// The outcome of a step, unless it has none or is simply done as predicted.
  func unusualOutcome(of step: Int32) -> Outcome? {
    let slot = slots[Int(step)]
    return slot >= 0 ? outcomes[Int(slot)] : nil
  }

  mutating func markFirst(_ step: Int32) { slots[Int(step)] = Slot.first }
  mutating func markDone(_ step: Int32) { slots[Int(step)] = Slot.done }
  mutating func markFollowing(_ step: Int32) { slots[Int(step)] = Slot.following }

  /// Keeps an outcome for steps to share.
  mutating func share(_ outcome: Outcome) -> Shared {
    outcomes.append(outcome)
    return Shared(slot: Int32(outcomes.count - 1))
  }

  mutating func mark(_ step: Int32, as shared: Shared) { slots[Int(step)] = shared.slot }
}
