import DTXLedger
import DTXSyntax

extension ProgramMessage {
  /// Returns the repairs of what stands at the place of the message, best first.
  ///
  /// None of them is certain: a name that is near may still be another one, and an amount that can
  /// be read in two ways is for a person to decide.
  func fixIts(at range: SourceRange) -> [Diagnostic.FixIt] {
    replacements.map { text in
      Diagnostic.FixIt("write `\(text)`", [Diagnostic.Edit(range, text)])
    }
  }

  private var replacements: [String] {
    switch self {
    case .decimalsMissing(let written, let currency):
      let (major, minor) = Self.spellings(of: written, in: currency)
      return [major] + (minor.map { [$0] } ?? [])
    case .wrongDecimals(let written, let currency):
      return Self.spellings(correcting: written, to: currency).exact.map { [$0] } ?? []
    case .unknownCurrency(_, let nearest?), .undefinedVariable(_, let nearest?),
      .unknownField(_, _, let nearest?), .unknownWord(_, _, let nearest?),
      .undefinedFunction(_, let nearest?), .undefinedProcedure(_, let nearest?):
      return [nearest]
    default: return []
    }
  }
}
