import DTXEvaluator
import DTXLedger
import DTXSyntax
import DTXTestSupport
import Testing

/// What holds for every plan, whatever the script and the transactions are.
@Suite("Plans of random scripts")
struct PlanPropertyTests {
  /// Statements of one script.
  static let statementCount = 24
  /// Transactions that a script is about.
  static let transactionCount = 3

  /// A script and its plan, the same for the same seed.
  static func planned(
    _ manner: ScriptGenerator.Manner,
    seed: UInt64
  ) -> (script: String, history: ProvidedHistory, planned: PlannedScript) {
    var generator = LedgerGenerator(seed: seed)
    let history = ProvidedHistory(count: transactionCount, using: &generator)
    var scripts = ScriptGenerator(history.transactions, manner, seed: seed &* 31)
    let script = (0..<statementCount).map { _ in scripts.statement() + "\n" }.joined()
    return (script, history, PlannedScript(script, against: history.transactions))
  }

  @Test("are of every kind, and of every outcome")
  func reach() throws {
    var kinds: [DTXLedger.Operation.Kind: Int] = [:]
    var codes: Set<String> = []
    var applied = 0
    for seed in UInt64(0)..<80 {
      let planned = Self.planned(.any, seed: seed).planned
      let plan = try #require(planned.evaluation).plan
      for step in plan.steps { kinds[step.kind, default: 0] += 1 }
      applied += plan.alreadyApplied.count
      codes.formUnion(planned.codes)
    }
    for kind in DTXLedger.Operation.Kind.allCases {
      #expect(kinds[kind, default: 0] > 0, "\(kind)")
    }
    #expect(kinds[.capture, default: 0] > 100)
    #expect(applied > 10)
    #expect(
      codes.isSuperset(of: ["DTX2008", "DTX3001", "DTX3020", "DTX3201", "DTX3202", "DTX3203"])
    )
  }

  @Test("never trap, and say what is wrong", arguments: UInt64(0)..<150)
  func broken(seed: UInt64) {
    let (script, _, planned) = Self.planned(.broken, seed: seed)
    for diagnostic in planned.diagnostics {
      #expect(diagnostic.primary.range.bytes.upperBound <= script.utf8.count)
      #expect(!diagnostic.message.text.isEmpty)
    }
  }

  @Test("are the same when made twice", arguments: UInt64(0)..<40)
  func twice(seed: UInt64) {
    let (script, history, planned) = Self.planned(.any, seed: seed)
    let second = PlannedScript(script, against: history.transactions)
    #expect(planned.evaluation?.plan == second.evaluation?.plan)
    #expect(planned.codes == second.codes)
    #expect(planned.texts == second.texts)
  }

  @Test("have totals that are the sums of their steps", arguments: UInt64(0)..<80)
  func totals(seed: UInt64) throws {
    let plan = try #require(Self.planned(.any, seed: seed).planned.evaluation).plan
    for totals in plan.totals {
      let steps = plan.steps.filter {
        plan.transactions[Int($0.transaction)].currency == totals.currency
      }
      func sum(_ amount: (Balance) -> MinorUnits) -> MinorUnits {
        steps.reduce(.zero) { $0 + amount($1.after) - amount(plan.before($1)) }
      }
      #expect(totals.operations == steps.count)
      #expect(totals.captured == sum(\.captured))
      #expect(totals.refunded == sum(\.refunded))
      #expect(totals.released == sum(\.voided))
      #expect(totals.adjusted == sum(\.authorized))
      #expect(totals.net == sum(\.captured) - sum(\.refunded))
    }
    #expect(plan.totals.reduce(0) { $0 + $1.operations } == plan.steps.count)
  }

  @Test("lead from one state to the next by the ledger's rules", arguments: UInt64(0)..<80)
  func states(seed: UInt64) throws {
    let evaluation = try #require(Self.planned(.any, seed: seed).planned.evaluation)
    let plan = evaluation.plan
    var states = plan.transactions.map(\.state)
    var last = Array(repeating: Int32(-1), count: states.count)
    for (number, step) in plan.steps.enumerated() {
      let index = Int(step.transaction)
      #expect(step.previous == last[index])
      #expect(plan.before(step) == Balance(states[index]))
      #expect(plan.lines(beforeStep: number) == states[index].lines)
      let product = plan.transactions[index].product
      try apply(plan.operation(of: step), to: &states[index], of: product)
      #expect(step.after == Balance(states[index]))
      last[index] = Int32(number)
    }
    #expect(states == evaluation.finalStates)
  }

  @Test("leave out each statement once, or plan it, or refuse it", arguments: UInt64(0)..<80)
  func statements(seed: UInt64) throws {
    let (_, _, planned) = Self.planned(.any, seed: seed)
    let plan = try #require(planned.evaluation).plan
    let seen = plan.steps.map(\.statement) + plan.alreadyApplied.map(\.statement)
    #expect(Set(seen).count == seen.count)
    let operations = planned.script.statements.count {
      if case .operation(_) = $0.content { true } else { false }
    }
    let refused = Set(planned.errors.map(\.primary.range.start)).count
    #expect(seen.count + refused >= operations)
  }
}
