package import DTXEvaluator
package import DTXLedger

/// A plan as it is shown before it is carried out.
package struct PlanPreview: Report, Sendable {
  /// What is known about a plan besides the plan itself.
  package struct Heading: Hashable, Sendable {
    /// The script's name, or what stands for it, such as `session`.
    package let script: String
    package let profile: String
    package let account: Account
    /// Milliseconds since 1970-01-01T00:00Z.
    package let plannedAt: Int64
    package let plannedBy: String
    /// How many warnings planning gave; they are shown as diagnostics.
    package let warningCount: Int
    /// The rules of the profile's policy, in words.
    package let policyRules: [String]
    /// Who has approved the plan.
    package let approvers: [String]

    package init(
      script: String,
      profile: String,
      account: Account,
      plannedAt: Int64,
      plannedBy: String,
      warningCount: Int = 0,
      policyRules: [String] = [],
      approvers: [String] = []
    ) {
      self.script = script
      self.profile = profile
      self.account = account
      self.plannedAt = plannedAt
      self.plannedBy = plannedBy
      self.warningCount = warningCount
      self.policyRules = policyRules
      self.approvers = approvers
    }
  }

  package let heading: Heading
  package let plan: Plan
  package let places: StatementPlaces

  package init(_ plan: Plan, heading: Heading, places: StatementPlaces) {
    self.plan = plan
    self.heading = heading
    self.places = places
  }

  /// How many transactions the steps are on.
  var transactionCount: Int { plan.steps.count { $0.previous < 0 } }
}
