import DTXEvaluator

extension TextBuilder {
  /// Appends a statement's line, with the script's name where there are several scripts.
  mutating func append(lineOf statement: Int32, in places: StatementPlaces) {
    guard let place = places[statement] else { return }
    if places.sourceNames.count > 1, let name = places.name(of: place) {
      append(foreign: name)
      append(":")
    }
    append(place.line)
  }
}

extension JSONWriter {
  /// Writes `file` and `line` of a statement.
  mutating func members(of statement: Int32, in places: StatementPlaces) {
    let place = places[statement]
    member("file", place.flatMap { places.name(of: $0) })
    member("line", place.map(\.line))
  }
}
