extension Parser {
  // command = "commit" [ "first" count ] | "discard" | "undo" | "autocommit" ( "on" | "off" )
  //         | "run" text | "save" text | "edit" | "use" name | "set" [ name [ setting ] ]
  //         | "journal" [ count ] | "watch" "show" target | "help" { name } | "quit" ;
  mutating func parseCommand(_ keyword: Keyword) -> Statement.Content {
    guard mode == .session else {
      diagnostics.report(.promptOnly(keyword), at: current.range)
      isRecovering = true
      advance()
      return .invalid
    }
    reportUnlessTopLevel(keyword)
    advance()
    return .command(parseCommandParts(keyword))
  }

  private mutating func parseCommandParts(_ keyword: Keyword) -> SessionCommand {
    switch keyword {
    case .commit: return .commit(first: take(.first) ? parseCount() : .none)
    case .discard: return .discard
    case .undo: return .undo
    case .autocommit: return .autocommit(parseSwitch())
    case .run: return .run(parseText())
    case .save: return .save(parseText())
    case .edit: return .edit
    case .use: return .use(parseName(.name))
    case .set: return parseSettingChange()
    case .journal: return .journal(isAtEnd ? .none : parseCount())
    case .watch: return .watch(parseWatched())
    case .help: return .help(parseTopic())
    default: return .quit
    }
  }

  private mutating func parseSwitch() -> Bool {
    if take(.on) { return true }
    if !take(.off) { reportExpected(.words(.on, .off)) }
    return false
  }

  /// Reads what is set to what; without a value it is asked what it is, and without a name what all
  /// are.
  private mutating func parseSettingChange() -> SessionCommand {
    guard !isAtEnd else { return .set(name: SourceRange(at: previousEnd), value: .none) }
    let name = parseName(.name)
    return .set(name: name, value: isAtEnd ? .none : parseSetting())
  }

  // setting = name | STRING | INTERPOLATED ;
  private mutating func parseSetting() -> Operand {
    switch current.kind {
    case .string, .richString: return parseText()
    case let kind where kind.isName:
      let operand = Operand(kind.operandKind, current.range)
      advance()
      return operand
    default: return missing(.value)
    }
  }

  /// Reads what is to be shown again and again, as a statement of its own.
  private mutating func parseWatched() -> SourceRange {
    let start = current.range.start
    guard take(.show) else {
      reportExpected(.word(.show))
      return SourceRange(at: start)
    }
    _ = parseTarget(of: .show)
    return range(from: start)
  }

  private mutating func parseTopic() -> SourceRange {
    guard isName else { return SourceRange(at: previousEnd) }
    let start = current.range.start
    while isName { advance() }
    return range(from: start)
  }
}
