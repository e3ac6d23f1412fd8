/// What the lexer and the parser find wrong, as data; the wording is in an extension.
package enum SyntaxMessage: DiagnosticMessage, Hashable {
  case amountNotAllowed(after: Keyword)
  case amountSpelling(AmountSlip)
  case bareFunction(String)
  case blanksAfterBackslash
  case braceOnNextLine
  case chainedComparison
  case clauseBeforeScope(Keyword)
  case clauseNotAllowed(Keyword, after: Keyword)
  case controlCharacter
  case dataSourceOutsideLoop
  case duplicateAmount
  case duplicateClause(Keyword)
  case elseWithoutIf
  case expected(Expectation, found: Token.Kind)
  case fieldIsSet
  case foreignOperator(BinaryOperator)
  case invalidDate
  case invalidEscape
  case invalidUTF8
  case itemSeparator
  case lookalike(Lookalike)
  case misplacedNot
  case misplacedQuantity
  case missingDollar
  case missingQuotes
  case missingScope(Keyword)
  case missingTarget(Keyword)
  case nestingTooDeep(limit: Int)
  case percentPrecision
  case percentSpelling
  case promptOnly(Keyword)
  case scopeConflict
  case sourceTooLarge(limit: Int)
  case strayBackslash
  case strayCarriageReturn
  case timestampShape
  case tooManyDiagnostics(Diagnostic.Severity, limit: Int)
  case topLevelOnly(Keyword)
  case unclosedBracket(Token.Kind)
  case unclosedInterpolation
  case unexpectedCharacter
  case unexpectedToken(Token.Kind)
  case unknownClause(after: Keyword)
  case unknownStatement
  case unmatchedBracket(Token.Kind)
  case unterminatedString
  case valueInFixedText
  case variableName

  package var severity: Diagnostic.Severity {
    if case .tooManyDiagnostics(let severity, _) = self { severity } else { .error }
  }
}

/// How an amount is written in a way that people write amounts, but the language does not.
package enum AmountSlip: Hashable, Sendable {
  case currencyFirst
  case currencyGlued
  case currencyLowercase
  case currencyMissing
  case currencySymbol
  case decimalComma
  case grouping
  case negative
  case plus
}

/// What had to stand at a place.
package enum Expectation: Hashable, Sendable {
  case adjustment
  case amount
  case block
  case change
  case condition
  case count
  case description
  case errorPolicy
  case field
  case fileName
  case item
  case lineID
  case loopSource
  case name
  case number
  case percent
  case procedure
  case shareBase
  case statement
  case symbol(Token.Kind)
  case target
  case text
  case value
  case variable
  case word(Keyword)
  case words(Keyword, Keyword)
}

extension SyntaxMessage {
  /// The stable numbers of the messages: 10xx characters, 11xx grammar, 12xx amounts as written.
  ///
  /// A number that is no longer used stays unused.
  package enum Code: UInt16, CaseIterable, Sendable {
    case invalidUTF8 = 1001
    case controlCharacter = 1002
    case unexpectedCharacter = 1003
    case lookalike = 1004
    case strayCarriageReturn = 1005
    case unterminatedString = 1006
    case invalidEscape = 1007
    case unclosedInterpolation = 1008
    case strayBackslash = 1009
    case blanksAfterBackslash = 1010
    case variableName = 1011
    case timestampShape = 1012
    case invalidDate = 1013
    case sourceTooLarge = 1014
    case tooManyDiagnostics = 1015

    case unknownStatement = 1101
    case promptOnly = 1103
    case missingTarget = 1104
    case missingScope = 1105
    case amountNotAllowed = 1106
    case unknownClause = 1107
    case duplicateClause = 1108
    case clauseNotAllowed = 1109
    case clauseBeforeScope = 1110
    case scopeConflict = 1111
    case duplicateAmount = 1112
    case expected = 1113
    case unexpectedToken = 1114
    case unclosedBracket = 1115
    case unmatchedBracket = 1116
    case missingQuotes = 1117
    case chainedComparison = 1118
    case dataSourceOutsideLoop = 1119
    case foreignOperator = 1120
    case misplacedNot = 1121
    case misplacedQuantity = 1122
    case itemSeparator = 1123
    case nestingTooDeep = 1124
    case missingDollar = 1125
    case fieldIsSet = 1126
    case braceOnNextLine = 1127
    case elseWithoutIf = 1128
    case topLevelOnly = 1129
    case valueInFixedText = 1130

    case currencyMissing = 1201
    case decimalComma = 1202
    case grouping = 1203
    case negative = 1204
    case plus = 1205
    case currencyFirst = 1206
    case currencyLowercase = 1207
    case currencyGlued = 1208
    case currencySymbol = 1209
    case percentSpelling = 1210
    case percentPrecision = 1211
  }

