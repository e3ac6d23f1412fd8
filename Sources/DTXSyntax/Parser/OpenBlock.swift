/// A block whose end was not reached yet.
///
/// Where the braces of a source do not pair up, only the indentation tells which of them is missing.
/// So a source in which a block was left open is read again, and then a line that is indented no
/// more than the statement with the block ends the block, if the lines inside were indented more.
struct OpenBlock {
  /// The index of the statement that has the block.
  let statement: Int
  /// Nil for a statement that could not be read.
  let block: BlockID?
  /// The opening brace; empty where it is missing.
  let opening: SourceRange
  /// The number of blanks before the statement; nil where it is not the first of its line.
  let indentation: Int?
  /// The same of the first statement inside, once it was read.
  var bodyIndentation: Int?

  /// Whether the opening brace is missing, so that nothing has to close the block.
  var isMissing: Bool { opening.isEmpty }

  /// Whether a line with so many blanks before it is outside of the block.
  func ends(before indentation: Int) -> Bool {
    guard let own = self.indentation, let bodyIndentation else { return false }
    return bodyIndentation > own && indentation <= own
  }
}
