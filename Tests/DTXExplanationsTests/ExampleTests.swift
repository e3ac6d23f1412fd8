import DTXCSV
import DTXEvaluator
import DTXExecution
import DTXExplanations
import DTXLedger
import DTXPlanning
import DTXSandbox
import DTXSyntax
import DTXTestSupport
import Testing

@Suite("Examples of explanations")
struct ExampleTests {
  static let explanations = Explanation.sections.flatMap(\.explanations)

  /// One new sandbox for all examples: planning changes nothing in it.
  static let folder = TemporaryFolder()
  static let sandbox = Sandbox(path: folder.file("sandbox.db"), account: account)

  static let account: Account = {
    guard let account = Account("T12345678") else { preconditionFailure("no account") }
    return account
  }()

  @Test("the wrong one gives the code and no other", arguments: explanations)
  func wrong(explanation: Explanation) async throws {
    switch explanation.example {
    case .script(let wrong, _):
      let codes = try await Self.codes(of: wrong)
      #expect(codes == [explanation.code])
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

  /// The codes of what is wrong with a script that is planned against a new sandbox.
  static func codes(of source: [UInt8]) async throws -> [DiagnosticCode] {
    var options = Evaluator.Options()
    options.now = SandboxEnvironment.live.now()
    // A parameter without a value is missed only where values could have been given.
    let planner = Planner(reader: sandbox.reader, options: options)
    return try await planner.plan(source).diagnostics.map(\.code)
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
