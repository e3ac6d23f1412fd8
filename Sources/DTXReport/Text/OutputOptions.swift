/// How a report is written: how wide, with which characters, with or without colour.
///
/// Colour only repeats what words and marks say already, so nothing is lost without it.
package struct OutputOptions: Hashable, Sendable {
  /// The fewest columns that are honoured: below this, every word would stand on its own line.
  package static let fewestColumns = 20

  /// How many columns the terminal has; nil where lines may be as long as they like, as in a file.
  package var columns: Int?
  package var isColoured: Bool
  /// Whether the receiver reads UTF-8, so that arrows and an ellipsis can be drawn.
  ///
  /// Text that comes from elsewhere is passed on as it is; only the report's own marks change.
  package var isUnicode: Bool
  /// Whether every operation of a long plan or run is shown, and not only the first and last ones.
  package var isComplete: Bool
  /// Whether tables are written as records, line by line, as a screen reader can read them aloud.
  package var isLinear = false
  /// What time it is, in milliseconds since 1970-01-01T00:00Z, so that a report can say how long
  /// something lasts; nil where it is to be the same at any time.
  package var now: Int64?

  package init(
    columns: Int? = 80,
    isColoured: Bool = false,
    isUnicode: Bool = true,
    isComplete: Bool = false
  ) {
    self.columns = columns.map { max($0, Self.fewestColumns) }
    self.isColoured = isColoured
    self.isUnicode = isUnicode
    self.isComplete = isComplete
  }
}

/// What a stretch of text is, from which its colour follows.
package enum TextRole: Hashable, Sendable {
  case plain
  case heading
  case error, warning, note
  /// Done, and well done.
  case success
  /// Frame and margin: what one looks past.
  case faint
  /// Real money: the mark of a production account.
  case production

  /// The parameters of the terminal's "select graphic rendition", without colour names that a
  /// light or a dark background would swallow.
  ///
  /// Source: ECMA-48, 5th edition, section 8.3.117.
  var parameters: StaticString {
    switch self {
    case .plain: ""
    case .heading: "1"
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;36"
    case .success: "32"
    case .faint: "2"
    case .production: "1;35"
    }
  }
}
