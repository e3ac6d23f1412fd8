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
    for (index, statement) in staged.enumerated() {
      switch statement.role {
      case .operation where done.contains(Int32(index)):
        let effect = LineEffect.words(for: steps(of: Int32(index), in: plan), in: plan.plan)
        log.append(Logged(text: statement.text, effect: effect, time: plan.plannedAt))
      case .setting where !log.contains { $0.effect == nil && $0.text == statement.text }:
        log.append(Logged(text: statement.text, effect: nil, time: plan.plannedAt))
      case .operation, .setting, .guarding: break
      }
    }
  }

  private func steps(of owner: Int32, in planned: Planned) -> [Step] {
    zip(planned.plan.steps, planned.owners).filter { $0.1 == owner }.map(\.0)
  }
}

// MARK: - As a script

extension Session {
  /// Writes what was carried out and what is staged as a script, laid out, with what was seen of it.
  ///
  /// Run again, it finds what was carried out applied already.
  ///
  /// - Returns: The script; nil where there is nothing to write.
  func savedScript() -> [UInt8]? {
    guard !log.isEmpty || !staged.isEmpty else { return nil }
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
    for (index, statement) in staged.enumerated() {
      if let plan, statement.role == .operation,
        let effect = LineEffect.words(for: steps(of: Int32(index), in: plan), in: plan.plan)
      {
        text += "\n# Staged: \(effect).\n"
      }
      text += statement.text + "\n"
    }
    let source = Array(text.utf8)
    // A statement that only a session understands is never staged, so that this is a script.
    return Formatter.format(source).text ?? source
  }
}
