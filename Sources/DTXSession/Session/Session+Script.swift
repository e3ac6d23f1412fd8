import DTXLedger
import DTXReport
import DTXSyntax

// MARK: - What was carried out

extension Session {
  /// Keeps the statements of which a run has done everything, with the settings they were done under.
  mutating func log(_ outcome: CommitOutcome) {
    guard let plan else { return }
    let done = owners(of: outcome.done).subtracting(owners(of: outcome.undone))
    guard !done.isEmpty else { return }
    let effects = plan.effects
    var settings = Set(log.filter { $0.effect == nil }.map(\.text))
    for (index, statement) in staged.enumerated() {
      switch statement.role {
      case .operation where done.contains(Int32(index)):
        let effect = effects[Int32(index)]
        log.append(Logged(text: statement.text, effect: effect, time: plan.plannedAt))
      case .setting where settings.insert(statement.text).inserted:
        log.append(Logged(text: statement.text, effect: nil, time: plan.plannedAt))
      case .operation, .setting, .guarding: break
      }
    }
  }
}

extension Session.Planned {
  /// What each of the staged statements does, in a few words, by its number.
  fileprivate var effects: [Int32: String] {
    Dictionary(grouping: plan.steps.indices) { owners[$0] }.compactMapValues { indices in
      LineEffect.words(for: indices.map { plan.steps[$0] }, in: plan)
    }
  }
}

// MARK: - As a script

extension Session {
  /// Writes what was carried out and what is staged as a script, laid out, with what was seen of it.
  ///
  /// Run again, it finds what was carried out applied already.
  ///
  /// A setting that was done and is staged again stands there once.
  ///
  /// - Returns: The script; nil where there is nothing to write.
  func savedScript() -> [UInt8]? {
    guard !log.isEmpty || !staged.isEmpty else { return nil }
    let settings = Set(log.filter { $0.effect == nil }.map(\.text))
    var heading = TextBuilder()
    heading.append("# Statements of a session of ")
    heading.append(foreign: person)
    heading.append(" with profile ")
    heading.append(foreign: profile)
    var text = heading.text + ".\n\n"
    let all = log.map(\.text) + staged.map(\.text)
    if !all.contains(where: { $0.hasPrefix("account ") }) { text += "account \(account)\n" }
    for entry in log {
      if let effect = entry.effect {
        var time = TextBuilder()
        time.append(minuteOf: entry.time)
        text += "\n# Done \(time.text) UTC: \(effect).\n"
      }
      text += entry.text + "\n"
    }
    let effects = plan?.effects ?? [:]
    for (index, statement) in staged.enumerated() {
      if statement.role == .setting, settings.contains(statement.text) { continue }
      if statement.role == .operation, let effect = effects[Int32(index)] {
        text += "\n# Staged: \(effect).\n"
      }
      text += statement.text + "\n"
    }
    let source = Array(text.utf8)
    // A statement that only a session understands is never staged, so that this is a script.
    return Formatter.format(source).text ?? source
  }
}

// MARK: - What settings give a meaning

extension Session {
  /// A name that has had different meanings in this session, which no one script can give it.
  var ambiguousName: String? {
    let done = log.filter { $0.effect == nil }.map(\.text)
    let waiting = staged.filter { $0.role == .setting }.map(\.text)
    var seen: Set<String> = []
    for text in Set(done + waiting).sorted() {
      for name in Self.names(setBy: text) where !seen.insert(name).inserted { return name }
    }
    return nil
  }

  /// Says which names are not known any more, now that nothing is staged.
  func tellForgotten(_ before: [Staged], into reply: inout Reply) {
    let names = before.filter { $0.role == .setting }.flatMap { Self.names(setBy: $0.text) }
    guard let last = names.last else { return }
    let quoted = names.map { "`\($0)`" }
    let list =
      names.count == 1
      ? "`\(last)`" : quoted.dropLast().joined(separator: ", ") + " and `\(last)`"
    say(
      "\(list) went with it; write \(names.count == 1 ? "it" : "them") again for what comes next.",
      into: &reply
    )
  }

  private static func names(setBy text: String) -> [String] {
    let (script, _) = Parser.parse(Array(text.utf8), mode: .session)
    return script.passages.compactMap { passage in
      switch passage.statement.content {
      case .binding(let name, _): script.text(name)
      case .parameter(let parameter): script.text(parameter.name)
      case .procedure(let procedure): script.text(procedure.name)
      default: nil
      }
    }
  }
}
