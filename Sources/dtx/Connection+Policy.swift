import DTXLedger
import DTXProfiles
import DTXSyntax

extension Connection {
  /// Makes sure that the profile's policy allows a plan.
  ///
  /// - Throws: `CommandFailure` with every rule that it breaks.
  func checkPolicy(of plan: Plan) throws(CommandFailure) {
    let failures = policy.violations(of: plan).map { violation in
      CommandFailure(
        code: DiagnosticCode(5060),
        text: "the policy of profile \(profile) does not allow this: \(violation.sentence)"
      )
    }
    guard var first = failures.first else { return }
    first.others = Array(failures.dropFirst())
    throw first
  }

  /// Makes sure that as many have approved a plan as the policy asks for.
  ///
  /// - Throws: `CommandFailure` that tells how a plan is approved.
  func checkApprovals(_ approvers: [String]) throws(CommandFailure) {
    guard approvers.count < policy.approvals else { return }
    let needed = policy.approvals == 1 ? "1 approval" : "\(policy.approvals) approvals"
    let there = approvers.isEmpty ? "none" : "\(approvers.count)"
    throw CommandFailure(
      code: DiagnosticCode(5061),
      text: "profile \(profile) asks for \(needed) of a plan by others than its planner, and there"
        + " is \(there)",
      help: "save it with `dtx plan`, have it approved with `dtx approve` by"
        + " \(policy.approvers.keys.sorted().joined(separator: ", ")), then `dtx apply` it"
    )
  }
}
