/// Which transactions are to be looked at again when, the soonest first: a binary heap.
struct Alarms: Hashable, Sendable {
  struct Alarm: Hashable, Sendable {
    let moment: Moment
    /// The index of the transaction in the plan.
    let transaction: Int32
  }

  private var heap: [Alarm] = []

  var soonest: Moment? { heap.first?.moment }

  mutating func add(_ alarm: Alarm) {
    heap.append(alarm)
    var child = heap.count - 1
    while child > 0, heap[child].moment < heap[(child - 1) / 2].moment {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Removes and returns the soonest alarm if its moment has come.
  mutating func popDue(at now: Moment) -> Alarm? {
    guard let first = heap.first, first.moment <= now else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    sink()
    return first
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].moment < heap[least].moment {
        least = child
      }
      if least == parent { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
