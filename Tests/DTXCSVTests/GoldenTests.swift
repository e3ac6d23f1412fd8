import DTXCSV
import Foundation
import Testing

/// The wording of problems: `Golden/<case>.csv` beside `.expected`.
///
/// With `DTX_UPDATE_GOLDEN=1` in the environment the expectations are written anew, to be reviewed.
@Suite("Golden tables")
struct GoldenTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".csv") }.map { String($0.dropLast(4)) }.sorted()

  @Test("give what is expected", arguments: names)
  func matches(name: String) throws {
    let table = CSVTable(Array(try Data(contentsOf: Self.folder.appending(path: "\(name).csv"))))
    let expected = Self.folder.appending(path: "\(name).expected")
    let actual = Self.text(table)
    if ProcessInfo.processInfo.environment["DTX_UPDATE_GOLDEN"] == "1" {
      try Data(actual.utf8).write(to: expected)
    }
    #expect(actual == (try? String(contentsOf: expected, encoding: .utf8)))
  }

  /// Those that take a file too large to keep.
  static let unreachable: Set<CSVProblem.Rule> = [.tooLarge, .tooManyColumns]

  @Test("every rule stands in some expectation", arguments: CSVProblem.Rule.allCases)
  func wording(rule: CSVProblem.Rule) {
    let isShown = Self.names.contains { name in
      let expected = Self.folder.appending(path: "\(name).expected")
      let text = try? String(contentsOf: expected, encoding: .utf8)
      return text?.contains("\(rule): ") ?? false
    }
    #expect(isShown || Self.unreachable.contains(rule))
  }

  private static func text(_ table: CSVTable) -> String {
    var text = "columns \(table.names.joined(separator: " | "))\nrows \(table.rowCount)\n"
    for problem in table.problems {
      text += "\n\(problem.rule): \(problem.text)\n"
      text += "  at \"\(String(decoding: table.bytes[problem.range], as: UTF8.self))\"\n"
      text += "  help: \(problem.help)\n"
    }
    return text
  }
}
