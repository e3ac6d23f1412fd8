/// What sort of value something is, as far as it is known.
package enum Kind: UInt8, Hashable, Sendable {
  /// Not known before the transactions and the data are read.
  case any
  case integer, decimal, percent, money
  /// A sum of the plan, which may be in several currencies.
  case totals
  case string, word
  /// The text of a data file's field or of a parameter: a string that becomes what is asked for.
  case field
  case date, timestamp, duration, boolean
  case transaction, line, list, row, plan
  /// A field that the transaction does not have.
  case nothing

  /// The kind with its article, as a sentence about it needs it.
  package var phrase: String {
    switch self {
    case .any: "a value"
    case .integer: "an integer"
    case .decimal: "a decimal"
    case .percent: "a percentage"
    case .money: "an amount of money"
    case .totals: "a total of the plan"
    case .string, .field: "a string"
    case .word: "a word"
    case .date: "a date"
    case .timestamp: "a time stamp"
    case .duration: "a duration"
    case .boolean: "a condition"
    case .transaction: "a transaction"
    case .line: "a line"
    case .list: "a list"
    case .row: "a row"
    case .plan: "the plan"
    case .nothing: "nothing"
    }
  }

  /// Whether it is a text of any sort.
  var isText: Bool { self == .string || self == .word || self == .field }

  /// Whether a field's text can be asked to be one of these.
  var isWritten: Bool {
    switch self {
    case .integer, .decimal, .percent, .money, .date, .timestamp, .duration, .boolean: true
    default: false
    }
  }
}
