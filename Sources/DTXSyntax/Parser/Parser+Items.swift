extension Parser {
  // items = "{" item { item } "}" ;
  mutating func parseItems(
    into operation: inout OperationStatement,
    _ places: inout ClausePlaces
  ) {
    let opening = current.range
    let start = UInt32(script.changes.count)
    open()
    repeat {
      parseItem()
    } while !isRecovering && !isAtEnd && current.kind != .rightBrace
    close(.rightBrace, openedAt: opening)
    note(.add, at: range(from: opening.start), in: &places)
    if operation.changes.isEmpty {
      operation.changes = poolRange(from: start, to: script.changes.count)
    }
  }

  // item = "line" id [ text ] [ "qty" number ] amount [ "vat" percent ] ;
  private mutating func parseItem() {
    guard currentKeyword == .line else { return reportExpected(.item) }
    let start = current.range.start
    advance()
    var change = ItemChange(.item, id: parseIdentifier(.lineID), range: SourceRange(at: start))
    parseItemParts(into: &change)
    finish(change, from: start)
  }

  // changes = "{" change { change } "}" ;
  mutating func parseChanges() -> PoolRange {
    let opening = current.range
    let start = UInt32(script.changes.count)
    open()
    repeat {
      parseChange()
    } while !isRecovering && !isAtEnd && current.kind != .rightBrace
    close(.rightBrace, openedAt: opening)
    return poolRange(from: start, to: script.changes.count)
  }

  // change = "add" "line" id text [ "qty" number ] amount [ "vat" percent ]
  //        | "set" "line" id [ text ] [ "qty" number ] amount [ "vat" percent ]
  //        | "drop" "line" id ;
  private mutating func parseChange() {
    let start = current.range.start
    let kind: ItemChange.Kind
    switch currentKeyword {
    case .add: kind = .add
    case .set: kind = .set
    case .drop: kind = .drop
    default:
      let words = ItemChange.Kind.allCases.dropFirst().map(\.rawValue)
      return reportExpected(.change, fixIts: replacements(among: words))
    }
    advance()
    guard take(.line) else { return reportExpected(.word(.line)) }
    var change = ItemChange(kind, id: parseIdentifier(.lineID), range: SourceRange(at: start))
    if kind == .add { change.description = parseText(.description) }
    if kind != .drop { parseItemParts(into: &change) }
    finish(change, from: start)
  }

  private mutating func finish(_ change: ItemChange, from start: UInt32) {
    var change = change
    change.range = range(from: start)
    script.changes.append(change)
    passItemSeparators()
  }

  /// Reads what follows the id: description, quantity, amount and tax.
  ///
  /// A variable may be the description or the amount: it is the description where another
  /// operand, or the quantity, follows it.
  private mutating func parseItemParts(into change: inout ItemChange) {
    guard !isRecovering else { return }
    if change.description == .none {
      switch current.kind {
      case .string, .richString: change.description = parseString()
      case .variable where !isDollarAmount(), .leftParenthesis:
        let first = parseAmount()
        guard currentKeyword == .qty || beginsAmount() else {
          change.amount = first
          break
        }
        change.description = first
      default: break
      }
    }
    if change.amount == .none {
      if take(.qty) { change.quantity = parseNumber() }
      change.amount = isRecovering ? .none : parseAmount()
    }
    if !isRecovering, take(.vat) { change.vat = parsePercent() }
  }
}

// MARK: - Separators

extension Parser {
  /// Reports commas and semicolons between items, which blanks and line ends separate.
  private mutating func passItemSeparators() {
    while !isRecovering, current.kind == .comma || current.kind == .semicolon {
      diagnostics.report(
        .itemSeparator,
        at: current.range,
        fixIt: ("remove it", ""),
        isCertain: true
      )
      advance()
    }
  }
}
