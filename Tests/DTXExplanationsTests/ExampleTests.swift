import DTXCSV
import DTXEvaluator
import DTXExplanations
import DTXPlanning
import DTXSyntax
import Testing

@Suite("Examples of explanations")
struct ExampleTests {
  static let explanations = Explanation.sections.flatMap(\.explanations)

  /// Planning changes nothing, so that one machine does for all examples.
  static let machine = ExampleMachine(
    files: Dictionary(uniqueKeysWithValues: Explanation.allExampleFiles.map { ($0.name, $0.text) })
  )

  @Test("the wrong one gives the code and no other", arguments: explanations)
  func wrong(explanation: Explanation) async throws {
    switch explanation.example {
    case .script(let wrong, _):
      let codes = try await Self.codes(of: wrong)
      // Several rows of a file may have the same mistake.
      #expect(Set(codes) == [explanation.code])
    case .table(let wrong, _):
      #expect(Self.codesOfTable(wrong) == [explanation.code])
    case .event:
      break
    }
  }

  @Test("the right one gives nothing, and is no other way to do nothing", arguments: explanations)
  func right(explanation: Explanation) async throws {
    switch explanation.example {
    case .script(let wrong, let right):
      let codes = try await Self.codes(of: Array(right.utf8))
      #expect(codes == [])
      #expect(wrong != Array(right.utf8))
    case .table(let wrong, let right):
      #expect(Self.codesOfTable(Array(right.utf8)) == [])
      #expect(wrong != Array(right.utf8))
    case .event:
      break
    }
  }

  @Test("what `--fix` is said to repair, it repairs", arguments: explanations)
  func repair(explanation: Explanation) async throws {
    guard explanation.remedy.contains("`dtx check --fix`"),
      case .script(let wrong, _) = explanation.example
    else { return }
    let repair = Repair(of: wrong) { Parser.parse($0, mode: .script).diagnostics }
    #expect(try await Self.codes(of: repair.text) == [])
  }

  /// The codes of what is wrong with a script that is planned against a new sandbox.
  static func codes(of source: [UInt8]) async throws -> [DiagnosticCode] {
    try await machine.plan(source).diagnostics.map(\.code)
  }

  /// The codes of what is wrong with a data file of which every column is read.
  static func codesOfTable(_ bytes: [UInt8]) -> [DiagnosticCode] {
    CSVTable(bytes)
      .diagnostics(
        in: .main,
        readBy: Diagnostic.Label(SourceRange(0, 0)),
        columns: Set(0..<8)
      )
      .map(\.code)
  }
}

extension Explanation: CustomTestStringConvertible {
  public var testDescription: String { "\(code) \(title)" }
}
