import DTXExplanations
import DTXPlanning
import DTXSyntax
import DTXTestSupport
import Foundation
import Testing

/// Scripts as people write them, through every stage: `Golden/<topic>.dtx` beside `.expected`.
///
/// The golden files of each stage have its corners; these show how the stages fit together.
@Suite("Every stage")
struct StageTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  static let topics: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix(".dtx") }.map { String($0.dropLast(4)) }.sorted()
  }()

  @Test("there is a script for each topic")
  func complete() {
    #expect(Self.topics.count >= 9)
  }

  @Test("gives what is expected", arguments: topics)
  func matches(topic: String) async throws {
    let source = try Data(contentsOf: Self.folder.appending(path: "\(topic).dtx"))
    let machine = ExampleTests.machine
    let result = try await machine.plan(Array(source))
    let sections = [
      ("tokens", TokenDump(Array(source)).lines),
      ("tree", TreeDump(script: result.script).statements),
      ("diagnostics", machine.diagnostics(of: result)),
      ("output", machine.outputs(of: result)),
      ("plan", machine.operations(of: result)),
    ]
    let actual = sections.map { "-- \($0)\n\($1)" }.joined()
    let file = Self.folder.appending(path: "\(topic).expected")
    if ProcessInfo.processInfo.environment["DTX_UPDATE_GOLDEN"] == "1" {
      try Data(actual.utf8).write(to: file)
    }
    #expect(actual == (try String(contentsOf: file, encoding: .utf8)))
  }
}
