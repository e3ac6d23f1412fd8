/// A syntax tree with the source it was read from.
///
/// The tree is flat: statements stand in one array in source order, and what varies in number
/// stands in pools beside it. A statement that contains others is followed by them, and its `end`
/// says where they stop, so that a script of a million lines is a handful of allocations.
package struct Script: Sendable {
  package let source: [UInt8]
  package internal(set) var statements: [Statement] = []
  package internal(set) var lines: [LineClause] = []
  package internal(set) var clauses: [Clause] = []
  package internal(set) var changes: [ItemChange] = []
  package internal(set) var blocks: [Block] = []
  /// The parameters of procedures, one list after the other.
  package internal(set) var names: [SourceRange] = []
  package internal(set) var expressions: [Expression] = []
  /// The elements of expression lists, one list after the other.
  package internal(set) var elements: [ExpressionID] = []

  package init(source: [UInt8]) { self.source = source }
}

/// A stretch of one of a script's pools.
package struct PoolRange: Hashable, Sendable {
  package static let none = PoolRange(start: 0, count: 0)

  package let start: UInt32
  package let count: UInt32

  package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }

  package var isEmpty: Bool { count == 0 }
  package var indices: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

extension Script {
  package subscript(id: ExpressionID) -> Expression { expressions[Int(id.index)] }

  /// Returns the text of a range as it stands in the source.
  package func text(_ range: SourceRange) -> String {
    String(decoding: source[range.bytes], as: UTF8.self)
  }
}
