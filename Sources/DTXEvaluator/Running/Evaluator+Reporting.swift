import DTXCSV
import DTXLedger
import DTXSyntax

/// What is around a statement that a message about it must tell.
enum EvaluationContext {
  /// The row that a loop has come to, by its place among those in use.
  case row(Int)
  case call(Diagnostic.Label)
}

/// What a diagnostic says and where, so that it is said once.
struct ReportedDiagnostic: Hashable {
  let code: DiagnosticCode
  let place: Diagnostic.Label
  let text: String
  /// The first byte of the row that it is about, or -1.
  let row: Int
}

extension Evaluator {
  mutating func report(_ message: ProgramMessage, at range: SourceRange, remark: String = "") {
    report(Diagnostic(message, at: label(range, remark), fixIts: message.fixIts(at: range)))
  }

  mutating func report(_ message: RuleMessage, at range: SourceRange, remark: String = "") {
    report(Diagnostic(message, at: label(range, remark)))
  }

  /// Reports a value that is not what it should be, at its place in its file if it is from one.
  mutating func report(_ message: ProgramMessage, about value: Value, at range: SourceRange) {
    guard case .cell(let cell) = value else {
      report(message, at: range)
      return
    }
    report(
      Diagnostic(
        message,
        at: Diagnostic.Label(cell.range, "", in: tables[Int(cell.table)].source),
        secondary: [label(range, "it is used here")]
      )
    )
  }

  mutating func report(_ diagnostic: Diagnostic) {
    if isCollecting || isQuiet { return }
    guard contexts.isEmpty else { return reportInContext(diagnostic) }
    append(diagnostic)
  }

  /// Adds what a person must know who sees the statement and not the turn.
  private mutating func reportInContext(_ diagnostic: Diagnostic) {
    var diagnostic = diagnostic
    var row = -1
    for context in contexts.reversed() {
      switch context {
      case .call(let label): diagnostic.secondary.append(label)
      case .row(let number):
        let inUse = rows[number]
        let table = tables[inUse.table]
        row = inUse.row.range.lowerBound
        guard diagnostic.primary.source != table.source else { continue }
        let range = SourceRange(UInt32(row), UInt32(inUse.row.range.upperBound))
        diagnostic.secondary.append(
          Diagnostic.Label(range, "with row \(inUse.row.number) of the file", in: table.source)
        )
      }
    }
    let key = ReportedDiagnostic(
      code: diagnostic.code,
      place: diagnostic.primary,
      text: diagnostic.message.text,
      row: row
    )
    if reported.insert(key).inserted { append(diagnostic) }
  }

  private mutating func append(_ diagnostic: Diagnostic) {
    let severity = diagnostic.severity
    if diagnosticCounts[severity, default: 0] < Self.diagnosticLimit {
      diagnosticCounts[severity, default: 0] += 1
      diagnostics.append(diagnostic)
    } else if firstDropped[severity] == nil {
      firstDropped[severity] = diagnostic.primary
    }
  }

  /// What was reported, with a last word where there was more: as grave as what is not told.
  var allDiagnostics: [Diagnostic] {
    diagnostics
      + firstDropped.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { severity, place in
        Diagnostic(
          SyntaxMessage.tooManyDiagnostics(severity, limit: Self.diagnosticLimit),
          at: place
        )
      }
  }

  /// Reports a limit behind which nothing is evaluated.
  mutating func end(with message: ProgramMessage, at range: SourceRange) {
    report(message, at: range)
    isOver = true
  }

  /// Evaluates what is reported elsewhere, or need not be true.
  mutating func quietly<Result>(_ body: (inout Evaluator) -> Result) -> Result {
    let wasQuiet = isQuiet
    isQuiet = true
    defer { isQuiet = wasQuiet }
    return body(&self)
  }

  /// A place in the script that is being evaluated.
  func label(_ range: SourceRange, _ text: String = "") -> Diagnostic.Label {
    Diagnostic.Label(range, text, in: SourceID(UInt32(unit)))
  }

  /// The place of a statement of any script, by its number.
  func label(ofStatement number: Int32, _ text: String) -> Diagnostic.Label {
    let index = program.units.lastIndex { $0.firstStatement <= number } ?? 0
    let unit = program.units[index]
    let range = unit.script.statements[Int(number - unit.firstStatement)].range
    return Diagnostic.Label(range, text, in: SourceID(UInt32(index)))
  }
}
