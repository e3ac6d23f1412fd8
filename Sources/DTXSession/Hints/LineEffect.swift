import DTXLedger
import DTXSyntax

/// What a text would do if it were staged now, told in a few words.
package enum LineEffect: Hashable, Sendable {
  /// It would be staged, and do this.
  case effect(String)
  /// It is on the transaction already, so that nothing would move.
  case alreadyApplied
  /// It would be refused.
  case mistake(String)

  /// The words, which say without their colour which case they are.
  package var text: String {
    switch self {
    case .effect(let text): text
    case .alreadyApplied: "already applied"
    case .mistake(let text): "error: " + text
    }
  }
}

extension LineEffect {
  /// Tells what the steps of a plan from one on do; nil where there are none.
  init?(of plan: Plan, since earlier: Plan?) {
    let first = min(earlier?.steps.count ?? 0, plan.steps.count)
    let steps = plan.steps[first...]
    guard let step = steps.first else {
      guard plan.alreadyApplied.count > earlier?.alreadyApplied.count ?? 0 else { return nil }
      self = .alreadyApplied
      return
    }
    self = .effect(
      steps.count == 1 ? Self.words(for: step, in: plan) : Self.sums(of: plan, since: earlier)
    )
  }

  /// Tells what the steps of one statement do; nil where there are none.
  static func words(for steps: [Step], in plan: Plan) -> String? {
    guard let first = steps.first else { return nil }
    return steps.count == 1 ? words(for: first, in: plan) : "\(steps.count) operations"
  }

  private static func words(for step: Step, in plan: Plan) -> String {
    let currency = plan.transactions[Int(step.transaction)].currency
    let (before, after) = (plan.before(step), step.after)
    let amount = "\(Money(step.amount, currency))"
    func major(_ amount: MinorUnits) -> String { amount.majorUnits(in: currency) }
    switch step.kind {
    case .capture: return "captures \(amount), leaves \(major(plan.left(after: step)))"
    case .refund: return "refunds \(amount), leaves \(major(plan.left(after: step)))"
    case .void: return "releases \(amount)"
    case .adjust:
      return "authorizes \(Money(after.authorized, currency)), was \(major(before.authorized))"
    case .extend: return "lengthens the authorization"
    case .authorize: return "releases it from hold"
    case .tag: return "sets the second reference"
    }
  }

  /// What many steps come to: `3 operations, captures 350.90 NOK, refunds 60.00 NOK`.
  static func sums(of plan: Plan, since earlier: Plan?) -> String {
    let count = plan.steps.count - (earlier?.steps.count ?? 0)
    var parts = [count == 1 ? "1 operation" : "\(count) operations"]
    for total in plan.totals {
      let before = earlier?.totals.first { $0.currency == total.currency }
      for (verb, amount) in [
        ("captures", total.captured - (before?.captured ?? .zero)),
        ("refunds", total.refunded - (before?.refunded ?? .zero)),
        ("releases", total.released - (before?.released ?? .zero)),
      ] where amount != .zero {
        parts.append("\(verb) \(Money(amount, total.currency))")
      }
    }
    return parts.joined(separator: ", ")
  }
}
