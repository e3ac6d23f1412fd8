package import DTXLedger
package import DTXSyntax

/// What can be wrong with the names, kinds and amounts of a program: the codes DTX2xxx.
package enum ProgramMessage: DiagnosticMessage, Hashable {
  // Amounts
  case unknownCurrency(String, nearest: String?)
  case decimalsMissing(written: String, currency: Currency)
  case wrongDecimals(written: String, currency: Currency)
  case wrongCurrency(written: Currency, transaction: Currency)
  case amountIsZero
  case amountIsNegative
  case amountTooLarge
  case factorOfHundred(amount: Money, than: Money, what: String)
  case shareIsZero
  case quantityNotPositive
  case percentTooPrecise
  case quantityTooPrecise
  case referenceIsEmpty

  // Names
  case undefinedVariable(String)
  case unknownField(String, of: String, nearest: String?)
  case notAvailable(String)
  case unknownWord(String, field: String, nearest: String?)

  // Kinds
  case wrongKind(expected: String, found: String)
  case notComparable(String, String)
  case noSuchOperation(BinaryOperator, String, String)
  case severalCurrencies([Currency])
  case differentCurrencies(Currency, Currency)
  case overflow
  case conditionIsNotBoolean(String)
  case limitIsNegative

  // Accounts
  case notAnAccount(String)
  case otherAccount(String, connected: Account)
  case idOfOtherAccount(Account, connected: Account)

  // Limits
  case tooManyOperations(limit: Int)
  case planIsFull
  case totalsTooLarge(Currency)
}

extension ProgramMessage {
  package var code: DiagnosticCode {
    switch self {
    case .unknownCurrency: DiagnosticCode(2001)
    case .decimalsMissing: DiagnosticCode(2002)
    case .wrongDecimals: DiagnosticCode(2003)
    case .wrongCurrency: DiagnosticCode(2004)
    case .amountIsZero: DiagnosticCode(2005)
    case .amountIsNegative: DiagnosticCode(2006)
    case .amountTooLarge: DiagnosticCode(2007)
    case .factorOfHundred: DiagnosticCode(2008)
    case .shareIsZero: DiagnosticCode(2009)
    case .quantityNotPositive: DiagnosticCode(2010)
    case .percentTooPrecise: DiagnosticCode(2011)
    case .quantityTooPrecise: DiagnosticCode(2012)
    case .referenceIsEmpty: DiagnosticCode(2013)
    case .undefinedVariable: DiagnosticCode(2020)
    case .unknownField: DiagnosticCode(2021)
    case .notAvailable: DiagnosticCode(2022)
    case .unknownWord: DiagnosticCode(2023)
    case .wrongKind: DiagnosticCode(2030)
    case .notComparable: DiagnosticCode(2031)
    case .noSuchOperation: DiagnosticCode(2032)
    case .severalCurrencies: DiagnosticCode(2033)
    case .overflow: DiagnosticCode(2034)
    case .conditionIsNotBoolean: DiagnosticCode(2035)
    case .limitIsNegative: DiagnosticCode(2036)
    case .differentCurrencies: DiagnosticCode(2037)
    case .notAnAccount: DiagnosticCode(2040)
    case .otherAccount: DiagnosticCode(2041)
    case .idOfOtherAccount: DiagnosticCode(2042)
    case .tooManyOperations: DiagnosticCode(2050)
    case .planIsFull: DiagnosticCode(2051)
    case .totalsTooLarge: DiagnosticCode(2052)
    }
  }

  package var severity: Diagnostic.Severity {
    if case .factorOfHundred = self { return .warning }
    return .error
  }

