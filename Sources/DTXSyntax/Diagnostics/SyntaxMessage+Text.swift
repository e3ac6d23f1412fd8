extension SyntaxMessage {
  package var text: String {
    switch self {
    case .amountNotAllowed(let verb): "`\(verb.rawValue)` takes no amount"
    case .amountSpelling(let slip): slip.text
    case .bareFunction(let name): "`\(name)(…)` cannot stand here by itself"
    case .blanksAfterBackslash: "blanks after the `\\` that joins two lines"
    case .braceOnNextLine: "`{` on a line of its own"
    case .chainedComparison: "two comparisons in one"
    case .clauseBeforeScope(let clause): "`\(clause.rawValue)` before the scope"
    case .clauseNotAllowed(let clause, let verb):
      "`\(verb.rawValue)` takes no `\(clause.rawValue)`"
    case .controlCharacter: "control character"
    case .dataSourceOutsideLoop: "a source of data outside of `for`"
    case .duplicateAmount: "a second amount"
    case .duplicateClause(.add): "a second list of items"
    case .duplicateClause(let clause): "a second `\(clause.rawValue)`"
    case .elseWithoutIf: "`else` without `if`"
    case .expected(let expectation, let found): "expected \(expectation.text), found \(found.text)"
    case .fieldIsSet: "a field cannot be set"
    case .foreignOperator(let operation): "the operator is written `\(operation.rawValue)`"
    case .invalidDate: "there is no such date or time"
    case .invalidEscape: "unknown escape in a string"
    case .invalidUTF8: "bytes that are not UTF-8"
    case .itemSeparator: "items have nothing between them"
    case .lookalike(let lookalike): lookalike.text
    case .misplacedNot: "`not` inside a comparison"
    case .misplacedQuantity: "`qty` in the wrong place"
    case .missingDollar: "the name of a variable without `$`"
    case .missingQuotes: "text without quotes"
    case .missingScope(let verb): "`\(verb.rawValue)` does not say how much"
    case .missingTarget(let verb): "`\(verb.rawValue)` does not say which transaction"
    case .nestingTooDeep(let limit): "more than \(limit) levels inside one another"
    case .percentPrecision: "a percent with more than two decimals"
    case .percentSpelling: "this is not how a percent is written"
    case .promptOnly(let command): "`\(command.rawValue)` works at the prompt only"
    case .scopeConflict: "`all` together with an amount or lines"
    case .sourceTooLarge: "the source is too large"
    case .strayBackslash: "`\\` that does not end its line"
    case .strayCarriageReturn: "carriage return without a line feed"
    case .timestampShape: "this is not how a time stamp is written"
    case .tooManyDiagnostics(let severity, let limit):
      "more than \(limit) \(severity.rawValue)s; the rest are not shown"
    case .topLevelOnly(let word): "`\(word.rawValue)` inside a block"
    case .unclosedBracket(let kind): "`\(kind.opening)` is never closed"
    case .unclosedInterpolation: "`{` in a string is never closed"
    case .unexpectedCharacter: "unexpected character"
    case .unexpectedToken(let kind): "\(kind.text) cannot stand here"
    case .unknownClause(let verb): "this cannot follow `\(verb.rawValue)`"
    case .unknownStatement: "unknown statement"
    case .unmatchedBracket(let kind): "`\(kind.spelling)` closes nothing"
    case .unterminatedString: "the string is never closed"
    case .valueInFixedText: "a value in a text that is read before values are known"
    case .variableName: "the name of a variable begins with a letter"
    }
  }

  package var help: String? {
    switch self {
    case .amountNotAllowed(.void):
      "`void TRANSACTION` releases all of it, and `void TRANSACTION remaining` what is left"
    case .amountNotAllowed: "leave the amount out"
    case .amountSpelling(let slip): slip.help
    case .bareFunction(let name): "put a calculation in parentheses: `(\(name)(…))`"
    case .blanksAfterBackslash: "let the line end right after `\\`"
    case .braceOnNextLine: "write it at the end of the line that the block belongs to"
    case .chainedComparison: "compare twice, with `and` between the comparisons"
    case .clauseBeforeScope: "say `all`, an amount or lines first, and then the rest"
    case .clauseNotAllowed(.again, _), .clauseNotAllowed(.final, _): "leave it out"
    case .clauseNotAllowed(.reason, .capture): "use `ref` or `meta` for a remark on a capture"
    case .clauseNotAllowed: "leave it out; `help` shows what the statement takes"
    case .controlCharacter: "remove it"
    case .dataSourceOutsideLoop: "loop over it: `for $row in … { … }`"
    case .duplicateAmount: "state the amount once; an amount for a line stands after the line's id"
    case .duplicateClause: "keep one of them"
    case .elseWithoutIf: "`else` follows the block of an `if`: `if $a > 5 { … } else { … }`"
    case .expected(.change, let kind) where kind.isArithmetic,
      .expected(.item, let kind) where kind.isArithmetic:
      Self.calculationHelp
    case .expected(let expectation, _): expectation.help
    case .fieldIsSet: "give the value a name of its own, such as `let $amount = …`"
    case .foreignOperator: nil
    case .invalidDate: "write an existing day, and put an id that looks like a date in quotes"
    case .invalidEscape: #"write one of `\"`, `\\`, `\n`, `\t`, `\{` and `\u{1F600}`"#
    case .invalidUTF8: "save the file as UTF-8"
    case .itemSeparator: "remove it"
    case .lookalike(let lookalike): lookalike.help
    case .misplacedNot: "write `not` before the whole comparison: `not $x in [a, b]`"
    case .misplacedQuantity:
      "write it after the line's id and before its amount: `line 1 qty 2 500`"
    case .missingDollar: nil
    case .missingQuotes: "put the text between double quotes"
    case .missingScope: "say `all`, an amount such as `29990`, or lines such as `line 1`"
    case .missingTarget:
      "name it: an id, `order \"…\"` or `session \"…\"`; quote an id that is also a keyword"
    case .nestingTooDeep: "split the expression; many alternatives fit into `$x in [a, b, c]`"
    case .percentPrecision: "round it to two decimals, such as `12.25%`"
    case .percentSpelling: "write `25%` or `12.5%`, with the sign right after the number"
    case .promptOnly: "start `dtx` and type it there"
    case .scopeConflict: "say only one: `all`, or how much"
    case .sourceTooLarge(let limit): "split it into files of less than \(limit >> 20) MiB"
    case .strayBackslash: "put `\\` last on a line that goes on, and nothing after it"
    case .strayCarriageReturn: "save the file with line feeds, or with both"
    case .timestampShape: "write it in UTC: `2026-11-01T14:30Z`"
    case .tooManyDiagnostics(.error, _): "repair these first"
    case .tooManyDiagnostics: "look at these first"
    case .topLevelOnly: "it is about the whole script: write it outside of all braces"
    case .unclosedBracket: nil
    case .unclosedInterpolation: #"close it with `}`, and write a brace as `\{`; no quotes inside"#
    case .unexpectedCharacter: "remove it, or put it in a string"
    case .unexpectedToken(let kind) where kind.isArithmetic: Self.calculationHelp
    case .unexpectedToken: "end the statement before it, with a new line or `;`"
    case .unknownClause: "`help` shows what the statement takes"
    case .unknownStatement: "`help` lists the statements"
    case .unmatchedBracket: nil
    case .unterminatedString: "close it with `\"` on the same line"
    case .valueInFixedText: #"write the text out; a brace that stands for itself is `\{`"#
    case .variableName: "write `$` and a name, as in `$row`"
    }
  }
}

extension SyntaxMessage {
  private static let calculationHelp = "put a calculation in parentheses: `(100 + 50)`"
}

extension AmountSlip {
  fileprivate var text: String {
    switch self {
    case .currencyFirst: "the currency stands before the amount"
    case .currencyGlued: "no blank between the amount and its currency"
    case .currencyLowercase: "a currency in small letters"
    case .currencyMissing: "a decimal amount without its currency"
    case .currencySymbol: "a currency that is not its code"
    case .decimalComma: "a decimal comma"
    case .grouping: "an amount in groups of digits"
    case .negative: "a negative amount"
    case .plus: "an amount with a sign"
    }
  }

  fileprivate var help: String {
    switch self {
    case .currencyMissing: "a decimal amount names its currency; a whole number counts minor units"
    case .currencyFirst, .currencyGlued, .currencyLowercase:
      "write the amount, a blank and the code in capitals: `299.90 NOK`"
    case .currencySymbol: "write the three letters of its code: `299.90 NOK`"
    case .decimalComma: "write a point before the decimals, and the currency: `299.90 NOK`"
    case .grouping: "write the digits together: `1299.90 NOK`"
    case .negative: "an amount is never negative: the statement says where the money goes"
    case .plus: "leave the sign out"
    }
  }
}
