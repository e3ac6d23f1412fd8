// The names of tokens, characters and parts of statements, as messages print them.

extension Expectation {
  var text: String {
    switch self {
    case .adjustment: "`to` and an amount, or changes in braces"
    case .amount: "an amount"
    case .block: "`{` and the statements that belong to it"
    case .change: "`add line`, `set line` or `drop line`"
    case .condition: "a condition"
    case .count: "a whole number"
    case .description: "a description in quotes"
    case .errorPolicy: "`stop`, `continue` or `skip`"
    case .field: "the name of a field"
    case .fileName: "the name of a file in quotes"
    case .item: "`line` and an item, or `}`"
    case .lineID: "the id of a line"
    case .loopSource: "what to go through"
    case .name: "a name"
    case .number: "a number"
    case .percent: "a percent"
    case .procedure: "the name of a procedure"
    case .shareBase: "what it is a share of"
    case .statement: "a statement"
    case .symbol(let kind): "`\(kind.spelling)`"
    case .target: "a transaction"
    case .text: "a text in quotes"
    case .value: "a value"
    case .variable: "the name of a variable"
    case .word(let word): "`\(word.rawValue)`"
    case .words(let first, let second): "`\(first.rawValue)` or `\(second.rawValue)`"
    }
  }

  var help: String? {
    switch self {
    case .adjustment: "`adjust TRANSACTION to 50000`, or `adjust TRANSACTION { drop line 1 }`"
    case .amount: "write 29990 for minor units, 299.90 NOK, or `25% of $tx.captured`"
    case .change:
      "for example `add line gift \"Gift wrap\" 4900`, `set line 1 29990`, `drop line 2`"
    case .block: "for example `if $amount > 500.00 NOK { print $amount }`"
    case .fileName: "for example `include \"shared.dtx\"`"
    case .item: "for example `line 1 \"Chair\" qty 2 59980 vat 25%`"
    case .loopSource:
      "`transactions where …`, `csv \"returns.csv\"`, `[tx1, tx2]` or `$tx.lines`"
    case .percent: "write `25%` or `12.5%`"
    case .shareBase, .word(.of): "for example `25% of $tx.captured`"
    case .variable: "write `$` and a name, as in `$row`"
    case .word(.in): "for example `for $row in csv \"returns.csv\" { … }`"
    case .word(.where): "say which transactions: `transactions where status = AUTHORIZED`"
    case .statement: "begin with a word such as `capture`, `refund` or `show`"
    case .text, .description: "put the text between double quotes"
    default: nil
    }
  }
}

extension Lookalike {
  var text: String {
    switch self {
    case .blank: "a blank that is not a plain one"
    case .doubleQuote: "typographic quotes"
    case .singleQuote: "single quotes"
    case .dash: "a dash that is not a plain `-`"
    case .multiplication: "a multiplication sign that is not `*`"
    case .invisible: "an invisible character"
    case .and: "`and` is written as a word"
    case .or: "`or` is written as a word"
    case .not: "`not` is written as a word"
    }
  }

  var help: String {
    switch self {
    case .doubleQuote, .singleQuote: "write plain double quotes around a text"
    case .invisible: "remove it; it may come from a web page or a word processor"
    default: "write \(replacement == " " ? "a plain blank" : "`\(replacement)`")"
    }
  }
}

extension Token.Kind {
  /// How a symbol is written; empty for other tokens.
  var spelling: String {
    switch self {
    case .equal: "="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .plus: "+"
    case .minus: "-"
    case .star: "*"
    case .slash: "/"
    case .leftParenthesis: "("
    case .rightParenthesis: ")"
    case .leftBracket: "["
    case .rightBracket: "]"
    case .leftBrace: "{"
    case .rightBrace: "}"
    case .comma: ","
    case .dot: "."
    case .semicolon: ";"
    default: ""
    }
  }

  /// The bracket that a closing bracket belongs to.
  var opening: String {
    switch self {
    case .rightParenthesis: "("
    case .rightBracket: "["
    default: "{"
    }
  }

  var isOpening: Bool {
    switch self {
    case .leftParenthesis, .leftBracket, .leftBrace: true
    default: false
    }
  }

  var isClosing: Bool {
    switch self {
    case .rightParenthesis, .rightBracket, .rightBrace: true
    default: false
    }
  }

  var isArithmetic: Bool {
    switch self {
    case .plus, .minus, .star, .slash: true
    default: false
    }
  }

  /// What a message calls a token of this kind.
  var text: String {
    switch self {
    case .word: "a word"
    case .integer, .decimal: "a number"
    case .date: "a date"
    case .duration: "a duration"
    case .percent: "a percent"
    case .timestamp: "a time stamp"
    case .string, .richString: "a text"
    case .variable: "a variable"
    case .newline: "the end of the line"
    case .endOfFile: "the end"
    case .trivia: "a blank"
    case .malformed: "characters that mean nothing"
    default: "`\(spelling)`"
    }
  }
}
