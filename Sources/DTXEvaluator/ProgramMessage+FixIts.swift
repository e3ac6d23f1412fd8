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
      return Self.withDecimals(of: currency, written).map { ["\($0) \(currency.code)"] } ?? []
    case .unknownCurrency(_, let nearest?), .undefinedVariable(_, let nearest?),
      .unknownField(_, _, let nearest?), .unknownWord(_, _, let nearest?),
      .undefinedFunction(_, let nearest?), .undefinedProcedure(_, let nearest?):
      return [nearest]
    default: return []
    }
  }

  /// Returns an amount with the decimals of its currency, if that takes no digit but zeros.
  private static func withDecimals(of currency: Currency, _ written: String) -> String? {
    let parts = written.split(separator: ".", omittingEmptySubsequences: false)
    guard currency.decimals > 0, parts.count == 2 else { return nil }
    let zeros = max(0, currency.decimals - parts[1].count)
    let fraction = parts[1] + String(repeating: "0", count: zeros)
    guard fraction.dropFirst(currency.decimals).allSatisfy({ $0 == "0" }) else { return nil }
    return "\(parts[0].filter { $0 != "_" }).\(fraction.prefix(currency.decimals))"
  }
}
