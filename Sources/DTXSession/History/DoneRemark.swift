import DTXSyntax

/// The remark as which a statement comes back that was carried out: `# done 14:02 capture …`.
///
/// Enter alone then does nothing. Who means it once more takes the remark's beginning away.
package enum DoneRemark {
  private static let start = "# done "

  /// Whether a text is such remarks and nothing else, which are not worth keeping once more.
  package static func isAll(of text: String) -> Bool {
    text.hasPrefix(start) && text.split(separator: "\n").allSatisfy { $0.hasPrefix("#") }
  }

  static func text(for statement: String, doneAt: CivilTime, today: CivilDate) -> String {
    let date = doneAt.date
    let clock = "\(twoDigits(doneAt.hour)):\(twoDigits(doneAt.minute))"
    let day = "\(date.year)-\(twoDigits(date.month))-\(twoDigits(date.day))"
    let time = date == today ? clock : "\(day) \(clock)"
    return "\(start)\(time) " + statement.replacing("\n", with: "\n# ")
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// Makes a remark of a text, or a text of a remark, as a key does.
  static func toggled(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.allSatisfy({ $0.hasPrefix("#") }) else {
      return lines.map { "# " + $0 }.joined(separator: "\n")
    }
    return lines.map { line in
      // The time may have a date before it.
      line.replacing(/^#(?: done (?:\d{4}-\d\d-\d\d )?\d\d:\d\d)? ?/, with: "", maxReplacements: 1)
    }
    .joined(separator: "\n")
  }
}
