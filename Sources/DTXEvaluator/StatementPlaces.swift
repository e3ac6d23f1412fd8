/// Where in the scripts each statement of a plan stands, by the number that its steps carry.
package struct StatementPlaces: Hashable, Sendable {
  /// A line of a script: eight bytes, because a plan may have a million statements.
  package struct Place: Hashable, Sendable {
    /// The index of the script's name.
    package let source: UInt32
    /// Counted from 1.
    package let line: UInt32

    package init(source: UInt32 = 0, line: UInt32) {
      self.source = source
      self.line = line
    }
  }

  package let sourceNames: [String]
  package let places: [Place]

  /// Makes the places of the statements of one script, by their lines.
  package init(_ name: String, lines: [UInt32]) {
    self.init(sourceNames: [name], places: lines.map { Place(line: $0) })
  }

  /// Makes the places of statements that are numbered from 0.
  package init(sourceNames: [String], places: [Place]) {
    self.sourceNames = sourceNames
    self.places = places
  }

  /// Returns the place of a statement; nil for one that has none, such as one typed at the prompt.
  package subscript(statement: Int32) -> Place? {
    places.indices.contains(Int(statement)) ? places[Int(statement)] : nil
  }

  /// Returns the name of the script that a place is in.
  package func name(of place: Place) -> String? {
    sourceNames.indices.contains(Int(place.source)) ? sourceNames[Int(place.source)] : nil
  }
}
