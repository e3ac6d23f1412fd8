extension Operation.Kind {
  /// The verb, as the language, plans and the journal write it.
  package var name: String {
    switch self {
    case .capture: "capture"
    case .refund: "refund"
    case .void: "void"
    case .adjust: "adjust"
    case .extend: "extend"
    case .authorize: "authorize"
    case .tag: "tag"
    }
  }

  /// Finds the kind that a verb is; nil for any other word.
  package init?(name: String) {
    guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = kind
  }
}
