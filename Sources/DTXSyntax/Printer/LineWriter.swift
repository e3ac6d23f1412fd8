/// Writes logical lines, broken where they are too long.
struct LineWriter {
  /// The most columns of a line, as far as there are places to break it.
  static let columnLimit = 100
  /// How much deeper the inside of a block or of braces is.
  static let indentation = 2
  /// How much deeper a line goes on: more than a block, so that the two look different.
  static let continuation = 4
  /// What joins two lines outside of brackets.
  private static let joint = Array(" \\".utf8)

  private let source: [UInt8]
  private(set) var output: [UInt8] = []

  init(_ source: [UInt8]) {
    self.source = source
    output.reserveCapacity(source.count + source.count / 8)
  }

  /// Writes a line, with its items each on their own where they are several or do not fit.
  mutating func write(_ line: LogicalLine) {
    var atoms = line.atoms
    let indentation = line.depth * Self.indentation
    if !hasItemLines(line) {
      for index in atoms.indices
      where atoms[index].start == .item || atoms[index].start == .itemsEnd {
        atoms[index].start = .blank
      }
    }
    var rest = atoms[...]
    while let first = rest.first {
      let end = rest.dropFirst().firstIndex { !$0.start.goesOn } ?? rest.endIndex
      write(rest[..<end], first, indentation: indentation)
      rest = rest[end...]
    }
    endLine()
  }

  mutating func endLine() { output.append(UInt8(ascii: "\n")) }

  private func hasItemLines(_ line: LogicalLine) -> Bool {
    if line.itemCount != 1 || line.hasInnerComments { return line.itemCount > 0 }
    let width = line.atoms.reduce(line.depth * Self.indentation) { width, atom in
      atom.start.isComment ? width : width + atom.columns + (atom.start == .glued ? 0 : 1)
    }
    // The first one has no blank before it.
    return width - 1 > Self.columnLimit
  }
}

// MARK: - Parts

extension LineWriter {
  /// Writes a part of a line whose tokens need no line end between them.
  private mutating func write(_ part: ArraySlice<Atom>, _ first: Atom, indentation: Int) {
    let own = indentation + (first.isInItems ? Self.indentation : 0)
    let isAside = first.start == .afterComment || first.start == .ownComment && !first.isInItems
    switch first.start {
    case .trailingComment:
      output += Array("  ".utf8) + source[first.range.bytes]
      return
    case .afterComment, .item, .itemsEnd, .ownComment: endLine()
    case .blank, .glued: break
    }
    let column = own + (isAside ? Self.continuation : 0)
    writeBlanks(column)
    fill(part, from: column, continuingAt: own + Self.continuation)
  }

  /// Writes tokens, as many to a line as fit, and breaks each line at its best place.
  private mutating func fill(
    _ part: ArraySlice<Atom>,
    from column: Int,
    continuingAt continuation: Int
  ) {
    var rest = part
    var column = column
    while let end = breakPlace(in: rest, from: column, continuation) {
      writeTokens(rest[..<end])
      if !rest[end].isBracketed { output += Self.joint }
      endLine()
      writeBlanks(continuation)
      column = continuation
      rest = rest[end...]
    }
    writeTokens(rest)
  }

  /// Returns the index of the token to break the line before; nil where the rest is one line.
  private func breakPlace(
    in atoms: ArraySlice<Atom>,
    from column: Int,
    _ continuation: Int
  ) -> Int? {
    var best: Int?
    var end = column
    for index in atoms.indices {
      let atom = atoms[index]
      if index > atoms.startIndex, atom.rank < .never, !isTooLong(atom, at: continuation) {
        let isFitting = end + (atom.isBracketed ? 0 : Self.joint.count) <= Self.columnLimit
        // Where nothing fits, the line is made as short as it can be.
        guard isFitting || best != nil else { return index }
        if isFitting, best.map({ atom.rank <= atoms[$0].rank }) ?? true { best = index }
      }
      end += atom.columns + (index > atoms.startIndex && atom.start == .blank ? 1 : 0)
      if end > Self.columnLimit, let best { return best }
    }
    return nil
  }

  /// Whether a token between others is too long for any line, so that breaking before it helps none.
  private func isTooLong(_ atom: Atom, at column: Int) -> Bool {
    column + atom.columns > Self.columnLimit
  }

  private mutating func writeTokens(_ atoms: ArraySlice<Atom>) {
    for index in atoms.indices {
      if index > atoms.startIndex, atoms[index].start == .blank { writeBlanks(1) }
      output += source[atoms[index].range.bytes]
    }
  }

  private mutating func writeBlanks(_ count: Int) {
    for _ in 0..<count { output.append(UInt8(ascii: " ")) }
  }
}
