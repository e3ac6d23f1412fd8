/// A source after all the repairs that need no asking.
///
/// Repairs are made in rounds, because one mistake may hide another: after each round the text is
/// checked anew, so that every repair is worked out on a text that has been read.
package struct Repair: Sendable {
  /// One repair that was made.
  package struct Step: Hashable, Sendable {
    package let code: DiagnosticCode
    /// What was done, in the imperative.
    package let title: String
    /// Where, in the text as it was then.
    package let position: SourcePosition
  }

  /// More rounds than mistakes ever hide one another; a text that needs more is left at that.
  private static let roundLimit = 20

  package private(set) var text: [UInt8]
  package private(set) var steps: [Step] = []

  /// Repairs a source.
  ///
  /// - Parameters:
  ///   - source: The text; what is wrong in other files that it includes is left alone.
  ///   - check: Returns what is wrong with a text.
  package init(of source: [UInt8], check: ([UInt8]) -> [Diagnostic]) {
    text = source
    for _ in 0..<Self.roundLimit {
      let chosen = Self.withoutOverlaps(check(text))
      guard !chosen.isEmpty else { return }
      let lines = LineTable(text)
      steps += chosen.map { diagnostic, fixIt in
        Step(
          code: diagnostic.code,
          title: fixIt.title,
          position: lines.position(of: diagnostic.primary.range.start)
        )
      }
      text = Self.applying(chosen.flatMap { $0.1.edits }, to: text)
    }
  }

  /// Returns the certain repairs of which no two touch; of two that do, the first in the source.
  private static func withoutOverlaps(
    _ diagnostics: [Diagnostic]
  ) -> [(Diagnostic, Diagnostic.FixIt)] {
    var chosen: [(Diagnostic, Diagnostic.FixIt)] = []
    var end: UInt32 = 0
    let inOrder = diagnostics.filter { $0.primary.source == .main }
      .compactMap { diagnostic in diagnostic.certainFixIt.map { (diagnostic, $0) } }
      .sorted { $0.1.start < $1.1.start }
    for (diagnostic, fixIt) in inOrder where chosen.isEmpty || fixIt.start > end {
      chosen.append((diagnostic, fixIt))
      end = fixIt.edits.map(\.range.end).max() ?? end
    }
    return chosen
  }

  private static func applying(_ edits: [Diagnostic.Edit], to source: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(source.count)
    var position = 0
    for edit in edits {
      result += source[position..<Int(edit.range.start)]
      result += edit.replacement.utf8
      position = Int(edit.range.end)
    }
    return result + source[position...]
  }
}

extension Diagnostic.FixIt {
  fileprivate var start: UInt32 { edits.first?.range.start ?? 0 }
}
