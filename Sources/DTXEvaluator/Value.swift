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
  /// Days since 1970-01-01.
  case date(Int64)
  /// Milliseconds since 1970-01-01T00:00Z.
  case timestamp(Int64)
  /// Milliseconds.
  case duration(Int64)
  case boolean(Bool)
  /// An index of the snapshot.
  case transaction(Int32)
  case line(transaction: Int32, line: Int32)
  case list([Value])
  case plan
  /// A field that the transaction does not have.
  case nothing
  /// What could not be evaluated; a diagnostic has said why.
  case invalid

  /// Whether it is an amount of nothing.
  var isZero: Bool {
    switch self {
    case .integer(0): true
    case .money(let money): money.amount == .zero
    case .totals(let totals): totals.isEmpty
    default: false
    }
  }

  /// The kind with its article, as a sentence about it needs it.
  var kind: String {
    switch self {
    case .integer: "an integer"
    case .decimal: "a decimal"
    case .percent: "a percentage"
    case .money: "an amount of money"
    case .totals: "a total of the plan"
    case .string: "a string"
    case .word: "a word"
    case .date: "a date"
    case .timestamp: "a time stamp"
    case .duration: "a duration"
    case .boolean: "a condition"
    case .transaction: "a transaction"
    case .line: "a line"
    case .list: "a list"
    case .plan: "the plan"
    case .nothing: "nothing"
    case .invalid: "a mistake"
    }
  }
}
