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
  case amountIsNegative(Operation.Kind)
  case amountTooLarge
  case factorOfHundred(amount: Money, than: Money, what: String)
  case shareIsZero
  case quantityNotPositive
  case percentTooPrecise
  case quantityTooPrecise
  /// So many of a line are no whole number of minor units.
  case quantityHasNoAmount(line: String, Money)
  case referenceIsEmpty
  case againIsEmpty

  // Names
  case undefinedVariable(String, nearest: String?)
  case unknownField(String, of: Kind, nearest: String?)
  case unknownWord(String, field: String, nearest: String?)
  case undefinedFunction(String, nearest: String?)
  case wrongFunctionCount(String, found: Int)
  case undefinedProcedure(String, nearest: String?)
  case wrongArgumentCount(String, expected: Int, found: Int)
  case redefined(String)
  case nameIsTaken(String)
  case unusedVariable(String)
  case setLater(String, procedure: String)
  case recursion([String])
  case callsTooDeep(limit: Int)

  // Parameters
  case parameterMissing(String, purpose: String)
  case unknownParameter(String, nearest: String?)
  case unusedParameter(String)

  // Files and what they say
  case includesItself([String])
  case cannotInclude(String, String)
  case tooManyIncludes(limit: Int)
  case cannotReadData(String, String)
  case unknownColumn(String, nearest: String?, columns: [String])
  case notAnAmount(String, String?)
  case notOfKind(String, Kind)
  case notMoneyText(String, Currency, MoneyTextProblem)
  case notADate(String)
  case variableNotSet(String)

  // Kinds
  case wrongKind(expected: String, found: Kind)
  case notComparable(Kind, Kind)
  case noSuchOperation(BinaryOperator, Kind, Kind)
  case severalCurrencies([Currency])
  case currenciesNotCompared([Currency])
  case differentCurrencies(Currency, Currency)
  /// A condition about transactions names an amount, and they are not all in its currency.
  case currencyNotAsked(Currency, found: Currency)
  case overflow
  case conditionIsNotBoolean(Kind)
  case conditionIsConstant(Bool)
  case limitIsNegative
  case lineIsGone

  // What can only fail
  case afterVoid(Operation.Kind, TransactionID)

  // Accounts
  case notAnAccount(String)
  case otherAccount(String, connected: Account)
  case idOfOtherAccount(Account, connected: Account)

  // Limits
  case tooManyOperations(limit: Int)
  case planIsFull
  case totalsTooLarge(Currency)
  case tooMuchWork(limit: Int)
  case textTooLong(limit: Int)
  case tooManyOutputs(limit: Int)
  case tooManyRounds(limit: Int)
}

/// Why a text is no amount in major units.
package enum MoneyTextProblem: Hashable, Sendable {
  case notANumber
  /// The comma or the point may stand before decimals or between thousands.
  case ambiguous
  case tooPrecise
  case tooLarge
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
    case .quantityHasNoAmount: DiagnosticCode(2045)
    case .referenceIsEmpty, .againIsEmpty: DiagnosticCode(2013)
    case .undefinedVariable: DiagnosticCode(2020)
    case .unknownField: DiagnosticCode(2021)
    case .unknownWord: DiagnosticCode(2023)
    case .undefinedFunction: DiagnosticCode(2014)
    case .wrongFunctionCount: DiagnosticCode(2015)
    case .undefinedProcedure: DiagnosticCode(2016)
    case .wrongArgumentCount: DiagnosticCode(2017)
    case .redefined: DiagnosticCode(2018)
    case .nameIsTaken: DiagnosticCode(2019)
    case .unusedVariable: DiagnosticCode(2024)
    case .setLater: DiagnosticCode(2025)
    case .recursion: DiagnosticCode(2026)
    case .callsTooDeep: DiagnosticCode(2027)
    case .unusedParameter: DiagnosticCode(2028)
    case .parameterMissing: DiagnosticCode(2029)
    case .unknownParameter: DiagnosticCode(2060)
    case .includesItself: DiagnosticCode(2061)
    case .cannotInclude: DiagnosticCode(2062)
    case .tooManyIncludes: DiagnosticCode(2063)
    case .cannotReadData: DiagnosticCode(2064)
    case .variableNotSet: DiagnosticCode(2065)
    case .unknownColumn: DiagnosticCode(2070)
    case .notAnAmount: DiagnosticCode(2071)
    case .notOfKind: DiagnosticCode(2072)
    case .notMoneyText: DiagnosticCode(2073)
    case .notADate: DiagnosticCode(2074)
    case .lineIsGone: DiagnosticCode(2039)
    case .conditionIsConstant: DiagnosticCode(2038)
    case .afterVoid: DiagnosticCode(2043)
    case .tooMuchWork: DiagnosticCode(2053)
    case .textTooLong: DiagnosticCode(2054)
    case .tooManyOutputs: DiagnosticCode(2055)
    case .tooManyRounds: DiagnosticCode(2056)
    case .wrongKind: DiagnosticCode(2030)
    case .notComparable: DiagnosticCode(2031)
    case .noSuchOperation: DiagnosticCode(2032)
    case .severalCurrencies: DiagnosticCode(2033)
    case .currenciesNotCompared: DiagnosticCode(2044)
    case .overflow: DiagnosticCode(2034)
    case .conditionIsNotBoolean: DiagnosticCode(2035)
    case .limitIsNegative: DiagnosticCode(2036)
    case .differentCurrencies, .currencyNotAsked: DiagnosticCode(2037)
    case .notAnAccount: DiagnosticCode(2040)
    case .otherAccount: DiagnosticCode(2041)
    case .idOfOtherAccount: DiagnosticCode(2042)
    case .tooManyOperations: DiagnosticCode(2050)
    case .planIsFull: DiagnosticCode(2051)
    case .totalsTooLarge: DiagnosticCode(2052)
    }
  }

  package var severity: Diagnostic.Severity {
    switch self {
    case .factorOfHundred, .unusedVariable, .conditionIsConstant, .currenciesNotCompared: .warning
    default: .error
    }
  }
}
