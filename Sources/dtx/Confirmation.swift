import DTXExecution
import DTXLedger
import Glibc

/// Asks a person at the terminal before money moves.
enum Confirmation {
  /// Whether there is a terminal to ask at.
  static var isPossible: Bool { StandardStreams.isInputTerminal && StandardStreams.isErrorTerminal }

  /// Asks, and returns whether the answer was yes.
  ///
  /// What was typed before the question is thrown away: it was not an answer to it.
  static func ask(_ question: String) -> Bool {
    tcflush(STDIN_FILENO, TCIFLUSH)
    StandardStreams.writeError(question + " [y/N] ")
    let answer = readLine() ?? ""
    return ["y", "yes"].contains(answer.lowercased())
  }

  /// The question for a plan: how many operations, what they move, and where.
  ///
  /// A trial is asked about as what it is; what it moves is a part of what the preview shows.
  static func question(
    for plan: Plan,
    firstOnly: Int? = nil,
    profile: String,
    account: Account
  ) -> String {
    if let firstOnly, firstOnly < plan.steps.count {
      return "Carry out the first \(firstOnly) of \(plan.steps.count) operations in \(profile),"
        + " account \(account)?"
    }
    let count = plan.steps.count == 1 ? "1 operation" : "\(plan.steps.count) operations"
    let moves = plan.totals.flatMap { totals in
      [("capture", totals.captured), ("refund", totals.refunded), ("release", totals.released)]
        .filter { $0.1 != .zero }
        .map { "\($0.0) \(Money($0.1, totals.currency))" }
    }
    let summary = moves.isEmpty ? "" : " (\(moves.joined(separator: ", ")))"
    return "Carry out \(count)\(summary) in \(profile), account \(account)?"
  }
}
