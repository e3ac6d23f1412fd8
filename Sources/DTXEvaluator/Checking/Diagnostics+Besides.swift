package import DTXSyntax

extension [Diagnostic] {
  /// Returns those that are about other places than what could not be read.
  ///
  /// A mistake in the grammar leaves a tree with a hole, and what is wrong with the hole is the same
  /// mistake told twice.
  package func besides(_ syntax: [Diagnostic]) -> [Diagnostic] {
    guard !syntax.isEmpty else { return self }
    let places = syntax.map(\.primary).sorted { $0.order < $1.order }
    return filter { diagnostic in
      let label = diagnostic.primary
      // The last place that begins before the end of this one; those before it end before it too.
      var (low, high) = (0, places.count)
      while low < high {
        let middle = (low + high) / 2
        if places[middle].order <= Label.Order(label.source.index, label.range.end) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      guard low > 0, places[low - 1].source == label.source else { return true }
      return places[low - 1].range.end < label.range.start
    }
  }
}

extension Diagnostic.Label {
  fileprivate struct Order: Comparable {
    let source: UInt32
    let offset: UInt32

    init(_ source: UInt32, _ offset: UInt32) { (self.source, self.offset) = (source, offset) }

    static func < (left: Self, right: Self) -> Bool {
      (left.source, left.offset) < (right.source, right.offset)
    }
  }

  /// Where the label begins.
  fileprivate var order: Order { Order(source.index, range.start) }
}

private typealias Label = Diagnostic.Label
