package import DTXLedger

/// A rule of a policy that a plan breaks.
package enum PolicyViolation: Hashable, Sendable {
  /// So many operations are of a kind that is forbidden; the first is at this place of the plan.
  case forbidden(Operation.Kind, count: Int, first: Int)
  case tooManyOperations(Int, limit: Int)
  /// So many operations move more than one may; the largest is at this place of the plan.
  case operationTooLarge(Money, limit: Money, count: Int, largest: Int)
  case planTooLarge(Money, limit: Money)
  /// The rule names amounts, and none in a currency that the plan moves.
  case noLimit(Currency, rule: String)

  /// The violation as a sentence.
  package var sentence: String {
    switch self {
    case .forbidden(let kind, let count, let first):
      let more = count > 1 ? " and \(count - 1) more" : ""
      return "operation \(first + 1)\(more): \(kind.name) is forbidden"
    case .tooManyOperations(let count, let limit):
      return "the plan has \(count) operations, and may have \(limit)"
    case .operationTooLarge(let amount, let limit, let count, let largest):
      let more = count > 1 ? ", and \(count - 1) more move too much" : ""
      return "operation \(largest + 1) moves \(amount), and may move \(limit)\(more)"
    case .planTooLarge(let amount, let limit):
      return "the plan moves \(amount), and may move \(limit)"
    case .noLimit(let currency, let rule):
      return "the plan moves \(currency), for which \(rule) names no limit"
    }
  }
}

extension Policy {
  /// Returns every rule that a plan breaks, in the order of `rules`.
  ///
  /// Approvals are not among them: whether a plan has been approved does not stand in the plan.
  package func violations(of plan: Plan) -> [PolicyViolation] {
    var violations: [PolicyViolation] = []
    for kind in Operation.Kind.allCases where forbidden.contains(kind) {
      let steps = plan.steps.indices.filter { plan.steps[$0].kind == kind }
      if let first = steps.first {
        violations.append(.forbidden(kind, count: steps.count, first: first))
      }
    }
    if let operationCount, plan.steps.count > operationCount {
      violations.append(.tooManyOperations(plan.steps.count, limit: operationCount))
    }
    return violations + operationViolations(plan) + planViolations(plan)
  }

  private func operationViolations(_ plan: Plan) -> [PolicyViolation] {
    guard !largestOperation.isEmpty else { return [] }
    var worst: [Currency: (amount: MinorUnits, count: Int, step: Int)] = [:]
    var unlimited: [Currency] = []
    for (index, step) in plan.steps.enumerated() {
      let currency = plan.transactions[Int(step.transaction)].currency
      let amount = plan.extent(of: step)
      guard amount > .zero else { continue }
      guard let limit = largestOperation.first(where: { $0.currency == currency }) else {
        if !unlimited.contains(currency) { unlimited.append(currency) }
        continue
      }
      guard amount > limit.amount else { continue }
      let before = worst[currency] ?? (.zero, 0, 0)
      worst[currency] =
        amount > before.amount
        ? (amount, before.count + 1, index) : (before.amount, before.count + 1, before.step)
    }
    return largestOperation.compactMap { limit in
      worst[limit.currency].map {
        .operationTooLarge(
          Money($0.amount, limit.currency),
          limit: limit,
          count: $0.count,
          largest: $0.step
        )
      }
    } + unlimited.map { .noLimit($0, rule: "max_operation") }
  }

  private func planViolations(_ plan: Plan) -> [PolicyViolation] {
    guard !largestPlan.isEmpty else { return [] }
    return plan.totals.compactMap { totals in
      guard totals.moved > .zero else { return nil }
      guard let limit = largestPlan.first(where: { $0.currency == totals.currency }) else {
        return .noLimit(totals.currency, rule: "max_plan")
      }
      return totals.moved > limit.amount
        ? .planTooLarge(Money(totals.moved, totals.currency), limit: limit) : nil
    }
  }
}