  package var text: String {
    switch self {
    case .unknownCurrency(let code, _): "'\(code)' is not a currency"
    case .decimalsMissing(let written, let currency):
      "'\(written)' does not say whether it means \(currency.code) or its minor units"
    case .wrongDecimals(let written, let currency):
      "'\(written)' must have \(Self.decimals(currency.decimals))"
    case .wrongCurrency(let written, let transaction):
      "the transaction is in \(transaction.code), not in \(written.code)"
    case .amountIsZero: "an amount must be more than zero"
    case .amountIsNegative: "an amount cannot be negative"
    case .amountTooLarge: "the amount is larger than any payment can be"
    case .factorOfHundred(let amount, let other, let what):
      "\(amount) is exactly \(amount.amount < other.amount ? "a hundredth of" : "a hundred times")"
        + " \(what), \(other)"
    case .shareIsZero: "the share rounds to nothing"
    case .quantityNotPositive: "a quantity must be more than zero"
    case .percentTooPrecise: "a percentage has at most two decimals"
    case .quantityTooPrecise: "a quantity has at most six decimals"
    case .referenceIsEmpty: "a reference cannot be empty"
    case .undefinedVariable(let name): "there is no variable '\(name)'"
    case .unknownField(let name, let owner, _): "\(owner) has no field '\(name)'"
    case .notAvailable(let name): "`\(name)` is not available in this version"
    case .unknownWord(let word, let field, _): "'\(word)' is not one of the values of \(field)"
    case .wrongKind(let expected, let found): "this must be \(expected), and it is \(found)"
    case .notComparable(let left, let right): "\(left) cannot be compared with \(right)"
    case .noSuchOperation(let sign, let left, let right):
      "'\(sign.rawValue)' does not work between \(left) and \(right)"
    case .severalCurrencies(let currencies):
      "the plan moves several currencies: \(Self.list(currencies))"
    case .differentCurrencies(let left, let right):
      "an amount in \(left) and one in \(right) cannot be compared, added or subtracted"
    case .overflow: "the result is larger than any amount can be"
    case .conditionIsNotBoolean(let found): "a condition must be true or false; this is \(found)"
    case .limitIsNegative: "a limit cannot be negative"
    case .notAnAccount(let name): "'\(name)' is not an account"
    case .otherAccount(let name, let connected):
      "this script is for account \(name), and this is \(connected)"
    case .idOfOtherAccount(let other, let connected):
      "this transaction belongs to account \(other), and this is \(connected)"
    case .planIsFull: "the plan is as large as a plan can be"
    case .totalsTooLarge(let currency):
      "the plan moves more \(currency.code) than can be counted"
    case .tooManyOperations(let limit): "the plan has more than \(limit) operations"
    }
  }

  package var help: String? {
    switch self {
    case .unknownCurrency(_, let nearest?): "did you mean \(nearest)?"
    case .unknownCurrency: "write a code of ISO 4217, such as NOK"
    case .decimalsMissing(let written, let currency):
      Self.spellings(of: written, in: currency)
    case .wrongDecimals(let written, let currency):
      currency.decimals == 0
        ? "\(currency.code) has no decimals: write the amount without a point"
        : "write \(Self.padded(written, to: currency)) \(currency.code)"
    case .wrongCurrency(_, let transaction): "write the amount in \(transaction.code)"
    case .amountIsNegative: "to give money back, write `refund`"
    case .amountTooLarge: "the largest amount is \(MinorUnits.largestAmount.count) minor units"
    case .factorOfHundred(_, let other, _):
      "a plain number counts minor units; if you meant \(other), write \(other.amount.count)"
    case .undefinedVariable: "only `$plan` exists in this version"
    case .unknownField(_, _, let nearest?), .unknownWord(_, _, let nearest?):
      "did you mean `\(nearest)`?"
    case .referenceIsEmpty: "leave `ref` out, and one is made"
    case .severalCurrencies: "compare each currency in a script of its own"
    case .notAnAccount: "an account is T or P and eight digits, such as T12345678"
    case .otherAccount, .idOfOtherAccount: "run it in the profile of that account"
    case .tooManyOperations: "split the script, or raise the limit with --max-operations"
    case .planIsFull, .totalsTooLarge: "split the script"
    case .shareIsZero, .amountIsZero, .quantityNotPositive, .percentTooPrecise, .quantityTooPrecise,
      .limitIsNegative, .unknownField, .unknownWord, .notAvailable, .wrongKind,
      .notComparable, .noSuchOperation, .overflow,
      .differentCurrencies, .conditionIsNotBoolean:
      nil
    }
  }

  private static func decimals(_ count: Int) -> String {
    switch count {
    case 0: "no decimals"
    case 1: "exactly one decimal"
    default: "exactly \(count) decimals"
    }
  }

  private static func list(_ currencies: [Currency]) -> String {
    currencies.map(\.code).joined(separator: ", ")
  }

  private static func spellings(of written: String, in currency: Currency) -> String {
    let digits = written.filter { $0 != "_" }
    let zeros = String(repeating: "0", count: currency.decimals)
    return "write \(digits).\(zeros) \(currency.code), or \(digits)\(zeros) for minor units"
  }

  /// The number with as many decimals as the currency has: zeros added, or the surplus left off.
  private static func padded(_ written: String, to currency: Currency) -> String {
    let parts = written.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let zeros = String(repeating: "0", count: max(0, currency.decimals - fraction.count))
    return "\(parts.first ?? "0").\(fraction.prefix(currency.decimals))\(zeros)"
  }
}
