/// Where the rows of a table begin, and which numbers they have.
struct RowIndex: Sendable {
  /// From a row on, numbers are so much larger than the count of the rows before.
  struct Shift: Sendable {
    let row: UInt32
    let amount: UInt32
  }

  private var starts: [UInt32] = []
  /// A shift for every stretch of rows that follows blank ones; in nearly every file there is one.
  private(set) var shifts: [Shift] = []

  var count: Int { starts.count }

  mutating func append(start: Int, number: Int) {
    let amount = UInt32(truncatingIfNeeded: number - starts.count)
    if shifts.last?.amount != amount {
      shifts.append(Shift(row: UInt32(truncatingIfNeeded: starts.count), amount: amount))
    }
    starts.append(UInt32(truncatingIfNeeded: start))
  }

  func start(of row: Int) -> Int { Int(starts[row]) }

  /// Returns the number of a row as a spreadsheet shows it.
  func number(of row: Int) -> Int {
    // The last shift at the row or before it.
    var (low, high) = (0, shifts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if shifts[middle].row <= row { low = middle } else { high = middle }
    }
    return row + Int(shifts[low].amount)
  }
}
