import Foundation
import Testing

/// The examples that come with the program, run by the program in a new sandbox.
@Suite("Examples")
struct ExampleTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../scripts/examples").standardizedFileURL

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".dtx") }
    .sorted()

  @Test("are there") func existence() { #expect(Self.names.count >= 7) }

  @Test("are laid out, move something, and move nothing the second time", arguments: names)
  func example(name: String) async throws {
    let workplace = try Workplace()
    let path = Self.folder.appending(path: name).path
    func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
      let result = try await workplace.start(arguments).result()
      return (result.status, result.output + result.errors)
    }
    #expect(try await run(["check", path]).status == 0)
    #expect(try await run(["fmt", "--check", path]).status == 0)
    let first = try await run(["run", path, "--yes"])
    #expect(first.status == 0, "\(first.output)")
    #expect(first.output.contains(" done."))
    let second = try await run(["run", path, "--yes", "--json"])
    #expect(second.status == 0, "\(second.output)")
    #expect(!second.output.contains(#""type":"operation""#))
  }

  @Test("list the parameters that can be set, and take them")
  func parameters() async throws {
    let workplace = try Workplace()
    let path = Self.folder.appending(path: "goodwill.dtx").path
    let checked = try await workplace.start(["check", path]).result()
    #expect(checked.errors.contains("order   \"ORDER-125\"  the order number"))
    let arguments = ["run", path, "--dry-run", "--json", "--set"]
    let planned = try await workplace.start(arguments + ["order=ORDER-126", "--set", "share=5%"])
      .result()
    #expect(planned.output.contains(#""transaction":"T12345678.tx126""#))
    #expect(planned.output.contains(#""amount_minor":2250"#))
    let misspelt = try await workplace.start(arguments + ["odrer=ORDER-126"]).result()
    #expect(misspelt.errors.contains("DTX2060") && misspelt.errors.contains("order"))
    #expect(misspelt.status != 0)
  }
}
