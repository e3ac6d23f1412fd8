extension Lexer {
  mutating func scanWord() -> Token.Kind {
    skipWord()
    return .word
  }

  /// Takes a word that begins with a digit, and says what it looks like.
  mutating func scanNumber(_ diagnostics: inout DiagnosticList) -> Token.Kind {
    let start = offset
    let hasUnderscores = skipDigits()
    if !continuesWord(at: offset) {
      if byte() == "%", !hasUnderscores {
        offset += 1
        return .percent
      }
      return !hasUnderscores || isGrouped(start, offset) ? .integer : .word
    }
    skipWord()
    if byte() == "%", isDecimal(start, offset) {
      offset += 1
      return .percent
    }
    if byte() == ":", isDateAndHour(start, offset) {
      return scanTimestamp(from: start, &diagnostics)
    }
    return shape(start, offset)
  }

  /// Moves past the rest of a word.
  mutating func skipWord() {
    repeat {
      offset = source.span.wordEnd(from: offset, limit: end)
    } while offset < end && source[offset] >= 0x80 && skipWordScalar()
  }

  /// Moves past one letter of another script, if one is next.
  ///
  /// It stands apart so that words of ASCII do not pay for it.
  @inline(never)
  private mutating func skipWordScalar() -> Bool {
    guard let next = scalar(at: offset), next.scalar.continuesWord else { return false }
    offset += next.length
    return true
  }

  func startsWord(at position: Int) -> Bool {
    guard position < end else { return false }
    let byte = source[position]
    return byte.startsWord || byte >= 0x80 && scalar(at: position)?.scalar.isLetter == true
  }

  func scalar(at position: Int) -> UTF8Scalar? { UTF8Scalar(at: position, in: source, end: end) }

  private func continuesWord(at position: Int) -> Bool {
    guard position < end else { return false }
    let byte = source[position]
    return byte < 0x80 ? byte.continuesWord : isWordScalar(at: position)
  }

  @inline(never)
  private func isWordScalar(at position: Int) -> Bool {
    scalar(at: position)?.scalar.continuesWord == true
  }

  /// Moves past digits and underscores, and says whether there were underscores.
  private mutating func skipDigits() -> Bool {
    offset = source.span.digitsEnd(from: offset, limit: end)
    guard byte() == "_" else { return false }
    while byte().isDigit || byte() == "_" { offset += 1 }
    return true
  }
}

// MARK: - Shapes

extension Lexer {
  private func shape(_ start: Int, _ end: Int) -> Token.Kind {
    if isDecimal(start, end) { return .decimal }
    if isDate(start, end) { return .date }
    if isDuration(start, end) { return .duration }
    return .word
  }

  /// Whether underscores stand only between digits, as in `29_990`.
  private func isGrouped(_ start: Int, _ end: Int) -> Bool {
    guard start < end, source[start].isDigit, source[end - 1].isDigit else { return false }
    var previous: UInt8 = 0
    for byte in source[start..<end] {
      guard byte.isDigit || byte == "_" && previous != "_" else { return false }
      previous = byte
    }
    return true
  }

  private func isDecimal(_ start: Int, _ end: Int) -> Bool {
    guard let dot = source[start..<end].firstIndex(of: 0x2E) else { return false }
    return isGrouped(start, dot) && areDigits(dot + 1, end)
  }

  private func areDigits(_ start: Int, _ end: Int) -> Bool {
    start < end && source[start..<end].allSatisfy(\.isDigit)
  }

  /// Whether the bytes have the shape `2026-11-01`; whether there is such a day is another matter.
  private func isDate(_ start: Int, _ end: Int) -> Bool {
    end - start == 10 && areDigits(start, start + 4) && source[start + 4] == "-"
      && areDigits(start + 5, start + 7) && source[start + 7] == "-"
      && areDigits(start + 8, start + 10)
  }

  private func isDuration(_ start: Int, _ end: Int) -> Bool {
    switch source[end - 1] {
    case "d", "h", "m": areDigits(start, end - 1)
    default: false
    }
  }

  private func isDateAndHour(_ start: Int, _ end: Int) -> Bool {
    end - start == 13 && isDate(start, start + 10)
      && (source[start + 10] == "T" || source[start + 10] == "t") && areDigits(start + 11, end)
  }

  /// Takes what follows the hour of a time stamp: `:MM[:SS]Z`.
  ///
  /// All that a person may have written for a time is taken, so that a mistake in it is one
  /// mistake.
  private mutating func scanTimestamp(
    from start: Int,
    _ diagnostics: inout DiagnosticList
  ) -> Token.Kind {
    while byte() == ":" || byte() == "+" || byte().continuesWord { offset += 1 }
    if TimeLiteral.hasTimestampShape(source[start..<offset]) { return .timestamp }
    diagnostics.report(.timestampShape, at: range(from: start))
    return .malformed
  }
}
