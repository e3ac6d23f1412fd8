/// Text from outside, made fit for the line.
enum PastedText {
  /// The largest paste that is taken, in bytes: far more than anybody reads before pressing Enter,
  /// and little enough to be drawn without a wait.
  static let byteLimit = 4 << 20

  /// Returns the text with `\n` for every line ending, a space for a tab and without other control
  /// characters or newlines at its end.
  ///
  /// A newline at the end would put the cursor on an empty row, and never means Enter.
  static func clean(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\r": result.append("\n")
      case "\n" where previous == "\r": break
      case "\n": result.append("\n")
      case "\t": result.append(" ")
      default:
        if scalar.properties.generalCategory != .control { result.append(scalar) }
      }
      previous = scalar
    }
    while result.last == "\n" { result.removeLast() }
    return String(result)
  }
}
