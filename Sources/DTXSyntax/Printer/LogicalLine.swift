/// A statement, or its part up to the brace of its block, that is still to be laid out.
struct LogicalLine {
  /// How many blocks the line is inside of.
  var depth = 0
  var atoms: [Atom] = []
  /// How many items stand between braces, and whether there are comments between them.
  var itemCount = 0
  var hasInnerComments = false
}

/// A token or a comment, and what stands before it.
struct Atom {
  enum Start: UInt8 {
    /// A blank, where the line need not be broken.
    case blank
    /// Nothing, because the token belongs to the one before it.
    case glued
    /// A line end, because a comment stands before it.
    case afterComment
    /// A line end, because it begins an item.
    case item
    /// A line end, because it is the brace behind the items.
    case itemsEnd
    /// The token before it, because it is a comment about that.
    case trailingComment
    /// A line end, because it is a comment on a line of its own.
    case ownComment

    var isComment: Bool { self == .trailingComment || self == .ownComment }
    /// Whether the token stands in the same line as the one before it, if that is not too long.
    var goesOn: Bool { self == .blank || self == .glued }
  }

  let range: SourceRange
  /// How many characters the text has.
  let columns: Int
  var start: Start
  let rank: BreakRank
  /// Whether a line end before the token needs no backslash.
  let isBracketed: Bool
  /// Whether it stands between the braces of items.
  let isInItems: Bool
}

/// How good a place before a token is for breaking a line; the lowest is the best.
struct BreakRank: Comparable {
  enum Kind: UInt8 {
    /// Before a clause.
    case clause
    /// Behind a comma.
    case element
    case or, and
    /// Between two tokens that say less apart.
    case word
  }

  static let never = BreakRank(value: .max)

  private let value: UInt8

  private init(value: UInt8) { self.value = value }

  /// Outer brackets are broken before inner ones; deep inside, all are alike.
  init(_ kind: Kind, brackets: Int) {
    let depth = UInt8(min(brackets, 15))
    value = kind == .word ? 0x80 + depth : depth * 8 + kind.rawValue
  }

  static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
