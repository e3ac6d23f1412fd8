import DTXLedger
import DTXEvaluator
import DTXExecution
import DTXPlanning
import DTXSyntax

extension Session {
  /// Bytes of all that is staged, and of a text, up to which it is looked at between two keys.
  static let hintByteLimit = 64 << 10

  /// Tells what a text would do if it were staged; nil where that cannot be told at once.
  ///
  /// It asks nobody: a text about a transaction that was not read yet has no answer, nor has one that
  /// is not written to its end.
  package func effect(
    of text: String,
    knowing known: TransactionIndex
  ) async -> LineEffect? {
    let (script, diagnostics) = Parser.parse(Array(text.utf8), mode: .session)
    if let mistake = diagnostics.first(where: { $0.severity == .error }) {
      // What is expected at the end of the text is what is going to be typed.
      let end = text.utf8.count - (text.utf8.last == UInt8(ascii: " ") ? 1 : 0)
      return mistake.primary.range.end < end ? .mistake(mistake.briefly) : nil
    }
    let statements = script.stageable
    guard !statements.isEmpty else { return nil }
    let before = joined(staged.map(\.text))
    let source = Array((before + joined(statements)).utf8)
    guard source.count <= Self.hintByteLimit else { return nil }
    let reader = KnownReader(account: planner.reader.account, index: known)
    // A file is not read for a line that is still being typed.
    guard !Parser.parse(source, mode: .script).script.namesFiles else { return nil }
    let planner = Planner(reader: reader, options: planner.options, isWhole: false)
    guard let result = try? await planner.plan(source) else { return nil }
    let start = before.utf8.count
    let mistake = result.diagnostics.first {
      $0.severity == .error && $0.primary.source == .main && $0.primary.range.start >= start
    }
    if let mistake { return .mistake(mistake.briefly) }
    return result.evaluation.flatMap { LineEffect(of: $0.plan, since: plan?.plan) }
  }
}

extension Diagnostic {
  /// What is wrong in as few words as there are: the remark at the place, where there is one.
  fileprivate var briefly: String { primary.text.isEmpty ? message.text : primary.text }
}

/// What a pasted block comes to, before anybody presses Enter.
package struct PasteSummary: Hashable, Sendable {
  package let statementCount: Int
  package let mistakeCount: Int
  /// What those without a mistake would do; nil where none of them does anything.
  package let effect: String?
  package let enter: Enter

  /// What Enter does with the block.
  package enum Enter: Hashable, Sendable {
    /// It stages statements, and shows what they ask for.
    case stages
    /// It stages them, and then there is a question whether to carry out what is staged.
    case asks
    /// It does these commands besides.
    case does([String])
    /// It says what is wrong.
    case refuses
    /// It takes nothing, because something stands behind this command.
    case isTooMuch(behind: String)

    /// The answer as a sentence.
    package var text: String {
      switch self {
      case .stages: "Enter stages it; nothing is carried out."
      case .asks: "Enter stages it and asks whether to carry it out."
      case .does(let commands):
        "Enter stages it and does "
          + commands.map { "`\($0)`" }.joined(separator: ", ") + "."
      case .refuses: "Enter stages nothing before that is put right."
      case .isTooMuch(let command):
        "Enter takes nothing of it: `\(command)` can only be the last."
      }
    }
  }

  /// `37 statements, 36 operations, captures 12480.50 NOK, 2 errors`.
  package var text: String {
    var parts = [Self.counted(statementCount, "statement")]
    if let effect { parts.append(effect) }
    if mistakeCount > 0 { parts.append(Self.counted(mistakeCount, "error")) }
    return parts.joined(separator: ", ")
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

extension Session {
  /// Sums up a text of several statements; nil for a single one, which its hint tells about.
  ///
  /// What it names is read where it is not known yet. Nothing is staged.
  package func summary(of text: String) async -> PasteSummary? {
    let (script, syntax) = Parser.parse(Array(text.utf8), mode: .session)
    let passages = script.passages
    guard passages.count > 1 else { return nil }
    let mistakes = syntax.filter { $0.severity == .error }
    let sound = passages.filter { passage in
      passage.statement.isStageable
        && !mistakes.contains { passage.range.bytes.contains(Int($0.primary.range.start)) }
    }
    let texts = sound.map { script.text($0.range) }
    let (evaluation, errorCount) = await evaluation(of: texts)
    let mistakeCount = mistakes.count + errorCount
    let effect = evaluation.flatMap { evaluation -> String? in
      guard evaluation.plan.steps.count > plan?.plan.steps.count ?? 0 else { return nil }
      return LineEffect.sums(of: evaluation.plan, since: plan?.plan)
    }
    return PasteSummary(
      statementCount: passages.count,
      mistakeCount: mistakeCount,
      effect: effect,
      enter: enter(script, hasMistake: mistakeCount > 0, stages: effect != nil)
    )
  }

  private func enter(
    _ script: Script,
    hasMistake: Bool,
    stages isStaging: Bool
  ) -> PasteSummary.Enter {
    if let command = earlyRequest(in: script) { return .isTooMuch(behind: command) }
    let commands = script.commands
    if hasMistake, commands.isEmpty { return .refuses }
    switch commands {
    case ["commit"]: return .asks
    case []: return isStaging && isAutocommitting ? .asks : .stages
    default: return .does(commands)
    }
  }

  /// Evaluates statements behind what is staged, and counts what is wrong with them.
  ///
  /// Where some of them say nothing that could be evaluated, the others are evaluated without them.
  private func evaluation(
    of texts: [String]
  ) async -> (evaluation: Evaluation?, errorCount: Int) {
    let before = joined(staged.map(\.text))
    let source = Array((before + joined(texts)).utf8)
    guard !texts.isEmpty, let result = try? await planner.plan(source) else { return (nil, 0) }
    let places = result.diagnostics
      .filter { $0.severity == .error && $0.primary.source == .main }
      .map { Int($0.primary.range.start) - before.utf8.count }
      .filter { $0 >= 0 }
    guard result.evaluation == nil else { return (result.evaluation, places.count) }
    var start = 0
    let sound = texts.filter { text in
      let range = start..<(start + text.utf8.count + 1)
      start = range.upperBound
      return !places.contains(where: range.contains)
    }
    guard !sound.isEmpty, sound.count < texts.count else { return (nil, places.count) }
    let rest = await evaluation(of: sound)
    return (rest.evaluation, places.count + rest.errorCount)
  }
}

extension Script {
  /// The texts of the statements that can be staged; none where one cannot.
  fileprivate var stageable: [String] {
    let passages = passages
    guard passages.allSatisfy(\.statement.isStageable) else { return [] }
    return passages.map { text($0.range) }
  }
}

extension Script {
  /// The commands to the session by their first words, in their order.
  fileprivate var commands: [String] {
    passages.compactMap { passage in
      guard case .command = passage.statement.content else { return nil }
      return firstWord(of: passage)
    }
  }
}

extension Statement {
  /// Whether it is a statement of a script, and no command to the session.
  fileprivate var isStageable: Bool {
    switch content {
    case .command, .preview, .invalid: false
    default: true
    }
  }
}

extension Script {
  /// Whether the script includes a file, or reads one.
  fileprivate var namesFiles: Bool {
    statements.contains { statement in
      switch statement.content {
      case .inclusion: true
      case .loop(let loop): if case .rows = loop.source { true } else { false }
      default: false
      }
    }
  }
}
