/// The problems of a table while it is read: bounded, so that a ruined file stays cheap.
///
/// The bound is one for each rule, so that thousands of harmless problems never hide a grave one.
struct CSVProblemList {
  private var problems: [CSVProblem] = []
  private var counts = [Int](repeating: 0, count: CSVProblem.Rule.allCases.count)

  /// Whether another problem of a rule would be kept.
  func hasRoom(for rule: CSVProblem.Rule) -> Bool {
    counts[rule.rawValue] < CSVTable.problemLimit
  }

  mutating func report(_ problem: CSVProblem) {
    if hasRoom(for: problem.rule) { problems.append(problem) }
    counts[problem.rule.rawValue] += 1
  }

  /// Returns the problems in the order of the file.
  func sorted() -> [CSVProblem] {
    problems.sorted {
      ($0.range.lowerBound, $0.rule.rawValue) < ($1.range.lowerBound, $1.rule.rawValue)
    }
  }

  /// Returns how many problems of each rule were not kept, where there are any.
  func leftOut() -> [CSVTable.LeftOut] {
    CSVProblem.Rule.allCases.compactMap { rule in
      let count = counts[rule.rawValue] - CSVTable.problemLimit
      return count > 0 ? CSVTable.LeftOut(rule: rule, count: count) : nil
    }
  }
}
