import DTXReport
import DTXSyntax

/// Where the statements of a script stand in the text of all that is staged, and in their own file.
///
/// What is staged is planned as one text; what is wrong with a statement from a file is shown at
/// its place in that file.
struct StagedPlaces {
  /// The number of the file among the sources of a message; the text of all is the first.
  private let file: SourceID
  private let statements: [SourceRange]
  /// Where each statement begins in the text of all that is staged.
  private let starts: [UInt32]

  /// Places statements, a line or more for each, behind what is staged.
  init(_ passages: [Passage], from start: Int, in file: SourceID) {
    self.file = file
    statements = passages.map(\.range)
    var starts: [UInt32] = []
    var next = UInt32(start)
    for range in statements {
      starts.append(next)
      next += range.end - range.start + 1
    }
    self.starts = starts
  }

  /// Returns diagnostics that point into the file where they are about one of its statements.
  func moved(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.map { diagnostic in
      let start = diagnostic.primary.range.start
      return Diagnostic(
        diagnostic.message,
        at: moved(diagnostic.primary),
        secondary: diagnostic.secondary.map(moved),
        fixIts: diagnostic.fixIts.map { fixIt in
          Diagnostic.FixIt(
            fixIt.title,
            fixIt.edits.map { Diagnostic.Edit(moved($0.range, asAt: start), $0.replacement) },
            isCertain: fixIt.isCertain
          )
        }
      )
    }
  }

  private func moved(_ label: Diagnostic.Label) -> Diagnostic.Label {
    guard label.source == .main, index(of: label.range.start) != nil else { return label }
    return Diagnostic.Label(
      moved(label.range, asAt: label.range.start),
      label.text,
      in: file
    )
  }

  /// Moves a range as far as the statement at a place is moved.
  private func moved(_ range: SourceRange, asAt place: UInt32) -> SourceRange {
    guard let index = index(of: place) else { return range }
    let (from, to) = (starts[index], statements[index].start)
    return SourceRange(range.start - from + to, range.end - from + to)
  }

  private func index(of place: UInt32) -> Int? { starts.lastIndex { $0 <= place } }
}
