import DTXEvaluator
import DTXLedger
import DTXTestSupport
import Testing

/// A script that is run a second time never moves the money a second time.
@Suite("A script that is run again")
struct SecondRunTests {
  /// Statements that are offered to a script; those that do not hold are left out.
  private static let offerCount = 14

  /// A random script that plans without an error, and what it was planned against.
  private static func soundScript(
    _ manner: ScriptGenerator.Manner,
    seed: UInt64
  ) -> (script: String, history: ProvidedHistory) {
    var generator = LedgerGenerator(seed: seed)
    let history = ProvidedHistory(count: 2, using: &generator)
    var scripts = ScriptGenerator(history.transactions, manner, seed: seed &* 7919)
    var script = ""
    for _ in 0..<offerCount {
      let longer = script + scripts.statement() + "\n"
      if PlannedScript(longer, against: history.transactions).errors.isEmpty { script = longer }
    }
    return (script, history)
  }

  @Test("finds everything done", arguments: UInt64(0)..<150)
  func fixed(seed: UInt64) throws {
    var (script, history) = Self.soundScript(.fixed, seed: seed)
    let first = try #require(PlannedScript(script, against: history.transactions).evaluation)
    try history.carryOut(first.plan)
    let second = PlannedScript(script, against: history.transactions)
    #expect(second.steps.isEmpty, "\(script)")
    #expect(second.errorTexts == [], "\(script)")
    #expect(
      second.evaluation?.plan.alreadyApplied.count
        == first.plan.steps.count + first.plan.alreadyApplied.count
    )
  }

  @Test("moves nothing, whatever it takes", arguments: UInt64(0)..<300)
  func any(seed: UInt64) throws {
    var (script, history) = Self.soundScript(.any, seed: seed)
    let first = try #require(PlannedScript(script, against: history.transactions).evaluation)
    try history.carryOut(first.plan)
    let second = PlannedScript(script, against: history.transactions)
    #expect(second.steps.isEmpty, "\(script)")
  }

  @Test("goes on where the first run stopped", arguments: UInt64(0)..<100)
  func interrupted(seed: UInt64) throws {
    var (script, history) = Self.soundScript(.fixed, seed: seed)
    let whole = try #require(PlannedScript(script, against: history.transactions).evaluation)
    let lines = script.split(separator: "\n")
    let half = lines.prefix(lines.count / 2).map { "\($0)\n" }.joined()
    let begun = try #require(PlannedScript(half, against: history.transactions).evaluation)
    try history.carryOut(begun.plan)
    let rest = PlannedScript(script, against: history.transactions)
    #expect(rest.errorTexts == [], "\(script)")
    #expect(rest.steps.count == whole.plan.steps.count - begun.plan.steps.count, "\(script)")
    #expect(rest.evaluation?.finalStates == whole.finalStates)
  }

  @Test("rebuilds the planned states from the provider's events", arguments: UInt64(0)..<80)
  func replayed(seed: UInt64) throws {
    var (script, history) = Self.soundScript(.any, seed: seed)
    let planned = try #require(PlannedScript(script, against: history.transactions).evaluation)
    try history.carryOut(planned.plan)
    for (index, transaction) in planned.plan.transactions.enumerated() {
      let actual = try #require(history.transactions.first { $0.id == transaction.id })
      #expect(Balance(actual.state) == Balance(planned.finalStates[index]), "\(script)")
    }
  }
}