  package var code: DiagnosticCode { DiagnosticCode(stableCode.rawValue) }

  private var stableCode: Code {
    switch self {
    case .amountNotAllowed: .amountNotAllowed
    case .amountSpelling(let slip): slip.stableCode
    case .bareFunction: .unexpectedToken
    case .blanksAfterBackslash: .blanksAfterBackslash
    case .braceOnNextLine: .braceOnNextLine
    case .chainedComparison: .chainedComparison
    case .clauseBeforeScope: .clauseBeforeScope
    case .clauseNotAllowed: .clauseNotAllowed
    case .controlCharacter: .controlCharacter
    case .dataSourceOutsideLoop: .dataSourceOutsideLoop
    case .duplicateAmount: .duplicateAmount
    case .duplicateClause: .duplicateClause
    case .elseWithoutIf: .elseWithoutIf
    case .expected: .expected
    case .fieldIsSet: .fieldIsSet
    case .foreignOperator: .foreignOperator
    case .invalidDate: .invalidDate
    case .invalidEscape: .invalidEscape
    case .invalidUTF8: .invalidUTF8
    case .itemSeparator: .itemSeparator
    case .lookalike: .lookalike
    case .misplacedNot: .misplacedNot
    case .misplacedQuantity: .misplacedQuantity
    case .missingDollar: .missingDollar
    case .missingQuotes: .missingQuotes
    case .missingScope: .missingScope
    case .missingTarget: .missingTarget
    case .nestingTooDeep: .nestingTooDeep
    case .percentPrecision: .percentPrecision
    case .percentSpelling: .percentSpelling
    case .promptOnly: .promptOnly
    case .scopeConflict: .scopeConflict
    case .sourceTooLarge: .sourceTooLarge
    case .strayBackslash: .strayBackslash
    case .strayCarriageReturn: .strayCarriageReturn
    case .timestampShape: .timestampShape
    case .tooManyDiagnostics: .tooManyDiagnostics
    case .topLevelOnly: .topLevelOnly
    case .unclosedBracket: .unclosedBracket
    case .unclosedInterpolation: .unclosedInterpolation
    case .unexpectedCharacter: .unexpectedCharacter
    case .unexpectedToken: .unexpectedToken
    case .unknownClause: .unknownClause
    case .unknownStatement: .unknownStatement
    case .unmatchedBracket: .unmatchedBracket
    case .unterminatedString: .unterminatedString
    case .valueInFixedText: .valueInFixedText
    case .variableName: .variableName
    }
  }
}

extension AmountSlip {
  fileprivate var stableCode: SyntaxMessage.Code {
    switch self {
    case .currencyFirst: .currencyFirst
    case .currencyGlued: .currencyGlued
    case .currencyLowercase: .currencyLowercase
    case .currencyMissing: .currencyMissing
    case .currencySymbol: .currencySymbol
    case .decimalComma: .decimalComma
    case .grouping: .grouping
    case .negative: .negative
    case .plus: .plus
    }
  }
}
