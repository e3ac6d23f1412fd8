package import DTXSyntax

/// A group of codes that belong together.
package struct ExplanationSection: Sendable {
  package let title: String
  /// In the order of their codes.
  package let explanations: [Explanation]

  init(_ title: String, _ explanations: [[Explanation]]) {
    self.title = title
    self.explanations = explanations.flatMap { $0 }.sorted { $0.code.number < $1.code.number }
  }
}

extension Explanation {
  /// Every explanation, in sections, in the order of the codes.
  package static let sections = [
    ExplanationSection("Reading a script", [characters, grammar, grammarOfControl, spellings]),
    ExplanationSection("Names, kinds and amounts", [amounts, names, scopes, kinds]),
    ExplanationSection("Files", [files, dataFiles]),
    ExplanationSection("The rules of payments", [limits, products, lines, targets, repetitions]),
    ExplanationSection("The provider", [provider]),
    ExplanationSection("Configuration, confirmation and journal", [program, journal, policy]),
  ]

  private static let byCode: [DiagnosticCode: Explanation] = Dictionary(
    sections.flatMap(\.explanations).map { ($0.code, $0) },
    uniquingKeysWith: { _, _ in preconditionFailure("two explanations have one code") }
  )

  /// Returns the explanation of a code; nil where there is no such code.
  package static func of(_ code: DiagnosticCode) -> Explanation? { byCode[code] }

  /// Returns the explanation of a code as a person writes it: `DTX3001`, `dtx3001` or `3001`.
  package static func named(_ text: String) -> Explanation? {
    let digits = text.lowercased().hasPrefix("dtx") ? text.dropFirst(3) : text[...]
    // Four digits and nothing else: a sign or a zero in front would name no code.
    guard digits.utf8.count == 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return UInt16(digits).flatMap { of(DiagnosticCode($0)) }
  }
}
