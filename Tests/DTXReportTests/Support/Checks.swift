@testable import DTXReport
import Foundation
import Testing

/// Reads JSON lines back with a parser that is not ours.
func jsonLines(_ text: String) throws -> [[String: Any]] {
  try text.split(separator: "\n").map { line in
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }
}

/// Checks that no line is wider than the terminal, unless a word that must not be cut ends it.
func expectFits(_ text: String, columns: Int, sourceLocation: SourceLocation = #_sourceLocation) {
  for line in text.split(separator: "\n") {
    let width = ColumnCounter.columns(of: String(line))
    guard width > columns else { continue }
    // Where a word sticks out there was no break before it on its line, but for the indentation,
    // a name in front of it, or the parts of an amount.
    let last = line.split(separator: " ").last.map { ColumnCounter.columns(of: String($0)) } ?? 0
    let isUnbreakable = last > columns - 24 && last <= LineWrapping.longestWord
    #expect(isUnbreakable, "\(width) columns: \(line)", sourceLocation: sourceLocation)
  }
}
