/// The number of a block in its script's pool.
package struct BlockID: Hashable, Sendable {
  package let index: UInt32

  package init(index: UInt32) { self.index = index }
}

/// The braces around the statements that a statement contains.
package struct Block: Hashable, Sendable {
  /// From the opening brace to the closing one, both included.
  ///
  /// Where the closing one is missing it ends with the last statement; where the opening one is
  /// missing it begins where that should be.
  package internal(set) var range: SourceRange
  /// Whether both braces were written.
  package internal(set) var isComplete = false

  init(range: SourceRange) { self.range = range }
}

/// `param $name [= EXPRESSION] ["what it is for"]`.
package struct ParameterStatement: Hashable, Sendable {
  package let name: SourceRange
  package let value: ExpressionID?
  /// A string, or `none`.
  package let description: Operand
}

/// `for $name in SOURCE { … }`.
package struct LoopStatement: Hashable, Sendable {
  package let name: SourceRange
  package let source: LoopSource
  package let block: BlockID
}

/// What a loop goes through.
package enum LoopSource: Hashable, Sendable {
  /// A list, or the lines of a transaction.
  case list(ExpressionID)
  /// `transactions where CONDITION [order by FIELD [desc]] [limit N]`.
  case transactions(Selection)
  /// `csv "returns.csv"`.
  case rows(Operand)
}

/// `[where CONDITION] [order by FIELD [desc]] [limit N]`, of `list` and of a loop.
package struct Selection: Hashable, Sendable {
  package var condition: ExpressionID?
  package var order: SourceRange?
  package var isDescending = false
  package var limit = Operand.none

  package init() {}
}

/// `if CONDITION { … }`, `else if CONDITION { … }` or `else { … }`.
package struct BranchStatement: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case first
    case otherwiseIf
    case otherwise
  }

  package let kind: Kind
  /// Nil for `else` alone.
  package let condition: ExpressionID?
  package let block: BlockID
}

/// `define NAME($a, $b) { … }`.
package struct ProcedureStatement: Hashable, Sendable {
  package let name: SourceRange
  /// The parameters, in the script's pool of names.
  package let parameters: PoolRange
  package let block: BlockID
}

extension Statement {
  /// The block of the statement, if it has one.
  package var block: BlockID? {
    switch content {
    case .loop(let loop): loop.block
    case .branch(let branch): branch.block
    case .procedure(let procedure): procedure.block
    case .operation, .show, .list, .print, .expect, .account, .onError, .preview, .binding,
      .parameter, .invocation, .inclusion, .command, .invalid:
      nil
    }
  }
}

extension Script {
  package subscript(id: BlockID) -> Block { blocks[Int(id.index)] }

  /// Returns the bytes of a statement with its block.
  package func extent(of statement: Statement) -> SourceRange {
    statement.block.map { statement.range.union(self[$0].range) } ?? statement.range
  }

  /// The passages of the script, in order: together they have every statement.
  package var passages: [Passage] {
    var passages: [Passage] = []
    var index = 0
    while index < statements.count {
      let statement = statements[index]
      let extent = extent(of: statement)
      if case .branch(let branch) = statement.content, branch.kind != .first,
        let first = passages.popLast()
      {
        passages.append(Passage(statement: first.statement, range: first.range.union(extent)))
      } else {
        passages.append(Passage(statement: statement, range: extent))
      }
      index = Int(statement.end)
    }
    return passages
  }
}

extension Script {
  /// Whether the script names files by where they are in relation to it, or may.
  package var namesFilesBesideIt: Bool {
    statements.contains { statement in
      switch statement.content {
      case .inclusion(let path): isRelative(path)
      case .loop(let loop):
        if case .rows(let path) = loop.source { isRelative(path) } else { false }
      default: false
      }
    }
  }

  private func isRelative(_ path: Operand) -> Bool {
    path.kind != .string || !stringValue(of: path).hasPrefix("/")
  }
}

/// A statement that no other contains, with all that is inside it and the branches behind it.
package struct Passage: Hashable, Sendable {
  package let statement: Statement
  package let range: SourceRange
}
