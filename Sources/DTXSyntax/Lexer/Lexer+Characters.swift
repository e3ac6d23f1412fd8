extension Lexer {
  /// Takes bytes that begin no token of ASCII: another script's word, or something to report.
  mutating func scanUnexpected(_ diagnostics: inout DiagnosticList) -> Token.Kind {
    let start = offset
    if start == 0, source.starts(with: [0xEF, 0xBB, 0xBF]) {
      offset = 3
      return .trivia
    }
    guard let next = scalar(at: start), !next.scalar.isForbiddenControl else {
      return scanBadBytes(&diagnostics)
    }
    if next.scalar.isLetter { return scanWord() }
    if let operation = foreignOperator() {
      offset += 2
      report(operation, from: start, &diagnostics)
      return .malformed
    }
    guard let lookalike = Lookalike(next.scalar) else {
      skipUnknownCharacters()
      diagnostics.report(.unexpectedCharacter, at: range(from: start))
      return .malformed
    }
    offset += next.length
    switch lookalike {
    case .blank, .invisible:
      skip(lookalike)
      report(lookalike, from: start, &diagnostics)
      // The statement reads as if the plain character stood there, so its own mistakes are found.
      return .trivia
    case .doubleQuote, .singleQuote:
      reportQuotes(lookalike, from: start, &diagnostics)
    default:
      report(lookalike, from: start, &diagnostics)
    }
    return .malformed
  }

  /// Takes one character of a comment or a string that is not plain ASCII.
  ///
  /// Bytes that are no character and characters that may stand nowhere are reported.
  mutating func scanTextScalar(_ diagnostics: inout DiagnosticList) {
    let start = offset
    guard let next = scalar(at: start), !next.scalar.isForbiddenControl else {
      _ = scanBadBytes(&diagnostics)
      return
    }
    offset += next.length
    if next.scalar.overridesDirection { report(.invisible, from: start, &diagnostics) }
  }
}

extension Lexer {
  /// Takes a run of bytes that are no characters or control characters, as one mistake.
  private mutating func scanBadBytes(_ diagnostics: inout DiagnosticList) -> Token.Kind {
    let start = offset
    let isCharacter = scalar(at: start) != nil
    while offset < end, !source[offset].isLineEnd {
      let next = scalar(at: offset)
      if let next, !next.scalar.isForbiddenControl { break }
      offset += next?.length ?? 1
    }
    let range = range(from: start)
    diagnostics.report(
      isCharacter ? .controlCharacter : .invalidUTF8,
      at: range,
      fixIt: isCharacter ? ("remove it", "") : nil
    )
    return .malformed
  }

  private func foreignOperator() -> Lookalike? {
    switch (byte(), byte(ahead: 1)) {
    case ("&", "&"): .and
    case ("|", "|"): .or
    default: nil
    }
  }

  private mutating func skipUnknownCharacters() {
    while offset < end {
      guard let next = scalar(at: offset), !next.scalar.isForbiddenControl else { return }
      if next.scalar.isASCII, !"%&:?@^|~".unicodeScalars.contains(next.scalar) { return }
      if next.scalar.isLetter || Lookalike(next.scalar) != nil { return }
      if foreignOperator() != nil { return }
      offset += next.length
    }
  }

  private mutating func skip(_ lookalike: Lookalike) {
    while offset < end, let next = scalar(at: offset), Lookalike(next.scalar) == lookalike {
      offset += next.length
    }
  }

  private func report(
    _ lookalike: Lookalike,
    from start: Int,
    _ diagnostics: inout DiagnosticList
  ) {
    var replacement = lookalike.replacement
    let title =
      replacement.isEmpty
      ? "remove it" : replacement == " " ? "write a plain blank" : "write `\(replacement)`"
    let isAfterBlank = start == 0 || source[start - 1].isBlank
    let isBeforeBlank = offset == end || source[offset].isBlank
    if lookalike == .and || lookalike == .or {
      // A word grows together with a name beside it, which a sign does not.
      replacement = (isAfterBlank ? "" : " ") + replacement + (isBeforeBlank ? "" : " ")
    }
    diagnostics.report(
      .lookalike(lookalike),
      at: range(from: start),
      fixIt: (title, replacement),
      // So does a dash, which is then no longer between two values.
      isCertain: lookalike != .dash || isAfterBlank && isBeforeBlank
    )
  }

  /// Reports quotes of another kind, with the text between them, so that it is one mistake.
  private mutating func reportQuotes(
    _ quote: Lookalike,
    from start: Int,
    _ diagnostics: inout DiagnosticList
  ) {
    var edits = [Diagnostic.Edit(range(from: start), "\"")]
    if let close = closingQuote(like: quote) {
      edits.append(Diagnostic.Edit(close, "\""))
      offset = Int(close.end)
    }
    // With a plain quote, a backslash or a brace inside, the text would mean something else.
    let isPlain = !source[Int(edits[0].range.end)..<offset].dropLast(edits.count == 2 ? 1 : 0)
      .contains { $0 == "\"" || $0 == "\\" || $0 == "{" || $0 < 0x20 }
    diagnostics.report(
      .lookalike(quote),
      at: range(from: start),
      fixIts: isPlain && edits.count == 2
        ? [Diagnostic.FixIt("write plain double quotes", edits, isCertain: true)] : []
    )
  }

  private func closingQuote(like quote: Lookalike) -> SourceRange? {
    var position = offset
    while position < end, !source[position].isLineEnd {
      let length = scalar(at: position)?.length ?? 1
      let isPlainQuote = quote == .doubleQuote && source[position] == "\""
      if isPlainQuote || scalar(at: position).flatMap({ Lookalike($0.scalar) }) == quote {
        return SourceRange(UInt32(position), UInt32(position + length))
      }
      position += length
    }
    return nil
  }
}
