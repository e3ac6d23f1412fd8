extension Parser {
  // block = "{" { [ action ] ( NEWLINE | ";" ) } [ action ] "}" ;
  mutating func parseBlock(_ block: BlockID?, indentation: Int? = nil) {
    let statement = script.statements.count - 1
    let start = script.statements[statement].range.start
    let indentation = indentation ?? self.indentation(before: start)
    if current.kind != .leftBrace { passToBlock(indentation) }
    forgetBrackets()
    let hasBrace = current.kind == .leftBrace
    let opening = hasBrace ? current.range : SourceRange(at: previousEnd)
    if let block { script.blocks[Int(block.index)].range = opening }
    if openBlocks.count == Self.blockLimit {
      reportOnce(.nestingTooDeep(limit: Self.blockLimit), at: opening)
    }
    guard hasBrace || isNextLineDeeper(than: indentation) else { return parseStatementEnd() }
    openBlocks.append(
      OpenBlock(statement: statement, block: block, opening: opening, indentation: indentation)
    )
    if hasBrace { advance() }
  }

  /// Adds a block that begins where the parser is, to be told its range when that is known.
  mutating func makeBlock() -> BlockID {
    script.blocks.append(Block(range: SourceRange(at: previousEnd)))
    return BlockID(index: UInt32(script.blocks.count - 1))
  }

  /// Consumes the closing brace of a block, and what goes on with its statement.
  mutating func closeBlock() {
    let closing = current.range
    if let indentation = indentation(before: closing.start) { leaveBlocks(deeperThan: indentation) }
    guard let open = openBlocks.popLast() else {
      isRecovering = false
      reportUnexpected()
      return advance()
    }
    finish(open, at: closing.end, isComplete: !open.isMissing)
    isRecovering = false
    advance()
    guard case .branch(let branch) = script.statements[open.statement].content,
      branch.kind != .otherwise
    else { return parseStatementEnd() }
    passLineEndsBeforeElse()
    if currentKeyword == .else {
      parseElse(indentation: open.indentation)
    } else {
      parseStatementEnd()
    }
  }

  /// Ends the blocks that the end of the source leaves open.
  mutating func closeBlocksAtEnd() {
    var inner: OpenBlock?
    while let open = openBlocks.popLast() {
      if !open.isMissing {
        hasUnclosedBlock = true
        // A brace at the end closes the innermost block, or one that is indented less.
        let isPlain = inner.map { $0.indentation ?? 0 > open.indentation ?? 0 } ?? true
        if followsIndentation { reportUnclosed(open, isRepairPlain: isPlain) }
        inner = open
      }
      finish(open, at: contentEnd, isComplete: false)
    }
  }

  /// Ends the blocks that a statement stands outside of, as its indentation tells.
  @inline(__always)
  mutating func noteIndentation() {
    if let open = openBlocks.last, followsIndentation || open.isMissing { leaveBlocks() }
  }
}

// MARK: - The opening brace

extension Parser {
  /// Reports that the opening brace is missing, and moves on to it if it is further on.
  private mutating func passToBlock(_ indentation: Int?) {
    let title = "write `{` at the end of the line"
    let edit = Diagnostic.Edit(SourceRange(at: previousEnd), " {")
    if !isRecovering, current.kind == .newline, let brace = braceOnNextLine() {
      let edits = [edit, Diagnostic.Edit(brace, "")]
      let fixIt = Diagnostic.FixIt(title, edits, isCertain: true)
      diagnostics.report(.braceOnNextLine, at: brace, fixIts: [fixIt])
      while current.kind == .newline { advance() }
      return
    }
    let isPlain = isNextLineDeeper(than: indentation)
    reportExpected(.block, fixIts: isPlain ? [Diagnostic.FixIt(title, [edit])] : [])
    skipToBrace()
    if current.kind == .newline, braceOnNextLine() != nil {
      while current.kind == .newline { advance() }
    }
  }

  /// Moves to the next opening brace of the line, or to the end of the statement.
  mutating func skipToBrace() {
    while !isAtEnd, current.kind != .leftBrace {
      if current.kind.isOpening { bracketDepth += 1 }
      if current.kind.isClosing { bracketDepth = max(0, bracketDepth - 1) }
      advance()
    }
    if current.kind == .leftBrace { forgetBrackets() }
  }

