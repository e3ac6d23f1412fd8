/// Finds a line's number by its id.
///
/// Orders have few lines, for which looking through them is fastest; beyond `scanLimit` a
/// dictionary keeps the work linear however long a list is.
struct LineNumbers {
  /// Up to so many lines are looked through.
  static let scanLimit = 16

  private let lines: [LineItem]
  /// The numbers by id; empty where the lines are few.
  private let numbers: [String: Int32]

  init(_ lines: [LineItem]) {
    self.lines = lines
    var numbers: [String: Int32] = [:]
    if lines.count > Self.scanLimit {
      numbers.reserveCapacity(lines.count)
      for index in lines.indices where numbers[lines[index].id] == nil {
        numbers[lines[index].id] = Int32(index)
      }
    }
    self.numbers = numbers
  }

  /// Returns the first line whose id an earlier one has, or nil if all differ.
  func firstRepeated() -> Int32? {
    for index in lines.indices {
      if let first = number(of: lines[index].id), first < index { return Int32(index) }
    }
    return nil
  }

  /// Returns the number of the first line with an id, or nil if there is none.
  func number(of id: String) -> Int32? {
    if lines.count > Self.scanLimit { return numbers[id] }
    return lines.firstIndex { $0.id == id }.map { Int32($0) }
  }
}
