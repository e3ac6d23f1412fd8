package import DTXCSV
package import DTXSyntax

/// What can be wrong with a data file that a script reads: the codes DTX21xx.
package enum DataFileMessage: DiagnosticMessage, Hashable {
  /// A problem, and whether the script reads the column that it is in.
  case problem(CSVProblem, isRead: Bool)
  /// How many more problems of a rule there are than are told, and whether any is in such a column.
  case more(CSVProblem.Rule, Int, isRead: Bool)
}

extension DataFileMessage {
  package var code: DiagnosticCode {
    switch self {
    case .problem(let problem, _): problem.rule.code
    case .more: DiagnosticCode(2119)
    }
  }

  /// A damaged value is an error where it would be used, and a hint elsewhere.
  package var severity: Diagnostic.Severity {
    let (gravity, isRead) =
      switch self {
      case .problem(let problem, let isRead): (problem.gravity, isRead)
      case .more(let rule, _, let isRead): (rule.gravity, isRead)
      }
    return switch gravity {
    case .unreadable: .error
    case .damaged: isRead ? .error : .warning
    case .suspicious: .warning
    }
  }

  package var text: String {
    switch self {
    case .problem(let problem, _): problem.text
    case .more(let rule, let count, _):
      "\(count) more \(count == 1 ? "problem" : "problems") like those with \(rule.code)"
    }
  }

  package var help: String? {
    switch self {
    case .problem(let problem, _): problem.help
    case .more: "repair the file where it was made, and not value by value"
    }
  }
}

extension CSVTable {
  /// Makes a diagnostic of everything that is wrong with the table.
  ///
  /// Each points at its place in the file, and at what reads the file in the script.
  /// - Parameters:
  ///   - source: The number of the file among the sources of the program.
  ///   - reader: Where the script reads the file.
  ///   - readColumns: The columns, counted from 0, that the script reads.
  /// - Returns: The diagnostics in the order of the file, and last what there was no room for.
  package func diagnostics(
    in source: SourceID,
    readBy reader: Diagnostic.Label,
    columns readColumns: Set<Int>
  ) -> [Diagnostic] {
    func diagnostic(_ message: DataFileMessage, _ range: Range<Int>) -> Diagnostic {
      let place = SourceRange(UInt32(range.lowerBound), UInt32(range.upperBound))
      return Diagnostic(message, at: Diagnostic.Label(place, in: source), secondary: [reader])
    }
    func isRead(_ columns: Set<Int>) -> Bool {
      columns.isEmpty || columns.contains { readColumns.contains($0 - 1) }
    }
    let found = problems.map { problem in
      let columns = Set(problem.column.map { [$0.number] } ?? [])
      return diagnostic(.problem(problem, isRead: isRead(columns)), problem.range)
    }
    let more = leftOut.map { rest in
      let last = problems.last { $0.rule == rest.rule }?.range ?? 0..<0
      return diagnostic(.more(rest.rule, rest.count, isRead: isRead(rest.columns)), last)
    }
    return found + more
  }
}

extension CSVProblem.Rule {
  /// The stable number of a rule; one that is no longer used stays unused.
  fileprivate var code: DiagnosticCode {
    switch self {
    case .empty: DiagnosticCode(2101)
    case .tooLarge: DiagnosticCode(2102)
    case .spreadsheetFile: DiagnosticCode(2103)
    case .foreignEncoding: DiagnosticCode(2104)
    case .tooManyColumns: DiagnosticCode(2105)
    case .invalidUTF8: DiagnosticCode(2106)
    case .controlCharacter: DiagnosticCode(2107)
    case .strayQuote: DiagnosticCode(2108)
    case .textAfterQuote: DiagnosticCode(2109)
    case .unclosedQuote: DiagnosticCode(2110)
    case .emptyName: DiagnosticCode(2111)
    case .duplicateName: DiagnosticCode(2112)
    case .fieldCount: DiagnosticCode(2113)
    case .formulaError: DiagnosticCode(2120)
    case .scientificNumber: DiagnosticCode(2121)
    case .lostZeros: DiagnosticCode(2122)
    case .totalsRow: DiagnosticCode(2123)
    case .duplicateRow: DiagnosticCode(2124)
    }
  }
}
