/// Lays a script out in the one way in which all scripts are laid out.
///
/// Only blanks and line ends change, and semicolons become line ends; the tokens and the comments
/// stay as they are, in their order.
///
/// - A statement has a line, and the inside of a block is indented by two blanks.
/// - A line of more than 100 columns goes on behind a backslash, or inside of brackets, indented by
///   four blanks.
/// - Several items between braces have a line each; a single one stays in the line if it fits.
/// - A comment stays before, behind or between the tokens where it was. A blank line stays, but
///   not a second one, and not at the ends of a block or of the script.
package struct Formatter {
  private let source: [UInt8]
  private let keywords = KeywordTable.shared
  private var marks: ArraySlice<LayoutMark>
  private var writer: LineWriter

  /// The statement that is being read; it is written when the next one begins.
  private var line = LogicalLine()
  /// How many blocks are open.
  private var depth = 0
  /// How many other brackets and braces are open.
  private var brackets = 0
  private var isInItems = false
  /// The last token, and what the layout knows of it.
  private var previous = Token(.newline, SourceRange(at: 0))
  private var isCallee = false
  private var isSign = false
  /// How many lines have ended since the last token or comment.
  private var lineEnds = 0
  /// Whether a blank line may follow: not at the beginning of the script or of a block.
  private var mayBeApart = false
  /// Whether the last token opened a block, or closed one.
  private var isAfterOpening = false
  private var isAfterClosing = false

  /// Returns the canonical layout of a script, or nil with what is wrong with it.
  ///
  /// A script with mistakes has no layout: nobody knows which statement a token belongs to.
  package static func format(
    _ source: [UInt8]
  ) -> (text: [UInt8]?, diagnostics: [Diagnostic]) {
    let (script, diagnostics) = Parser.parse(source)
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      return (nil, diagnostics)
    }
    var formatter = Formatter(script)
    formatter.run()
    return (formatter.writer.output, diagnostics)
  }

  private init(_ script: Script) {
    source = script.source
    marks = script.layoutMarks()[...]
    writer = LineWriter(script.source)
  }

  private mutating func run() {
    var lexer = Lexer(source)
    var unheard = DiagnosticList()
    while true {
      let token = lexer.next(&unheard)
      switch token.kind {
      case .endOfFile: return endLine()
      case .newline: lineEnds += 1
      case .trivia:
        if source[Int(token.range.start)] == "#" { append(comment: token.range) }
      case .semicolon: break
      default: append(token)
      }
    }
  }

  /// Writes what was read of a statement.
  private mutating func endLine() {
    guard !line.atoms.isEmpty else { return }
    writer.write(line)
    line = LogicalLine()
  }

  /// Begins a line of its own, apart from the one before if it was.
  private mutating func beginLine() {
    endLine()
    if lineEnds > 1, mayBeApart { writer.endLine() }
    line.depth = depth
  }
}

// MARK: - Tokens

extension Formatter {
  private mutating func append(_ token: Token) {
    var start = isGlued(token) ? Atom.Start.glued : .blank
    var (isBlock, isCallee, isSign) = (false, false, false)
    while let mark = marks.first, mark.offset <= token.range.start {
      marks.removeFirst()
      // What a text has between its braces is laid out by whoever wrote it.
      guard mark.offset == token.range.start else { continue }
      switch mark.kind {
      case .statement: beginStatement(token)
      case .opening: isBlock = true
      case .closing:
        isBlock = true
        start = closeBlock()
      case .item:
        start = .item
        line.itemCount += 1
      case .callee: isCallee = true
      case .sign: isSign = true
      }
    }
    if !isBlock, token.kind.isClosing {
      brackets -= 1
      if token.kind == .rightBrace {
        isInItems = false
        start = .itemsEnd
      }
    }
    if start.goesOn, line.atoms.last?.start.isComment == true { start = .afterComment }
    line.atoms.append(atom(token, start, isBlock: isBlock))
    if isBlock, token.kind == .leftBrace { depth += 1 }
    if !isBlock, token.kind.isOpening {
      brackets += 1
      isInItems = isInItems || token.kind == .leftBrace
    }
    isAfterOpening = isBlock && token.kind == .leftBrace
    isAfterClosing = isBlock && token.kind == .rightBrace
    mayBeApart = !isAfterOpening
    (previous, self.isCallee, self.isSign, lineEnds) = (token, isCallee, isSign, 0)
  }

