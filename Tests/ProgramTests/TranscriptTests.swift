import Foundation
import Testing

/// Conversations with the program, kept in `Golden/<topic>/<case>.transcript`.
///
/// With `DTX_UPDATE_GOLDEN=1` in the environment they are written anew, to be reviewed.
@Suite("Transcripts")
struct TranscriptTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  static let cases = (FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? [])
    .compactMap { $0 as? String }
    .filter { $0.hasSuffix(".transcript") }
    .sorted()

  @Test("goes as it is written", arguments: cases)
  func transcript(name: String) async throws {
    let file = Self.folder.appending(path: name)
    let expected = try String(contentsOf: file, encoding: .utf8)
    let actual = try await Transcript(expected).played(in: Workplace())
    if ProcessInfo.processInfo.environment["DTX_UPDATE_GOLDEN"] == "1" {
      try Data(actual.utf8).write(to: file)
      return
    }
    #expect(actual == expected, "\(name)\n\(firstDifference(expected, actual))")
  }

  @Test("exist")
  func existence() { #expect(Self.cases.count > 10) }

  private func firstDifference(_ expected: String, _ actual: String) -> String {
    let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let actual = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let same = zip(expected, actual).prefix { $0 == $1 }.count
    func line(_ lines: [Substring]) -> Substring { same < lines.count ? lines[same] : "(the end)" }
    return "line \(same + 1)\n  expected \(line(expected))\n  actual   \(line(actual))"
  }
}
