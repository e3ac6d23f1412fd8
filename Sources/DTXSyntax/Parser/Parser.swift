/// Reads source into a syntax tree and diagnostics; it never throws and never stops early.
///
/// There is one function per production of `grammar/dtx.ebnf`, with the production above it.
/// `parseX` consumes an X or reports that it is missing; `take` consumes a token if it is next.
/// The parser looks at one token, `current`, and pulls the next from the lexer when it moves on;
/// no list of tokens is ever made.
///
/// After an expectation was disappointed the parser is *recovering*: further disappointments in
/// the same statement are consequences and are not reported. At the end of the line, or at `;`,
/// it starts afresh.
package struct Parser {
  package enum Mode: Hashable, Sendable {
    /// A file: statements that only the prompt understands are errors.
    case script
    /// A line or a block typed at the prompt.
    case session
  }

  /// The largest source in bytes, 1 GiB: offsets have 32 bits, and pools must fit into memory.
  package static let sourceLimit = 1 << 30
  /// The most brackets and prefix operators inside one another, which bounds the recursion.
  package static let nestingLimit = 100
  /// The most levels of an expression's tree, which bounds the recursion of those who walk it.
  package static let depthLimit = 256
  /// The most blocks inside one another, which bounds the recursion of those who walk them.
  package static let blockLimit = 64
  /// The most elements that are reserved before reading; larger pools grow as they fill.
  private static let reservationLimit = 1 << 21
  /// How many bytes are looked at to guess how long the lines are.
  private static let reservationSample = 1 << 14

  let source: [UInt8]
  let mode: Mode
  let keywords = KeywordTable.shared
  var script: Script
  var lexer: Lexer
  var diagnostics = DiagnosticList()
  var current: Token
  /// What the current token means where a keyword may stand.
  var currentKeyword: Keyword?
  /// The end of the last token that was consumed.
  var previousEnd: UInt32 = 0
  /// How many brackets are open: inside them a line end is a blank.
  var bracketDepth = 0
  /// How many of the open brackets are braces around items.
  var braceDepth = 0
  /// The blocks that the parser is inside of, innermost last.
  var openBlocks: [OpenBlock] = []
  /// Whether lines that are indented less than a block's end it; see `OpenBlock`.
  let followsIndentation: Bool
  var isRecovering = false
  /// How many bytes were read again after looking ahead or moving back.
  ///
  /// Tests hold it to a multiple of the source's size, so that reading stays linear.
  var bytesReread = 0
  /// How many brackets and prefix operators the parser is inside of.
  var nesting = 0
  /// The height of each expression's tree.
  var heights: [UInt16] = []
  /// The elements of the lists that are being read, innermost last.
  var pendingElements: [ExpressionID] = []
  /// Whether the current statement has ended a block that lacks a brace.
  var isAfterUnclosedBlock = false
  /// The end of the block that was left last.
  var lastBlockEnd: UInt32 = 0
  /// Whether a block was open at the end of the source.
  var hasUnclosedBlock = false

  /// Returns the tree of a source and all that is wrong with it, in source order.
  package static func parse(
    _ source: [UInt8],
    mode: Mode = .script
  ) -> (script: Script, diagnostics: [Diagnostic]) {
    parse(source, mode: mode, sourceLimit: sourceLimit)
  }

  /// Does the same with another limit, so that a test need not fill the memory.
  static func parse(
    _ source: [UInt8],
    mode: Mode,
    sourceLimit: Int
  ) -> (script: Script, diagnostics: [Diagnostic]) {
    guard source.count <= sourceLimit else {
      let message = SyntaxMessage.sourceTooLarge(limit: sourceLimit)
      let diagnostic = Diagnostic(message, at: Diagnostic.Label(SourceRange(at: 0)))
      return (Script(source: []), [diagnostic])
    }
    var parser = Parser(source, mode: mode)
    parser.parseScript()
    // Which block is not closed, only the indentation can tell.
    if parser.hasUnclosedBlock {
      parser = Parser(source, mode: mode, followsIndentation: true)
      parser.parseScript()
    }
    return (parser.script, parser.diagnostics.finish())
  }

  init(_ source: [UInt8], mode: Mode, followsIndentation: Bool = false) {
    self.source = source
    self.mode = mode
    self.followsIndentation = followsIndentation
    script = Script(source: source)
    lexer = Lexer(source)
    current = Token(.newline, SourceRange(at: 0))
    reservePools()
  }

  /// Makes room for one statement a line, with one line item and one clause.
  private mutating func reservePools() {
    let sample = source.prefix(Self.reservationSample)
    let sampleLines = sample.count { $0 == 0x0A } + 1
    // An eighth more than the sample says, so that slightly shorter lines fit too.
    let lines = source.count / max(1, sample.count) * sampleLines
    let capacity = min(lines + lines / 8 + 1, Self.reservationLimit)
    script.statements.reserveCapacity(capacity)
    script.lines.reserveCapacity(capacity)
    script.clauses.reserveCapacity(capacity)
  }

  // script = { [ statement ] ( NEWLINE | ";" ) } [ statement ] ;
  mutating func parseScript() {
    advance()
    while current.kind != .endOfFile {
      switch current.kind {
      case .newline, .semicolon: advance()
      case .rightBrace where !openBlocks.isEmpty: closeBlock()
      default: parseStatement()
      }
    }
    closeBlocksAtEnd()
  }
}

