import DTXCSV
import DTXLedger
import DTXSyntax

// MARK: - What a field becomes

extension Evaluator {
  /// Returns what a field of a data file or a parameter says, where a kind is asked for.
  ///
  /// Every other value stays as it is: nothing else converts by itself.
  mutating func read(_ value: Value, as kind: Kind, at range: SourceRange) -> Value {
    guard let text = fieldText(of: value) else { return value }
    guard let read = WrittenValue.value(of: text), read.kind == kind else {
      report(.notOfKind(text, kind), about: value, at: range)
      return .invalid
    }
    return read
  }

  /// Returns an integer of minor units or money where an amount is asked for.
  mutating func readAmount(_ value: Value, at range: SourceRange) -> Value {
    if case .cell(let cell) = value {
      let bytes = tables[Int(cell.table)].table.bytes
      if let amount = WrittenValue.amount(bytes.span.extracting(cell.range.bytes)) { return amount }
    }
    guard let text = fieldText(of: value) else { return value }
    switch WrittenValue.value(of: text) {
    case .some(.integer(let count)): return .integer(count)
    case .some(.money(let money)): return .money(money)
    default:
      report(.notAnAmount(text, WrittenValue.howToWriteAmount(text)), about: value, at: range)
      return .invalid
    }
  }

  /// Returns money where an amount is asked for beside other money: minor units are of its currency.
  mutating func readAmount(
    _ value: Value,
    in currency: Currency,
    at range: SourceRange
  ) -> Value {
    let amount = readAmount(value, at: range)
    guard case .integer(let count) = amount else { return amount }
    return .money(Money(MinorUnits(count), currency))
  }

  /// Returns whatever a field says: the value of a literal, or the field itself as a text.
  func readLiteral(_ value: Value) -> Value {
    guard let text = fieldText(of: value) else { return value }
    return WrittenValue.value(of: text) ?? value
  }

  /// The text of a field without the blanks around it; nil for any other value.
  func fieldText(of value: Value) -> String? {
    switch value {
    case .cell(let cell): Self.trimmed(text(of: cell))
    case .given(let text): Self.trimmed(text)
    default: nil
    }
  }

  /// Makes two values of one kind where one is a field, so that they can be compared.
  mutating func convertFields(_ left: inout Value, _ right: inout Value, at range: SourceRange) {
    if left.kind == .field { left = convert(left, for: right, at: range) }
    if right.kind == .field { right = convert(right, for: left, at: range) }
  }

  private mutating func convert(_ field: Value, for other: Value, at range: SourceRange) -> Value {
    switch other {
    case .money(let money): return readAmount(field, in: money.currency, at: range)
    case .totals: return readAmount(field, at: range)
    case .integer, .decimal:
      let number = readLiteral(field)
      switch number {
      case .integer, .decimal: return number
      default: return read(field, as: other.kind, at: range)
      }
    case .date, .timestamp:
      let time = readLiteral(field)
      switch time {
      case .date, .timestamp: return time
      default: return read(field, as: other.kind, at: range)
      }
    case .percent, .duration, .boolean: return read(field, as: other.kind, at: range)
    default: return field
    }
  }

  private static let blanks: Set<Character> = [" ", "\t", "\u{A0}", "\u{202F}"]

  /// A text without the blanks around it.
  static func trimmed(_ text: String) -> String {
    guard let first = text.first, let last = text.last,
      blanks.contains(first) || blanks.contains(last)
    else { return text }
    var rest = text[...]
    while let first = rest.first, blanks.contains(first) { rest.removeFirst() }
    while let last = rest.last, blanks.contains(last) { rest.removeLast() }
    return String(rest)
  }
}

// MARK: - Texts of values

extension Evaluator {
  /// The bytes of an operand's text; nil where it has none, once reported.
  mutating func bytes(of operand: Operand) -> [UInt8]? {
    guard operand.kind == .expression else { return text(of: operand).map { Array($0.utf8) } }
    return bytes(of: value(of: operand), at: script.range(of: operand))
  }

  mutating func bytes(of value: Value, at range: SourceRange) -> [UInt8]? {
    if case .cell(let cell) = value, !cell.hasDoubledQuotes {
      return Array(tables[Int(cell.table)].table.bytes[cell.range.bytes])
    }
    return requiredText(of: value, at: range).map { Array($0.utf8) }
  }

  /// The text of a value where a text is asked for; nil where there is none, once reported.
  mutating func requiredText(of value: Value, at range: SourceRange) -> String? {
    switch value {
    case .invalid: return nil
    case .list, .row, .plan, .line:
      report(.wrongKind(expected: "a text", found: value.kind), at: range)
      return nil
    default: return text(of: value, at: range)
    }
  }

  /// The text of a value as `print` and a string show it, as far as there is room.
  mutating func text(of value: Value, at range: SourceRange) -> String {
    var text = ""
    append(value, to: &text)
    if text.utf8.count > Self.textLimit {
      report(.textTooLong(limit: Self.textLimit), at: range)
      return String(text.prefix(Self.textLimit / 4))
    }
    return text
  }

  /// Appends the text of a value, and stops somewhere above the limit.
  func append(_ value: Value, to text: inout String) {
    switch value {
    case .integer(let value): text += String(value)
    case .decimal(let digits, let scale): text += Digits.text(digits, scale: scale)
    case .percent(let value): text += Digits.trimmed(value, scale: 2) + "%"
    case .money(let money): text += money.description
    case .totals(let totals):
      text += totals.isEmpty ? "0" : totals.map(\.description).joined(separator: ", ")
    case .string(let string), .word(let string), .given(let string),
      .fieldWord(let string, _):
      text += string
    case .cell(let cell): text += self.text(of: cell)
    case .date(let day): text += Timestamp.dateText(day: day)
    case .timestamp(let time): text += Timestamp.text(time)
    case .duration(let duration): text += Timestamp.durationText(duration)
    case .boolean(let value): text += value ? "true" : "false"
    case .transaction(let index): text += snapshot.transactions[Int(index)].id.text
    case .line(let index, let key):
      guard let line = builder.line(withKey: key, of: index) else { return text += "?" }
      text += builder.states[Int(index)].lines[Int(line)].id
    case .row(let level): append(rowOf: level, to: &text)
    case .list(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if text.utf8.count > Self.textLimit { return }
        if index > 0 { text += ", " }
        append(value, to: &text)
      }
      text += "]"
    case .plan: text += "the plan"
    case .nothing: text += "nothing"
    case .invalid: text += "?"
    }
  }

  private func append(rowOf level: Int32, to text: inout String) {
    let row = rows[Int(level)]
    let table = tables[row.table].table
    text += row.row.fields.map { table.text(of: $0) }.joined(separator: ", ")
  }
}