  /// Returns the opening brace that is the first thing on one of the next lines, if one is.
  private mutating func braceOnNextLine() -> SourceRange? {
    let next = tokenAfterLineEnds()
    return next.kind == .leftBrace ? next.range : nil
  }

  /// Whether the next line that says anything is indented more.
  private mutating func isNextLineDeeper(than indentation: Int?) -> Bool {
    guard let indentation, current.kind == .newline else { return false }
    return self.indentation(before: tokenAfterLineEnds().range.start).map { $0 > indentation }
      == true
  }

  /// Moves over line ends if `else` follows them.
  private mutating func passLineEndsBeforeElse() {
    guard current.kind == .newline, keyword(of: tokenAfterLineEnds()) == .else else { return }
    while current.kind == .newline { advance() }
  }

  /// Returns the next token that is no line end, and reads it again later.
  private mutating func tokenAfterLineEnds() -> Token {
    var ahead = lexer
    var unheard = DiagnosticList()
    var token = current
    while token.kind == .newline { token = ahead.nextSignificant(&unheard) }
    bytesReread += ahead.offset - lexer.offset
    return token
  }
}

// MARK: - The closing brace

extension Parser {
  /// The end of the last statement or block.
  private var contentEnd: UInt32 {
    max(script.statements.last?.range.end ?? 0, lastBlockEnd)
  }

  /// Leaves the blocks that the current statement is not inside of, as its indentation tells.
  private mutating func leaveBlocks() {
    guard let indentation = indentation(before: current.range.start) else { return }
    while let open = openBlocks.last, followsIndentation || open.isMissing {
      if open.bodyIndentation == nil {
        openBlocks[openBlocks.count - 1].bodyIndentation = indentation
      }
      guard open.ends(before: indentation) else { return }
      leave(open)
    }
  }

  /// Leaves the blocks that a closing brace does not close, as its indentation tells.
  private mutating func leaveBlocks(deeperThan indentation: Int) {
    let isClosing = openBlocks.contains { $0.indentation == indentation }
    while let open = openBlocks.last, let own = open.indentation, own > indentation {
      guard open.isMissing || followsIndentation && isClosing else { return }
      leave(open)
    }
  }

  private mutating func leave(_ open: OpenBlock) {
    openBlocks.removeLast()
    isAfterUnclosedBlock = true
    if !open.isMissing { reportUnclosed(open, isRepairPlain: true) }
    finish(open, at: contentEnd, isComplete: false)
  }

  private mutating func finish(_ open: OpenBlock, at end: UInt32, isComplete: Bool) {
    script.statements[open.statement].end = UInt32(script.statements.count)
    lastBlockEnd = max(end, open.opening.end)
    guard let block = open.block else { return }
    script.blocks[Int(block.index)].range = SourceRange(open.opening.start, lastBlockEnd)
    script.blocks[Int(block.index)].isComplete = isComplete
  }

  private mutating func reportUnclosed(_ open: OpenBlock, isRepairPlain: Bool) {
    guard diagnostics.hasRoom else {
      return diagnostics.report(.unclosedBracket(.rightBrace), at: open.opening)
    }
    let place = SourceRange(at: lineEnd(from: max(contentEnd, open.opening.end)))
    let isOnOneLine = place.start == lineEnd(from: open.opening.end)
    let blanks = String(repeating: " ", count: open.indentation ?? 0)
    diagnostics.report(
      Diagnostic(
        SyntaxMessage.unclosedBracket(.rightBrace),
        at: Diagnostic.Label(open.opening, "opened here"),
        secondary: [Diagnostic.Label(place, "`}` is missing here")],
        fixIts: isRepairPlain
          ? [
            Diagnostic.FixIt(
              "close it with `}`",
              [Diagnostic.Edit(place, isOnOneLine ? " }" : "\n\(blanks)}")]
            )
          ] : []
      )
    )
  }

  /// Returns the offset of the end of a line, behind what may be a comment.
  private func lineEnd(from offset: UInt32) -> UInt32 {
    UInt32(source[Int(offset)...].firstIndex(where: \.isLineEnd) ?? source.count)
  }

  /// Returns the number of blanks before what begins a line; nil for what is further on in one.
  private func indentation(before offset: UInt32) -> Int? {
    var start = Int(offset)
    while start > 0, source[start - 1].isBlank { start -= 1 }
    guard start == 0 || source[start - 1].isLineEnd else { return nil }
    return Int(offset) - start
  }
}