// MARK: - Tokens

extension Parser {
  /// Moves on to the next token; inside brackets line ends are passed over.
  @inline(__always)
  mutating func advance() {
    previousEnd = current.range.end
    current = lexer.nextSignificant(&diagnostics)
    if current.kind == .newline, bracketDepth > 0 { passLineEnds() }
    currentKeyword = keyword(of: current)
  }

  /// Passes over line ends inside brackets, up to a line that begins a statement.
  ///
  /// There a bracket was left open: the line end stays, which no expression accepts, and the
  /// statements below are read as if nothing had happened.
  private mutating func passLineEnds() {
    while current.kind == .newline {
      let atLineStart = lexer
      let next = lexer.nextSignificant(&diagnostics)
      if beginsStatement(next) {
        bytesReread += lexer.offset - atLineStart.offset
        lexer = atLineStart
        return
      }
      current = next
    }
  }

  /// Whether a token at the start of a line begins a statement rather than going on with a list.
  private mutating func beginsStatement(_ token: Token) -> Bool {
    guard let keyword = keyword(of: token), keyword.startsStatement, keyword != .set else {
      return false
    }
    let next = peek()
    switch next.kind {
    case .word, .integer, .decimal, .date, .duration, .string, .richString, .variable: return true
    case .newline, .semicolon, .endOfFile: return keyword.isStatementByItself
    // Without a blank between them, the word is the name of a function.
    case .leftParenthesis, .leftBracket: return next.range.start > token.range.end
    default: return false
    }
  }

  /// Returns the token after the one that was read last, and reads it again later.
  mutating func peek() -> Token {
    var ahead = lexer
    var unheard = DiagnosticList()
    let token = ahead.nextSignificant(&unheard)
    bytesReread += ahead.offset - lexer.offset
    return token
  }

  func keyword(of token: Token) -> Keyword? {
    token.kind == .word ? keywords.keyword(at: token.range, in: source) : nil
  }

  /// Consumes a keyword if it is next.
  mutating func take(_ keyword: Keyword) -> Bool {
    guard currentKeyword == keyword else { return false }
    advance()
    return true
  }

