/// A value as written: a literal where it stands in the source, or an expression in the pool.
package struct Operand: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    /// Nothing was written, and nothing had to be.
    case none
    /// Something had to be written and was not; a diagnostic says so.
    case missing
    case word, integer, decimal, percent, date, timestamp, duration
    /// A decimal (or integer, for a currency without decimals) and a currency code.
    case money
    /// A string whose text is what stands between the quotes.
    case string
    /// A string with escapes.
    case escapedString
    case expression
  }

  package static let none = Operand(.none, SourceRange(0, 0))

  package let kind: Kind
  /// The bytes of the literal, or the index of the expression in `first`.
  private let first: UInt32
  private let second: UInt32

  package init(_ kind: Kind, _ range: SourceRange) {
    assert(kind != .expression, "an expression is made from its id")
    self.kind = kind
    (first, second) = (range.start, range.end)
  }

  package init(_ expression: ExpressionID) {
    kind = .expression
    (first, second) = (expression.index, 0)
  }

  /// The bytes of a literal, or the place where it is missing.
  package var literalRange: SourceRange {
    precondition(kind != .expression, "an expression's range is in the pool")
    return SourceRange(first, second)
  }

  package var expression: ExpressionID? {
    kind == .expression ? ExpressionID(index: first) : nil
  }
}

extension Script {
  /// Returns the bytes that an operand covers.
  package func range(of operand: Operand) -> SourceRange {
    operand.expression.map { self[$0].range } ?? operand.literalRange
  }
}

/// The number of an expression in its script's pool.
package struct ExpressionID: Hashable, Sendable {
  package let index: UInt32

  package init(index: UInt32) { self.index = index }
}

/// A node of an expression; its children are numbers in the same pool.
package struct Expression: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    /// An expression that the source lacks: empty, and where it should be.
    case missing
    case literal(Operand.Kind)
    case variable
    case field(of: ExpressionID, name: SourceRange)
    case not(ExpressionID)
    case negative(ExpressionID)
    case binary(BinaryOperator, ExpressionID, ExpressionID)
    /// `25% of $t.captured`.
    case share(ExpressionID, of: ExpressionID)
    case list(PoolRange)
    case call(name: SourceRange, arguments: PoolRange)
    /// `transaction tx123`, `order "…"`, `session "…"`.
    case transaction(Target)
    /// A string with values in it: string literals and expressions, in order.
    case interpolation(PoolRange)
  }

  package let content: Content
  package let range: SourceRange

  package init(_ content: Content, range: SourceRange) {
    self.content = content
    self.range = range
  }
}

/// An operator between two operands, in the order of precedence, loosest first.
package enum BinaryOperator: String, CaseIterable, Hashable, Sendable {
  case or, and
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case `in`, contains
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}
