import DTXEvaluator
import Foundation
import Testing

/// Scripts in files, each beside what planning it gives.
@Suite("Golden scripts")
struct GoldenTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  /// Every script, as `topic/case`.
  static let names: [String] =
    (FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? [])
    .compactMap { $0 as? String }
    .filter { $0.hasSuffix(".dtx") && !$0.contains("/files/") }
    .map { String($0.dropLast(".dtx".count)) }
    .sorted()

  /// Compares a plan with the file beside the script.
  ///
  /// With `DTX_UPDATE_GOLDEN=1` in the environment the file is written instead; without, a missing
  /// file fails.
  @Test("plan as their files say", arguments: names)
  func plan(name: String) throws {
    let source = try Self.text(of: "\(name).dtx")
    let planned = PlannedScript(
      source,
      files: try Self.files(beside: name),
      parameters: Self.parameters(of: source),
      operationLimit: Self.operationLimit(of: source)
    )
    let actual = PlanText(planned)
    let file = Self.folder.appending(path: "\(name).expected")
    if Self.isUpdating {
      try Data(actual.text.utf8).write(to: file)
      return
    }
    let expected = try Self.text(of: "\(name).expected")
    #expect(actual.text == expected, "\(name).expected")
  }

  @Test("are there, with nothing left over", .enabled(if: !isUpdating))
  func folder() {
    #expect(Self.names.count > 30)
    let files = FileManager.default.enumerator(atPath: Self.folder.path)?.allObjects ?? []
    let expectations = files.compactMap { $0 as? String }.filter { $0.hasSuffix(".expected") }
    #expect(Set(expectations.map { String($0.dropLast(".expected".count)) }) == Set(Self.names))
  }

  private static let isUpdating =
    ProcessInfo.processInfo.environment["DTX_UPDATE_GOLDEN"] == "1"

  private static func text(of name: String) throws -> String {
    try String(decoding: Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  /// The files of a topic's folder `files`, which its scripts may read and include.
  private static func files(beside name: String) throws -> [String: String] {
    let topic = name.split(separator: "/")[0]
    let folder = folder.appending(path: "\(topic)/files").path
    var files: [String: String] = [:]
    for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      files[file] = try text(of: "\(topic)/files/\(file)")
    }
    return files
  }

  /// A script of this test may have lines such as `# set: name=value`, which are its parameters.
  private static func parameters(of source: String) -> [String: String] {
    var parameters: [String: String] = [:]
    for match in source.matches(of: /(?m)^# set: (\w+)=(.*)$/) {
      parameters[String(match.output.1)] = String(match.output.2)
    }
    return parameters
  }

  /// A script of this test may begin with `# operations: 3`, which is what the option says then.
  private static func operationLimit(of source: String) -> Int {
    source.firstMatch(of: /^# operations: (\d+)/).flatMap { Int($0.output.1) }
      ?? Evaluator.Options.defaultOperationLimit
  }
}
