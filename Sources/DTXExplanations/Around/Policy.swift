// A table: one entry for each code.
extension Explanation {
  /// 505x and 506x: the configuration and what a profile allows.
  static let policy: [Explanation] = [
    Explanation(
      5050,
      "Something is wrong with the configuration",
      "The configuration file, or the profile in it, cannot be used. The message names the line.",
      why: "A setting that is skipped may be the one that protects the money.",
      remedy: "Correct the line. `dtx profile list` reads the whole file and tells all mistakes.",
      .event("A setting was misspelled, missing, or others may change the file.")
    ),
    Explanation(
      5060,
      "The policy does not allow it",
      "The profile has rules about plans, such as a largest refund, and the plan breaks one.",
      why: "The rules were made by the people who are responsible for the account.",
      remedy: "Split or change the script, or ask those people.",
      .event("A plan was larger, or of another kind, than the profile allows.")
    ),
    Explanation(
      5061,
      "Approvals are missing",
      "The profile asks for approvals of a plan by other people than its planner.",
      why: "Two pairs of eyes see more than one.",
      remedy:
        "Save the plan with `dtx plan`, have it approved with `dtx approve`, then `dtx apply` it.",
      .event("A plan was carried out without the approvals that its profile asks for.")
    ),
    Explanation(
      5062,
      "Your own plan",
      "You have made this plan, so your approval does not count.",
      why: "An approval is the word of somebody else.",
      remedy: "Ask another person to run `dtx approve`.",
      .event("The person who made a plan tried to approve it.")
    ),
  ]
}
