/// Elements that leave in the order in which they came.
struct Queue<Element: Hashable & Sendable>: Hashable, Sendable {
  private var elements: [Element] = []
  private var head = 0

  var isEmpty: Bool { head == elements.count }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func popFirst() -> Element? {
    guard head < elements.count else { return nil }
    defer { dropConsumed() }
    return elements[head]
  }

  /// Moves the head on, and the rest to the front once most of the array is behind the head.
  private mutating func dropConsumed() {
    head += 1
    guard head > 32, head * 2 > elements.count else { return }
    elements.removeFirst(head)
    head = 0
  }
}
