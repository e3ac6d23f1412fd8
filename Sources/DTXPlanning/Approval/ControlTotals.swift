package import DTXLedger

/// What is about to be done, in the numbers by which a person confirms it.
package struct ControlTotals: Hashable, Sendable {
  /// How many operations.
  package let operations: Int
  /// What they move in each currency; what moves nothing (a tag) is in none.
  package let moved: [Money]
  /// What they do with it, for each kind and currency.
  private let parts: [Part]
  /// How many of the operations move something.
  private let movements: Int

  private struct Part: Hashable {
    let verb: String
    var sum: Money
  }

  /// Counts some steps of a plan.
  package init(of plan: Plan, steps: some Sequence<Int>) {
    var operations = 0
    var movements = 0
    var parts: [Part] = []
    for index in steps {
      operations += 1
      let step = plan.steps[index]
      if plan.moved(by: step) > .zero { movements += 1 }
      let currency = plan.transactions[Int(step.transaction)].currency
      let before = plan.before(step)
      for (verb, amount) in [
        ("capture", step.after.captured - before.captured),
        ("refund", step.after.refunded - before.refunded),
        ("release", step.after.voided - before.voided),
      ] where amount > .zero {
        if let place = parts.firstIndex(where: { $0.verb == verb && $0.sum.currency == currency }) {
          parts[place].sum = parts[place].sum.adding(amount)
        } else {
          parts.append(Part(verb: verb, sum: Money(amount, currency)))
        }
      }
    }
    var moved: [Money] = []
    for part in parts {
      if let place = moved.firstIndex(where: { $0.currency == part.sum.currency }) {
        moved[place] = moved[place].adding(part.sum.amount)
      } else {
        moved.append(part.sum)
      }
    }
    self.operations = operations
    self.moved = moved
    self.parts = parts
    self.movements = movements
  }

  package init(of plan: Plan) { self.init(of: plan, steps: plan.steps.indices) }
}

// MARK: - Questions

extension ControlTotals {
  /// Returns what to ask before they are carried out.
  ///
  /// - Parameters:
  ///   - total: How many operations there are in all, where these are only the first.
  ///   - profile: The profile's name.
  ///   - account: The account; in production the person types what moves.
  ///   - typesTotal: Whether the person types what moves on a test account too.
  /// - Returns: Questions, of which each must be confirmed.
  package func questions(
    ofTotal total: Int? = nil,
    profile: String,
    account: Account,
    typesTotal: Bool = false
  ) -> [ConfirmationQuestion] {
    guard account.isProduction || typesTotal else {
      return [ConfirmationQuestion("Carry out \(what(total)) in \(profile), account \(account)?")]
    }
    let place = "on \(account)\(account.isProduction ? " (PRODUCTION)" : ""): "
    guard let first = moved.first else {
      return [
        ConfirmationQuestion(
          typing: ["\(operations)"],
          "Type \(operations) to carry out \(what(total)), moving no money, \(place)"
        )
      ]
    }
    if moved.count == 1, parts.count == 1, movements == operations, total == nil {
      let times = operations == 1 ? "once" : "\(operations) times"
      return [.typing(first, "to \(parts[0].verb) \(times) \(place)")]
    }
    return moved.map { sum in
      let currency = moved.count > 1 ? "the \(sum.currency) of " : ""
      return .typing(sum, "to carry out \(currency)\(what(total)) \(place)")
    }
  }

  /// `37 operations (capture 100.00 NOK, refund 20.00 NOK)`, or `the first 5 of 37 operations (…)`.
  private func what(_ total: Int?) -> String {
    let count = operations == 1 ? "1 operation" : "\(operations) operations"
    let subject = total.map { "the first \(operations) of \($0) operations" } ?? count
    let sums = parts.map { "\($0.verb) \($0.sum)" }
    return subject + (sums.isEmpty ? "" : " (\(sums.joined(separator: ", ")))")
  }
}

// MARK: - Expectations

extension ControlTotals {
  /// How a plan differs from what was expected of it.
  package struct Difference: Error, Hashable, Sendable {
    /// A sentence.
    package let message: String

    init(_ message: String) { self.message = message }
  }

  /// Compares with what was expected on the command line.
  ///
  /// - Parameters:
  ///   - expected: The expected number, if one was given.
  ///   - sums: The expected sums, one for each currency; none if none was given.
  /// - Throws: `Difference`, the first that there is.
  package func check(operations expected: Int?, moved sums: [Money]) throws(Difference) {
    if let expected, expected != operations {
      let count = operations == 1 ? "1 operation" : "\(operations) operations"
      throw Difference("the plan has \(count), and \(expected) were expected")
    }
    guard !sums.isEmpty else { return }
    for sum in sums {
      let actual = moved.first { $0.currency == sum.currency } ?? Money(.zero, sum.currency)
      guard actual == sum else {
        throw Difference("the plan moves \(actual), and \(sum) was expected")
      }
    }
    if let other = moved.first(where: { money in !sums.contains { $0.currency == money.currency } })
    {
      throw Difference("the plan moves \(other), and no \(other.currency) was expected")
    }
  }
}

extension Money {
  /// Returns the sum with an amount of the same currency, or the largest that there is.
  fileprivate func adding(_ other: MinorUnits) -> Money {
    Money(amount.adding(other) ?? MinorUnits(.max), currency)
  }
}
