import DTXEvaluator
import DTXSyntax

/// A text that diagnostics point into, by the name that a person knows it by.
package struct NamedSource: Hashable, Sendable {
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Reads a script with all that it includes.
///
/// A file that is included more than once is read once, and evaluated where it is met first.
struct ScriptLoader {
  /// The most files that one script may include, whatever includes which.
  static let includeLimit = 1_000

  private let files: any PlanningFiles
  private(set) var set: ScriptSet
  private(set) var sources: [NamedSource]
  private(set) var diagnostics: [Diagnostic]
  /// Where each script is, by its number; nil for one that is no file.
  private(set) var paths: [String?]
  private var numbers: [String: Int] = [:]
  /// The scripts on the way to the one that is being read, outermost first.
  private var open: [Int] = [0]
  private var hasReportedLimit = false

  init(_ source: [UInt8], named name: String, at path: String?, files: any PlanningFiles) {
    self.files = files
    let (script, syntax) = Parser.parse(source, mode: .script)
    set = ScriptSet(script)
    sources = [NamedSource(name: name, bytes: source)]
    diagnostics = syntax
    paths = [path]
    if let path { numbers[path] = 0 }
    readInclusions(of: 0)
  }

  private mutating func readInclusions(of number: Int) {
    let script = set.scripts[number]
    for (index, statement) in script.statements.enumerated() {
      guard case .inclusion(let operand) = statement.content, operand.kind != .missing else {
        continue
      }
      let path = script.stringValue(of: operand)
      let label = Diagnostic.Label(operand.literalRange, in: SourceID(UInt32(number)))
      guard let included = include(path, from: number, at: label) else { continue }
      set.include(included, at: index, of: number)
    }
  }

  /// Returns the number of a script that another includes; nil where that is wrong, once reported.
  private mutating func include(
    _ path: String,
    from number: Int,
    at label: Diagnostic.Label
  ) -> Int? {
    let file: PlanningFile
    do throws(FileProblem) {
      file = try files.file(path, relativeTo: paths[number], byteLimit: Parser.sourceLimit)
    } catch {
      report(.cannotInclude(path, error.reason), at: label)
      return nil
    }
    if let known = numbers[file.path] {
      guard let start = open.firstIndex(of: known) else { return known }
      let circle = (open[start...] + [known]).map { sources[$0].name }
      report(.includesItself(circle), at: label)
      return nil
    }
    guard set.scripts.count <= Self.includeLimit else {
      if !hasReportedLimit { report(.tooManyIncludes(limit: Self.includeLimit), at: label) }
      hasReportedLimit = true
      return nil
    }
    let (script, syntax) = Parser.parse(file.bytes, mode: .script)
    let included = set.append(script)
    numbers[file.path] = included
    paths.append(file.path)
    sources.append(NamedSource(name: file.name, bytes: file.bytes))
    diagnostics += syntax.map { $0.moved(to: SourceID(UInt32(included))) }
    open.append(included)
    readInclusions(of: included)
    open.removeLast()
    return included
  }

  private mutating func report(_ message: ProgramMessage, at label: Diagnostic.Label) {
    diagnostics.append(Diagnostic(message, at: label))
  }
}

extension Diagnostic {
  /// The same diagnostic in another source.
  fileprivate func moved(to source: SourceID) -> Diagnostic {
    func moved(_ label: Label) -> Label { Label(label.range, label.text, in: source) }
    return Diagnostic(
      message,
      at: moved(primary),
      secondary: secondary.map(moved),
      fixIts: fixIts
    )
  }
}
