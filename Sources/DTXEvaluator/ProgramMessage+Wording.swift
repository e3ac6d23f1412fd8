import DTXLedger
import DTXSyntax

extension ProgramMessage {
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
    case .quantityHasNoAmount(let line, let whole):
      "so many of line \"\(line)\", \(whole) in all, are no whole number of minor units"
    case .referenceIsEmpty: "a reference cannot be empty"
    case .againIsEmpty: "`again` does not say why"
    case .undefinedVariable(let name, _): "there is no variable '\(name)' here"
    case .unknownField(let name, let owner, _):
      "\(owner == .plan ? "$plan" : owner.phrase) has no field '\(name)'"
    case .undefinedFunction(let name, _): "there is no function '\(name)'"
    case .wrongFunctionCount(let form, let found):
      "a call looks like `\(form)`; this one has \(Self.count(found, "value"))"
    case .undefinedProcedure(let name, _): "there is no procedure '\(name)'"
    case .wrongArgumentCount(let name, let expected, let found):
      "'\(name)' takes \(Self.count(expected, "value")), and gets \(found)"
    case .redefined(let name): "'\(name)' is set already, and is set once"
    case .nameIsTaken(let name): "'\(name)' has a meaning of its own"
    case .unusedVariable(let name): "'\(name)' is never used"
    case .setLater(let name, let procedure): "'\(procedure)' reads '\(name)', which is set below"
    case .recursion(let names):
      names.count == 2
        ? "'\(names[0])' calls itself"
        : "'\(names[0])' calls itself: \(names.joined(separator: ", then "))"
    case .callsTooDeep(let limit): "more than \(limit) calls are inside one another here"
    case .unusedParameter(let name): "the parameter '\(name)' is never used"
    case .parameterMissing(let name, let purpose):
      "the parameter '\(name)' has no value\(purpose.isEmpty ? "" : ": \(purpose)")"
    case .unknownParameter(let name, _): "the script has no parameter '\(name)'"
    case .includesItself(let names):
      "the file includes itself: \(names.joined(separator: ", then "))"
    case .cannotInclude(let path, let reason): "cannot include '\(path)': \(reason)"
    case .tooManyIncludes(let limit): "more than \(limit) files are included"
    case .cannotReadData(let path, let reason): "cannot read '\(path)': \(reason)"
    case .unknownColumn(let name, _, _): "the file has no column '\(name)'"
    case .notAnAmount(let text, let reason):
      text.isEmpty
        ? "there is no amount here" : "'\(text)' is no amount\(reason.map { "; \($0)" } ?? "")"
    case .notOfKind(let text, let kind):
      text.isEmpty ? "\(kind.phrase) must stand here" : "'\(text)' is not \(kind.phrase)"
    case .notMoneyText(let text, let currency, let problem):
      Self.text(of: problem, text, currency)
    case .notADate(let text): "'\(text)' is not a date"
    case .variableNotSet(let name): "the environment variable '\(name)' is not set"
    case .lineIsGone: "this line is no longer among the transaction's lines"
    case .conditionIsConstant(let holds): "this is always \(holds)"
    case .afterVoid(.void, let id): "a second void of \(id) can only fail"
    case .afterVoid(let kind, let id):
      "\(kind.article) \(kind.noun) of \(id) can only fail after its void"
    case .tooMuchWork(let limit): "the script runs more than \(limit) statements"
    case .textTooLong(let limit): "the text is longer than \(limit) bytes"
    case .tooManyOutputs(let limit): "the script shows more than \(limit) things"
    case .tooManyRounds(let limit):
      "what the script reads depends \(limit) times on what was read before"
    case .unknownWord(let word, let field, _): "'\(word)' is not one of the values of \(field)"
    case .wrongKind(let expected, let found): "this must be \(expected), and it is \(found.phrase)"
    case .notComparable(let left, let right):
      "\(left.phrase) cannot be compared with \(right.phrase)"
    case .noSuchOperation(let sign, let left, let right):
      "'\(sign.rawValue)' does not work between \(left.phrase) and \(right.phrase)"
    case .severalCurrencies(let currencies):
      "the plan moves several currencies: \(Self.list(currencies))"
    case .currenciesNotCompared(let currencies):
      "the plan also moves \(Self.list(currencies)), which no comparison is about"
    case .differentCurrencies(let left, let right), .currencyNotAsked(let left, let right):
      "an amount in \(left) and one in \(right) cannot be compared, added or subtracted"
    case .overflow: "the result is larger than any amount can be"
    case .conditionIsNotBoolean(let found):
      "a condition must be true or false; this is \(found.phrase)"
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
      Self.sentence(spelling: written, in: currency)
    case .wrongDecimals(let written, let currency):
      Self.sentence(correcting: written, to: currency)
    case .wrongCurrency(_, let transaction): "write the amount in \(transaction.code)"
    case .amountIsNegative(.capture): "to give money back, write `refund`"
    case .amountIsNegative(.refund): "`refund` gives money back already: write how much"
    case .quantityHasNoAmount: "write how much that is behind the quantity"
    case .amountTooLarge: "the largest amount is \(MinorUnits.largestAmount.count) minor units"
    case .factorOfHundred(_, let other, _):
      "if you meant \(other), write `\(other)`, or \(other.amount.count): a plain number counts"
        + " minor units"
    case .undefinedVariable(_, let nearest?), .unknownField(_, _, let nearest?),
      .unknownWord(_, _, let nearest?), .undefinedFunction(_, let nearest?),
      .undefinedProcedure(_, let nearest?), .unknownParameter(_, let nearest?):
      "did you mean `\(nearest)`?"
    case .unknownColumn(_, let nearest?, _): "did you mean `\(nearest)`?"
    case .unknownColumn(_, nil, let columns):
      "its columns are " + columns.map { "\"\($0)\"" }.joined(separator: ", ")
    case .undefinedVariable: "set it above with `let`, or `param`"
    case .undefinedFunction:
      "the functions are " + Function.allCases.map(\.rawValue).joined(separator: ", ")
    case .unusedVariable, .unusedParameter: "take it out, or use it"
    case .setLater(let name, _): "set \(name) above the call"
    case .recursion: "a procedure must come to an end: use a loop"
    case .parameterMissing(let name, _): "give it with --set \(name)=value"
    case .notMoneyText(_, _, .ambiguous): "write it without marks between thousands"
    case .notAnAmount(_, nil):
      "write minor units (29990), or major units with a currency (299.90 NOK)"
    case .notADate: "write the year first: 2026-11-01"
    case .redefined, .nameIsTaken: "choose another name"
    case .afterVoid: "take one of the two out"
    case .tooMuchWork: "split the script"
    case .againIsEmpty: "write why it is repeated: `again \"two cups were broken\"`"
    case .referenceIsEmpty: "leave `ref` out, and one is made"
    case .currenciesNotCompared: "add a comparison for each currency"
    case .severalCurrencies: "compare each currency in a script of its own"
    case .currencyNotAsked(let currency, _):
      "write `currency = \(currency.code) and` in front of it"
    case .notAnAccount: "an account is T or P and eight digits, such as T12345678"
    case .otherAccount, .idOfOtherAccount: "run it in the profile of that account"
    case .tooManyOperations: "split the script, or raise the limit with --max-operations"
    case .planIsFull, .totalsTooLarge: "split the script"
    case .shareIsZero, .amountIsZero, .amountIsNegative, .quantityNotPositive, .percentTooPrecise,
      .quantityTooPrecise,
      .limitIsNegative, .unknownField, .unknownWord, .wrongKind, .notComparable, .noSuchOperation,
      .overflow, .differentCurrencies, .conditionIsNotBoolean, .conditionIsConstant, .lineIsGone,
      .undefinedProcedure, .unknownParameter, .wrongFunctionCount, .wrongArgumentCount,
      .callsTooDeep, .includesItself, .cannotInclude, .tooManyIncludes, .cannotReadData, .notOfKind,
      .notAnAmount, .notMoneyText, .variableNotSet, .textTooLong, .tooManyOutputs, .tooManyRounds:
      nil
    }
  }
}

