// Which line a number means. An adjustment may give a transaction other lines, so that the same
// number means another line before and after it. To tell whether two operations are equal, each
// line has a key that stays with it: its first number, or the next free one for a line that is new.

extension PlanBuilder {
  /// The keys of a transaction's lines from a step on.
  struct LineKeys: Sendable {
    /// The first step that the keys are for.
    let firstStep: Int32
    /// The index of the keys before, or -1 where each line's number is its key.
    let previous: Int32
    let keys: [Int32]
    /// A key that no line had so far.
    let nextKey: Int32
  }

  /// Returns the index of the keys of a transaction's lines now, or -1.
  func currentKeys(of transaction: Int32) -> Int32 { targets[Int(transaction)].lineKeys }

  /// Returns the index of the keys that a step's portions were numbered by, or -1.
  func keys(of transaction: Int32, atStep step: Int32) -> Int32 {
    var index = currentKeys(of: transaction)
    while index >= 0, lineKeys[Int(index)].firstStep > step {
      index = lineKeys[Int(index)].previous
    }
    return index
  }

  /// Returns the key of a line; a number that is no line's stays what it is.
  func key(of line: Int32, in keys: Int32) -> Int32 {
    guard keys >= 0 else { return line }
    let all = lineKeys[Int(keys)].keys
    return all.indices.contains(Int(line)) ? all[Int(line)] : line
  }

  /// Returns what stays with a line of a transaction when other lines come and go.
  package func key(ofLine line: Int, of transaction: Int32) -> Int32 {
    key(of: Int32(line), in: currentKeys(of: transaction))
  }

  /// Returns the line of a transaction with a key; nil where it was dropped.
  package func line(withKey key: Int32, of transaction: Int32) -> Int32? {
    let keys = currentKeys(of: transaction)
    guard keys >= 0 else {
      return Int(key) < states[Int(transaction)].lines.count ? key : nil
    }
    return lineKeys[Int(keys)].keys.firstIndex(of: key).map { Int32($0) }
  }

  /// Takes down that the step being added gives a transaction other lines.
  mutating func recordLineChange(on transaction: Int32, from old: [LineItem]) {
    let step = Int32(steps.count)
    lineChanges.append(LineChange(transaction: transaction, step: step))
    let before = currentKeys(of: transaction)
    let numbers = LineNumbers(old)
    var nextKey = before >= 0 ? lineKeys[Int(before)].nextKey : Int32(old.count)
    let keys = states[Int(transaction)].lines.map { line in
      if let number = numbers.number(of: line.id) { return key(of: number, in: before) }
      nextKey += 1
      return nextKey - 1
    }
    // Where every line keeps its number and none was dropped, numbers go on being keys.
    let isUnchanged =
      before < 0 && keys.count >= old.count
      && keys.indices.allSatisfy { keys[$0] == Int32($0) }
    if isUnchanged { return }
    lineKeys.append(
      LineKeys(firstStep: step + 1, previous: before, keys: keys, nextKey: nextKey)
    )
    targets[Int(transaction)].lineKeys = Int32(lineKeys.count - 1)
  }
}