  private mutating func beginStatement(_ token: Token) {
    let goesOn = isAfterClosing && keyword(of: token) == .else && !isAfterComment
    if !goesOn { beginLine() }
  }

  /// Returns how the closing brace of a block is written: behind the opening one, or on a line.
  private mutating func closeBlock() -> Atom.Start {
    depth -= 1
    if isAfterOpening, !isAfterComment { return .glued }
    mayBeApart = false
    beginLine()
    return .blank
  }

  private var isAfterComment: Bool { line.atoms.last?.start.isComment ?? true }

  /// Whether nothing stands between a token and the one before it.
  private func isGlued(_ token: Token) -> Bool {
    switch token.kind {
    case .comma, .rightParenthesis, .rightBracket: true
    // Behind a word, a number or a time a dot would become a part of it.
    case .dot:
      !previous.kind.isName && previous.kind != .timestamp
        || previous.range.end == token.range.start
    case .leftParenthesis where isCallee: true
    default:
      switch previous.kind {
      case .leftParenthesis, .leftBracket, .dot: true
      default: isSign
      }
    }
  }

  private func atom(_ token: Token, _ start: Atom.Start, isBlock: Bool) -> Atom {
    let isFixed =
      isBlock || start == .glued || brackets > 0 && beginsStatement(token)
      || isCurrency(token)
    return Atom(
      range: token.range,
      columns: columns(of: token.range),
      start: start,
      rank: isFixed ? .never : BreakRank(rankKind(of: token), brackets: brackets),
      isBracketed: brackets > 0,
      isInItems: isInItems
    )
  }

  /// Whether a token at the start of a line inside of brackets would be taken for a statement.
  private func beginsStatement(_ token: Token) -> Bool {
    keyword(of: token)?.startsStatement ?? false
  }

  /// Whether a token may be the currency of the amount before it, from which nothing parts it.
  private func isCurrency(_ token: Token) -> Bool {
    (previous.kind == .integer || previous.kind == .decimal) && token.kind == .word
      && token.range.count == 3 && source[token.range.bytes].allSatisfy(\.isUppercase)
  }

  private func rankKind(of token: Token) -> BreakRank.Kind {
    if previous.kind == .comma { return .element }
    switch keyword(of: token) {
    case .or: return .or
    case .and: return .and
    case .line, .ref, .reason, .final, .meta, .again, .describe, .order, .limit: return .clause
    default: return .word
    }
  }

  private func keyword(of token: Token) -> Keyword? {
    token.kind == .word ? keywords.keyword(at: token.range, in: source) : nil
  }

  /// Counts the characters of a range.
  private func columns(of range: SourceRange) -> Int {
    source[range.bytes].count { !UTF8Scalar.isContinuation($0) }
  }
}

// MARK: - Comments

extension Formatter {
  private mutating func append(comment range: SourceRange) {
    var end = Int(range.end)
    while source[end - 1].isBlank { end -= 1 }
    let range = SourceRange(range.start, UInt32(end))
    let isTrailing = lineEnds == 0 && !line.atoms.isEmpty
    if !isTrailing, brackets == 0 { beginLine() }
    line.atoms.append(
      Atom(
        range: range,
        columns: columns(of: range),
        start: isTrailing ? .trailingComment : line.atoms.isEmpty ? .blank : .ownComment,
        rank: .never,
        isBracketed: brackets > 0,
        isInItems: isInItems
      )
    )
    if brackets > 0 { line.hasInnerComments = true }
    if brackets == 0, !isTrailing { endLine() }
    lineEnds = 0
    mayBeApart = !isAfterOpening || !isTrailing
    isAfterClosing = isAfterClosing && isTrailing
  }
}
