package import DTXSyntax

extension [Diagnostic] {
  /// Returns those that are about other places than what could not be read.
  ///
  /// A mistake in the grammar leaves a tree with a hole, and what is wrong with the hole is the same
  /// mistake told twice.
  package func besides(_ syntax: [Diagnostic]) -> [Diagnostic] {
    guard !syntax.isEmpty else { return self }
    let places = syntax.map(\.primary).sorted {
      ($0.source.index, $0.range.start) < ($1.source.index, $1.range.start)
    }
    return filter { diagnostic in
      let label = diagnostic.primary
      // The last place that begins before the end of this one; those before it end before it too.
      var (low, high) = (0, places.count)
      while low < high {
        let middle = (low + high) / 2
        let place = places[middle]
        if (place.source.index, place.range.start) <= (label.source.index, label.range.end) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      guard low > 0, places[low - 1].source == label.source else { return true }
      return places[low - 1].range.end < label.range.start
    }
  }

  /// By file and place; those of one place keep their order.
  package func inSourceOrder() -> [Diagnostic] {
    enumerated()
      .sorted { left, right in
        let (first, second) = (left.element.primary, right.element.primary)
        return (first.source.index, first.range.start, left.offset)
          < (second.source.index, second.range.start, right.offset)
      }
      .map(\.element)
  }
}
