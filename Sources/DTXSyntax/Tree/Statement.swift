/// One instruction, with the bytes from its first word to the end of its last operand.
///
/// The statements of its block, if it has one, follow it; the block's braces are outside its range.
package struct Statement: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case operation(OperationStatement)
    case show(Target)
    case list(Selection)
    case print(PoolRange)
    /// A condition that must hold, and what to say if it does not.
    case expect(ExpressionID, message: Operand)
    case account(SourceRange)
    case onError(ErrorPolicy)
    case preview
    /// `let $name = EXPRESSION`.
    case binding(name: SourceRange, value: ExpressionID)
    case parameter(ParameterStatement)
    case loop(LoopStatement)
    /// `if`, `else if` or `else`; the branches of one choice follow one another.
    case branch(BranchStatement)
    case procedure(ProcedureStatement)
    /// `call NAME(EXPRESSION, …)`.
    case invocation(name: SourceRange, arguments: PoolRange)
    /// `include "other.dtx"`.
    case inclusion(Operand)
    /// A statement that only a session understands.
    case command(SessionCommand)
    /// A statement that could not be read; a diagnostic says why.
    case invalid
  }

  package let content: Content
  package let range: SourceRange
  /// The index just past this statement and those inside it.
  package internal(set) var end: UInt32

  package init(_ content: Content, range: SourceRange, end: UInt32) {
    self.content = content
    self.range = range
    self.end = end
  }
}

/// What to do with the rest of a run after an operation has failed.
package enum ErrorPolicy: String, CaseIterable, Hashable, Sendable {
  /// Send nothing further.
  case stop
  /// Go on.
  case `continue`
  /// Go on with other transactions, but send nothing further to the one that failed.
  case skip
}

/// A request that moves money or changes a transaction, as written.
///
///     capture   TARGET SCOPE [ref STRING] [final] [meta NAME STRING]... [again STRING]
///     refund    TARGET SCOPE [reason STRING] [ref STRING] [meta NAME STRING]... [again STRING]
///     void      TARGET [remaining]
///     adjust    TARGET to AMOUNT [final] [ITEMS] [reason STRING] [ref STRING] [describe STRING]
///     adjust    TARGET { CHANGE... } [reason STRING] [ref STRING] [describe STRING]
///     extend    TARGET [reason STRING] [ref STRING]
///     authorize TARGET [AMOUNT]
///     tag       TARGET STRING
package struct OperationStatement: Hashable, Sendable {
  package enum Verb: String, CaseIterable, Hashable, Sendable {
    case capture, refund, void, adjust, extend, authorize, tag
  }

  package struct Options: OptionSet, Hashable, Sendable {
    package static let final = Options(rawValue: 1)
    package static let remaining = Options(rawValue: 2)
    /// The scope is `all`.
    package static let all = Options(rawValue: 4)
    /// An adjustment that starts from the items the transaction has.
    package static let changes = Options(rawValue: 8)

    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
  }

  package let verb: Verb
  package var options: Options = []
  package var target: Target
  /// The amount; for `tag`, the text.
  ///
  /// It is `none` where none was written.
  package var amount = Operand.none
  package var lines = PoolRange.none
  package var clauses = PoolRange.none
  /// The items or changes of an adjustment.
  package var changes = PoolRange.none

  package init(verb: Verb, target: Target) {
    self.verb = verb
    self.target = target
  }
}

/// Which transaction is meant.
package struct Target: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// By the provider's id, or by a value that is one.
    case id
    /// By the merchant's order reference.
    case order
    /// By the session's id.
    case session
  }

  package let kind: Kind
  package let operand: Operand

  package init(_ kind: Kind, _ operand: Operand) {
    self.kind = kind
    self.operand = operand
  }
}

/// A line item of which a capture or refund takes a part: `line LINEID [qty NUMBER] [AMOUNT]`.
package struct LineClause: Hashable, Sendable {
  package let id: Operand
  package let quantity: Operand
  package let amount: Operand
  /// From the word `line` to the last operand.
  package let range: SourceRange

  package init(id: Operand, quantity: Operand, amount: Operand, range: SourceRange) {
    self.id = id
    self.quantity = quantity
    self.amount = amount
    self.range = range
  }
}

/// A clause with a text: `ref STRING`, `meta NAME STRING` and the like.
package struct Clause: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case ref, reason, again, meta, describe
  }

  package let kind: Kind
  package let value: Operand
  /// The name of a `meta` clause; empty for the others.
  package let name: SourceRange
  package let range: SourceRange

  package init(_ kind: Kind, value: Operand, name: SourceRange, range: SourceRange) {
    self.kind = kind
    self.value = value
    self.name = name
    self.range = range
  }
}

/// One line of an adjustment's list of items, or one change to the items that are there.
package struct ItemChange: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// `line …` in a new list.
    case item
    case add, set, drop
  }

  package let kind: Kind
  package let id: Operand
  package var description = Operand.none
  package var quantity = Operand.none
  package var amount = Operand.none
  package var vat = Operand.none
  package var range: SourceRange

  package init(_ kind: Kind, id: Operand, range: SourceRange) {
    self.kind = kind
    self.id = id
    self.range = range
  }
}

/// What a session understands besides statements; see the language reference, "Sessions".
package enum SessionCommand: Hashable, Sendable {
  case commit(first: Operand)
  case discard, undo
  case autocommit(Bool)
  case run(Operand)
  case save(Operand)
  case edit
  case use(SourceRange)
  case set(name: SourceRange, value: Operand)
  case journal(Operand)
  /// The statement to carry out again and again.
  case watch(SourceRange)
  /// An empty range asks for the overview.
  case help(SourceRange)
  case quit
}