  /// Consumes a token if it is next.
  mutating func take(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  /// Whether the current token can be an id or a name.
  var isName: Bool { current.kind.isName }

  /// Whether the statement ends before the current token.
  var isAtEnd: Bool {
    switch current.kind {
    case .newline, .semicolon, .endOfFile: true
    case .rightBrace: isAtBlockEnd
    default: false
    }
  }

  /// Whether a closing brace here ends a block, rather than items.
  var isAtBlockEnd: Bool { braceDepth == 0 && !openBlocks.isEmpty }

  /// The bytes from an offset to the end of what was consumed.
  func range(from start: UInt32) -> SourceRange { SourceRange(start, max(start, previousEnd)) }

  /// Whether nothing stands between what was consumed and the current token.
  var isAdjacent: Bool { current.range.start == previousEnd }

  /// Goes back, or on, to an offset and reads from there; what was reported after it is forgotten.
  mutating func move(to offset: Int, forgettingFrom start: UInt32) {
    diagnostics.removeAll(from: start)
    bytesReread += max(0, lexer.offset - offset)
    lexer.offset = offset
    advance()
    previousEnd = UInt32(offset)
  }
}

extension Token.Kind {
  var isName: Bool {
    switch self {
    case .word, .integer, .decimal, .date, .duration: true
    default: false
    }
  }
}

// MARK: - Mistakes

extension Parser {
  /// The place of the current token or, at the end of a statement, just after what was consumed.
  var place: SourceRange { isAtEnd ? SourceRange(at: previousEnd) : current.range }

  /// Reports that something is missing here, unless that follows from an earlier mistake.
  mutating func reportExpected(
    _ expectation: Expectation,
    label: String = "",
    fixIts: [Diagnostic.FixIt] = []
  ) {
    reportOnce(
      .expected(expectation, found: current.kind),
      at: place,
      label: label,
      fixIts: fixIts
    )
  }

  /// Reports a mistake after which the statement makes no further sense.
  mutating func reportOnce(
    _ message: SyntaxMessage,
    at range: SourceRange,
    label: String = "",
    fixIts: [Diagnostic.FixIt] = []
  ) {
    // The lexer has said what is wrong with malformed bytes.
    if !isRecovering, current.kind != .malformed {
      diagnostics.report(message, at: range, label: label, fixIts: fixIts)
    }
    isRecovering = true
  }

  /// Returns a place for an operand that the source lacks.
  mutating func missing(_ expectation: Expectation) -> Operand {
    reportExpected(expectation)
    return Operand(.missing, SourceRange(at: place.start))
  }

  /// Moves to the end of the statement, over whatever stands in the way.
  ///
  /// Brackets that open on the way, and close again, may hold line ends.
  mutating func skipStatement() {
    while current.kind != .endOfFile {
      switch current.kind {
      case .newline: return forgetBrackets()
      case .semicolon where bracketDepth == 0: return
      case .rightBrace where isAtBlockEnd: return forgetBrackets()
      case .leftBrace:
        bracketDepth += 1
        braceDepth += 1
      case .rightBrace:
        bracketDepth = max(0, bracketDepth - 1)
        braceDepth = max(0, braceDepth - 1)
      case .leftParenthesis, .leftBracket: bracketDepth += 1
      case .rightParenthesis, .rightBracket: bracketDepth = max(0, bracketDepth - 1)
      default: break
      }
      advance()
    }
    forgetBrackets()
  }

  /// Goes on as if every bracket had been closed.
  mutating func forgetBrackets() {
    bracketDepth = 0
    braceDepth = 0
  }
}

// MARK: - Brackets

extension Parser {
  /// Consumes an opening bracket.
  mutating func open() {
    bracketDepth += 1
    if current.kind == .leftBrace { braceDepth += 1 }
    advance()
  }

  /// Consumes the closing bracket, or reports the opening one that lacks it.
  mutating func close(_ kind: Token.Kind, openedAt opening: SourceRange) {
    if current.kind == kind {
      bracketDepth -= 1
      if kind == .rightBrace { braceDepth -= 1 }
      return advance()
    }
    if !isRecovering, current.kind != .malformed { reportUnclosed(kind, openedAt: opening) }
    isRecovering = true
  }

  private mutating func reportUnclosed(_ kind: Token.Kind, openedAt opening: SourceRange) {
    let edit = Diagnostic.Edit(SourceRange(at: previousEnd), kind.spelling)
    diagnostics.report(
      Diagnostic(
        SyntaxMessage.unclosedBracket(kind),
        at: Diagnostic.Label(place, "`\(kind.spelling)` is missing here"),
        secondary: [Diagnostic.Label(opening, "opened here")],
        fixIts: isAtEnd || current.kind == .leftBrace
          ? [Diagnostic.FixIt("close it with `\(kind.spelling)`", [edit])] : []
      )
    )
  }
}
