/// Words that people use for what the language calls by another word.
enum Synonyms {
  /// What begins a statement, best guess first.
  static let statements: [String: [String]] = [
    "authorise": ["authorize"],
    "bye": ["quit"],
    "cancel": ["void"],
    "change": ["adjust"],
    "charge": ["capture"],
    "const": ["let"],
    "credit": ["refund"],
    "def": ["define"],
    "echo": ["print"],
    "assert": ["expect"],
    "exit": ["quit"],
    "find": ["list"],
    "foreach": ["for"],
    "func": ["define"],
    "function": ["define"],
    "get": ["show"],
    "import": ["include"],
    "procedure": ["define"],
    "prolong": ["extend"],
    "release": ["void"],
    "return": ["refund"],
    "reverse": ["void", "refund"],
    "select": ["list"],
    "settle": ["capture"],
    "take": ["capture"],
    "update": ["adjust"],
    "var": ["let"],
    "view": ["show"],
  ]

  /// What goes on with a statement.
  static let clauses: [String: Keyword] = [
    "because": .reason,
    "everything": .all,
    "force": .again,
    "full": .all,
    "item": .line,
    "metadata": .meta,
    "note": .reason,
    "quantity": .qty,
    "reference": .ref,
    "rest": .all,
    "tax": .vat,
    "whole": .all,
  ]
}
