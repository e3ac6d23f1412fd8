import DTXSyntax
import Foundation
import Testing

@Suite("Golden")
struct GoldenTests {
  @Test("gives what is expected", arguments: Golden.all)
  func matches(golden: Golden) throws {
    if Golden.isUpdating { try golden.update(golden.actual) }
    #expect(golden.actual == golden.expected)
  }

  @Test("there are programs, and no expectation without one")
  func complete() {
    let paths = FileManager.default.enumerator(atPath: Golden.folder.path)?
      .compactMap { $0 as? String }
    let expectations = (paths ?? []).filter { $0.hasSuffix(".expected") }
    #expect(Golden.all.count >= 10)
    #expect(Set(expectations) == Set(Golden.all.map { "\($0.name).expected" }))
  }

  /// Those that take a source too large for a file.
  static let unreachable: Set<SyntaxMessage.Code> = [.sourceTooLarge, .tooManyDiagnostics]

  @Test("every message stands in some expectation", arguments: SyntaxMessage.Code.allCases)
  func wording(code: SyntaxMessage.Code) {
    let isShown = Golden.all.contains { $0.expected?.contains("DTX\(code.rawValue):") == true }
    #expect(isShown || Self.unreachable.contains(code))
  }
}
