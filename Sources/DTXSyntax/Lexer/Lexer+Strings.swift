extension Lexer {
  /// Takes a string on one line, and reports what is wrong inside it.
  ///
  /// A string ends at the first quote without a backslash before it, so an expression inside
  /// braces holds no strings of its own.
  mutating func scanString(_ diagnostics: inout DiagnosticList) -> Token.Kind {
    let start = offset
    var kind = Token.Kind.string
    // Once a brace was found open to the end, so are all that follow: looking again for each of
    // them would take time that grows with the square of the line.
    var hasClosingBraces = true
    offset += 1
    while true {
      offset = source.span.plainTextEnd(from: offset, limit: end)
      guard offset < end else { break }
      switch source[offset] {
      case "\"":
        offset += 1
        return kind
      case "\\":
        kind = .richString
        scanEscape(&diagnostics)
      case "{":
        kind = .richString
        hasClosingBraces = hasClosingBraces && scanInterpolation(&diagnostics)
        if !hasClosingBraces { offset += 1 }
      case "\n", "\r":
        return reportUnterminatedString(from: start, &diagnostics)
      default: scanTextScalar(&diagnostics)
      }
    }
    return reportUnterminatedString(from: start, &diagnostics)
  }

  /// Returns the offset of the brace that closes an interpolation; nil where the string or the
  /// line ends first.
  static func interpolationEnd(from open: Int, in source: [UInt8], end: Int) -> Int? {
    var position = open + 1
    while position < end {
      switch source[position] {
      case "}": return position
      case "\"", "\n", "\r": return nil
      default: position += 1
      }
    }
    return nil
  }

  /// Whether a string literal has an expression in it.
  static func hasInterpolation(_ literal: SourceRange, in source: [UInt8]) -> Bool {
    nextInterpolation(from: Int(literal.start) + 1, in: source, end: Int(literal.end) - 1) != nil
  }

  /// Returns the braces of the first expression in a stretch of a string.
  ///
  /// A brace that nothing closes has been reported; it, and all after it, is text.
  static func nextInterpolation(
    from start: Int,
    in source: [UInt8],
    end: Int
  ) -> (open: Int, close: Int)? {
    var position = start
    while position < end {
      switch source[position] {
      case "\\":
        // The brace of `\u{…}` opens no expression.
        let isScalar = source[position + 1] == "u" && source[position + 2] == "{"
        position += isScalar ? 3 : 2
      case "{":
        return interpolationEnd(from: position, in: source, end: end).map { (position, $0) }
      default: position += 1
      }
    }
    return nil
  }

  /// Moves past `{EXPRESSION}`; returns false, and reports it, where no brace closes it.
  ///
  /// What is inside is read by the parser, which reports its characters.
  private mutating func scanInterpolation(_ diagnostics: inout DiagnosticList) -> Bool {
    if let close = Self.interpolationEnd(from: offset, in: source, end: end) {
      offset = close + 1
      return true
    }
    diagnostics.report(
      .unclosedInterpolation,
      at: SourceRange(UInt32(offset), UInt32(offset + 1)),
      fixIt: ("write a brace that stands for itself as `\\{`", "\\{")
    )
    return false
  }

  private mutating func scanEscape(_ diagnostics: inout DiagnosticList) {
    let start = offset
    offset += 1
    switch byte() {
    case "\"", "\\", "n", "t", "{":
      offset += 1
    case "u" where byte(ahead: 1) == "{":
      offset += 2
      let digits = offset
      while byte().isHexadecimalDigit { offset += 1 }
      let isScalar = EscapedText.scalar(ofDigits: source[digits..<offset]) != nil
      guard byte() == "}" else { return reportEscape(from: start, &diagnostics) }
      offset += 1
      if !isScalar { reportEscape(from: start, &diagnostics) }
    case let byte where byte >= 0x21 && byte < 0x7F:
      offset += 1
      reportEscape(from: start, &diagnostics)
    default:
      // What follows is a blank, another script's letter, or the end of the line: the loop over
      // the string takes it.
      reportEscape(from: start, &diagnostics)
    }
  }

  private func reportEscape(from start: Int, _ diagnostics: inout DiagnosticList) {
    diagnostics.report(
      .invalidEscape,
      at: range(from: start),
      fixIts: [
        Diagnostic.FixIt(
          "write a backslash that stands for itself as `\\\\`",
          [Diagnostic.Edit(SourceRange(at: UInt32(start)), "\\")]
        )
      ]
    )
  }

  private func reportUnterminatedString(
    from start: Int,
    _ diagnostics: inout DiagnosticList
  ) -> Token.Kind {
    var close = offset
    while close > start + 1, source[close - 1].isBlank { close -= 1 }
    var edit = Diagnostic.Edit(SourceRange(at: UInt32(close)), "\"")
    if let quote = lastTypographicQuote(start + 1, close) { edit = .init(quote, "\"") }
    // A backslash in front of the place would make the quote part of the text.
    let isEscaped = source[Int(edit.range.start) - 1] == "\\"
    diagnostics.report(
      .unterminatedString,
      at: range(from: start),
      fixIts: isEscaped ? [] : [Diagnostic.FixIt("close the string", [edit])]
    )
    return .malformed
  }

  private func lastTypographicQuote(_ start: Int, _ end: Int) -> SourceRange? {
    var position = end
    while position > start {
      position -= 1
      guard source[position] >= 0xC2, let next = scalar(at: position) else { continue }
      guard Lookalike(next.scalar) == .doubleQuote else { continue }
      return SourceRange(UInt32(position), UInt32(position + next.length))
    }
    return nil
  }
}

extension UInt8 {
  var isHexadecimalDigit: Bool { isDigit || 0x61...0x66 ~= self | 0x20 }
}