extension ProgramMessage {
  /// The message for a field that transactions do not have.
  static func unknownTransactionField(_ name: String) -> ProgramMessage {
    let names = TransactionField.allCases.map(\.rawValue)
    return .unknownField(name, of: .transaction, nearest: nearest(to: name, among: names))
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 0 ? "no \(noun)" : "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func text(
    of problem: MoneyTextProblem,
    _ text: String,
    _ currency: Currency
  ) -> String {
    switch problem {
    case .notANumber: "'\(text)' is no amount in \(currency)"
    case .ambiguous: "'\(text)' may have decimals or thousands"
    case .tooPrecise: "'\(text)' has more than the \(currency.decimals) decimals of \(currency)"
    case .tooLarge: "'\(text)' is larger than any payment can be"
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

  /// The ways to write a number of major units: with the currency and its decimals, and in minor
  /// units unless it is zero, since nothing is nothing however it is counted.
  static func spellings(of written: String, in currency: Currency) -> (
    major: String, minor: String?
  ) {
    let digits = written.filter { $0 != "_" }
    let zeros = String(repeating: "0", count: currency.decimals)
    let isZero = digits.allSatisfy { $0 == "0" }
    return ("\(digits).\(zeros) \(currency.code)", isZero ? nil : digits + zeros)
  }

  private static func sentence(spelling written: String, in currency: Currency) -> String {
    let (major, minor) = spellings(of: written, in: currency)
    return "write \(major)" + (minor.map { ", or \($0) for minor units" } ?? "")
  }

  /// The amount with exactly the decimals of its currency, where zeros are all that is added or left
  /// off; and what it is if the point stands between thousands, where it may.
  static func spellings(correcting written: String, to currency: Currency) -> (
    exact: String?, thousands: String?
  ) {
    let digits = written.filter { $0 != "_" }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return (nil, nil) }
    func spelling(_ major: String, _ fraction: String) -> String {
      let zeros = String(repeating: "0", count: max(0, currency.decimals - fraction.count))
      let point = currency.decimals == 0 ? "" : "."
      return "\(major)\(point)\(fraction.prefix(currency.decimals))\(zeros) \(currency.code)"
    }
    let (major, fraction) = (String(parts[0]), String(parts[1]))
    let isExact = fraction.dropFirst(currency.decimals).allSatisfy { $0 == "0" }
    let mayBeThousands = fraction.count == 3 && major.count <= 3 && !major.hasPrefix("0")
    return (
      isExact ? spelling(major, fraction) : nil,
      mayBeThousands ? spelling(major + fraction, "") : nil
    )
  }

  private static func sentence(correcting written: String, to currency: Currency) -> String {
    switch spellings(correcting: written, to: currency) {
    case (let exact?, nil): "write \(exact)"
    case (let exact?, let thousands?):
      "write \(exact), or \(thousands) if the point stands between thousands"
    case (nil, let thousands?):
      "write \(thousands) if the point stands between thousands; nothing is rounded"
    case (nil, nil): "write the amount that is meant: nothing is rounded"
    }
  }
}
