/// A word that means something in some place; in any other place it is a word like others.
package enum Keyword: String, CaseIterable, Hashable, Sendable {
  // The operations.
  case capture, refund, void, adjust, extend, authorize, tag

  // The other statements.
  case show, list, print, expect, account, on, preview

  // Control.
  case `let`, param, `for`, `if`, `else`, define, call, include

  // What only the prompt knows.
  case commit, discard, undo, autocommit, run, save, edit, use, set, journal, watch, help, quit

  // Parts of operations.
  case all, line, qty, to, remaining, final, ref, reason, meta, again, describe
  case add, drop, vat
  case order, session, transaction

  // Parts of other statements.
  case `where`, by, desc, limit, error, first, off

  // Inside expressions.
  case and, or, not, `in`, contains, of, transactions, csv
}

extension Keyword {
  /// Whether a statement may begin with the word, in a script or at the prompt.
  var startsStatement: Bool { Self.statements.contains(self) }

  /// The words that begin a statement of a script.
  static let scriptStatements: [Keyword] = [
    .capture, .refund, .void, .adjust, .extend, .authorize, .tag,
    .show, .list, .print, .expect, .account, .on, .preview,
    .let, .param, .for, .if, .define, .call, .include,
  ]

  /// The words that begin a statement only at the prompt.
  static let sessionStatements: [Keyword] = [
    .commit, .discard, .undo, .autocommit, .run, .save, .edit, .use, .set, .journal, .watch, .help,
    .quit,
  ]

  /// Whether the word alone is a statement.
  var isStatementByItself: Bool {
    switch self {
    case .preview, .commit, .discard, .undo, .edit, .journal, .help, .quit: true
    default: false
    }
  }

  private static let statements = Set(scriptStatements + sessionStatements + [.else])
}
