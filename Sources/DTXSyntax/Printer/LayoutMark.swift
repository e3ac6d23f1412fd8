/// What only the tree knows about a token, and the layout has to know too.
struct LayoutMark {
  enum Kind: UInt8 {
    /// The first word of a statement.
    case statement
    /// The braces of a block.
    case opening, closing
    /// The first word of an item or a change between braces.
    case item
    /// A name whose values stand in parentheses right behind it.
    case callee
    /// A minus that belongs to what follows it.
    case sign
  }

  /// Where the token begins.
  let offset: UInt32
  let kind: Kind
}

extension Script {
  /// Returns the marks of the script's tokens, in source order.
  func layoutMarks() -> [LayoutMark] {
    var marks: [LayoutMark] = []
    marks.reserveCapacity(statements.count + 2 * blocks.count + changes.count)
    for statement in statements {
      marks.append(LayoutMark(offset: statement.range.start, kind: .statement))
      switch statement.content {
      case .invocation(let name, _):
        marks.append(LayoutMark(offset: name.start, kind: .callee))
      case .procedure(let procedure):
        marks.append(LayoutMark(offset: procedure.name.start, kind: .callee))
      default: break
      }
    }
    for block in blocks {
      marks.append(LayoutMark(offset: block.range.start, kind: .opening))
      marks.append(LayoutMark(offset: block.range.end - 1, kind: .closing))
    }
    for change in changes { marks.append(LayoutMark(offset: change.range.start, kind: .item)) }
    for expression in expressions {
      switch expression.content {
      case .call(let name, _): marks.append(LayoutMark(offset: name.start, kind: .callee))
      case .negative: marks.append(LayoutMark(offset: expression.range.start, kind: .sign))
      default: break
      }
    }
    marks.sort { $0.offset < $1.offset }
    return marks
  }
}
