import DTXCSV
import DTXLedger
import DTXSyntax

/// What an expression has come to.
enum Value: Hashable, Sendable {
  case integer(Int64)
  /// Digits without the point, and how many of them stand behind it.
  case decimal(Int64, scale: Int)
  /// Hundredths of a percent.
  case percent(Int64)
  case money(Money)
  /// A sum of the plan, currency by currency.
  case totals([Money])
  case string(String)
  case word(String)
  /// A word that a field of a transaction has: what it is compared with is read as one of these.
  case fieldWord(String, TransactionField)
  /// A field of a data file: a string that becomes what is asked for.
  case cell(Cell)
  /// A parameter as it was given: a string that becomes what is asked for.
  case given(String)
  /// Days since 1970-01-01.
  case date(Int64)
  /// Milliseconds since 1970-01-01T00:00Z.
  case timestamp(Int64)
  /// Milliseconds.
  case duration(Int64)
  case boolean(Bool)
  /// An index of the snapshot.
  case transaction(Int32)
  /// A line by the key that stays with it when other lines come and go.
  case line(transaction: Int32, key: Int32)
  /// The row that a loop has come to, by how many loops over rows are around that one.
  case row(Int32)
  case list([Value])
  case plan
  /// A field that the transaction does not have.
  case nothing
  /// What could not be evaluated: a diagnostic has said why, or it must be read first.
  case invalid

  /// A place in a data file: small, so that a row costs no `String`.
  struct Cell: Hashable, Sendable {
    let field: CSVField
    let table: UInt16

    var hasDoubledQuotes: Bool { field.hasDoubledQuotes }
    /// The bytes of the text in the file, without the quotes around it.
    var range: SourceRange {
      SourceRange(UInt32(field.range.lowerBound), UInt32(field.range.upperBound))
    }
  }

  /// Whether it is an amount of nothing.
  var isZero: Bool {
    switch self {
    case .integer(0): true
    case .money(let money): money.amount == .zero
    case .totals(let totals): totals.isEmpty
    default: false
    }
  }

  /// The text of a string or a word.
  var text: String? {
    switch self {
    case .string(let text), .word(let text), .fieldWord(let text, _): text
    default: nil
    }
  }

  var isInvalid: Bool { if case .invalid = self { true } else { false } }

  var kind: Kind {
    switch self {
    case .integer: .integer
    case .decimal: .decimal
    case .percent: .percent
    case .money: .money
    case .totals: .totals
    case .string: .string
    case .word, .fieldWord: .word
    case .cell, .given: .field
    case .date: .date
    case .timestamp: .timestamp
    case .duration: .duration
    case .boolean: .boolean
    case .transaction: .transaction
    case .line: .line
    case .row: .row
    case .list: .list
    case .plan: .plan
    case .nothing: .nothing
    case .invalid: .any
    }
  }
}
