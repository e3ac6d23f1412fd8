/// The fields of one row, in storage that is used again for the next one.
package struct CSVRow: Sendable {
  /// The number of the row as a spreadsheet shows it: the header is 1, and blank rows count.
  package internal(set) var number = 0
  /// The fields, in the order of the columns; no more of them are kept than a table may have.
  package internal(set) var fields: [CSVField] = []
  /// The bytes of the row, without the end of its line.
  package internal(set) var range = 0..<0
  /// How many fields the row has, with those that are not kept.
  private(set) var fieldCount = 0
  /// What is wrong with the quotes and characters of the row.
  private(set) var flaws: [RowFlaw] = []

  package init() {}

  /// Whether nothing stands in any field.
  ///
  /// Spreadsheets write the empty rows below a table as rows of separators.
  func isBlank(in bytes: Span<UInt8>) -> Bool {
    fields.allSatisfy { field in
      field.range.allSatisfy { bytes[$0].isBlank }
    }
  }
}

/// Something wrong in the spelling of one field.
struct RowFlaw {
  enum Kind {
    case strayQuote
    case textAfterQuote(opening: Int)
    case unclosedQuote
    case controlCharacter
  }

  let kind: Kind
  /// The number of the field in its row, from 0.
  let field: Int
  let range: Range<Int>

  /// Whether separators and lines that follow may have been taken for a part of the field.
  var swallowsFields: Bool {
    switch kind {
    case .textAfterQuote, .unclosedQuote: true
    case .strayQuote, .controlCharacter: false
    }
  }
}

// MARK: - Reading

extension CSVRow {
  /// Reads the row that begins at an offset, and returns where the next one begins.
  ///
  ///     row   → field (separator field)* (line-end | end)
  ///     field → '"' (text | '""')* '"' | text
  mutating func read(_ bytes: Span<UInt8>, from start: Int, separator: UInt8) -> Int {
    fields.removeAll(keepingCapacity: true)
    if !flaws.isEmpty { flaws.removeAll(keepingCapacity: true) }
    fieldCount = 0
    var position = start
    while true {
      if position < bytes.count, bytes[position] == Byte.quote {
        position = readQuoted(bytes, from: position, separator: separator)
      } else {
        position = readPlain(bytes, from: position, separator: separator)
      }
      guard position < bytes.count, bytes[position] == separator else { break }
      position += 1
    }
    range = start..<position
    return bytes.lineEndEnd(at: position)
  }

  private mutating func append(_ field: CSVField) {
    if fieldCount < CSVTable.columnLimit { fields.append(field) }
    fieldCount += 1
  }

  /// Reads a field without quotes and returns its end.
  private mutating func readPlain(
    _ bytes: Span<UInt8>,
    from start: Int,
    separator: UInt8
  ) -> Int {
    let end = skipPlain(bytes, from: start, separator: separator)
    append(CSVField(start, end))
    return end
  }

  /// Reads a field that begins with a quote and returns its end.
  private mutating func readQuoted(
    _ bytes: Span<UInt8>,
    from start: Int,
    separator: UInt8
  ) -> Int {
    var hasDoubledQuotes = false
    var position = start + 1
    while true {
      position = skipQuoted(bytes, from: position)
      guard position < bytes.count else {
        report(.unclosedQuote, start..<start + 1)
        append(CSVField(start + 1, position, hasDoubledQuotes: hasDoubledQuotes))
        return position
      }
      guard position + 1 < bytes.count, bytes[position + 1] == Byte.quote else { break }
      hasDoubledQuotes = true
      position += 2
    }
    let next = position + 1
    if next == bytes.count || bytes[next] == separator || bytes[next].isLineEnd {
      let field = CSVField(start + 1, position, isQuoted: true, hasDoubledQuotes: hasDoubledQuotes)
      append(field)
      return next
    }
    // What follows belongs to the field, quotes and all: nothing is lost, and the row goes on.
    let end = skipPlain(bytes, from: next, separator: separator, isQuoteReported: true)
    report(.textAfterQuote(opening: start), next..<end)
    append(CSVField(start, end))
    return end
  }

  /// Returns the offset of the separator or line end behind plain text.
  @inline(__always)
  private mutating func skipPlain(
    _ bytes: Span<UInt8>,
    from start: Int,
    separator: UInt8,
    isQuoteReported: Bool = false
  ) -> Int {
    let position = bytes.plainTextEnd(from: start, separator: separator)
    if position == bytes.count || bytes[position] == separator || bytes[position].isLineEnd {
      return position
    }
    return skipUnusual(
      bytes,
      from: position,
      separator: separator,
      isQuoteReported: isQuoteReported
    )
  }

  /// Goes on over quotes and control characters in plain text, which are rare.
  @inline(never)
  private mutating func skipUnusual(
    _ bytes: Span<UInt8>,
    from start: Int,
    separator: UInt8,
    isQuoteReported: Bool
  ) -> Int {
    var position = start
    var hasQuote = isQuoteReported
    var hasControl = false
    while position < bytes.count, bytes[position] != separator, !bytes[position].isLineEnd {
      if bytes[position] == Byte.quote {
        if !hasQuote { report(.strayQuote, position..<position + 1) }
        hasQuote = true
      } else if bytes[position] != Byte.tab {
        if !hasControl { report(.controlCharacter, position..<position + 1) }
        hasControl = true
      }
      position = bytes.plainTextEnd(from: position + 1, separator: separator)
    }
    return position
  }

  /// Returns the offset of the next quote inside of quotes; the end without one.
  private mutating func skipQuoted(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var position = bytes.quotedTextEnd(from: start)
    var hasControl = false
    while position < bytes.count, bytes[position] != Byte.quote {
      if !bytes[position].isLineEnd, bytes[position] != Byte.tab, !hasControl {
        report(.controlCharacter, position..<position + 1)
        hasControl = true
      }
      position = bytes.quotedTextEnd(from: position + 1)
    }
    return position
  }

  private mutating func report(_ kind: RowFlaw.Kind, _ range: Range<Int>) {
    flaws.append(RowFlaw(kind: kind, field: fieldCount, range: range))
  }
}
